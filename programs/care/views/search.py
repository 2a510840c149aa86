"""Finding a home: the list, the comparison, the tiles, the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.clocks.now import now, today
from governance.web.answers import is_public
from governance.web.templatetags.look import yuan as money
from governance.web.tiles import tiles as tiles_of
from governance.web.views import PageView, harmless
from programs.care import rules
from programs.care.filters import FREE, FRESHNESS, SORTS, SearchForm
from programs.care.models import Home, Vacancy
from programs.care.querysets import areas_to_choose, names_of_provinces, place_called
from programs.care.querysets.answers import same_day
from programs.care.querysets.kept import Kept
from programs.care.querysets.search import Found, Wanted, counted, page
from programs.care.vocabulary import CareLevel, Ownership, PriceItem, Service, Setting

MOST_COMPARED = 4
PAGES, SUMS = Kept(most=100), Kept(most=2000)
MOST_IN_A_FILE = 100_000


@dataclass(frozen=True)
class Line:
    """A home as the list shows it to this visitor."""

    found: Found
    wanted: Wanted
    compared: bool
    compare_url: str

    @property
    def freshness(self) -> str:
        return rules.freshness(self.found.observed_at, now=self.wanted.now)

    @property
    def days_ago(self) -> int:
        return (self.wanted.now.date() - timezone.localtime(self.found.observed_at).date()).days if self.found.observed_at else 0

    @property
    def distance(self) -> str:
        km = self.found.distance_km
        return "" if km is None else f"{km:.1f}" if km < 100 else f"{km:,.0f}"

    @property
    def price(self) -> str:
        low, high = self.found.price_from, self.found.price_to
        return money(low) if low == high else f"{money(low)}–{money(high)}"

    @property
    def price_note(self) -> str:
        most = self.wanted.price_to
        if most is not None and self.found.price_to is not None and self.found.price_to > most:
            return _("Some rooms cost more than you want to spend")
        items = [str(PriceItem(item).label) for item in self.found.price_includes]
        said = self.found.price_note or (_("includes %(items)s") % {"items": _(", ").join(items)} if items else "")
        return " · ".join(filter(None, [_("at this level of care") if self.found.price_is_of_level else "", said]))

    @property
    def ownership(self) -> str:
        return str(Ownership(self.found.ownership).label)

    @property
    def is_rural(self) -> bool:
        return self.found.setting == Setting.RURAL

    @property
    def services(self) -> list[str]:
        return [str(Service(service).label) for service in self.found.services[:3]]

    @property
    def rating_holds(self) -> bool:
        until = self.found.stars_valid_until
        return bool(self.found.star_rating) and (until is None or until >= self.wanted.now.date())


@dataclass(frozen=True)
class Choice:
    """A value of a filter, with the number of homes it would leave."""

    name: str
    value: str
    label: str
    count: int
    chosen: bool
    id: str


class SearchView(PageView):
    """Care homes and what they have free, as a list without a map."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked_by = (get_language(), request.get_host(), request.get_full_path())
        if (page := PAGES.get(asked_by, now()) if self.is_anybody else None) is not None:
            return HttpResponse(page)
        answer = render(request, "care/home_list.html", self.context())
        if self.is_anybody and is_public(request, answer):
            PAGES.put(asked_by, now(), answer.content)
        return answer

    @cached_property
    def is_anybody(self) -> bool:
        """Whether nothing about the request says who asks: the page is then the same for everybody who asks this."""
        return request_of_anybody(self.request)

    @cached_property
    def form(self) -> SearchForm:
        form = SearchForm(self.request.GET)
        form.is_valid()
        return form

    @cached_property
    def areas(self) -> list[Any]:
        """Areas to choose from, and the place from which distances are told."""
        return areas_to_choose(self.form.cleaned_data.get("area", ""), self.form.near_area)

    @cached_property
    def wanted(self) -> Wanted:
        at = next((a for a in self.areas if a.code == self.form.near_area and a.lon is not None), None)
        centre = (float(at.lon), float(at.lat)) if at else None
        return self.form.wanted(now=timezone.localtime(now()), centre=centre)

    @cached_property
    def compared(self) -> list[int]:
        return compared_homes(self.request.GET)

    def context(self) -> dict[str, Any]:
        """What the template gets."""
        found, after = page(self.wanted)
        sums = self.sums()
        first = self.wanted.after.shown if self.wanted.after else 0
        return {
            "form": self.form,
            "wanted": self.wanted,
            "lines": [self._line(one) for one in found],
            "sums": sums,
            "first": first + 1,
            "last": first + len(found),
            "next_count": min(self.wanted.limit, sums.total - first - len(found)),
            "next_url": self.address(after=str(after)) if after else "",
            "first_url": self.address() if first else "",
            "csv_url": f"{reverse('care:home-file')}?{self._query(after=None)}",
            "provinces_url": reverse("care:home-provinces"),
            "compare_url": f"{reverse('care:home-compare')}?{urlencode([('home', i) for i in self.compared])}",
            "compared": self.compared,
            "chips": list(self.chips()),
            "chosen_area": self._area(self.form.cleaned_data.get("area", "")),
            "near_area": self._area(self.form.near_area),
            "facets": self.facets(sums),
            "sorts": [(value, label) for value, label in SORTS if value != "nearest" or self.wanted.near],
            "area_choices": [a for a in self.areas if a.has_homes],
            "place_choices": [a for a in self.areas if a.lon is not None],
            "is_synthetic": any(one.is_synthetic for one in found),
        }

    def sums(self) -> Any:
        """The sums and the numbers beside the filters: for the next page of the same search they are still known."""
        asked = same_day(self.wanted)
        return (SUMS.get(asked, self.wanted.now) if self.is_anybody else None) or SUMS.put(asked, self.wanted.now, counted(self.wanted))

    def _area(self, code: str) -> Any:
        return next((area for area in self.areas if area.code == code), None)

    def _query(self, **changes: Any) -> str:
        query: QueryDict = self.request.GET.copy()
        for name, value in {"after": None, **changes}.items():
            query.pop(name, None)
            if value:
                query.setlist(name, value if isinstance(value, list) else [value])
        return query.urlencode()

    def address(self, **changes: Any) -> str:
        """This search with some parts changed."""
        return f"{reverse('care:home-list')}?{self._query(**changes)}".rstrip("?")

    def _line(self, found: Found) -> Line:
        compared = found.id in self.compared
        others = [str(i) for i in self.compared if i != found.id]
        after = self.request.GET.get("after")
        url = self.address(compare=others if compared else [*others, str(found.id)], after=after)
        return Line(found, self.wanted, compared, f"{url}#home-{found.id}")

    def chips(self) -> Iterator[tuple[str, str]]:
        """What is chosen, each with the address of the search without it."""
        data, wanted = self.form.cleaned_data, self.wanted
        if data.get("q"):
            yield _("“%(text)s”") % {"text": data["q"]}, self.address(q=None)
        if wanted.need != rules.ANY_NEED:
            yield str(CareLevel(wanted.need).label), self.address(level=None)
        yield from self.limits()
        for name, choices in (("ow", Ownership.choices), ("set", Setting.choices), ("sv", Service.choices), ("free", FREE), ("fr", FRESHNESS)):  # fmt: skip
            for value, label in choices:
                if value in data.get(name, ()):
                    yield str(label), self.address(**{name: [v for v in data[name] if v != value]})

    def limits(self) -> Iterator[tuple[str, str]]:
        """The chosen prices and distance, likewise."""
        wanted = self.wanted
        if wanted.price_from is not None:
            yield _("from %(amount)s yuan") % {"amount": money(wanted.price_from)}, self.address(pmin=None)
        if wanted.price_to is not None:
            yield _("up to %(amount)s yuan") % {"amount": money(wanted.price_to)}, self.address(pmax=None)
        if wanted.within_km is not None:
            yield _("within %(km)g km") % {"km": wanted.within_km}, self.address(km=None)

    def facets(self, sums: Any) -> dict[str, list[Choice]]:
        """The filters with their numbers."""
        data = self.form.cleaned_data
        kinds = {
            "ow": (Ownership.choices, sums.ownerships),
            "set": (Setting.choices, sums.settings),
            "sv": (Service.choices, sums.services),
            "fr": (FRESHNESS, sums.freshness),
            "free": (FREE, sums.free),
        }
        found = {
            name: [Choice(name, v, str(label), counts.get(v, 0), v in data.get(name, ()), f"{name}-{v}") for v, label in choices]
            for name, (choices, counts) in kinds.items()
        }
        level = data.get("level")
        found["level"] = [Choice("level", "", _("Any"), sums.needs.get(str(rules.ANY_NEED), 0), level is None, "level-any")] + [
            Choice("level", str(v), str(label), sums.needs.get(str(v), 0), level == v, f"level-{v}")
            for v, label in CareLevel.choices
        ]
        return found


