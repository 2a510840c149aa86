"""Which risks are uncovered, how a quiz came out, and which counts are shown. Pure: no database, no language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SMALLEST = 5  # smaller counts are not shown
TENS = 10
BASE = "first"  # the tier that everything else stands on


@dataclass(frozen=True)
class Layer:
    """One program that may stand between a person and a risk, and what they said of it (None: they do not know)."""

    program: str
    tier: str
    relation: str
    told: bool | None

    @property
    def holding(self) -> str:
        """How it stands. Whoever is in a program whose payment depends on the place is not yet sure of it."""
        if self.told is None:
            return "closed" if self.relation == "none" else "unknown"
        if self.told:
            return "unknown" if self.relation == "depends" else "held"
        return {"must": "owed", "none": "closed"}.get(self.relation, "open")


def verdict(layers: Sequence[Layer]) -> str:
    """How a risk stands: what the law requires and is missing comes before everything else; not known is never no."""
    holdings = {(one.tier == BASE, one.holding) for one in layers}
    if (True, "held") in holdings:
        return "covered"
    if (True, "owed") in holdings:
        return "owed"
    if (True, "unknown") in holdings:
        return "cannot-tell"
    if (False, "held") in holdings:
        return "partly"
    return "cannot-tell" if (False, "unknown") in holdings else "uncovered"


def settled_by(open_risks: Mapping[str, Iterable[str]]) -> list[tuple[str, list[str]]]:
    """Whom to ask first: for each who knows something, the risks of which they know; whoever settles most stands first."""
    found: dict[str, list[str]] = {}
    for risk, holders in open_risks.items():
        for holder in dict.fromkeys(holders):
            found.setdefault(holder, []).append(risk)
    return sorted(found.items(), key=lambda pair: -len(pair[1]))


def right_answers(given: Mapping[str, int | None], right: Mapping[str, int]) -> dict[str, bool]:
    """Of every question whether the answer is the right one; none given is none right."""
    return {question: given.get(question) == answer for question, answer in right.items()}


def shown(count: int) -> int | None:
    """A count as it may be published: small ones are not (None); nought tells of nobody."""
    return count if count == 0 or count >= SMALLEST else None


def at_least(counts: Iterable[int]) -> int:
    """A sum that gives no small count away: cut down to tens."""
    return sum(counts) // TENS * TENS


def share(correct: int, asked: int) -> str:
    """How many were right, in steps so wide that nobody can be made out."""
    if asked < SMALLEST * 2:
        return "hidden"
    part = correct / asked
    return "nearly-all" if part >= 0.9 else "most" if part >= 0.75 else "half" if part >= 0.5 else "few"
