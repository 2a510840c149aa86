"""What a home says about its free places, and the reminder when it has not said so for long."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Clock, Holds, Refused, Starts
from governance.clocks.now import local
from governance.text import WordsField
from programs.care import rules
from programs.care.actions.homes import PROVIDER, UNCONFIRMED
from programs.care.models import CapacityObservation, Home, Vacancy
from programs.care.models.capacity import MOST_PLACES
from programs.care.vocabulary import CareLevel, Duty, HomeState, ObservationSource, Precision


def _places(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_PLACES)


class ConfirmNothingChanged(Action):
    """The home looked today: all its numbers still hold."""

    called = "Confirm that nothing changed"
    record = Home
    by = PROVIDER
    start = {HomeState.OPEN, HomeState.SUSPENDED}
    stops = ("care.confirm-capacity",)
    starts = UNCONFIRMED

    def perform(self, record: Home, **data: Any) -> None:
        lines = list(CapacityObservation.objects.filter(home=record).latest())
        if not lines:
            raise Refused(_("The home has not reported any numbers yet. Report them first."))
        for line in lines:
            line.pk, line._state.adding = None, True
            line.observed_at = line.recorded_at = self.now
            line.observer, line.source, line.confirmed_unchanged = self.actor.stakeholder, ObservationSource.REPORT, True
        CapacityObservation.objects.bulk_create(lines)


class ReportCapacity(Action):
    """The home says how many places it has for one level of care: in all, lived in, kept, free to give."""

    record = Home
    by = PROVIDER
    start = {HomeState.OPEN, HomeState.SUSPENDED}
    inputs = {
        "care_level": forms.TypedChoiceField(label=gettext_lazy("Care level"), choices=CareLevel.choices, coerce=int),
        "maximum": _places(gettext_lazy("Places")),
        "occupied": _places(gettext_lazy("Occupied")),
        "reserved": _places(gettext_lazy("Reserved")),
        "accepting": _places(gettext_lazy("Accepting")),
        "precision": forms.ChoiceField(
            label=gettext_lazy("How sure"), choices=Precision.choices, required=False, initial=Precision.EXACT
        ),
        "remark": WordsField(
            label=gettext_lazy("Remark"),
            required=False,
            max_length=200,
            help_text=gettext_lazy("Needed when the numbers do not add up: for instance “5 out of use”."),
        ),
    }
    stops = ("care.confirm-capacity",)
    starts = Starts(UNCONFIRMED.rule, then=UNCONFIRMED.then, since="numbers_hold_since")

    def perform(self, record: Home, **data: Any) -> None:
        data["precision"] = data.get("precision") or (
            Precision.UNKNOWN if data.get("accepting") is None else Precision.EXACT
        )
        self._check(**data)
        CapacityObservation.objects.create(
            home=record,
            area_id=record.area_id,
            observer=self.actor.stakeholder,
            observed_at=self.now,
            recorded_at=self.now,
            **data,
        )
        # A reminder is due by the oldest numbers; if they are stale, the home has had it, and the next comes in its turn.
        oldest = Vacancy.objects.get(home=record, need=rules.ANY_NEED).observed_at
        record.numbers_hold_since = None if rules.freshness(oldest, now=local(self.now)) == "stale" else oldest

    @staticmethod
    def _check(
        care_level: int,
        precision: str,
        maximum: int | None = None,
        occupied: int | None = None,
        reserved: int | None = None,
        accepting: int | None = None,
        remark: str = "",
    ) -> None:
        if precision == Precision.UNKNOWN and accepting is not None:
            raise Refused(_("Leave the number of free places empty when it is not known."), field="accepting")
        if precision in (Precision.EXACT, Precision.AT_LEAST, Precision.ESTIMATE) and accepting is None:
            raise Refused(_("Give the number of free places, or say that it is not known."), field="accepting")
        if rules.exceeds(maximum, occupied, reserved, accepting):
            raise Refused(
                _("Occupied, reserved and accepting are together more than the number of places."), field="maximum"
            )
        if not remark.strip() and not rules.adds_up(maximum, occupied, reserved, accepting):
            raise Refused(
                _("Occupied, reserved and accepting do not make the number of places. Correct them, or say why."),
                field="remark",
            )


class VerifyCapacity(ReportCapacity):
    """The supervising office has looked or telephoned, and enters what it found for one level of care."""

    by = Holds(Duty.SUPERVISE_HOMES) & ~PROVIDER
    stops, voids = (), ("care.confirm-capacity",)
    tells = ("provider",)


class RemindOfCapacity(Action):
    """The home has not confirmed its numbers for some days; it is reminded, and the page says that they may be old."""

    record = Home
    by = Clock()
    start = {HomeState.OPEN}
    starts = UNCONFIRMED
    tells = ("provider",)
