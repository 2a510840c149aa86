"""Rosters: who works for an employer since when, and in which branches they are insured."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from governance.actions import Holds
from governance.clocks.now import today
from governance.imports import Beside, Choice, Column, Day, Number, Rule, Several, Sheet, Text, day_in
from governance.imports.identities import Identity, blind_of, born_on, sealed_of
from governance.matching import files
from programs.insurance.actions.work import DeclareSpell, EndSpell
from programs.insurance.models import Insured, Spell
from programs.insurance.rules import working
from programs.insurance.vocabulary import OUTSIDE_WORKING_LIFE, Branch, Duty, Sort

SINCE, UNTIL = f"({day_in('r.since')})", f"({day_in('r.until')})"
DECIMAL = "^[0-9]{1,9}([.][0-9]{1,2})?$"
OUTSIDE = "outside"  # what is kept of a row whose work would begin too early or too late in a life
LISTED = "string_to_array(r.branches, ' ')"


def _then(name: str) -> str:
    """SQL: base or branches as they are registered today: those of the latest new base, or of the spell."""
    latest = f"SELECT b.{name} FROM insurance_base b WHERE b.spell_id = t.id AND b.state = 'registered' AND b.since <= %(today)s"
    return f"coalesce(({latest} ORDER BY b.since DESC LIMIT 1), t.{name})"


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
            kept_in="branches", was=_then("branches"), help=_("Several, with commas between them.")),
    Number(name="base", chinese="缴费基数", english="Base", example="8000", least=1, most=1_000_000, places=2, required=True, kept_in="base",
           was=_then("base"), help=_("In yuan a month.")),
    Day(name="since", chinese="参保起始日", english="From", example="2026-01-01", required=True, compared=False, kept_in="since"),
    Day(name="until", chinese="参保终止日", english="Until", example="", kept_in="until", help=_("The last day; empty while it goes on.")),
)  # fmt: skip

RULES = (
    Rule("twice", "number", "r.times > 1 AND r.number NOT IN ('', '?')"),
    Rule(
        "other-name", "name", files.other_name("i.name"),
        _("This number is registered with another name. If the number is right, confirm the row; the name stays as it is registered."), warns=True,
    ),
    Rule("ends-before", "until", "r.until <> '' AND r.until < r.since", _("The last day comes before the first.")),
    Rule("account-closed", "number", "i.state = 'closed'", _("The account of this person is closed.")),
    Rule(
        "spell-ended", "until", f"t.state = 'ended' AND {UNTIL} IS DISTINCT FROM t.until",
        _("This work has ended, and stays as it was entered. Who has come back is declared with the new first day."),
    ),
    Rule("end-stays", "until", f"t.state = 'registered' AND t.until IS NOT NULL AND {UNTIL} IS NULL", _("The last day of this work was entered already.")),
    Rule(
        "registered-base", "base",
        f"CASE WHEN t.state IN ('registered', 'ended') AND r.base ~ '{DECIMAL}' THEN r.base::numeric <> {_then('base')} END",
        _("The registered base stays for past months. Declare the new base from a month on: with a file of new bases, or on the page of the person."),
    ),
    Rule(
        "registered-branches", "branches", f"t.state IN ('registered', 'ended') AND NOT ({_then('branches')}::text[] @> {LISTED} AND {LISTED} @> {_then('branches')}::text[])",
        _("The registered branches stay for past months. Declare the change from a month on, with a file of new bases."),
    ),
    Rule(
        "registered-sort", "sort", "t.state IN ('registered', 'ended') AND r.sort <> t.sort",
        _("This was registered otherwise. Enter the end of this work, and declare the new one with its own first day."),
    ),
    Rule("outside-working-life", "since", f"r.derived = '{OUTSIDE}'", OUTSIDE_WORKING_LIFE),
    Rule(
        "overlaps", "since",
        f"""{SINCE} IS NOT NULL AND ({UNTIL} IS NULL OR {UNTIL} >= {SINCE}) AND EXISTS (SELECT FROM insurance_spell o
            WHERE o.insured_id = i.id AND o.employer_id = %(sender)s AND o.state <> 'refused' AND o.id IS DISTINCT FROM t.id
            AND daterange(o.since, o.until, '[]') && daterange({SINCE}, {UNTIL}, '[]'))""",
        _("This person is on your roster in that time already. Enter the end of the other spell first."),
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
    record=Insured,
)


def _working_life(number: str, since: str) -> str:
    """The rule of the action (``actions.work.check_beginning``): the number is sealed, so SQL cannot ask it."""
    try:
        born, day = born_on(number, today()), date.fromisoformat(since)
    except ValueError:
        return ""  # that it is no day is told of the cell
    return "" if born is None or working.may_begin(born, day) else OUTSIDE


class Roster(Sheet):
    """Spells of work: by person and first day they are found again. Whoever is not known yet gets an account."""

    kind, label, model = "roster", _("Roster"), Spell
    columns, rules, beside, named = COLUMNS, RULES, (ACCOUNTS,), ("name", "number")
    keepers, address = Holds(Duty.KEEP_ACCOUNTS), "insurance:spell-detail"
    counted = "count(*) OVER (PARTITION BY number, since) AS times"
    joins = f"""
        LEFT JOIN insurance_insured i ON i.blind = {blind_of("number")}
        LEFT JOIN insurance_spell t ON t.insured_id = i.id AND t.employer_id = %(sender)s AND t.since = {SINCE} AND t.state <> 'refused'
    """
    derived_from = ("number", "since")
    derive = staticmethod(_working_life)
    stands_for, corrects = (DeclareSpell,), (DeclareSpell, EndSpell)
    through = {"insured_id": DeclareSpell, "employer_id": DeclareSpell, "area_id": DeclareSpell}
    made = {"employer_id": "%(sender)s", "area_id": "%(area)s"}
    used = ("EXISTS (SELECT FROM insurance_contribution x WHERE x.insured_id = t.insured_id AND x.payer_id = t.employer_id)",)
    untouched = """
        SELECT count(*) FROM insurance_spell t WHERE t.employer_id = %(sender)s AND t.state IN ('declared', 'registered')
        AND NOT EXISTS (SELECT FROM imports_importrow r WHERE r.batch_id = %(batch)s AND r.target_id = t.id)
    """
