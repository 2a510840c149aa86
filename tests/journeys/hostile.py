"""What people, programs and attackers send without being asked, and every address it can be sent to."""

from __future__ import annotations

import inspect
import random
import re
import sys
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.urls import URLPattern, URLResolver, get_resolver

LONG_ID = "00000000-0000-7000-8000-000000000001"
SHORT_VALUES = (
    "", "0", "-1", "1.5", "1e999", "NaN", "²", "１２３", "9" * 30, "2147483648", "9223372036854775808", "True", "null",
    "9999-12-31", "0001-01-01", "2026-02-30", "2026-13", "10000-01-01", "9999-12-31T23:59:59Z", "24:61", "2026-12", "99999",
    "zzz", "\x00", "\x0b\x1b", "\ufffe\uffff", "\u200b" * 12, "\u202eabc", "'\"><script>", "%s%(x)s%", "{0}{x}",
    "[", "[]", "{}", "-" * 5, "字" * 300, "a,b,,c", "../../etc/passwd", "990101", "示例市甲区", "m1", "d-1",
)  # fmt: skip
LONG_VALUES = ("字" * 100_000, "[" * 3_000, "9" * 100_000, "\r\n" * 5_000, " " * 70_000)
PATHS = {
    "int": ("1", "0", "9223372036854775807", "9223372036854775808", "9" * 40),
    "uuid": (LONG_ID, "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    "str": ("none", "1", "x" * 300, "%00", "%EF%BF%BE", "%E2%80%8B"),
    "slug": ("none", "1", "x" * 300),
    "path": ("none", "x/y", "%00"),
}
UNSEEN = "[\u0001-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u200b\u200e\u202e]"


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address as Django writes it, with what answers."""
    for one in (patterns or get_resolver()).url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        elif isinstance(one, URLPattern):
            yield route, one.callback


def address(route: str, choose: random.Random) -> str:
    """An address with something in place of what it names, mostly what is there."""

    def value(match: re.Match[str]) -> str:
        values = PATHS.get(match[1] or "str", PATHS["str"])
        return values[0] if choose.random() < 0.6 else choose.choice(values)

    plain = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)", lambda _match: choose.choice(PATHS["str"]), route)
    plain = re.sub(r"<(?:(\w+):)?\w+>", value, plain)
    return "/" + plain.replace("^", "").replace("\\Z", "").replace("$", "").replace("\\", "")


@cache
def names_asked_by(view: Any) -> tuple[str, ...]:
    """The words in quotes of the module that answers, and of its filters and forms: among them what it asks the address for."""
    view = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
    module = inspect.getmodule(view)
    package = (module.__name__ if module else "").rpartition(".")[0]
    texts = [inspect.getsource(module)] if module else []
    for name, other in list(sys.modules.items()):
        if other is not None and name.startswith(package) and name.rpartition(".")[2] in {"filters", "forms"}:
            texts.append(inspect.getsource(other))
    pairs = re.findall(r'"([a-z_]{1,20})"|^ {4}([a-z_]{1,20}) = ', "\n".join(texts), re.M)
    return tuple(sorted({word for pair in pairs for word in pair if word}))


def queries(view: Any, choose: random.Random, count: int) -> Iterator[dict[str, str]]:
    """Queries of an address: names it may ask for, with what nobody should send."""
    names = names_asked_by(view) or ("q",)
    for _n in range(count):
        chosen = choose.sample(names, min(len(names), choose.choice((1, 1, 2, 4))))
        yield {name: choose.choice(SHORT_VALUES) for name in chosen}
    yield dict.fromkeys((*names[:60], "sort", "after", "before", "from", "on", "format", "page", "limit", "cursor"), choose.choice(SHORT_VALUES))


def hidden(page: str) -> dict[str, str]:
    """The hidden inputs of a page: the one-time key, for whom it was drawn."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"?hidden\"?[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in {"csrfmiddlewaretoken"}:
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def typed(form: Any, choose: random.Random) -> dict[str, str]:
    """What somebody posts into a form: some fields as they should be, the others not."""
    return {
        name: choose.choice(LONG_VALUES) if choose.random() < 0.08 else _plausible(field, choose)
        for name, field in form.fields.items()
    }


def _plausible(field: Any, choose: random.Random) -> str:
    if choose.random() < 0.5:
        return choose.choice(SHORT_VALUES)
    if getattr(field, "choices", None):
        known = [str(value) for value, _label in list(field.choices)[:20]]
        return choose.choice(known or ["1"])
    return choose.choice(("1", "100", "2026-12-01", "2026-12", "示例", "13800000000", "990101", "x@example.invalid"))


def unseen_text() -> list[str]:
    """Every column of text that holds what nobody can see."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith(("governance.", "programs.")) or not model._meta.managed:
            continue
        columns = [f.column for f in model._meta.local_concrete_fields if type(f) in (models.CharField, models.TextField)]
        for column in columns:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" WHERE "{column}" ~ %s', [UNSEEN])
                if count := cursor.fetchone()[0]:
                    found.append(f"{model._meta.label}.{column}: {count}")
    return found
