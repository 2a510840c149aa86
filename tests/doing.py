"""Which actions the tests really carried out: what the kernel concluded, with an event, not what a test mentions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

HANDED_OVER = "actions_done"  # what a process of several tells the one that counts
NARROWING = ("keyword", "markexpr", "deselect", "lf", "ignore", "ignore_glob", "collectonly")

done: set[str] = set()
away: list[str] = []  # processes that ended without telling what they had done


def watch() -> None:
    """From here on every action that is carried out is remembered, whoever asked for it."""
    from governance.actions import conclusion

    conclude = conclusion.conclude

    def remembered(act: Any, *given: Any, **named: Any) -> Any:
        changed = conclude(act, *given, **named)
        done.add(type(act).key)
        return changed

    conclusion.conclude = remembered


def never_done(declared: Iterable[str], carried_out: Iterable[str]) -> list[str]:
    """The actions that no test carries out."""
    return sorted(set(declared) - set(carried_out))


def is_whole(config: pytest.Config, *, skipped: Iterable[str]) -> bool:
    """Whether all tests ran, so that what was not done is done by none: no path, no choice of names, nothing left out."""
    is_chosen = any(config.getoption(name, None) for name in NARROWING)
    is_everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return is_everything and not is_chosen and not list(skipped) and not away
