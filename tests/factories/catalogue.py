"""Keepers of the catalogue, programs and values for tests."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from governance import areas
from governance.catalogue import actions
from governance.catalogue.models import Parameter, Program
from governance.catalogue.vocabulary import Duty
from governance.stakeholders.actors import Held
from tests.factories import care, people
from tests.factories.care import Acting

_numbers = count(1)


def keeper(code: str = care.CITY) -> Acting:
    """An officer who keeps the catalogue for an area; each call is another person of another office."""
    held = Held(Duty.KEEP_CATALOGUE.value, code, areas.range_of(code)[1], None)
    user = people.user()
    body = care.stakeholder("government", "government-authority", "示例人社局")
    return Acting(body, (held,), user=user, user_id=user.pk)


def description(**changes: Any) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "code": f"example-{number}", "area": care.area(care.CITY, "示例市"), "name": f"示例项目{number}", "name_en": "Example program", "tier": "third",
        "branch": "old-age", "maturity": "pilot", "basis": "示例", "protection": ["economic"], "payers": ["person"],
    } | changes  # fmt: skip


def program(**changes: Any) -> Program:
    """A program that somebody has proposed."""
    return actions.ProposeProgram.do(keeper(), **description(**changes))


def value(of: Program | None = None, by: Acting | None = None, **changes: Any) -> Parameter:
    """A value that somebody has proposed."""
    data = {
        "key": f"key-{next(_numbers)}", "area": care.area(care.CITY, "示例市"), "name": "示例数值", "value": "0.10", "unit": "share",
        "effective_from": date(2026, 1, 1), "effective_until": None, "source": "示例文件",
    }  # fmt: skip
    return actions.ProposeParameter.do(by or keeper(), of or published(), **data | changes)


def published(code: str = "employee-pension") -> Program:
    """One of the packaged programs."""
    return Program.objects.called(code)
