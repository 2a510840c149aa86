"""What a home says about its free places, and the reminder when it has not said so for long."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Clock, Holds, Refused, Starts
from governance.clocks.now import local
from governance.text import WordsField
from programs.care import rules
from programs.care.actions.homes import PROVIDER, UNCONFIRMED
from programs.care.models import Bed, CapacityObservation, Home, Vacancy
from programs.care.models.capacity import MOST_PLACES
from programs.care.querysets import Known
from programs.care.vocabulary import CareLevel, Duty, HomeState, ObservationSource, Precision

LABELS = {
    "maximum": gettext_lazy("Places"), "occupied": gettext_lazy("Occupied"), "reserved": gettext_lazy("Reserved"),
    "accepting": gettext_lazy("Accepting"),
}  # fmt: skip


def _places(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_PLACES)


def _precision(data: dict[str, Any]) -> str:
    """What is meant where nothing is said of how sure the number is."""
    return Precision.UNKNOWN if data.get("accepting") is None else Precision.EXACT


def _line(act: Action, home: Home, data: dict[str, Any]) -> CapacityObservation:
    return CapacityObservation(
        home=home, area_id=home.area_id, observer=act.actor.stakeholder, observed_at=act.now, recorded_at=act.now, **data
    )


def _hold_since(act: Action, home: Home) -> datetime | None:
    """A reminder is due by the oldest numbers; if they are stale, the home has had it, and the next comes in its turn."""
    oldest = Vacancy.objects.get(home=home, need=rules.ANY_NEED).observed_at
    return None if rules.freshness(oldest, now=local(act.now)) == "stale" else oldest


def _check(
    known: dict[int, Known],
    care_level: int,
    precision: str,
    maximum: int | None = None,
    occupied: int | None = None,
    reserved: int | None = None,
    accepting: int | None = None,
    remark: str = "",
) -> None:
    """Numbers that contradict each other, or what the bed board knows, are refused beside the field that is wrong."""
    if precision == Precision.UNKNOWN and accepting is not None:
        raise Refused(_("Leave the number of free places empty when it is not known."), field="accepting")
    if precision in (Precision.EXACT, Precision.AT_LEAST, Precision.ESTIMATE) and accepting is None:
        raise Refused(_("Give the number of free places, or say that it is not known."), field="accepting")
    if rules.exceeds(maximum, occupied, reserved, accepting):
        raise Refused(_("Occupied, reserved and accepting are together more than the number of places."), field="maximum")
    if not remark.strip() and not rules.adds_up(maximum, occupied, reserved, accepting):
        raise Refused(
            _("Occupied, reserved and accepting do not make the number of places. Correct them, or say why."), field="remark"
        )
    _check_by_the_board(known.get(care_level), maximum, occupied, accepting, remark)


def _check_by_the_board(known: Known | None, maximum: int | None, occupied: int | None, accepting: int | None, remark: str) -> None:
    """Nobody who lives here is left out; more than there are beds needs a reason."""
    if known is None:
        return
    for field, number in (("occupied", occupied), ("maximum", maximum)):
        if number is not None and number < known.residents:
            raise Refused(
                _("By the bed board %(number)d people live in places of this level. Enter first who has moved out.")
                % {"number": known.residents},
                field=field,
            )
    more = (maximum or 0) > known.beds or (accepting or 0) > known.free
    if known.has_board and more and not remark.strip():
        raise Refused(
            _("The bed board has %(beds)d beds of this level, %(free)d of them free. Correct the numbers, or say why they are higher.")
            % {"beds": known.beds, "free": known.free},
            field="remark",
        )


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
        known = Bed.objects.known_of(record)
        for line in lines:
            try:
                _check_by_the_board(known.get(line.care_level), line.maximum, line.occupied, line.accepting, line.remark)
            except Refused as refused:
                words = {"level": line.get_care_level_display(), "why": refused}
                raise Refused(_("%(level)s: %(why)s") % words) from refused
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
        **{name: _places(label) for name, label in LABELS.items()},
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
        data["precision"] = data.get("precision") or _precision(data)
        _check(Bed.objects.known_of(record), **data)
        _line(self, record, data).save()
        record.numbers_hold_since = _hold_since(self, record)


NUMBERS = ("maximum", "occupied", "reserved", "accepting")
REPORTED = (*NUMBERS, "precision", "remark")


class ReportNumbers(Action):
    """The home says how many places it has, for all levels of care in one go."""

    record = Home
    by = PROVIDER
    start = {HomeState.OPEN, HomeState.SUSPENDED}
    inputs = {
        f"{name}_{level.value}": field
        for level in CareLevel
        for name, field in (
            *((name, _places(format_lazy("{}: {}", level.label, LABELS[name]))) for name in NUMBERS),
            ("precision", forms.ChoiceField(
                label=format_lazy("{}: {}", level.label, gettext_lazy("How sure")), choices=Precision.choices, required=False
            )),
            ("remark", WordsField(
                label=format_lazy("{}: {}", level.label, gettext_lazy("Remark")), required=False, max_length=200
            )),
        )
    }  # fmt: skip
    stops = ("care.confirm-capacity",)
    starts = Starts(UNCONFIRMED.rule, then=UNCONFIRMED.then, since="numbers_hold_since")

    def perform(self, record: Home, **data: Any) -> None:
        known, lines = Bed.objects.known_of(record), []
        for level in CareLevel:
            told = {name: data.get(f"{name}_{level.value}") for name in REPORTED}
            told["remark"] = told["remark"] or ""
            says_why = told["precision"] in (Precision.UNKNOWN, Precision.ASSESSMENT_FIRST)
            if all(told[name] is None for name in NUMBERS) and not says_why:
                continue
            told |= {"care_level": level.value, "precision": told["precision"] or _precision(told)}
            try:
                _check(known, **told)
            except Refused as refused:
                raise Refused(str(refused), field=f"{refused.field}_{level.value}") from refused
            lines.append(_line(self, record, told))
        if not lines:
            raise Refused(_("Give the numbers of at least one level of care."))
        CapacityObservation.objects.bulk_create(lines)
        record.numbers_hold_since = _hold_since(self, record)


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
