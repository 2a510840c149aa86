"""The packaged units, quizzes and covers, read once. What they cite and how far it was checked stands beside every sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from governance.catalogue.models import is_chinese
from governance.catalogue.vocabulary import Tier

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Words:
    """A text in both languages, and where it comes from. The mark is empty for what is no law at all."""

    row: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.row[name] if is_chinese() else self.row.get(f"{name}_en", self.row[name])

    @property
    def mark(self) -> str:
        return self.row.get("mark", "")


@dataclass(frozen=True)
class Unit(Words):
    """A short unit."""

    tier: str

    @property
    def key(self) -> str:
        return self.row["key"]

    @property
    def steps(self) -> list[Words]:
        """Its sentences, in order. Not called as in the file: a template asks the row first."""
        return [Words(one) for one in self.row["points"]]


@dataclass(frozen=True)
class Question(Words):
    """A question of a quiz."""

    @property
    def key(self) -> str:
        return self.row["key"]

    @property
    def options(self) -> list[str]:
        """The answers to choose from."""
        return [Words(one)["text"] for one in self.row["answers"]]

    @property
    def right(self) -> int:
        """Which answer is the right one."""
        return next(at for at, one in enumerate(self.row["answers"]) if one.get("right"))


@cache
def _packaged(name: str) -> dict[str, Any]:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def units() -> list[Unit]:
    """Every unit, tier by tier."""
    return [Unit(row, tier.value) for tier in Tier for row in _packaged(tier.value)["units"]]


def unit(key: str) -> Unit | None:
    """One unit."""
    return next((one for one in units() if one.key == key), None)


def questions(tier: str) -> list[Question]:
    """The quiz of a tier; empty where there is no such tier."""
    return [Question(row) for row in _packaged(tier)["questions"]] if tier in Tier.values else []


def risks() -> list[dict[str, Any]]:
    """The risks, in their order: whom each concerns."""
    return _packaged("covers")["risks"]


def relations(work: str) -> dict[tuple[str, str], Words]:
    """For those who work in one way: by risk and program what the rules say."""
    return {(row["branch"], row["program"]): Words(row) for row in _packaged("covers")["relations"] if work in row["works"]}


def holder(program: str) -> str:
    """Who knows whether somebody is in a program; of contracts only they themselves."""
    return _packaged("covers")["holders"].get(program, "self")


def programs_written_about() -> set[str]:
    """The programs of which something is written here, for whomever."""
    return {row["program"] for row in _packaged("covers")["relations"]}
