"""What a person can tell about their contributions, as long as no registry does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.entitlements import wishes
from governance.entitlements.contract import Asked, Fact
from programs.insurance.vocabulary import Group


def _index() -> Any:
    return forms.DecimalField(
        label=_("Your average contribution index"), min_value=Decimal("0.1"), max_value=3, max_digits=6, decimal_places=4, required=False,
        widget=forms.NumberInput(attrs=wishes.SHORT | {"step": "0.0001"}),
        help_text=_("Your bases against the average wage, over the years: 1 if you earned the average, between 0.6 and 3."),
    )  # fmt: skip


FACTS = (
    Fact("group", lambda: wishes.choice(_("Which age counted for you before 2025, if you are a woman"), [("", _("I do not know")), (Group.WOMEN_55.value, "55"), (Group.WOMEN_50.value, "50")])),
    Fact("paid_years", lambda: wishes.number(_("Years paid in as an employee"), 0, 60)),
    Fact("paid_months", lambda: wishes.number(_("and months"), 0, 11)),
    Fact("balance", lambda: wishes.amount(_("Balance of your account (yuan)"))),
    Fact("wage", lambda: wishes.amount(_("Average wage of your place (yuan a month)"), 1_000_000, help_text=_("The base that pensions are worked out with, as your place published it."))),
    Fact("index", _index),
    Fact("drawn", lambda: wishes.amount(_("The pension you draw now (yuan a month)"), 1_000_000)),
    Fact("residents_years", lambda: wishes.number(_("Years paid in as a resident"), 0, 60)),
    Fact("residents_balance", lambda: wishes.amount(_("Balance of your residents’ account (yuan)"))),
    wishes.LATER, wishes.MORE, wishes.JOB,
)  # fmt: skip


def paid_months(asked: Asked) -> int | None:
    """How long somebody says they have paid in; None where they did not say."""
    years, months = asked.told("paid_years"), asked.told("paid_months")
    return None if years is None and months is None else 12 * (years or 0) + (months or 0)
