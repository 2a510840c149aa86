"""Pure rules: which routing rule fits, what an answer must say, what must not become public."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# An answer on a petition says what was asked, what was found, on what ground, and what comes of it; Art. 32 of the
# Regulation on Petition Work.
MUST_SAY = {
    "petition": ("finding", "ground", "outcome"), "report": ("finding", "ground", "outcome"), "correction": ("finding", "ground", "outcome"),
    "complaint": ("finding", "outcome"), "suggestion": ("outcome",), "question": (), "praise": (),
}  # fmt: skip
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
    reach = rule.area_id.rstrip("0")
    reach += "0" * (len(reach) % 2) if len(reach) <= 6 else ""
    return (
        (not rule.kinds or matter.kind in rule.kinds)
        and (not rule.categories or matter.category in rule.categories)
        and matter.area.startswith(reach)
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


def leaks(text: str, secrets: Sequence[str]) -> list[str]:
    """What in a text meant for everybody would tell who somebody is."""
    found = [secret for secret in secrets if len(secret) > 1 and secret in text]
    return found + [match for pattern in (_TELEPHONE, _IDENTITY, _ADDRESS) for match in pattern.findall(text)]


def masked(text: str) -> str:
    """Numbers and addresses by which somebody could be reached, taken out."""
    for pattern in (_IDENTITY, _TELEPHONE, _ADDRESS):
        text = pattern.sub("■■■", text)
    return text
