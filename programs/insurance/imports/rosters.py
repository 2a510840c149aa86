"""Rosters: who works for an employer since when, and in which branches they are insured."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.actions import Holds
from governance.imports import Beside, Choice, Column, Day, Number, Rule, Several, Sheet, Text, day_in
from governance.imports.identities import Identity, blind_of, sealed_of
from programs.insurance.models import Spell
from programs.insurance.vocabulary import Branch, Duty, Sort

COLUMNS: tuple[Column, ...] = (
    Identity(
        name="number", chinese="证件号码", english="Identity number", example="99000019840702002X", required=True, compared=False, keep=True,
        kept_in="insured_id", found="i.id", help=_("Of the person. It is sealed while the file is read; nobody can read it here."),
    ),
    Text(name="name", chinese="姓名", english="Name", example="李小示", required=True, most=60, compared=False, help=_("As on the identity card.")),
    Choice(
        name="sort", chinese="就业形式", english="How the person works", example=Sort.ENTERPRISE, required=True,
        choices=[choice for choice in Sort.choices if choice[0] != Sort.FLEXIBLE], kept_in="sort",
    ),
    Several(name="branches", chinese="参保险种", english="Branches", example="pension, medical, injury", required=True, choices=Branch.choices,
            kept_in="branches", help=_("Several, with commas between them.")),
    Number(name="base", chinese="缴费基数", english="Base", example="8000", least=0, most=1_000_000, places=2, required=True, kept_in="base",
           help=_("In yuan a month.")),
    Day(name="since", chinese="参保起始日", english="From", example="2026-01-01", required=True, compared=False, kept_in="since"),
    Day(name="until", chinese="参保终止日", english="Until", example="", kept_in="until", help=_("The last day; empty while it goes on.")),
)  # fmt: skip

RULES = (
    Rule("twice", "number", "r.times > 1 AND r.number NOT IN ('', '?')"),
    Rule("ends-before", "until", "r.until <> '' AND r.until < r.since", _("The last day comes before the first.")),
    Rule("account-closed", "number", "i.state = 'closed'", _("The account of this person is closed.")),
    Rule(
        "spell-refused", "number", "t.state = 'refused'", _("The office has not registered this spell. Declare it anew with another first day."),
    ),
)  # fmt: skip

ACCOUNTS = Beside(
    "accounts",
    made=f"""INSERT INTO insurance_insured (reference, created_at, area_id, person_id, name, sealed, blind, state)
        SELECT DISTINCT ON ({blind_of("number")}) 'CB' || substr(r.reference, 3), %(now)s, %(area)s, d.stakeholder_id, r.name,
            {sealed_of("number")}, {blind_of("number")}, 'insured'
        FROM {{rows}} LEFT JOIN stakeholders_identitydocument d ON d.blind = {blind_of("number")}
        WHERE r.verdict = 'new' AND i.id IS NULL RETURNING id""",
    removed="""DELETE FROM insurance_insured i WHERE i.id IN {made}
        AND NOT EXISTS (SELECT FROM insurance_spell s WHERE s.insured_id = i.id)
        AND NOT EXISTS (SELECT FROM insurance_contribution c WHERE c.insured_id = i.id)""",
)


class Roster(Sheet):
    """Spells of work: by person and first day they are found again. Whoever is not known yet gets an account."""

    kind, label, model = "roster", _("Roster"), Spell
    columns, rules, beside, named = COLUMNS, RULES, (ACCOUNTS,), ("name", "number")
    keepers, address = Holds(Duty.KEEP_ACCOUNTS), "insurance:spell-detail"
    counted = "count(*) OVER (PARTITION BY number, since) AS times"
    joins = f"""
        LEFT JOIN insurance_insured i ON i.blind = {blind_of("number")}
        LEFT JOIN insurance_spell t ON t.insured_id = i.id AND t.employer_id = %(sender)s AND t.since = {day_in("r.since")}
    """
    made = {"employer_id": "%(sender)s", "area_id": "%(area)s", "state": "'declared'"}
    used = ("EXISTS (SELECT FROM insurance_contribution x WHERE x.insured_id = t.insured_id AND x.payer_id = t.employer_id)",)
    untouched = """
        SELECT count(*) FROM insurance_spell t WHERE t.employer_id = %(sender)s AND t.state IN ('declared', 'registered')
        AND NOT EXISTS (SELECT FROM imports_importrow r WHERE r.batch_id = %(batch)s AND r.target_id = t.id)
    """
