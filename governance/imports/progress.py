"""How far the system is with an import: a hint for whoever waits, kept in the cache and never relied on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

STEPS: dict[str, Any] = {
    "waiting": _("Waiting for its turn"),
    "reading": _("Reading the file"),
    "checking": _("Checking every row by every rule"),
    "comparing": _("Comparing with the register"),
    "verifying": _("Making sure that nothing has changed since the preview"),
    "writing": _("Writing into the register"),
    "restoring": _("Putting back what was there before"),
}
KEPT = 3600


@dataclass(frozen=True)
class Progress:
    """A step and how much of the whole is done, in percent."""

    step: str = "waiting"
    percent: int = 0
    rows: int = 0

    @property
    def words(self) -> str:
        """What is being done."""
        return str(STEPS[self.step])


def report(batch_id: int, step: str, percent: int, rows: int = 0) -> None:
    """Tell; with the cache gone nobody is told and the work goes on."""
    try:
        cache.set(f"imports:import:{batch_id}", (step, percent, rows), KEPT)
    except (RedisError, OSError):
        return


def of(batch_id: int) -> Progress:
    """What was told last."""
    try:
        return Progress(*cache.get(f"imports:import:{batch_id}", ()))
    except (RedisError, OSError):
        return Progress()
