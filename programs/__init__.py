"""The programs: each a slice, none knows another."""
