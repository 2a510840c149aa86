"""The records of annuities."""

from programs.annuities.models.account import Account, Entry
from programs.annuities.models.collective import Collective
from programs.annuities.models.payout import Payout
from programs.annuities.models.plan import Plan
from programs.annuities.models.report import Report

__all__ = ["Account", "Collective", "Entry", "Payout", "Plan", "Report"]
