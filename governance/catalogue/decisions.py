"""A result that explains itself: facts, versions of values, outcome, steps in words, what is missing, what would change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from governance.catalogue import rules
from governance.catalogue.models import Parameter

YES, NO, UNKNOWN = "yes", "no", "unknown"


def outcome_of(answer: bool | None) -> str:
    """Three-valued: not known is an outcome of its own, never no."""
    return UNKNOWN if answer is None else YES if answer else NO


@dataclass(frozen=True)
class Decision:
    """What a rule gives for some facts, and why. Texts are in the reader's language; all else is the same for everybody."""

    rule: str
    facts: dict[str, Any]
    outcome: str
    sentence: str
    results: list[tuple[str, str, str]]  # name for programs, words, value in words
    trace: list[str]
    used: list[Parameter]
    values: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    would_change: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def content(self) -> dict[str, Any]:
        """What has to be kept to work it out again, in no language."""
        return {"rule": self.rule, "facts": self.facts, "parameters": sorted(one.reference for one in self.used), "outcome": self.outcome, "values": self.values}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of that: the same facts under the same versions give the same one."""
        return rules.fingerprint(self.content)

    @property
    def unverified(self) -> list[Parameter]:
        """The values it rests on whose source was not checked."""
        return [one for one in self.used if one.is_unverified]

    @property
    def quoted(self) -> list[Parameter]:
        """The values it rests on that are known only as another text quotes them."""
        return [one for one in self.used if one.is_quoted]
