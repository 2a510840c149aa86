"""Basic insurance: when one may retire, what the pension will be, what is paid in."""
