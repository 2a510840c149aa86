"""Files of members: who takes part in a plan since when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.actions import System
from governance.imports import Column, Day, Rule, Sheet, Text
from governance.imports.identities import Identity, blind_of
from governance.matching import files
from programs.annuities.actions.accounts import EnrolMember
from programs.annuities.models import Account

PLAN = Text(
    name="plan", chinese="方案编号", english="Plan", example="NJ-20261123-48291735-6", required=True, most=40, as_written=False, compared=False,
    kept_in="plan_id", found="p.id", help=_("The reference of a plan of yours that is in force."),
)  # fmt: skip
UNNUMBERED = "'named ' || r.reference"  # in place of the index, for a member whose number the employer does not have
COLUMNS: tuple[Column, ...] = (
    PLAN,
    Identity(
        name="number", chinese="证件号码", english="Identity number", example="99000019840702002X", compared=False,
        kept_in="blind", found=f"CASE WHEN r.number = '' THEN {UNNUMBERED} ELSE {blind_of('number')} END", fallback=UNNUMBERED,
        help=_("It is not kept: only a keyed index by which the member is found."),
    ),
    Text(name="name", chinese="姓名", english="Name", example="李小示", required=True, most=60, compared=False, kept_in="name", help=_("As on the identity card.")),
    files.born("", ""),
    Day(name="joined_on", chinese="加入日期", english="Member since", example="2026-01-01", required=True, compared=False, kept_in="joined_on"),
)  # fmt: skip

RULES = (
    Rule("twice", "number", "r.times > 1 AND r.number <> '?'"),
    *files.rules("number", "name"),
    Rule(
        "other-name", "name", files.other_name("coalesce(t.name, known.name)"),
        _("This number is registered with another name. If the number is right, confirm the row; the name stays as it is registered."), warns=True,
    ),
    Rule("no-plan-of-yours", "plan", "r.plan <> '' AND p.id IS NULL", _("No plan of yours that is in force has this reference.")),
    Rule("not-yet-joined", "joined_on", f"r.joined_on ~ '{Day.written}' AND r.joined_on > to_char(%(today)s::date, 'YYYY-MM-DD')", _("Enter a member when the membership has begun.")),
)  # fmt: skip


class AnnuityMembers(files.Names, Sheet):
    """Members: by plan and number they are found again. A file corrects nothing of them; leaving is an action of its own.

    Without a number they are found again by name and first day, and an officer decides who is meant.

    No office keeps such files: they are the sender's own.
    """

    kind, label, model = "annuity-members", _("Members of an annuity plan"), Account
    columns, rules, named = COLUMNS, RULES, ("name", "number")
    keepers, address = System(), "annuities:account-detail"
    stands_for, through = (EnrolMember,), dict.fromkeys(
        ("plan_id", "blind", "area_id", "member_id", "cause", "forfeiture", "held_amount"), EnrolMember,
    )  # fmt: skip
    without, called, beside = "number", "name", (files.entries("annuities", without="number"),)
    counted = "count(*) OVER (PARTITION BY plan, number, CASE WHEN number = '' THEN name || joined_on END) AS times"
    # Each way of finding a member is asked for on its own, by an index: both in one condition would try every row against every member.
    joins = f"""
        LEFT JOIN annuities_plan p ON p.reference = r.plan AND p.employer_id = %(sender)s AND p.state = 'in-force'
        LEFT JOIN LATERAL (
            SELECT x.id FROM annuities_account x WHERE r.number <> '' AND x.plan_id = p.id AND x.state = 'active' AND x.blind = {blind_of("number")} LIMIT 1) n ON true
        LEFT JOIN LATERAL (
            SELECT x.id FROM annuities_account x WHERE r.number = '' AND x.plan_id = p.id AND x.state = 'active' AND x.blind >= 'named ' AND x.blind < 'named!'
            AND x.name = r.name AND x.joined_on::text = r.joined_on LIMIT 1) w ON true
        LEFT JOIN annuities_account t ON t.id = coalesce(n.id, w.id)
        LEFT JOIN stakeholders_identitydocument papers ON papers.blind = {blind_of("number")}
        LEFT JOIN stakeholders_stakeholder known ON known.id = papers.stakeholder_id AND known.identity_verified_at IS NOT NULL
    """
    made = {"area_id": "p.area_id", "member_id": "known.id", "cause": "''", "forfeiture": "'none'", "held_amount": "0"}
    untouched = """
        SELECT count(*) FROM annuities_account t JOIN annuities_plan p ON p.id = t.plan_id
        WHERE t.state = 'active' AND p.employer_id = %(sender)s AND p.state = 'in-force'
        AND NOT EXISTS (SELECT FROM imports_importrow r WHERE r.batch_id = %(batch)s AND r.target_id = t.id)
    """