def request_of_anybody(request: HttpRequest) -> bool:
    """Without a session, a message, a token: nothing but, perhaps, the choice of a language. A fragment is no page."""
    return set(request.COOKIES) <= {settings.LANGUAGE_COOKIE_NAME} and "HTTP_AUTHORIZATION" not in request.META and not request.htmx


def compared_homes(query: QueryDict) -> list[int]:
    """The homes put side by side: in the address, so that a comparison can be sent to one's sister."""
    chosen = [*query.getlist("compare"), *query.getlist("home")]
    return [int(one) for one in dict.fromkeys(chosen) if one.isascii() and one.isdigit() and len(one) < 19][:MOST_COMPARED]


class CompareView(PageView):
    """Up to four homes side by side."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "care/home_compare.html", self.context())

    def context(self) -> dict[str, Any]:
        """What the template gets."""
        chosen = compared_homes(self.request.GET)
        homes = Home.objects.side_by_side(chosen, self.request.actor)
        at = timezone.localtime(now())
        lines = [Side(home, at) for home in sorted(homes, key=lambda home: chosen.index(home.pk))]
        left = {home: [other for other in chosen if other != home.pk] for home in homes}
        for line in lines:
            line.without_url = f"{reverse('care:home-compare')}?{urlencode([('home', i) for i in left[line.home]])}"
        levels = [(label, [line.at_level(level) for line in lines]) for level, label in CareLevel.choices]
        return {"lines": lines, "levels": [row for row in levels if any(isinstance(one, Vacancy) for one in row[1])]}


@dataclass
class Side:
    """One column of a comparison."""

    home: Home
    now: datetime
    without_url: str = ""

    @property
    def vacancy(self) -> Vacancy | None:
        return next((v for v in self.home.vacancies.all() if v.need == rules.ANY_NEED), None)

    def at_level(self, level: int) -> Vacancy | str | None:
        """What is free for a level; None is not known, as the home has never reported."""
        told = next((v for v in self.home.vacancies.all() if v.need == level), None)
        return told or ("not offered" if self.vacancy else None)

    @property
    def freshness(self) -> str:
        return rules.freshness(self.vacancy.observed_at if self.vacancy else None, now=self.now)

    @property
    def price(self) -> str:
        low, high = self.home.price_from_amount, self.home.price_to_amount
        return money(low) if low == high else f"{money(low)}–{money(high)}"

    @property
    def services(self) -> list[str]:
        return [str(Service(service).label) for service in self.home.services]

    @property
    def rating_holds(self) -> bool:
        until = self.home.stars_valid_until
        return bool(self.home.star_rating) and (until is None or until >= self.now.date())


class ProvincesView(PageView):
    """What is free, by province, as tiles."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "care/home_provinces.html", self.context())

    def context(self) -> dict[str, Any]:
        """What the template gets."""
        known = {row["province"]: row for row in Vacancy.objects.by_province()}
        names = names_of_provinces()
        for province, row in known.items():
            row["name"] = names.get(province, province)
        tiles = tiles_of(known, lambda row: row["accepting"])
        fictional = [row for code, row in known.items() if code not in {tile["code"] for tile in tiles}]
        return {"tiles": tiles, "fictional": fictional, "known": list(known.values())}


