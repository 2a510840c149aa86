"""Files of basic insurance: rosters of employers, new bases, contributions of a month."""

from programs.insurance.imports.bases import Bases
from programs.insurance.imports.contributions import Contributions
from programs.insurance.imports.rosters import Roster

__all__ = ["Bases", "Contributions", "Roster"]
