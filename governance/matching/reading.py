"""What the pages show: both sides of a question, masked or in full; how likeness is judged, and how well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from governance.matching import sources
from governance.matching.actions import OpenEntries
from governance.matching.models import Entry, Pair
from governance.matching.rules import measuring, scoring
from governance.matching.vocabulary import CASES, FIELDS, FINDINGS
from governance.stakeholders.models import Area
from governance.stakeholders.rules import masked_name

DAY = 86_400  # seconds


@dataclass(frozen=True)
class Side:
    """One of the two entries, as much of it as the reader may see."""

    title: Any
    name: str
    born: Any
    area: Any
    facts: list[tuple[Any, Any]]


def is_open_to(actor: Any, events: Iterable[Any]) -> bool:
    """Whether this officer has said why they need to see it in full."""
    return any(event.action == OpenEntries.key and event.user_id == actor.user_id for event in events)


def sides(pair: Pair, *, in_full: bool) -> list[Side]:
    """Both entries."""
    areas = Area.objects.in_bulk([one.named.area for one in (pair.entry, pair.other) if one.named.area])
    return [_side(one, in_full, areas) for one in (pair.entry, pair.other)]


def _side(entry: Entry, in_full: bool, areas: dict[str, Any]) -> Side:
    source, named = sources.source(entry.source), entry.named
    return Side(
        source.title, named.name if in_full else masked_name(named.name), named.born_on if in_full else entry.born_in, areas.get(named.area, ""),
        [*source.facts(entry.row), *([(_("Telephone"), named.telephone)] if in_full and named.telephone else [])],
    )  # fmt: skip


def weights() -> list[tuple[Any, list[tuple[Any, float, float, float]]]]:
    """Field by field: each finding with m, u and what it counts."""
    return [
        (FIELDS[field], [(FINDINGS[field, str(found)], m, u, scoring.weight(field, found)) for found, (m, u) in chances.items()])
        for field, chances in scoring.ASSUMED.items()
    ]  # fmt: skip


def measured() -> measuring.Measured:
    """How well the rules do on invented pairs of which it is known whether they are one; the same every time."""
    kept = cache.get(measuring.KEY)
    if kept is None:
        kept = measuring.measured()
        cache.set(measuring.KEY, kept, DAY)
    return kept


def shares(found: measuring.Measured) -> list[tuple[Any, str]]:
    """How well it does, in per cent."""
    told = (
        (_("Asked about, and rightly"), found.possible.precision), (_("Found of those that are one"), found.possible.recall),
        (_("Held to be likely, and rightly"), found.likely.precision), (_("Held to be likely of those that are one"), found.likely.recall),
    )  # fmt: skip
    return [(label, f"{100 * share:.1f} %") for label, share in told]


def how() -> dict[str, Any]:
    """Everything the public page tells."""
    found = measured()
    outcomes, areas = Pair.objects.by_outcome(), Pair.objects.passed_by_area()
    names = Area.objects.in_bulk([code for code, _held, _passed in areas])
    return {
        "weights": weights(), "possible": scoring.POSSIBLE, "likely": scoring.LIKELY, "measured": found, "shares": shares(found), "cases": [(CASES[case], *rest) for case, *rest in found.cases],
        "outcomes": [(label, outcomes.get(state, 0)) for state, label in Pair._meta.get_field("state").choices],
        "areas": [(names[code], held, passed) for code, held, passed in areas],
    }  # fmt: skip
