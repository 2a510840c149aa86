"""Files of annuities: members of a plan, contributions and returns of a month."""

from programs.annuities.imports.entries import AnnuityContributions, AnnuityReturns
from programs.annuities.imports.members import AnnuityMembers

__all__ = ["AnnuityContributions", "AnnuityMembers", "AnnuityReturns"]
