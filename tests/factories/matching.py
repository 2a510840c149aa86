"""Entries that are alike, and officers who look at them, for tests."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from governance.actions import CLOCK
from governance.clocks.now import now, today
from governance.imports.models import Import
from governance.matching import actions, keeping
from governance.matching.models import Entry, Pair
from governance.matching.registers import PEOPLE
from governance.matching.rules import scoring
from governance.matching.rules.scoring import Named
from governance.matching.vocabulary import Duty
from governance.stakeholders import rules
from governance.stakeholders.models import IdentityDocument
from programs.policies import actions as policy_actions
from tests.factories import care, feedback, imports
from tests.factories.entitlements import number

BORN = date(1957, 3, 8)
_rows = count(1)


def officer(office: Any = None, code: str = care.CITY) -> Any:
    """Somebody who decides, with an account."""
    return feedback.officer(office or care.stakeholder("government", "government-authority", "示例市社保局"), Duty.ADJUDICATE, code=code)


def somebody(name: str, born: date | None = BORN, *, male: bool = True, serial: int | None = None, **fields: Any) -> Any:
    """A registered person; with a date of birth their identity is verified by a number."""
    who = care.citizen(**{"identity_verified_at": now() if born else None} | fields).stakeholder
    type(who).objects.filter(pk=who.pk).update(name=name)
    who.refresh_from_db()
    if born:
        sequence = next(_rows) * 2 % 900 if serial is None else serial
        IdentityDocument.of(who, rules.citizen_number(number(born, male=male, serial=sequence), today=today())).save(force_insert=True)
    return who


def entry(named: Named, source: str = "policies", person: Any = None) -> Entry:
    return Entry.objects.create(
        source=source, row=person.pk if person else next(_rows) + 10**9, person=person, area=person.area if person else None, sealed=keeping.sealed(named), tokens=keeping.tokens(named)
    )


def twins() -> Pair:
    """Two registrations that look like one person."""
    said = Named("欧阳若兰", BORN, care.DISTRICT)
    one, other = (entry(said, PEOPLE, somebody(said.name, None)) for _ in range(2))
    return actions.AskWhetherSame.do(CLOCK, pair=Pair.of(one, other, scoring.compared(said, said)))


def policy_file(insurer: Any, product: Any, *rows: dict[str, str]) -> Import:
    """A file of policies, looked at by the system."""
    fixed = {"product": product.code, "effective_on": "2024-01-01", "premium": "3600", "claims_count": "0", "claims_paid": "0", "as_of": "2026-01-31"}
    told = [fixed | {"policy_number": f"P-{n}"} | row for n, row in enumerate(rows, 1)]
    made = policy_actions.ImportPolicies.do(insurer, file=imports.file_of(told))
    imports.work()
    return Import.objects.get(pk=made.pk)
