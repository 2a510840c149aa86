"""The count in the header."""
