"""Days that have to be near today: what a table cannot check, a field does."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from governance.clocks.now import local, today


@deconstructible
class Near:
    """A day (or moment) that is not too long ago and not too far ahead of today; None is no limit on that side."""

    def __init__(self, *, days_back: int | None = None, days_ahead: int | None = None) -> None:
        self.days_back, self.days_ahead = days_back, days_ahead

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Near) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.days_back, self.days_ahead))

    def __call__(self, value: date | datetime) -> None:
        given = local(value).date() if isinstance(value, datetime) else value
        if self.days_back is not None and given < (first := today() - timedelta(days=self.days_back)):
            raise ValidationError(_("The day must not be before %(day)s."), code="too-early", params={"day": first})
        if self.days_ahead is not None and given > (last := today() + timedelta(days=self.days_ahead)):
            raise ValidationError(_("The day must not be after %(day)s."), code="too-late", params={"day": last})
