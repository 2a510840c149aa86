"""The packaged programs and parameters, put into the tables where they are missing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from governance.actions.bulk import founded
from governance.actions.records import reference_of
from governance.catalogue.models import FROM_THE_BEGINNING, Parameter, Program
from governance.catalogue.vocabulary import NATIONAL, ParameterState, ProgramState
from governance.stakeholders.models import Area

DATA = Path(__file__).parent / "data"
DAY = date(2026, 11, 23)  # of the packaged references, which are the same everywhere


@transaction.atomic
def load(**options: Any) -> None:
    """Fill what is missing; rows that are there stay as they are. Runs after every migration (and flush)."""
    nation, _made = Area.objects.get_or_create(code=NATIONAL, defaults={"name": "全国", "name_en": "China", "full_name": "全国", "full_name_en": "China"})
    packaged = _rows("programs")
    codes = [row["code"] for _number, row in packaged]
    known = set(Program.objects.filter(code__in=codes).values_list("code", flat=True))
    founded("packaged catalogue", *Program.objects.bulk_create([_program(number, row, nation) for number, row in packaged if row["code"] not in known]))
    programs = {program.code: program for program in Program.objects.filter(code__in=codes)}
    load_parameters(programs)


def load_parameters(programs: dict[str, Program]) -> None:
    """The values; one that is there, in whatever state, is not put in again. Those of areas not in the table wait."""
    areas = set(Area.objects.values_list("code", flat=True).filter(code__in={row["area"] for _number, row in _rows("parameters")}))
    there = {(p, k, a) for p, k, a in Parameter.objects.values_list("program__code", "key", "area_id").distinct()}
    new = [
        _parameter(number, row, programs[row["program"]])
        for number, row in _rows("parameters")
        if row["area"] in areas and (row["program"], row["key"], row["area"]) not in there
    ]
    founded("packaged catalogue", *Parameter.objects.bulk_create(new))


def _program(number: int, row: dict[str, Any], nation: Area) -> Program:
    return Program(area=nation, position=number, state=ProgramState.PUBLISHED, reference=reference_of("XM", DAY, number), **_typed(row))


def _parameter(number: int, row: dict[str, Any], program: Program) -> Parameter:
    row = {"effective_from": FROM_THE_BEGINNING} | _typed(row) | {"program": program}
    area = row.pop("area")
    return Parameter(area_id=area, position=number, state=ParameterState.ACTIVATED, reference=reference_of("CS", DAY, number), **row)


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    days = {"since", "effective_from", "effective_until", "verified_on"}
    return {name: date.fromisoformat(value) if name in days else value for name, value in row.items()}


def _rows(name: str) -> list[tuple[int, dict[str, Any]]]:
    rows = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return [(number, row) for number, row in enumerate(rows, 1)]

