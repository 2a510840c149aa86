"""The registry of basic insurance: accounts, work, bases, contributions, statements, transfers, claims."""

from programs.insurance.models.accounts import Claim, Insured, Transfer
from programs.insurance.models.money import Contribution, Correction, Statement
from programs.insurance.models.work import Base, InjuryRate, Spell

__all__ = ["Base", "Claim", "Contribution", "Correction", "InjuryRate", "Insured", "Spell", "Statement", "Transfer"]
