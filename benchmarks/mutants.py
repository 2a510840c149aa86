"""How many faults the tests notice: rules, actions and constraints are changed one at a time, and the slice's tests run.

``python -m benchmarks.mutants care insurance --count 40`` draws forty faults of each slice (the same ones for the same
``--seed``) and prints each that no test of that slice noticed. A function is changed in place in a forked process: a
comparison turned, a number moved by one, a sum into a difference, "and" into "or", a check left out. An action loses a
state, a period, a condition or who is told; anybody may do it. A constraint is taken out of the model and of the table.
Which tests run, and how, says ``benchmarks.noticing``; what changes nothing stands in ``benchmarks/equivalents.txt``.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from benchmarks import noticing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.test")

DECIDING = {"rules", "actions", "measures", "deciding", "rulebook", "effects"}  # rooms that decide something
ALSO = {
    "clocks": {"stretches", "weeks", "keeping", "recounting", "versions"},
    "entitlements": {"chart", "asking"},
    "ledger": {"auditing", "canonical", "erasing", "leaves", "numbering", "proofs", "sequencing", "watching", "witnessing"},
}  # slices whose deciding has other names
TURNED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
SHORTENED = ("stops", "voids", "pauses", "resumes", "restarts", "extends", "leads_to", "tells", "enqueues")


@dataclass(frozen=True)
class Mutant:
    """One fault: what it is in words, what makes it and takes it back, and where tests come by it."""

    words: str
    make: Callable[[], None]
    place: str  # a function, an action or a table
    line: int = 0
    label: str = "-"  # the model or the action, as tests over all of them have it as their id
    back: Callable[[], None] | None = None


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
            words = f"{module.__name__}.{name}: {ast.unparse(node).splitlines()[0][:70]} {how}"
            make = _maker(module, tree, name, live, n)
            yield Mutant(words, make, f"{module.__name__}.{name}", node.lineno)  # type: ignore[attr-defined]


def _maker(module: Any, tree: ast.Module, name: str, live: FunctionType, n: int) -> Callable[[], None]:
    def make() -> None:
        changed = copy.deepcopy(tree)
        function = dict(_functions(changed))[name]
        _change(*_places(ast.Module(function.body, []))[n])
        live.__code__ = _code_of(_compiled(module, changed), name)

    return make


def _compiled(module: Any, tree: ast.Module) -> CodeType:
    return compile(ast.fix_missing_locations(tree), module.__file__, "exec", flags=_flags(tree), dont_inherit=True)


def watch_functions(module: Any) -> list[tuple[FunctionType, CodeType]]:
    """Every function of a module tells when it is called; returns what it was before."""
    tree, before = ast.parse(Path(module.__file__).read_text(encoding="utf-8")), []
    for name, function in _functions(tree):
        told = f"__import__('benchmarks.noticing').noticing.touched.add({module.__name__ + '.' + name!r})"
        function.body.insert(1 if ast.get_docstring(function) else 0, ast.parse(told).body[0])
    code = _compiled(module, tree)
    for name, _function in _functions(tree):
        live = _live(module, name)
        if live is not None:
            before.append((live, live.__code__))
            live.__code__ = _code_of(code, name)
    return before


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
    return Mutant(f"{action.key}: {words}", lambda: setattr(action, name, value), action.key, label=action.key)


# Constraints --------------------------------------------------------------------------------------------------------------


def of_constraints(slice_name: str) -> Iterator[Mutant]:
    """Every constraint of the slice's tables, taken out; whoever draws it puts it back."""
    from django.apps import apps

    for model in apps.get_app_config(slice_name).get_models():
        for constraint in model._meta.constraints:
            yield _without(model, constraint)


def _without(model: Any, constraint: Any) -> Mutant:
    from django.db import connection

    def take() -> None:
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, constraint)
        connection.close()
        model._meta.constraints = [one for one in model._meta.constraints if one is not constraint]

    def put_back() -> None:
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)
        connection.close()

    words = f"{model._meta.label}: without {constraint.name}"
    return Mutant(words, take, model._meta.db_table, label=model._meta.label, back=put_back)


