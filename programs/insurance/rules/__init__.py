"""Basic insurance as pure functions of plain values: every number of the law is a parameter, never a constant."""
