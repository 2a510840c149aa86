"""Files of contributions: a row for a person, a month and a branch."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.actions import Holds
from governance.imports import Choice, Column, Day, Month, Number, Rule, Sheet, day_in
from governance.imports.identities import Identity, blind_of
from programs.insurance.models import Contribution
from programs.insurance.vocabulary import Branch, Duty

MONTH = "r.month_on"

COLUMNS: tuple[Column, ...] = (
    Identity(
        name="number", chinese="证件号码", english="Identity number", example="99000019840702002X", required=True, compared=False,
        kept_in="insured_id", found="i.id", help=_("Of the insured person. It is sealed while the file is read; nobody can read it here."),
    ),
    Month(
        name="month", chinese="所属月份", english="Month", example="2026-10", required=True, compared=False,
        kept_in="month", found=MONTH, help=_("The month it is paid for, such as 2026-10."),
    ),
    Choice(
        name="branch", chinese="险种", english="Branch", example=Branch.PENSION, required=True, choices=Branch.choices, compared=False,
        kept_in="branch",
    ),
    Day(
        name="paid_on", chinese="缴费日期", english="Paid on", example="2026-11-10", required=True, compared=False, kept_in="paid_on",
        help=_("The day of payment. Late parts cost a late fee for each day; parts of different days are different rows."),
    ),
    Number(name="base", chinese="缴费基数", english="Base", example="8000", least=1, most=1_000_000, places=2, required=True, kept_in="base",
           help=_("In yuan a month.")),
    Number(name="employer_part", chinese="单位缴纳", english="Paid by the employer", example="1280", least=0, most=1_000_000, places=2,
           required=True, kept_in="employer_part", help=_("In yuan.")),
    Number(name="person_part", chinese="个人缴纳", english="Paid by the person", example="640", least=0, most=1_000_000, places=2,
           required=True, kept_in="person_part", help=_("In yuan.")),
)  # fmt: skip

PAID_ON = f"({day_in('r.paid_on')})"
NOUGHT = "^0+([.]0{1,2})?$"
# What an entered contribution ``t`` is needed for: the table refuses to lose it (``models.guards``), and here it is said row by row.
_OF_PENSION = "t.branch = 'pension' AND EXISTS (SELECT FROM"
RESTING = (
    "EXISTS (SELECT FROM insurance_statement x WHERE x.employer_id = t.payer_id AND x.month = t.month AND x.state = 'settled')",
    f"{_OF_PENSION} insurance_claim x WHERE x.insured_id = t.insured_id AND x.kind = 'pension' AND x.state = 'granted' AND t.month <= x.granted_on)",
    f"{_OF_PENSION} insurance_transfer x WHERE x.insured_id = t.insured_id AND x.state IN ('informed', 'done') AND t.month <= x.drawn_on)",
)
REACHED = "CASE WHEN %(own)s THEN true ELSE i.area_id >= %(start)s AND i.area_id < %(stop)s END"
DECIMAL = "^[0-9]{1,9}([.][0-9]{1,2})?$"

RULES = (
    Rule("twice", "branch", "r.times > 1 AND r.number NOT IN ('', '?')"),
    Rule("month-to-come", "month", f"{MONTH} > %(today)s", _("This month has not begun yet.")),
    Rule("paid-tomorrow", "paid_on", f"{PAID_ON} > %(today)s", _("This day has not come yet.")),
    Rule(
        "paid-long-before", "paid_on", f"{PAID_ON} < {MONTH} - 366", _("This is more than a year before the month it is paid for."),
    ),
    Rule("nothing-paid", "employer_part", f"r.employer_part ~ '{NOUGHT}' AND r.person_part ~ '{NOUGHT}'", _("Nothing was paid: leave the row out.")),
    Rule("account-ended", "month", f"i.state = 'closed' AND {MONTH} > i.closed_on", _("The account of this person ended before this month.")),
    Rule(
        "month-settled", "employer_part",
        f"CASE WHEN t.id IS NOT NULL AND r.employer_part ~ '{DECIMAL}' AND r.person_part ~ '{DECIMAL}' THEN "
        f"(r.employer_part::numeric < t.employer_part OR r.person_part::numeric < t.person_part) AND ({' OR '.join(RESTING)}) END",
        _("A settled month, a granted pension or an account that moved rests on what was entered. Ask for a correction instead."),
    ),
    Rule(
        "not-insured", "number", f"r.number NOT IN ('', '?') AND (i.id IS NULL OR NOT ({REACHED}))",
        _("Nobody with this number is on the register. Declare the person first."),
    ),
    Rule(
        "not-on-roster", "number",
        f"%(own)s AND i.id IS NOT NULL AND ({MONTH} IS NOT NULL AND s.spans && daterange({MONTH}, ({MONTH} + interval '1 month')::date)) IS NOT TRUE",
        _("This person is not on your roster in that month. Declare or correct the spell of work first."),
    ),
    Rule(
        "more-than-base", "employer_part",
        f"CASE WHEN r.base ~ '{DECIMAL}' AND r.employer_part ~ '{DECIMAL}' AND r.person_part ~ '{DECIMAL}' "
        "THEN r.employer_part::numeric + r.person_part::numeric > r.base::numeric END",
        _("The contributions together are more than the base they are worked out from."),
        plain="r.employer_part::numeric + r.person_part::numeric > r.base::numeric",
    ),
)  # fmt: skip


class Contributions(Sheet):
    """Contributions: by payer, month, person, branch and day of payment they are found again. The payer is whoever hands the file in."""

    kind, label, model = "contributions", _("Contributions"), Contribution
    columns, rules, named = COLUMNS, RULES, ("number", "month")
    keepers = Holds(Duty.COLLECT)
    worked_out = {"month_on": "CASE WHEN month ~ '^[12][0-9]{3}-(0[1-9]|1[0-2])$' THEN to_date(month, 'YYYY-MM') END"}
    once = ("number", "month", "branch", "paid_on")
    used = RESTING
    joins = f"""
        LEFT JOIN insurance_insured i ON i.blind = {blind_of("number")}
        LEFT JOIN insurance_contribution t
            ON t.payer_id = %(sender)s AND t.month = {MONTH} AND t.insured_id = i.id AND t.branch = r.branch AND t.paid_on = {PAID_ON}
    """
    judged_by = """
        LEFT JOIN (
            SELECT insured_id, range_agg(daterange(since, until, '[]')) AS spans FROM insurance_spell
            WHERE employer_id = %(sender)s AND state IN ('registered', 'ended') AND (until IS NULL OR until >= since) GROUP BY insured_id
        ) AS s ON %(own)s AND s.insured_id = i.id
    """
    made = {"payer_id": "%(sender)s"}
