"""What things cost; run by hand."""
