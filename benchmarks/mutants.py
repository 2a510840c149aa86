"""How many faults the tests notice: rules, actions and constraints are changed one at a time, and the slice's tests run.

``python -m benchmarks.mutants care insurance --count 40`` draws forty faults of each slice (the same ones for the same
``--seed``) and prints each that no test of that slice noticed. A function is changed in place in a forked process: a
comparison turned, a number moved by one, a sum into a difference, "and" into "or", a check left out. An action loses a
state, a period, a condition or who is told; anybody may do it. A constraint is taken out of the table.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.test")

LONGEST = 600  # seconds of one run of a slice's tests
NOTICED = {1, 2, 3, 4, -signal.SIGKILL}  # ways in which pytest says that something is wrong; or it hung
TURNED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
SHORTENED = ("stops", "voids", "pauses", "resumes", "restarts", "extends", "leads_to", "tells", "enqueues")


@dataclass(frozen=True)
class Mutant:
    """One fault: what it is in words, and what makes it."""

    words: str
    make: Callable[[], None]


# Functions ----------------------------------------------------------------------------------------------------------------


def _places(tree: ast.AST) -> list[tuple[ast.AST, str]]:
    """What can be changed in a function, each with how."""
    places: list[tuple[ast.AST, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare | ast.BinOp | ast.BoolOp) and type(_sign(node)) in TURNED:
            places.append((node, "turned"))
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            places.append((node, "moved by one"))
        elif isinstance(node, ast.If) and any(isinstance(inner, ast.Raise) for inner in node.body):
            places.append((node, "check left out"))
    return places


def _sign(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.Compare):
        return node.ops[0] if len(node.ops) == 1 else None
    return getattr(node, "op", None)


def _change(node: ast.AST, how: str) -> None:
    if how == "moved by one":
        node.value += 1  # type: ignore[attr-defined]
    elif how == "check left out":
        node.test = ast.Constant(False)  # type: ignore[attr-defined]
    elif isinstance(node, ast.Compare):
        node.ops = [TURNED[type(node.ops[0])]()]
    else:
        node.op = TURNED[type(node.op)]()  # type: ignore[attr-defined]


def of_functions(module: Any) -> Iterator[Mutant]:
    """Every fault that can be made in the functions of a module."""
    source = Path(module.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source)
    for name, function in _functions(tree):
        live = _live(module, name)
        if live is None:
            continue
        for n, (node, how) in enumerate(_places(ast.Module(function.body, []))):
            words = f"{module.__name__}.{name}, line {node.lineno}: {ast.unparse(node).splitlines()[0][:70]} {how}"  # type: ignore[attr-defined]
            yield Mutant(words, _maker(module, tree, name, live, n))


def _maker(module: Any, tree: ast.Module, name: str, live: FunctionType, n: int) -> Callable[[], None]:
    def make() -> None:
        changed = copy.deepcopy(tree)
        function = dict(_functions(changed))[name]
        _change(*_places(ast.Module(function.body, []))[n])
        code = compile(ast.fix_missing_locations(changed), module.__file__, "exec", flags=_flags(changed), dont_inherit=True)
        live.__code__ = _code_of(code, name)

    return make


def _flags(tree: ast.Module) -> int:
    import __future__

    lazy = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
    return __future__.annotations.compiler_flag if lazy else 0


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef))


def _code_of(code: CodeType, name: str) -> CodeType:
    for step in name.split("."):
        code = next(one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == step)
    return code


def _live(module: Any, name: str) -> FunctionType | None:
    """The function itself, below what decorates it."""
    owner: Any = module
    for step in name.split("."):
        owner = vars(owner).get(step) if owner is not None else None
    for inner in ("fget", "func", "__func__", "__wrapped__"):
        owner = getattr(owner, inner, owner)
    return owner if isinstance(owner, FunctionType) and owner.__code__.co_name == name.rpartition(".")[2] else None


# Actions ------------------------------------------------------------------------------------------------------------------


def of_actions(slice_name: str) -> Iterator[Mutant]:
    """Every declaration of an action that can be lost."""
    from governance.actions import registry

    for action in (one for one in registry.actions() if one.app_label == slice_name):
        yield from _shortened(action)
        yield from _opened(action)


def _shortened(action: Any) -> Iterator[Mutant]:
    for name in SHORTENED:
        declared = tuple(getattr(action, name, ()))
        for n, one in enumerate(declared):
            yield _setting(action, name, declared[:n] + declared[n + 1 :], f"{name} without {one}")
    for starts in action.clocks_started():
        rest = tuple(one for one in action.clocks_started() if one is not starts)
        yield _setting(action, "starts", rest, f"starts without {starts.rule}")
    for state in sorted(action.start or ()):
        yield _setting(action, "start", action.start - {state}, f"not from {state}")


def _opened(action: Any) -> Iterator[Mutant]:
    from django.db.models import Q

    from governance.actions import Assurance
    from governance.actions.responsibilities import Anyone

    if action.start is not None and action.record is not None:
        yield _setting(action, "start", None, "from every state")
    if action.provided:
        yield _setting(action, "provided", Q(), "without its condition")
    if action.assurance:
        yield _setting(action, "assurance", Assurance.NONE, "by people nobody has verified")
    if action.record is not None and not action.by_clock_only():
        yield _setting(action, "by", Anyone(), "by anybody")


def _setting(action: Any, name: str, value: Any, words: str) -> Mutant:
    return Mutant(f"{action.key}: {words}", lambda: setattr(action, name, value))


# Constraints --------------------------------------------------------------------------------------------------------------


def of_constraints(slice_name: str) -> Iterator[Mutant]:
    """Every constraint of the slice's tables, taken out; whoever draws it puts it back."""
    from django.apps import apps

    for model in apps.get_app_config(slice_name).get_models():
        for constraint in model._meta.constraints:
            yield Mutant(f"{model._meta.label}: without {constraint.name}", _taker(model, constraint))


