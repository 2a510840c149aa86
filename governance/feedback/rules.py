"""Pure rules: which routing rule fits, what an answer must say, what must not become public."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from governance import areas
from governance import private_numbers as numbers

# An answer on a petition says what was asked, what was found, on what ground, and what comes of it; Art. 32 of the
# Regulation on Petition Work.
MUST_SAY = {
    "petition": ("finding", "ground", "outcome"), "report": ("finding", "ground", "outcome"), "correction": ("finding", "ground", "outcome"),
    "complaint": ("finding", "outcome"), "suggestion": ("outcome",), "question": (), "praise": (),
}  # fmt: skip
ANOTHER_WAY = "another-way"  # an outcome: Art. 31 of the Regulation on Petition Work
SHORTEST_NAME, ALIKE = 3, 0.8


@dataclass(frozen=True)
class Sorted:
    """What a rule of routing looks at."""

    kind: str
    category: str
    area: str
    text: str


def fits(rule: Any, matter: Sorted) -> bool:
    """Whether a rule is for this matter. An empty list means any; one of its words is enough."""
    return (
        (not rule.kinds or matter.kind in rule.kinds)
        and (not rule.categories or matter.category in rule.categories)
        and areas.covers(rule.area_id, matter.area)
        and (not rule.words or any(word in matter.text for word in rule.words))
    )


def first_fitting(rules: Iterable[Any], matter: Sorted) -> Any:
    """The first rule that fits, None if none does."""
    return next((rule for rule in rules if fits(rule, matter)), None)


def missing_parts(kind: str, answer: dict[str, Any]) -> list[str]:
    """The parts that an answer to this kind must have and has not."""
    must = MUST_SAY.get(kind, ())
    if answer.get("outcome") == ANOTHER_WAY:
        must = dict.fromkeys((*must, "ground"))  # which procedure it is, and by which rule
    missing = [part for part in must if not answer.get(part)]
    if answer.get("remedy") and not answer.get("remedy_by"):
        missing.append("remedy_by")
    return missing


def may_be(named: str, name: str) -> bool:
    """Whether somebody who writes ``named`` may mean the organisation called ``name``: one holds the other, or most of it is the same.

    It is better to ask a coordinator once too often than to hand a complaint to whom it is about.
    """
    one, other = (re.sub(r"[\W_]+", "", text).lower() for text in (named, name))
    if min(len(one), len(other)) < SHORTEST_NAME:
        return False
    return one in other or other in one or SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def leaks(text: str, secrets: Sequence[str], *, allowed: Sequence[str] = ()) -> list[str]:
    """What in a text meant for everybody would tell who somebody is, or by which number they can be reached.

    However it is written: wide (１３８), apart (王 小 明, 138-0000-0000), with a country's code, with what nobody sees in
    between. ``allowed`` are numbers that are public, such as the office's own telephone.
    """
    close, public = _close(text), {_close(number) for number in allowed} - {""}
    told = [secret for secret in secrets if len(_close(secret)) > 1 and _close(secret) in close]
    return told + list(dict.fromkeys(one.text for one in numbers.found(text) if _close(one.text) not in public))


def masked(text: str) -> str:
    """Numbers and addresses by which somebody could be known or reached, blacked out."""
    return numbers.masked(text)


def _close(text: str) -> str:
    """Letters and figures only, as they are compared; the sign of an e-mail address stays."""
    return re.sub(r"[^\w@]|_", "", numbers.folded(text)).casefold()


# Figures -------------------------------------------------------------------------------------------------------------

ONE_IN = 10  # is called back
SMALLEST = 5  # of fewer people nothing is said: they could be known
Z = 1.959964  # of a 95 % interval


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), in parts of one; (0, 1) where nothing was counted."""
    if total <= 0:
        return 0.0, 1.0
    share, square = count / total, Z * Z
    middle = share + square / (2 * total)
    reach = Z * ((share * (1 - share) + square / (4 * total)) / total) ** 0.5
    below = 1 + square / total
    low, high = (middle - reach) / below, (middle + reach) / below
    return (0.0 if count == 0 else low), (1.0 if count == total else high)


def line(values: Sequence[float | None], *, width: int = 600, height: int = 200, low: float = 0, high: float = 100) -> dict[str, Any]:
    """A line through values (None leaves a gap): its path for SVG, and the points that can be labelled."""
    step, span = width / max(len(values) - 1, 1), (high - low) or 1
    points = [None if value is None else (round(at * step, 1), round(height - (value - low) / span * height, 1)) for at, value in enumerate(values)]
    path, is_down = [], False
    for point in points:
        if point is not None:
            path.append(f"{'L' if is_down else 'M'}{point[0]} {point[1]}")
        is_down = point is not None
    return {"path": " ".join(path), "points": points}


LEVEL = 0.05  # of a share: what moves by less stays level


def trend(months: Sequence[tuple[int, int] | None]) -> str:
    """Whether the share of the last of these months is above that of the one before, as far as the numbers carry it.

    Each month is (count, total), None where it is not known. "rising" and "falling" where the 95 % interval of the
    difference (Newcombe 1998, method 10, out of two Wilson intervals) leaves out zero, "level" where it stays within
    five points, "unclear" where the months are too small to tell; empty where fewer than two are known.
    """
    known = [month for month in months if month is not None and month[1] > 0]
    if len(known) < 2:
        return ""
    (before, of_before), (after, of_after) = known[-2:]
    low, high = _difference(after, of_after, before, of_before)
    if low > 0 or high < 0:
        return "rising" if low > 0 else "falling"
    return "level" if low > -LEVEL and high < LEVEL else "unclear"


def _difference(one: int, of_one: int, other: int, of_other: int) -> tuple[float, float]:
    """The 95 % interval of one share less another (Newcombe 1998, method 10)."""
    (low, high), (other_low, other_high) = wilson(one, of_one), wilson(other, of_other)
    share, other_share = one / of_one, other / of_other
    apart = share - other_share
    down = ((share - low) ** 2 + (other_high - other_share) ** 2) ** 0.5
    up = ((high - share) ** 2 + (other_share - other_low) ** 2) ** 0.5
    return apart - down, apart + up


def drawn(references: Iterable[str], seed: str) -> list[str]:
    """One in ten by lot, five at least: those whose SHA-256 with the seed is smallest. The same seed draws the same."""
    by_lot = sorted(references, key=lambda reference: sha256(f"{seed}:{reference}".encode()).digest())
    return by_lot[: max(SMALLEST, len(by_lot) // ONE_IN)]


def hidden(counts: Sequence[int]) -> set[int]:
    """Which cells of a table with a known sum are not shown: the small ones, and the next smallest with them until what
    is hidden cannot be worked out from the rest. An empty cell tells of nobody.

    Where even all cells together leave no room (``has_room``), the sum must not be shown either.
    """
    small = {at for at, count in enumerate(counts) if 0 < count < SMALLEST}
    others = sorted((at for at, count in enumerate(counts) if count >= SMALLEST), key=lambda at: (counts[at], at))
    while small and others and not has_room([counts[at] for at in small]):
        small.add(others.pop(0))
    return small


def has_room(counts: Sequence[int]) -> bool:
    """Whether hidden cells can be many things that have the same sum: at least two, none of them forced to be one or,
    where all are small, to be as large as a small one can be."""
    total, cells = sum(counts), len(counts)
    above = total - cells  # beyond one for each
    below = (SMALLEST - 1) * cells - total if max(counts, default=0) < SMALLEST else SMALLEST
    return not counts or (cells > 1 and above >= SMALLEST and below >= SMALLEST)
