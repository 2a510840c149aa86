"""Looking for those who are alike: by shared keys, then by score; whoever is alike enough becomes a question to an officer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from governance.actions import CLOCK
from governance.clocks.now import now
from governance.matching import actions
from governance.matching.models import Entry, Pair
from governance.matching.rules import scoring

AT_ONCE, MOST = 500, 5  # entries in one step; questions about one entry, the likeliest first
CROWD = 200  # a key shared by more says too little: those are found by their other keys
# People with an account are looked for from every side, and whoever stands in two households; rows of programs are not compared with each other.
NEIGHBOURS = """
WITH asked AS MATERIALIZED (SELECT id, source, person_id, unnest(tokens) AS token FROM matching_entry WHERE id = ANY(%(ids)s)),
found AS (
    SELECT asked.id, asked.source, asked.person_id, near.id AS other, near.source AS other_source, near.person_id AS other_person FROM asked
    CROSS JOIN LATERAL (
        SELECT e.id, e.source, e.person_id FROM matching_entry e WHERE e.tokens @> ARRAY[asked.token] AND e.gone_at IS NULL AND e.id <> asked.id LIMIT %(crowd)s
    ) AS near
)
SELECT DISTINCT id, other FROM found
WHERE source = 'households' AND other_source = 'households'
   OR (source = 'people' OR other_source = 'people') AND (person_id IS NULL OR other_person IS NULL OR person_id <> other_person)
"""


@dataclass(frozen=True)
class Alike:
    """Two entries that are alike enough to ask."""

    entry: Entry
    other: Entry
    findings: tuple[scoring.Finding, ...]

    @property
    def score(self) -> float:
        return scoring.score(self.findings)


def alike(entries: list[Entry]) -> Iterator[Alike]:
    """Everybody alike to these, for each entry the likeliest first and not more than a few."""
    known = {entry.pk: entry for entry in entries}
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, {"ids": list(known), "crowd": CROWD})
        neighbours = cursor.fetchall()
    known |= Entry.objects.in_bulk({other for _one, other in neighbours} - set(known))
    beside: dict[int, list[Entry]] = {}
    for one, other in neighbours:
        beside.setdefault(one, []).append(known[other])
    for entry in entries:
        found = (Alike(entry, other, scoring.compared(entry.named, other.named)) for other in beside.get(entry.pk, ()))
        yield from sorted((one for one in found if scoring.is_worth_asking(one.findings)), key=lambda one: -one.score)[:MOST]


def waiting() -> bool:
    """Whether an entry has come or changed for which nobody has been looked for."""
    return Entry.objects.not_looked_at(1).exists()


def look(most: int = AT_ONCE) -> int:
    """Look for everybody alike to entries that came or changed, and ask about them; says how many questions that made."""
    with transaction.atomic():
        entries = list(Entry.objects.not_looked_at(most).select_for_update(skip_locked=True))
        asked = sum(_ask(one) for one in alike(entries))
        Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(looked_at=now())
    return asked


def _ask(found: Alike) -> bool:
    """A question that was asked before is not asked again: what was decided stays decided."""
    if Pair.objects.between(found.entry.pk, found.other.pk).exists():
        return False
    actions.AskWhetherSame.do(CLOCK, pair=Pair.of(found.entry, found.other, found.findings))
    return True


def drop() -> int:
    """Questions about what is gone are no longer asked."""
    moot = list(Pair.objects.without_ground())
    for pair in moot:
        actions.DropQuestion.do(CLOCK, pair)
    return len(moot)