# Drawing and telling ------------------------------------------------------------------------------------------------------


def _modules(slice_name: str) -> list[Any]:
    from governance.actions import registry

    registry.actions()
    parent = "programs" if Path("programs", slice_name).is_dir() else "governance"
    names = {f"{parent}.{slice_name}.{room}" for room in DECIDING | ALSO.get(slice_name, set())}
    for name in sorted(names):
        if find_spec(name) is not None:
            importlib.import_module(name)
    return [sys.modules[one] for one in sorted(sys.modules) if one in names or one.startswith(tuple(f"{n}." for n in names))]


def _drawn(slice_name: str, count: int, seed: str, is_pure: bool) -> list[Mutant]:
    modules = [one for one in _modules(slice_name) if not is_pure or {"rules", "chart"} & set(one.__name__.split("."))]
    functions = [one for module in modules for one in of_functions(module)]
    if is_pure:
        return random.Random(f"{seed}{slice_name}").sample(functions, min(count, len(functions)))
    kinds = [list(of_actions(slice_name)), list(of_constraints(slice_name))]
    choose, drawn = random.Random(f"{seed}{slice_name}"), []
    for kind in kinds:
        drawn += choose.sample(kind, min(count // 3, len(kind)))
    rest = count - len(drawn)  # what the other kinds do not fill, functions do
    return choose.sample(functions, min(rest, len(functions))) + drawn


def _watch(slice_name: str) -> Callable[[], None]:
    """Functions and actions tell when they are come by, until what is returned is called."""
    from governance.actions.action import Action

    before = [one for module in _modules(slice_name) for one in watch_functions(module)]
    do = vars(Action)["_do"]

    def told(cls: Any, *given: Any, **named: Any) -> Any:
        noticing.touched.add(cls.key)
        return do.__func__(cls, *given, **named)

    Action._do = classmethod(told)  # type: ignore[method-assign, assignment]

    def stop() -> None:
        Action._do = do  # type: ignore[method-assign]
        for live, code in before:
            live.__code__ = code

    return stop


def _equivalents() -> set[str]:
    """What is written down as changing nothing, each with a reason behind a tab."""
    lines = Path(__file__).with_name("equivalents.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0] for line in lines if "\t" in line}


def main() -> None:
    """Draw, change, run, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("slices", nargs="+")
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--also", nargs="*", default=[], help="further folders of tests")
    parser.add_argument("--pure", action="store_true", help="only rules, by the tests that ask for no database")
    given = parser.parse_args()
    import django

    django.setup()
    for slice_name in given.slices:
        if noticing.in_fork(lambda name=slice_name: _slice(name, given), 24 * 3600, is_quiet=False):
            raise SystemExit(f"{slice_name}: not finished")


def _slice(name: str, given: argparse.Namespace) -> int:
    fates: list[str] = []
    equivalents = _equivalents()

    def told(mutant: Mutant, fate: str) -> None:
        is_alive = fate not in ("", noticing.OVER_ALL)
        fates.append("equivalent" if is_alive and mutant.words in equivalents else "lives" if is_alive else fate or "noticed")
        if fate:
            print(f"  {fates[-1]}: {mutant.words}" + (f" (line {mutant.line})" if mutant.line else "") + f"; {fate}", flush=True)

    plugin = noticing.Noticing(lambda: _drawn(name, given.count, given.seed, given.pure), lambda: _watch(name), told, name, given.pure)
    over_all = [] if given.pure else [f"tests/architecture/test_{one}.py" for one in ("bounds", "declared")]
    noticing.run([f"tests/{name}", *over_all, *given.also], plugin, f"{name}_pure" if given.pure else name)
    told_apart = {fate: fates.count(fate) for fate in ("noticed", "over all", "equivalent", "lives")}
    counted = len(fates) - told_apart["equivalent"]
    share = 100 * (counted - told_apart["lives"]) / max(counted, 1)
    print(f"{name}: {len(fates)} drawn, {told_apart}, {share:.0f} % of those that change something", flush=True)
    return 0 if fates else 1


if __name__ == "__main__":
    main()
