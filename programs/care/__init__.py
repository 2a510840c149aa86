"""Care: homes, their beds, what is free, and who gets a place."""
