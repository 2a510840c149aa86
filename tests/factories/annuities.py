"""Plans of employers, for tests."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from governance.clocks.now import today
from programs.annuities import actions
from programs.annuities.models import Plan
from tests.factories import care


def terms(**changed: Any) -> dict[str, Any]:
    """A plan within the caps: 7 % and 4 % of a payroll of ten million."""
    return {
        "name": "示例企业年金方案", "form": "single", "covers": "试用期满的全体职工", "people": 120, "starts_on": today() + timedelta(days=60),
        "payroll": Decimal(10_000_000), "employer_amount": Decimal(700_000), "staff_amount": Decimal(400_000), "highest": Decimal(20_000),
        "average": Decimal("5833.33"), "vesting": [0, 25, 50, 75, 100], "trustee": "示例养老金管理公司", "custodian": "示例银行", "account_manager": "示例银行",
        "investment_manager": "示例基金公司", "consent": "congress", "agreed_on": today() - timedelta(days=10), "present": 96, "in_favour": 90,
    } | changed  # fmt: skip


def employer(name: str = "示例纺织有限公司") -> Any:
    """An enterprise with staff."""
    return care.Acting(care.stakeholder("enterprise", "enterprise-employer", name, area=care.area(care.CITY, "示例市")))


def plan(who: Any = None, **changed: Any) -> Plan:
    """One that was filed."""
    return actions.FilePlan.do(who or employer(), **terms(**changed))
