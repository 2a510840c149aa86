"""Who keeps the catalogue of the example city, and values of its own: one in force, one proposed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from governance.actions.records import reference_of
from governance.catalogue.models import Parameter, Program
from governance.catalogue.vocabulary import Duty, Mark, ParameterState, Unit
from governance.stakeholders import demonstration as people
from governance.stakeholders.models import Mandate, Stakeholder

DAY = date(2026, 1, 9)
WAGE: dict[str, Any] = {
    "key": "wage-base", "name": "养老金计发基数（示例）", "name_en": "Average wage that pensions are worked out with (example)", "unit": Unit.YUAN_MONTH,
    "source": "为演示编造的数值", "source_en": "Made up for the demonstration", "mark": Mark.EXAMPLE, "area_id": people.CITY,
}  # fmt: skip


def is_complete() -> bool:
    """Whether this part is there, whole."""
    return Parameter.objects.filter(key=WAGE["key"], area=people.CITY).exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """The mandate, and the two values."""
    say("Opening the catalogue …")
    holders = {s.email.split("@")[0]: s for s in Stakeholder.objects.organisations().filter(is_synthetic=True)}
    keepers = [holders["insurance"], holders["medical"]]  # two, as nobody activates what they have proposed
    Mandate.objects.bulk_create(people.mandate(one, Duty.KEEP_CATALOGUE, people.CITY, "示例市社会保障权责清单（示例）", holders["government"]) for one in keepers)
    pension = Program.objects.called("employee-pension")
    held = Parameter(
        program=pension, reference=reference_of("CS", DAY, 1), value="8000", effective_from=date(2026, 1, 1), state=ParameterState.ACTIVATED, **WAGE
    )  # fmt: skip
    proposed = Parameter(program=pension, reference=reference_of("CS", DAY, 2), value="8400", effective_from=date(2027, 1, 1), **WAGE)
    Parameter.objects.bulk_create([held, proposed])


def sign_ins() -> tuple[str, ...]:
    """What there is to try."""
    return ("", "“insurance” proposes programs and values at /catalogue/programs/; “medical” looks at what would change and activates them.")
