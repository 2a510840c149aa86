"""Dates that were promised: explained to anybody, worked out for anybody, sent to those concerned."""
