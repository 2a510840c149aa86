"""Receipts: what whoever did something keeps, and how anybody checks one against the public log."""
