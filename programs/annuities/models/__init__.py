"""The records of annuities."""

from programs.annuities.models.account import Account, Entry
from programs.annuities.models.payout import Payout
from programs.annuities.models.plan import Plan

__all__ = ["Account", "Entry", "Payout", "Plan"]
