"""What somebody writes into the search, read tolerantly: what cannot be understood is said and left out."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from governance import areas as places
from governance.clocks.now import today
from governance.text import CodeField
from governance.web.filtering import CodeFilter
from programs.care import rules
from programs.care.querysets.search import Cursor, Wanted
from programs.care.vocabulary import CareLevel, Ownership, Service, Setting, Stage

PAGE = 20
DISTANCES = (2, 5, 10, 20, 50, 100)
SORTS = (
    ("nearest", _("Nearest first")),
    ("accepting", _("Most places first")),
    ("price", _("Lowest price first")),
    ("confirmed", _("Confirmed most recently")),
)
FRESHNESS = (
    ("fresh", _("Confirmed today")),
    ("aging", _("Confirmed in the last three days")),
    ("stale", _("Older, or not known")),
)
FREE = (("now", _("Takes people now")), ("assessed", _("After an assessment")))
_CODE = re.compile(r"^[0-9]{12}$")
_POINT = re.compile(r"^(-?[0-9]{1,3}(?:\.[0-9]+)?),(-?[0-9]{1,2}(?:\.[0-9]+)?)$")


class _Known(forms.MultipleChoiceField):
    """Several values; those nobody offers are left out rather than complained of, so that old addresses keep working."""

    def to_python(self, value: Any) -> list[str]:
        known = {str(key) for key, _label in self.choices}
        return [one for one in dict.fromkeys(super().to_python(value)) if one in known]


def _several(choices: Any, label: Any) -> forms.Field:
    return _Known(choices=choices, required=False, label=label)


class SearchForm(forms.Form):
    """The search as an address: everything in it can be shared, printed and bookmarked."""

    q = CodeField(label=_("Name or address"), required=False, max_length=60)
    area = CodeField(label=_("Area"), required=False, max_length=12)
    near = CodeField(label=_("Near"), required=False, max_length=40)
    km = forms.TypedChoiceField(
        label=_("At most so far away"), required=False, coerce=float, empty_value=None,
        choices=[("", _("Any distance")), *((str(km), str(km)) for km in DISTANCES)],
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label=_("Care needed"), required=False, coerce=int, empty_value=None, choices=[("", _("Any")), *CareLevel.choices]
    )
    pmin = forms.DecimalField(label=_("Lowest price"), required=False, min_value=0, max_value=999_999, decimal_places=2)
    pmax = forms.DecimalField(label=_("Highest price"), required=False, min_value=0, max_value=999_999, decimal_places=2)
    ow = _several(Ownership.choices, _("Run by"))
    set = _several(Setting.choices, _("Town or country"))
    sv = _several(Service.choices, _("Services"))
    free = _several(FREE, _("Free places"))
    fr = _several(FRESHNESS, _("How fresh the numbers are"))
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)
    after = CodeField(required=False, max_length=200)

    def clean_area(self) -> str:
        code = self.cleaned_data["area"]
        if code and not _CODE.match(code):
            raise forms.ValidationError(_("An area is given by its code of twelve digits."))
        return "" if code == "000000000000" else code

    def clean_near(self) -> str:
        near = self.cleaned_data["near"].replace(" ", "")
        point = _POINT.match(near)
        if near and not _CODE.match(near) and not (point and abs(float(point[1])) <= 180 and abs(float(point[2])) <= 90):
            raise forms.ValidationError(_("Choose a place from the list, or give longitude and latitude in degrees."))
        return near

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("pmin") is not None and data.get("pmax") is not None and data["pmin"] > data["pmax"]:
            self.add_error("pmax", _("The highest price is lower than the lowest."))
        return data

    @property
    def near_area(self) -> str:
        """The code of the place chosen, if it was chosen by its code."""
        return place_chosen(self.cleaned_data)

    def wanted(self, *, now: datetime, centre: tuple[float, float] | None = None, limit: int = PAGE) -> Wanted:
        """What is looked for, from everything that could be understood; ``centre`` is where the area chosen lies."""
        self.is_valid()
        return wanted_by(self.cleaned_data, now=now, centre=centre, limit=limit)


def wanted_by(data: dict[str, Any], *, now: datetime, centre: tuple[float, float] | None = None, limit: int = PAGE) -> Wanted:
    """What is looked for, from values that were understood."""
    point = _POINT.match(data.get("near") or "")
    near = (float(point[1]), float(point[2])) if point else centre
    level = data.get("level")
    return Wanted(
        now=now,
        area=places.range_of(data["area"]) if data.get("area") else None,
        need=rules.ANY_NEED if level is None else level,
        price_from=data.get("pmin"),
        price_to=data.get("pmax"),
        ownerships=tuple(data.get("ow", ())),
        settings=tuple(data.get("set", ())),
        services=tuple(data.get("sv", ())),
        freshness=tuple(data.get("fr", ())),
        free=tuple(data.get("free", ())),
        near=near,
        within_km=data.get("km") if near else None,
        words=tuple(rules.search_words(data.get("q") or "")),
        sort=data.get("sort") or ("nearest" if near else "accepting"),
        after=Cursor.read(data["after"]) if data.get("after") else None,
        limit=limit,
    )


_NOTHING: dict[str, Any] = {
    "q": "", "area": "", "near": "", "km": None, "level": None, "pmin": None, "pmax": None,
    "ow": [], "set": [], "sv": [], "free": [], "fr": [], "sort": "", "after": "",
}  # fmt: skip
_PLAIN = {
    "q": (re.compile(r"\w(?:[\w ]{0,58}\w)?"), str),
    "area": (re.compile(r"(?!0{12})[0-9]{12}"), str),
    "near": (re.compile(r"[0-9]{12}|-?(?:1[0-7]|[1-9])?[0-9](?:\.[0-9]{1,15})?,-?[1-8]?[0-9](?:\.[0-9]{1,15})?"), str),
    "km": (re.compile("|".join(map(str, DISTANCES))), float),
    "level": (re.compile("|".join(map(str, CareLevel.values))), int),
    "pmin": (re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,2})?"), Decimal),
    "pmax": (re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,2})?"), Decimal),
    "sort": (re.compile("|".join(value for value, _label in SORTS)), str),
    "after": (re.compile(r"[-_A-Za-z0-9]{1,200}"), str),
}
_KNOWN = {
    "ow": frozenset(Ownership.values), "set": frozenset(Setting.values), "sv": frozenset(Service.values),
    "free": frozenset(value for value, _label in FREE), "fr": frozenset(value for value, _label in FRESHNESS),
}  # fmt: skip


def plain_values(query: QueryDict) -> dict[str, Any] | None:
    """What the form would make of this, without building one, if every value is as plain as nearly all are; None: ask the form."""
    data = _NOTHING.copy()
    for name, values in query.lists():
        if name in _PLAIN:
            shape, kind = _PLAIN[name]
            if values[-1] and not shape.fullmatch(values[-1]):
                return None
            if values[-1]:
                data[name] = kind(values[-1])
        elif name in _KNOWN:
            data[name] = [one for one in dict.fromkeys(values) if one in _KNOWN[name]]
    if data["pmin"] is not None and data["pmax"] is not None and data["pmin"] > data["pmax"]:
        return None
    return data


def place_chosen(data: dict[str, Any]) -> str:
    """The code of the place from which distances are told, if it was chosen by its code."""
    near = data.get("near") or ""
    return near if _CODE.match(near) else ""


class ReservationFilter(django_filters.FilterSet):
    """Reservations by where they stand, and by the number somebody reads out on the telephone."""

    stage = django_filters.ChoiceFilter(label=_("State"), choices=Stage.choices, method="at_stage")
    reference = CodeFilter(label=_("Reference"), lookup_expr="iexact")

    def at_stage(self, rows: Any, name: str, value: str) -> Any:
        """Those at this stage."""
        return rows.at_stage(value)


def asked_day(text: str | None) -> date:
    """The day asked about: today if none is given, none can be read, or it is still to come."""
    try:
        day = parse_date(text or "")
    except ValueError:
        day = None
    return min(day, today()) if day else today()
