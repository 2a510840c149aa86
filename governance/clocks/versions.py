"""Rules as a file: read and checked row by row, entered as further versions. A version ends on the day the next one begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from governance.clocks import calendars
from governance.clocks.imports import MOST_BYTES, Fault
from governance.clocks.models import ClockRule, Regime

NUMBERS = {"amount", "extension_amount", "extension_times", "longest_pause"}
FLAGS = {"counts_first_day", "rolls_over", "pausable", "is_example"}
NEEDED = {"code", "regime", "name", "name_en", "unit", "amount", "lateness", "effective_from"}


def typed(row: dict[str, str]) -> dict[str, Any]:
    """The cells of a row as the model takes them; what is left empty has the model's default."""
    left_out = {"effective_from", "longest_pause", "told_to"}
    return {
        key: int(value) if key in NUMBERS else value == "1" if key in FLAGS else value
        for key, value in row.items()
        if value or key not in left_out
    }


def read(content: bytes) -> tuple[list[ClockRule], list[Fault]]:
    """The versions in a CSV file with the columns of the packaged table, and everything that is wrong with it."""
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))) if len(content) <= MOST_BYTES else []
    except (ValueError, csv.Error):
        rows = []
    known = {field.name for field in ClockRule._meta.concrete_fields} - {"id"}
    if not rows or not rows[0].keys() >= NEEDED or not rows[0].keys() <= known:
        return [], [Fault(0, gettext("This is not a CSV file in UTF-8 with the columns of the packaged table of periods."))]
    regimes, latest = {regime.code: regime for regime in Regime.objects.all()}, ClockRule.objects.latest_days()
    versions, faults = [], []
    for number, row in enumerate(rows, start=2):
        found = list(_faults(row, regimes, latest))
        faults += [Fault(number, text) for text in found]
        if not found:
            versions.append(ClockRule(**typed(row) | {"regime": regimes[row["regime"]], "effective_from": date.fromisoformat(row["effective_from"])}))
            latest[row["code"], row.get("area") or ""] = versions[-1].effective_from
    return versions, faults


def _faults(row: dict[str, str], regimes: dict[str, Regime], latest: dict[tuple[str, str], date]) -> Iterator[str]:
    try:
        begins = date.fromisoformat(row["effective_from"])
        ClockRule(**typed(row) | {"regime": None, "effective_from": begins}).clean_fields(exclude=["regime", "effective_from", "effective_until"])
    except ValidationError as problem:
        yield from (f"{name}: {' '.join(texts)}" for name, texts in problem.message_dict.items())
        return
    except (ValueError, TypeError):
        yield gettext("a number or the date is not one")
        return
    if row["regime"] not in regimes:
        yield gettext("there is no law %(code)s") % {"code": row["regime"]}
    version = row["code"], row.get("area") or ""
    if version in latest and begins <= latest[version]:
        yield gettext("a version from %(day)s is there already; a further one begins later") % {"day": latest[version]}


@transaction.atomic
def enter(versions: list[ClockRule]) -> list[ClockRule]:
    """From the day each begins it counts for what begins then; what is running keeps the version it began under."""
    for version in versions:
        ClockRule.objects.filter(code=version.code, area=version.area).ending_after(version.effective_from).update(effective_until=version.effective_from)
        version.save(force_insert=True)
    transaction.on_commit(calendars.forget)
    return versions
