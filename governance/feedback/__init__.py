"""Feedback: ask, complain, suggest, petition; answered in time by whoever is responsible, reviewed when not."""
