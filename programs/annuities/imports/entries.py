"""Files of what comes into accounts: contributions from the employer, returns from the keeper of the accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.actions import System
from governance.imports import Column, Month, Number, Rule, Sheet, Text
from programs.annuities.models import Entry
from programs.annuities.vocabulary import EntryKind

MONTH = "CASE WHEN r.month ~ '^[12][0-9]{3}-(0[1-9]|1[0-2])$' THEN to_date(r.month, 'YYYY-MM') END"
ACCOUNT = Text(
    name="account", chinese="账户编号", english="Account", example="NZ-20261123-48291735-6", required=True, most=40, as_written=False, compared=False,
    kept_in="account_id", found="a.id", help=_("The reference of the account, as in the roster that can be downloaded here."),
)  # fmt: skip
MONTH_OF = Month(
    name="month", chinese="所属月份", english="Month", example="2026-10", required=True, compared=False,
    kept_in="month", found=MONTH, help=_("Such as 2026-10."),
)  # fmt: skip


def _columns(least: int) -> tuple[Column, ...]:
    """Lines are never changed, so no amount is compared: a month that is there already is a mistake of the file."""
    return (
        ACCOUNT,
        MONTH_OF,
        Number(name="employer_amount", chinese="单位部分", english="Employer’s part", example="560", least=least, most=1_000_000, places=2, required=True,
               compared=False, kept_in="employer_amount", help=_("In yuan.")),
        Number(name="own_amount", chinese="个人部分", english="Own part", example="320", least=least, most=1_000_000, places=2, required=True,
               compared=False, kept_in="own_amount", help=_("In yuan.")),
    )  # fmt: skip


def _rules(mine: str, kind: str) -> tuple[Rule, ...]:
    differs = "t.employer_amount::text <> to_char(nullif(r.employer_amount, '')::numeric, 'FM999999990.00') OR t.own_amount::text <> to_char(nullif(r.own_amount, '')::numeric, 'FM999999990.00')"
    number = "r.employer_amount ~ '^-?[0-9]{1,9}([.][0-9]{1,2})?$' AND r.own_amount ~ '^-?[0-9]{1,9}([.][0-9]{1,2})?$'"
    return (
        Rule("twice", "month", "r.times > 1"),
        Rule("month-to-come", "month", f"({MONTH}) > %(today)s", _("This month has not begun yet.")),
        Rule("no-account-of-yours", "account", f"r.account <> '' AND (a.id IS NULL OR NOT ({mine}))", _("No account that you may enter this for has this reference.")),
        Rule("before-joining", "month", f"({MONTH}) < date_trunc('month', a.joined_on)", _("The person was no member in this month.")),
        Rule("after-leaving", "month", f"a.left_on IS NOT NULL AND ({MONTH}) > a.left_on AND p.employer_id = %(sender)s", _("The employment had ended in this month.")),
        Rule(
            "other-ratio", "own_amount",
            f"p.form = 'occupational' AND {kind!r} = 'contribution' AND CASE WHEN {number} THEN "
            "abs(r.employer_amount::numeric * p.staff_rate - r.own_amount::numeric * p.employer_rate) > 0.01 * (p.staff_rate + p.employer_rate) END",
            _("The two parts do not stand to each other as the rates of the occupational annuity do."),
        ),
        Rule("entered-otherwise", "month", f"t.id IS NOT NULL AND CASE WHEN {number} THEN {differs} END", _("This month has been entered with other amounts. Undo that file first.")),
    )  # fmt: skip


# Once somebody has left, what has not vested was worked out of these lines.
LEFT = "EXISTS (SELECT FROM annuities_account x WHERE x.id = t.account_id AND x.state <> 'active')"
# A unit that the budget pays wholly writes its part down, and what that part earns; once it was paid in, it is money like any other.
BOOKED = "CASE WHEN p.is_notional AND a.state = 'active' THEN r.employer_amount::numeric ELSE 0 END"
COUNTED = "count(*) OVER (PARTITION BY account, month) AS times"


def _joins(kind: str) -> str:
    return f"""
        LEFT JOIN annuities_account a ON a.reference = r.account AND a.state <> 'closed'
        LEFT JOIN annuities_plan p ON p.id = a.plan_id
        LEFT JOIN annuities_entry t ON t.account_id = a.id AND t.kind = '{kind}' AND t.month = {MONTH}
    """


class AnnuityContributions(Sheet):
    """Contributions of the employer's members: by account and month they are found again."""

    kind, label, model = "annuity-contributions", _("Contributions to an annuity"), Entry
    columns, rules = _columns(0), _rules("p.employer_id = %(sender)s", EntryKind.CONTRIBUTION.value)
    named, keepers, counted = ("account", "month"), System(), COUNTED
    joins = _joins(EntryKind.CONTRIBUTION.value)
    made = {"kind": f"'{EntryKind.CONTRIBUTION.value}'", "made_at": "%(now)s", "booked_amount": BOOKED}
    used = (LEFT,)


class AnnuityReturns(Sheet):
    """Returns of the accounts one keeps, which may be losses: by account and month they are found again."""

    kind, label, model = "annuity-returns", _("Returns of an annuity"), Entry
    columns, rules = _columns(-1_000_000), _rules("p.keeper_id = %(sender)s", EntryKind.RETURNS.value)
    named, keepers, counted = ("account", "month"), System(), COUNTED
    joins = _joins(EntryKind.RETURNS.value)
    made = {"kind": f"'{EntryKind.RETURNS.value}'", "made_at": "%(now)s", "booked_amount": BOOKED}
    used = (LEFT,)
