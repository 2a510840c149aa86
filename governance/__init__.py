"""The common ground: knows no program."""