def _taker(model: Any, constraint: Any) -> Callable[[], None]:
    def take() -> None:
        from django.db import connection

        with connection.schema_editor() as editor:
            editor.remove_constraint(model, constraint)
        connection.close()

    take.back = lambda: _put_back(model, constraint)  # type: ignore[attr-defined]
    return take


def _put_back(model: Any, constraint: Any) -> None:
    from django.db import connection

    with connection.schema_editor() as editor:
        editor.add_constraint(model, constraint)
    connection.close()


# Running ------------------------------------------------------------------------------------------------------------------


def _child(work: Callable[[], int], quiet: bool = True) -> int:
    """What comes of some work in a process of its own; one that hangs is ended."""
    pid = os.fork()
    if pid == 0:
        os.setsid()
        if quiet:
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, 1)
            os.dup2(devnull, 2)
        try:
            os._exit(work())
        except BaseException:  # a mutant may raise anything, at once
            os._exit(1)
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return -signal.SIGKILL


def _run(tests: list[str], mutant: Mutant | None) -> int:
    import pytest

    def work() -> int:
        if mutant is not None and not hasattr(mutant.make, "back"):
            mutant.make()
        os.environ["PATH"] = str(Path(sys.executable).parent)  # no browser: the tests in one are left out
        options = ["-x", "-q", "-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider", "--reuse-db"]
        return int(pytest.main([*options, *tests]))

    return _child(work)


def _use_test_database() -> None:
    from django.conf import settings
    from django.db import connection

    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = f"test_{connection.settings_dict['NAME']}"


def _in_test_database(work: Callable[[], None]) -> None:
    def inside() -> int:
        _use_test_database()
        work()
        return 0

    if _child(inside):
        raise SystemExit("a constraint could not be taken out or put back")


def _drawn(slice_name: str, count: int, seed: str) -> list[Mutant]:
    from governance.actions import registry

    registry.actions()
    parent = "programs" if Path("programs", slice_name).is_dir() else "governance"
    modules = [name for name in sorted(sys.modules) if name.startswith(f"{parent}.{slice_name}.")]
    wanted = [name for name in modules if {"rules", "actions"} & set(name.split(".")[2:3])]
    there = [list(of_functions(importlib.import_module(name))) for name in wanted]
    kinds = [[one for module in there for one in module], list(of_actions(slice_name)), list(of_constraints(slice_name))]
    choose = random.Random(f"{seed}{slice_name}")
    shares = [count - 2 * (count // 3), count // 3, count // 3]
    return [one for kind, share in zip(kinds, shares, strict=True) for one in choose.sample(kind, min(share, len(kind)))]


def _noticed(mutant: Mutant, tests: list[str]) -> bool:
    back = getattr(mutant.make, "back", None)
    if back is not None:
        _in_test_database(mutant.make)
    try:
        return _run(tests, mutant) in NOTICED
    finally:
        if back is not None:
            _in_test_database(back)


def main() -> None:
    """Draw, change, run, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("slices", nargs="+")
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--also", nargs="*", default=[], help="further folders of tests")
    given = parser.parse_args()
    import django

    django.setup()
    for slice_name in given.slices:
        tests = [f"tests/{slice_name}", *given.also]
        if _run(tests, None):
            raise SystemExit(f"{slice_name}: its tests fail without any fault")
        drawn, lived = _drawn(slice_name, given.count, given.seed), []
        for mutant in drawn:
            if not _noticed(mutant, tests):
                lived.append(mutant.words)
                print(f"  lives: {mutant.words}", flush=True)
        share = 100 * (len(drawn) - len(lived)) / max(len(drawn), 1)
        print(f"{slice_name}: {len(drawn) - len(lived)} of {len(drawn)} noticed ({share:.0f} %)", flush=True)


if __name__ == "__main__":
    main()
