"""Determinations (待遇核定): what a rule gives for somebody, kept with its facts, the versions of values and who decided."""
