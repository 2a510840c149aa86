"""New bases: from which month on the contributions of somebody who works here are worked out from another wage."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.actions import Holds
from governance.imports import Column, Month, Number, Rule, Several, Sheet
from governance.imports.identities import Identity, blind_of
from programs.insurance.actions.work import DeclareBase
from programs.insurance.models import Base
from programs.insurance.vocabulary import Branch, Duty

MONTH = "r.month_on"
COLUMNS: tuple[Column, ...] = (
    Identity(
        name="number", chinese="证件号码", english="Identity number", example="99000019840702002X", required=True, compared=False,
        kept_in="spell_id", found="s.id", help=_("Of the insured person. It is sealed while the file is read; nobody can read it here."),
    ),
    Month(
        name="month", chinese="起始月份", english="From the month", example="2026-12", required=True, compared=False,
        kept_in="since", found=MONTH, help=_("The month from which it holds, such as 2026-12: this month or a later one."),
    ),
    Number(name="base", chinese="缴费基数", english="Base", example="9000", least=1, most=1_000_000, places=2, required=True, kept_in="base",
           help=_("In yuan a month.")),
    Several(name="branches", chinese="参保险种", english="Branches", example="pension, medical, injury", required=True, choices=Branch.choices,
            kept_in="branches", help=_("Several, with commas between them.")),
)  # fmt: skip

RULES = (
    Rule("twice", "number", "r.times > 1 AND r.number NOT IN ('', '?')"),
    Rule("past-month", "month", f"{MONTH} < date_trunc('month', %(today)s::date)", _("Past months keep their base: name this month or a later one.")),
    Rule(
        "not-on-roster", "number", f"r.number NOT IN ('', '?') AND {MONTH} IS NOT NULL AND s.id IS NULL",
        _("This person is not on your roster in that month. Declare or correct the spell of work first."),
    ),
    Rule("base-registered", "month", "t.state = 'registered'", _("A new base from this month on is registered already.")),
    Rule(
        "base-settled", "month",
        f"EXISTS (SELECT FROM insurance_statement x WHERE x.employer_id = %(sender)s AND x.month >= {MONTH} AND x.state = 'settled')",
        _("This month is settled already: name a later month."),
    ),
)  # fmt: skip


class Bases(Sheet):
    """New bases of people on the own roster: by person and month they are found again."""

    kind, label, model = "bases", _("New bases"), Base
    columns, rules, named = COLUMNS, RULES, ("number", "month")
    keepers, address = Holds(Duty.KEEP_ACCOUNTS), "insurance:base-detail"
    worked_out = {"month_on": "CASE WHEN month ~ '^[12][0-9]{3}-(0[1-9]|1[0-2])$' THEN to_date(month, 'YYYY-MM') END"}
    once = ("number", "month")
    joins = f"""
        LEFT JOIN insurance_insured i ON i.blind = {blind_of("number")}
        LEFT JOIN LATERAL (
            SELECT id FROM insurance_spell WHERE insured_id = i.id AND employer_id = %(sender)s AND state = 'registered'
            AND since < {MONTH} + 31 AND (until IS NULL OR until >= {MONTH}) ORDER BY since DESC LIMIT 1
        ) AS s ON true
        LEFT JOIN insurance_base t ON t.spell_id = s.id AND t.since = {MONTH} AND t.state <> 'refused'
    """
    stands_for, corrects = (DeclareBase,), (DeclareBase,)
    through = dict.fromkeys(("spell_id", "area_id", "declared_on"), DeclareBase)
    made = {"area_id": "%(area)s", "declared_on": "%(today)s"}
