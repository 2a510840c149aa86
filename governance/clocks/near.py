"""Days that have to be near today: what a table cannot check, a field does."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from governance.clocks.now import local, today

SENTENCES = {"too-early": _("The day must not be before %(day)s."), "too-late": _("The day must not be after %(day)s.")}


@deconstructible
class Near:
    """A day (or moment) that is not too long ago and not too far ahead of today; None is no limit on that
    side.
    """

    def __init__(self, *, days_back: int | None = None, days_ahead: int | None = None) -> None:
        self.days_back, self.days_ahead = days_back, days_ahead

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Near) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.days_back, self.days_ahead))

    @property
    def limits(self) -> dict[str, date]:
        """The first and the last day that there may be today, by the code of what is said about days beyond.
        """
        back = {} if self.days_back is None else {"too-early": today() - timedelta(days=self.days_back)}
        return back if self.days_ahead is None else back | {"too-late": today() + timedelta(days=self.days_ahead)}

    def __call__(self, value: date | datetime) -> None:
        given = local(value).date() if isinstance(value, datetime) else value
        for code, limit in self.limits.items():
            if (given < limit) if code == "too-early" else (given > limit):
                raise ValidationError(SENTENCES[code], code=code, params={"day": limit})
