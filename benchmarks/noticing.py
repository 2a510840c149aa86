"""Who notices a fault: the tests of a slice run once, then for each fault, in a fork, those that come where it lies.

Nothing is imported, collected or migrated twice: the fork takes the collected tests and the database over, changes one
thing, and runs the quickest tests first, until one of them fails. Those that hold for every table and every action come
last: a fault that only they notice is told apart, for they compare a declaration with what is written down, not with a deed.
"""

from __future__ import annotations

import functools
import gc
import os
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import pytest

ELSEWHERE = {"browser", "page", "visit", "live_server", "worker"}  # fixtures whose threads do not live on in a fork
PATIENCE, TIMES = 60, 10  # seconds of one run: these, and so many times what it takes without a fault
LIVES, NOTICED, OVERSLEPT, BROKEN, NOTICED_OVER_ALL = 0, 1, 2, 3, 4
OVER_ALL = "over all"  # the fate of what no deed noticed, only a test over all tables and actions
WRITTEN = re.compile(r'(?:INSERT INTO|UPDATE) "(\w+)"')

touched: set[str] = set()  # what the test that is running has come by: functions, actions, tables


class Noticing:
    """The tests of one slice, as a plugin of pytest."""

    def __init__(self, draw: Callable[[], list[Any]], watch: Callable[[], Callable[[], None]], told: Callable[[Any, str], None],
                 slice_name: str, is_pure: bool) -> None:  # fmt: skip
        self.draw, self.watch, self.told, self.slice_name, self.is_pure = draw, watch, told, slice_name, is_pure
        self.took: dict[str, float] = {}
        self.comes_by: dict[str, set[str]] = {}
        self.failed: set[str] = set()

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Without a browser, a live server and a worker; where only rules are asked, without a database."""
        kept = [item for item in items if not ELSEWHERE & set(item.fixturenames)]
        kept = [item for item in kept if not _is_over_all(item) or f"[{self.slice_name}." in item.nodeid]
        items[:] = [item for item in kept if not (self.is_pure and item.get_closest_marker("django_db"))]

    def pytest_runtest_logreport(self, report: Any) -> None:
        """How long a part of a test took, and whether it failed."""
        self.took[report.nodeid] = self.took.get(report.nodeid, 0.0) + report.duration
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_runtestloop(self, session: Any) -> bool:
        """Once without a fault, then once with each."""
        self.blocker = session.config.stash[_blocker()]
        self.caches = [one for one in gc.get_objects() if type(one) is functools._lru_cache_wrapper and _is_ours(one)]
        self._without_a_fault(session.items)
        if self.failed:
            print(f"left out, for they fail without any fault: {sorted(self.failed)}", flush=True)
        if len(self.failed) > len(session.items) // 20:
            raise SystemExit("too many tests fail without any fault")
        kept = (item for item in session.items if item.nodeid not in self.failed)
        self.items = sorted(kept, key=lambda i: (_is_over_all(i), self.took.get(i.nodeid, 0.0)))
        for mutant in self.draw():
            self.told(mutant, self._fate(mutant))
        return True

    def _without_a_fault(self, items: list[Any]) -> None:
        from django.db import connection

        stop = self.watch()
        connection.execute_wrappers.append(_note_tables)
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            self._forget()
            touched.clear()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.comes_by[item.nodeid] = set(touched)
        connection.execute_wrappers.remove(_note_tables)
        stop()
        with self.blocker.unblock():
            connection.close()

    def _forget(self) -> None:
        from governance.actions import compiled

        compiled.forget()  # else a changed declaration would never be asked
        for cache in self.caches:
            cache.cache_clear()

    def _fate(self, mutant: Any) -> str:
        chosen = [i for i in self.items if mutant.place in self.comes_by[i.nodeid] or f"[{mutant.label}]" in i.nodeid]
        if not chosen:
            return "no test comes there"
        longest = PATIENCE + TIMES * sum(self.took.get(item.nodeid, 0.0) for item in chosen)
        came = in_fork(lambda: self._run(mutant, chosen), longest)
        if came == BROKEN:
            raise SystemExit(f"{mutant.words}: could not be made")
        if mutant.back is not None and in_fork(lambda: self._unblocked(mutant.back), PATIENCE, is_quiet=False) != 0:
            raise SystemExit(f"{mutant.words}: could not be put back")
        if came == OVERSLEPT and in_fork(lambda: self._run(None, chosen), longest):
            raise SystemExit(f"{mutant.words}: left something behind")
        return {LIVES: f"{len(chosen)} tests come there", NOTICED_OVER_ALL: OVER_ALL}.get(came, "")

    def _unblocked(self, work: Callable[[], None]) -> int:
        with self.blocker.unblock():
            work()
        return 0

    def _run(self, mutant: Any, chosen: list[Any]) -> int:
        self._forget()
        if mutant is not None:
            try:
                self._unblocked(mutant.make)
            except Exception:  # no fault was made, so none was noticed
                traceback.print_exc(file=sys.__stderr__)
                return BROKEN
        self.failed.clear()
        chosen[0].session._setupstate.teardown_exact(chosen[0])
        last = next(item for item in self.items if item is not chosen[-1])  # after the last one the database would be dropped
        for item, following in zip(chosen, [*chosen[1:], last], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return NOTICED_OVER_ALL if _is_over_all(item) else NOTICED
        return LIVES


def _blocker() -> Any:
    from pytest_django.plugin import blocking_manager_key

    return blocking_manager_key


def _is_over_all(item: Any) -> bool:
    return item.nodeid.startswith("tests/architecture/")


def _is_ours(cache: Any) -> bool:
    return str(getattr(cache, "__module__", "")).startswith(("governance.", "programs."))


def _note_tables(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    touched.update(WRITTEN.findall(str(sql)))
    return execute(sql, params, many, context)


def in_fork(work: Callable[[], int], longest: float, *, is_quiet: bool = True) -> int:
    """What comes of some work in a process of its own; one that hangs is ended."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        if is_quiet:
            os.setsid()
            log = os.open(os.environ.get("MUTANTS_LOG", os.devnull), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            os.dup2(log, 1)
            os.dup2(log, 2)
        try:
            os._exit(work())
        except BaseException:  # a mutant may raise anything, at once
            traceback.print_exc(file=sys.__stderr__)
            os._exit(NOTICED)
    until = time.monotonic() + longest
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return abs(os.waitstatus_to_exitcode(status))
        time.sleep(0.01)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return OVERSLEPT


def run(tests: list[str], plugin: Noticing, name: str) -> int:
    """Run the slice's tests under the plugin, in a database of their own that is copied from the template."""
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_mutants_{name}"
    options = ["-q", "-s", "-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider", "--create-db"]
    return int(pytest.main([*options, *tests], plugins=[plugin]))
