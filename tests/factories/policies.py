"""Insurers, their products and policies, and the office that reviews, for tests."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from governance.clocks.now import today
from governance.stakeholders import rules
from governance.stakeholders.models import IdentityDocument, Stakeholder
from programs.policies import actions
from programs.policies.models import Policy, Product
from programs.policies.rules import disclosure
from programs.policies.vocabulary import Duty
from tests.factories import care, people
from tests.factories.care import Acting

_numbers = count(1)


def insurer(name: str = "示例人寿") -> Acting:
    return Acting(care.stakeholder("enterprise", "enterprise-insurer", name))


def office() -> Acting:
    return care.office(Duty.REVIEW_PRODUCTS, name="示例市金融监管局")


def disclosed(kind: str, **changes: Any) -> dict[str, Any]:
    """Everything this kind has to disclose."""
    said = {"text": "示例说明", "integer": 60, "percent": "2.5", "yuan": "10000", "decimal": "1.2", "address": "https://example.invalid/solvency"}
    return {field.name: said[field.type] for field in disclosure.fields_of(kind)} | changes


def description(kind: str = "pension-annuity", **changes: Any) -> dict[str, Any]:
    number = next(_numbers)
    data = {
        "kind": kind, "code": f"EX-{number}", "name": f"示例安享年金{number}", "name_en": f"Example annuity {number}", "filing_number": "示例〔2026〕1号",
        "term_years": None, "payment": "yearly", "tax": "none", "inclusive": True, "disclosure": disclosed(kind),
    }  # fmt: skip
    return data | changes


def filed(by: Acting | None = None, **changes: Any) -> Product:
    return actions.FileProduct.do(by or insurer(), **description(**changes))


def on_sale(by: Acting | None = None, **changes: Any) -> Product:
    by = by or insurer()
    passed = actions.PassProduct.do(office(), filed(by, **changes))
    return actions.StartSale.do(by, passed)


def identity_number(serial: int | None = None, born: str = "19600101") -> str:
    """A number nobody has: the region does not exist."""
    body = f"990000{born}{serial or next(_numbers):03d}"
    return body + rules.person_check(body)


def person(number: str | None = None, *, verified: bool = True, of: Any = None) -> tuple[Stakeholder, str]:
    """Somebody whose identity was verified, and their number."""
    number = number or identity_number()
    who = (of or people.user(verified=verified)).person
    IdentityDocument.of(who, rules.citizen_number(number, today=today())).save()
    return who, number


def figures(**changes: Any) -> dict[str, Any]:
    return {
        "insured": "self", "effective_on": date(2024, 1, 1), "expires_on": None, "as_of": today(), "cover": "200000", "premium": "3600", "payment": "yearly",
        "surrender_value": "5000", "claims_count": 0, "claims_paid": "0",
    } | changes  # fmt: skip


def policy(by: Acting | None = None, of: Product | None = None, holder_number: str | None = None, **changes: Any) -> Policy:
    by = by or insurer()
    number = changes.pop("policy_number", f"P2024-{next(_numbers):06d}")
    return actions.RegisterPolicy.do(
        by, product=of or on_sale(by), policy_number=number, holder_number=holder_number or person()[1], **figures(**changes)
    )
