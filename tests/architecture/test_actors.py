"""Whatever may act is one kind of thing: nothing asks an actor whether it has limits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from governance.actions.actors import CLOCK, STRANGER, Actor, reading

ROOT = Path(__file__).parent.parent.parent
# Names that only one kind of actor has, asked by whoever knows that kind; the answer without it gives nothing.
OF_FOLLOWERS = {"followed", "supported", "invited"}


def test_an_actor_that_forgot_its_limits_cannot_be_made():
    class Forgetful(Actor):
        current = display_name = ""
        duties = roles = options = ()
        assurance, delegation_id, limits = 2, None, None

        def may_use(self, action: Any) -> str | None:
            return None

    with pytest.raises(TypeError, match="covers"):
        Forgetful(None, None)


def test_whom_somebody_reads_as_is_asked_of_every_actor():
    class Limited(type(STRANGER)):
        def covers(self, model: Any) -> bool:
            return model is int

    limited = Limited()
    assert (reading(int, limited), reading(str, limited)) == (limited, STRANGER)
    assert reading(str, CLOCK) is CLOCK


def test_nothing_asks_an_actor_by_getattr():
    asked = re.compile(r"""getattr\((?:self\.|request\.|act\.|self\.request\.)?actor, ["'](\w+)["']""")
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for folder in ("governance", "programs") for path in (ROOT / folder).rglob("*.py")
        for name in asked.findall(path.read_text(encoding="utf-8")) if name not in OF_FOLLOWERS
    ]  # fmt: skip
    assert found == []