class _Echo:
    def write(self, value: str) -> str:
        return value


class FileView(PageView):
    """The homes found, as a CSV file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SearchForm(request.GET)
        form.is_valid()
        at = place_called(form.near_area)
        wanted = form.wanted(now=timezone.localtime(now()), centre=(float(at.lon), float(at.lat)) if at else None, limit=1000)
        response = StreamingHttpResponse(csv_rows(replace(wanted, after=None)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="care-homes-{today():%Y%m%d}.csv"'
        return response


HEADINGS = (
    "reference", "name", "area", "address", "telephone", "ownership", "setting", "stars", "stars_valid_until", "services",
    "price_from", "price_to", "maximum", "occupied", "reserved", "accepting", "after_assessment", "precision", "observed_at",
    "distance_km", "data_class",
)  # fmt: skip


def csv_rows(wanted: Wanted) -> Iterator[str]:
    """The file line by line; what is not known stays empty. Begins with a mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEADINGS)
    rows = 0
    while rows < MOST_IN_A_FILE:
        found, after = page(wanted)
        yield "".join(writer.writerow([harmless(value) for value in _row(one)]) for one in found)
        rows += len(found)
        if after is None:
            return
        wanted = replace(wanted, after=after)


def _row(one: Found) -> list[Any]:
    observed = timezone.localtime(one.observed_at).isoformat(timespec="minutes") if one.observed_at else None
    return [
        one.reference, one.name, one.area_id, one.address, one.telephone, one.ownership, one.setting, one.star_rating,
        one.stars_valid_until, " ".join(one.services), one.price_from, one.price_to, one.maximum, one.occupied, one.reserved,
        one.accepting, one.after_assessment, one.precision, observed,
        None if one.distance_km is None else f"{one.distance_km:.3f}", "synthetic" if one.is_synthetic else "published",
    ]  # fmt: skip
