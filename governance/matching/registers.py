"""The registers of the common ground: people with an account, and members of households. They are read again where they have changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from governance.clocks.now import now, today
from governance.matching import keeping, sources
from governance.matching.models import Entry
from governance.matching.rules.scoring import Named
from governance.stakeholders import ciphers, rules
from governance.stakeholders.models.identity import LABEL

PEOPLE, HOUSEHOLDS = "people", "households"
sources.offer(sources.Source(PEOPLE, _("People with an account")))
sources.offer(sources.Source(HOUSEHOLDS, _("Members of households")))

CHANGED_PEOPLE = """
WITH said AS (
    SELECT s.id AS row, s.id AS person, s.area_id AS area, s.name, NULL::date AS born_on, s.phone, s.email, coalesce(d.sealed, '') AS number, coalesce(d.blind, '') AS blind,
        md5(concat_ws('|', s.name, s.area_id, s.phone, s.email, d.blind)) AS fingerprint
    FROM stakeholders_stakeholder s LEFT JOIN stakeholders_identitydocument d ON d.stakeholder_id = s.id
    WHERE s.kind = 'citizen' AND s.state IN ('registered', 'approved')
)
"""
CHANGED_HOUSEHOLDS = """
WITH said AS (
    SELECT m.id AS row, m.person_id AS person, h.area_id AS area, m.name, m.born_on, '' AS phone, '' AS email, '' AS number, '' AS blind,
        md5(concat_ws('|', m.name, m.born_on, h.area_id, m.person_id)) AS fingerprint
    FROM stakeholders_householdmember m JOIN stakeholders_household h ON h.id = m.household_id
    WHERE h.state <> 'closed' AND (m.until IS NULL OR m.until >= %(today)s) AND m.born_on IS NOT NULL
)
"""
CHANGED = """
SELECT said.row, said.person, said.area, said.name, said.born_on, said.phone, said.email, said.number, said.blind, said.fingerprint FROM said
LEFT JOIN matching_entry e ON e.source = %(source)s AND e.row = said.row AND e.gone_at IS NULL
WHERE e.fingerprint IS DISTINCT FROM said.fingerprint ORDER BY said.row LIMIT %(most)s
"""
GONE = """
UPDATE matching_entry e SET gone_at = %(now)s WHERE e.source = %(source)s AND e.gone_at IS NULL AND NOT EXISTS (SELECT FROM said WHERE said.row = e.row)
"""
SAID = {PEOPLE: CHANGED_PEOPLE, HOUSEHOLDS: CHANGED_HOUSEHOLDS}
COLUMNS = ("row", "person", "area", "name", "born_on", "phone", "email", "number", "blind", "fingerprint")
KEPT = ("person", "area", "sealed", "tokens", "fingerprint", "looked_at", "gone_at")


def refresh(most: int = 5000) -> int:
    """Enter what is new or has changed, set aside what is gone, and say how many entries that were."""
    return sum(_refresh(source, most) for source in SAID)


def _refresh(source: str, most: int) -> int:
    given = {"source": source, "most": most, "today": today(), "now": now()}
    with connection.cursor() as cursor:
        cursor.execute(SAID[source] + CHANGED, given)
        changed = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute(SAID[source] + GONE, given)
        gone = cursor.rowcount
    Entry.objects.bulk_create(_entries(source, changed), batch_size=1000, update_conflicts=True, unique_fields=["source", "row"], update_fields=KEPT)
    return len(changed) + gone


def _entries(source: str, rows: list[dict[str, Any]]) -> Iterator[Entry]:
    day = today()
    for row in rows:
        named = _named(row, day)
        yield Entry(
            source=source, row=row["row"], person_id=row["person"], area_id=row["area"], fingerprint=row["fingerprint"],
            sealed=keeping.sealed(named), tokens=keeping.tokens(named),
        )  # fmt: skip


def _named(row: dict[str, Any], day: date) -> Named:
    born, is_male = row["born_on"], None
    if row["number"]:
        read = rules.citizen_number(ciphers.unseal(row["number"], label=LABEL), today=day)
        born, is_male = read.born_on, read.is_male
    return Named(row["name"], born, row["area"], is_male, "".join(filter(str.isdigit, row["phone"])), row["email"], row["blind"])
