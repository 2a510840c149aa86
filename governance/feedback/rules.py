"""Pure rules: which routing rule fits, what an answer must say, what must not become public."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from governance import areas

# An answer on a petition says what was asked, what was found, on what ground, and what comes of it; Art. 32 of the
# Regulation on Petition Work.
MUST_SAY = {
    "petition": ("finding", "ground", "outcome"), "report": ("finding", "ground", "outcome"), "correction": ("finding", "ground", "outcome"),
    "complaint": ("finding", "outcome"), "suggestion": ("outcome",), "question": (), "praise": (),
}  # fmt: skip
SHORTEST_NAME, ALIKE = 3, 0.8
_TELEPHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


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
    missing = [part for part in MUST_SAY.get(kind, ()) if not answer.get(part)]
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


def leaks(text: str, secrets: Sequence[str]) -> list[str]:
    """What in a text meant for everybody would tell who somebody is, also written wide (１３８) or apart (王 小 明, 138-0000-0000)."""
    plain, close = normalize("NFKC", text), _close(text)
    found = [secret for secret in secrets if len(_close(secret)) > 1 and _close(secret) in close]
    return found + list(
        dict.fromkeys(
            match
            for pattern in (_TELEPHONE, _IDENTITY, _ADDRESS)
            for match in (*pattern.findall(plain), *pattern.findall(_joined(plain)))
        )
    )


def _close(text: str) -> str:
    return re.sub(r"[\s·•・.,，。-]+", "", normalize("NFKC", text)).casefold()


def _joined(text: str) -> str:
    """Figures that stand apart in groups, put together: 138 0000 0000."""
    return re.sub(r"(?<=\d)[ \u3000·.-](?=\d)", "", text)


def masked(text: str) -> str:
    """Numbers and addresses by which somebody could be reached, taken out."""
    for pattern in (_IDENTITY, _TELEPHONE, _ADDRESS):
        text = pattern.sub("■■■", text)
    return text


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


def trend(values: Sequence[float | None], step: float = 1.0) -> str:
    """Whether the newest value is above the one before it: rising, falling, level; empty where fewer than two are known."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    change = known[-1] - known[-2]
    return "level" if abs(change) < step else "rising" if change > 0 else "falling"


def drawn(references: Iterable[str], seed: str) -> list[str]:
    """One in ten by lot, five at least: those whose SHA-256 with the seed is smallest. The same seed draws the same."""
    by_lot = sorted(references, key=lambda reference: sha256(f"{seed}:{reference}".encode()).digest())
    return by_lot[: max(SMALLEST, len(by_lot) // ONE_IN)]


def hidden(counts: Sequence[int]) -> set[int]:
    """Which cells of a table with a known sum are not shown: small ones, and where only one is small the next smallest with it,
    as it could be worked out from the sum. An empty cell tells of nobody."""
    small = {at for at, count in enumerate(counts) if 0 < count < SMALLEST}
    if len(small) == 1:
        others = [at for at, count in enumerate(counts) if count >= SMALLEST]
        small |= {min(others, key=lambda at: (counts[at], at))} if others else set()
    return small
