"""Files of basic insurance: rosters of employers, contributions of a month."""

from programs.insurance.imports.contributions import Contributions
from programs.insurance.imports.rosters import Roster

__all__ = ["Contributions", "Roster"]
