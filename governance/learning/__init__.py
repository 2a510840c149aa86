"""Learning: short units with a quiz for each tier, and which of one's risks are uncovered. It knows programs only as rows."""
