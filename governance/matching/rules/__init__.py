"""How alike two entries are: pure functions of plain values."""
