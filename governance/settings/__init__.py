"""Settings: base, and what embedded, production and test change of it."""
