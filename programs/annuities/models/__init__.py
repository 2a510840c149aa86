"""The records of annuities."""

from programs.annuities.models.plan import Plan

__all__ = ["Plan"]
