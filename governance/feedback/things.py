"""What a matter is about, if it is a record here: a home, a program, an organisation; named in an address as ``care.home:12``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.actions import registry
from governance.feedback.vocabulary import Category

NAMED = re.compile(r"([a-z]+)\.([a-z]+):(\d{1,18})")


@dataclass(frozen=True)
class Program:
    """What a program says of its records."""

    category: Category | None  # to which a matter about one of them belongs
    run_by: Mapping[str, str]  # by the name of a model: the attribute that names the organisation that runs it


OUR_OFFICES = dict.fromkeys(("matter", "task", "commitment", "supervision", "removal", "wording"), "office")
_programs: dict[str, Program] = {"feedback": Program(None, OUR_OFFICES)}


def programs() -> Mapping[str, Program]:
    """All that was declared, by the label of the program."""
    return _programs


def declare(program: str, category: Category, *, run_by: Mapping[str, str] | None = None) -> None:
    """Called by a program in its module ``things``: where matters about its records belong, and who runs what they are about."""
    _programs[program] = Program(category, run_by or {})


def named(record: Any) -> str:
    """A record in one word."""
    return f"{record._meta.label_lower}:{record.pk}"


def found(actor: Any, text: str) -> Any:
    """The record, if there is one of that name and this actor may see it."""
    parts = NAMED.fullmatch(text or "")
    model = next((m for m in registry.records() if parts and m._meta.label_lower == f"{parts[1]}.{parts[2]}"), None)
    return model.objects.visible_to(actor).filter(pk=int(parts[3])).first() if model and parts else None


def responsible(record: Any) -> Any:
    """The organisation that runs it: whoever is asked about it does not answer for itself."""
    if record._meta.label_lower == "stakeholders.stakeholder":
        return None if record.is_citizen else record
    program = _programs.get(record._meta.app_label)
    attribute = program.run_by.get(record._meta.model_name) if program else None
    return getattr(record, attribute) if attribute else None


def suggested(record: Any) -> dict[str, str]:
    """What the intake can fill in by itself."""
    runs, program = responsible(record), _programs.get(record._meta.app_label)
    told = {"area": record.area_id, "category": str(program.category) if program and program.category else "", "named": runs.name if runs else ""}
    return {name: value for name, value in told.items() if value}
