"""Many records at once: founded, changed or taken away in SQL, each with an event of its own, all under one leaf of the log.

Whatever writes records past ``perform`` of one action on one record says so here: what a file brings, what comes with the
installation, what an action writes in rows beside its own. A hundred thousand rows cost some statements and one leaf.

**How it is used.** In an action, ``self.bundle`` is there and is closed by the kernel::

    def perform(self, record):
        ids = "SELECT target_id FROM imports_importrow WHERE batch_id = %(batch)s AND verdict = 'new'"
        ...  # INSERT INTO care_home ... in SQL, any number of rows
        told = self.bundle.founded(Home, ids, {"batch": record.pk}, action="care.open-home", right={"import": record.reference})

Elsewhere (a command, a loader, signing up), in a transaction of the caller's::

    with bulk.bundle("packaged catalogue") as bundle:
        bundle.founded(Parameter, [parameter.pk])

or, where rows are written by ``save``, ``bulk_create`` and ``update`` of records, of which each then has its event by itself::

    with bulk.founding("manage.py found"):
        Mandate.objects.create(...)

``ids`` is a list of keys, or a SELECT that gives one column of keys, with ``params``. ``founded`` is called after the rows are
written, ``changed`` after they are changed (with the names of the fields; a change of state says also from where), ``removed``
*before* they are deleted. ``action`` is the key of the action that a row stands for (by default the one being done); ``right``,
``reason``, ``user_id`` and ``stakeholder_id`` are those of whoever it is done by. Each returns what was ``Told``: how many
events, and SQL that gives them, for whoever writes clocks or notices along: a row of ``clocks_clockevent`` names the event in
``cause``, has its ``at`` equal to ``bundle.at``, and its date is sealed with the event if it is there before the bundle is closed
and ``bundle.tells_dates`` is set.

**What is left behind.** A row of ``actions_event`` for each record, so that it stands in the record's history, and a row of
``actions_part`` with what opens it: salt, key and content, as a seal has them, with a digest of every value written. Closing
the bundle reads the values from the tables as they are then, and writes one leaf of kind ``bundle`` with the number of parts
and the root (RFC 6962) over their digests, in the order of their events. The audit compares each record with its events the
same way whether they came alone or together; a part is erased alone (``ledger erase``), and the root still can be reckoned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

from governance import ledger
from governance.actions import registry
from governance.actions.columns import columns_of
from governance.actions.models import ADOPTED, CORRECTED, FOUNDED, GONE
from governance.actions.sealing import HIDDEN
from governance.actions.written import writing
from governance.clocks.identity import uuid7
from governance.clocks.now import now
from governance.clocks.querysets import TELLING
from governance.ledger.verifier import Edge, leaf_hash

PREFIX = 18  # of 32 digits of an identifier: the time and 18 random bits; the rest is drawn for each event
RANDOM = " || ".join(["uuid_send(gen_random_uuid())"] * 4)  # salt and key, 32 bytes each; no extension is needed for it

EVENTS = """
INSERT INTO actions_event (id, record_type_id, record_id, action, start, "end", user_id, stakeholder_id, "right", reason, changes, done_at)
SELECT (%(prefix)s || right(replace(gen_random_uuid()::text, '-', ''), 14))::uuid, %(type)s, t.id, %(action)s, {start}, {end},
       %(user)s, %(stakeholder)s, %(right)s, %(reason)s, %(changes)s, %(at)s
FROM {table} t WHERE t.id IN ({ids})
"""

PARTS = """
INSERT INTO actions_part (event_id, bundle, salt, content, digest)
SELECT told.id, %(bundle)s, told.salt, told.content, sha256(substr(told.salt, 1, 32) || told.content) FROM (
    SELECT e.id, e.salt, convert_to(json_build_object(
        'action', e.action, 'record', json_build_array(%(app)s, %(model)s, e.record_id), 'reference', t.reference, 'start', e.start, 'end', e."end",
        'user', e.user_id, 'stakeholder', e.stakeholder_id, 'right', e."right", 'reason', e.reason, 'changes', e.changes, 'done_at', %(at)s{more}
    )::text, 'UTF8') AS content
    FROM (SELECT *, {random} AS salt FROM actions_event WHERE id BETWEEN %(first)s AND %(last)s OFFSET 0) e
    JOIN {table} t ON t.id = e.record_id{dates} OFFSET 0
) AS told
"""

DATES = """, 'dates', dates.told"""
OF_DATES = """
    LEFT JOIN (
        SELECT told.cause, json_agg(json_build_object('clock', c.id, 'rule', r.code, 'told', told.kind, 'due_at',
            to_char(told.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
            || CASE WHEN date_trunc('second', told.due_at) = told.due_at THEN '' ELSE to_char(told.due_at, '.US') END || '+00:00') ORDER BY c.id::text) AS told
        FROM clocks_clockevent told JOIN clocks_clock c ON c.id = told.clock_id JOIN clocks_clockrule r ON r.id = c.rule_id
        WHERE told.cause BETWEEN %(first)s AND %(last)s AND told.kind = ANY(%(telling)s) GROUP BY told.cause
    ) AS dates ON dates.cause = e.id"""


class _Latest:
    """The beginning of the latest identifiers that this process has given to events told together."""

    lock = Lock()
    number = 0


def _prefix() -> str:
    """What the identifiers of events told together begin with, so that they are found again; later ones have a greater one."""
    with _Latest.lock:
        _Latest.number = max(int(uuid7().hex[:PREFIX], 16), _Latest.number + 1)
        return f"{_Latest.number:0{PREFIX}x}"


UNSEALED = """
SELECT r.id FROM {table} r WHERE NOT EXISTS (
    SELECT FROM actions_event e LEFT JOIN ledger_seal s ON s.leaf_id = e.id LEFT JOIN actions_part p ON p.event_id = e.id
    WHERE e.record_type_id = %(kind)s AND e.record_id = r.id
      AND (p.event_id IS NOT NULL OR s.salt IS NULL OR octet_length(s.salt) > 32))
"""


@dataclass(frozen=True)
class Told:
    """Events that were written together: how many, and where they are."""

    count: int
    model: type[models.Model]
    first: UUID
    last: UUID
    names: tuple[str, ...] | None = None  # what was written of each; None is everything

    @property
    def events(self) -> str:
        """SQL: the events with the keys of their records; a SELECT of ``id`` and ``record_id``."""
        return f"SELECT id, record_id FROM actions_event WHERE id BETWEEN '{self.first}' AND '{self.last}'"


@dataclass
class Bundle:
    """Events of many records that are sealed together. See the module's text."""

    action: str = ""
    command: str = ""  # what was run, where nobody acted
    cause: UUID | None = None  # the event of the action in which it happened
    user_id: int | None = None
    stakeholder_id: int | None = None
    right: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    at: datetime = field(default_factory=now)
    id: UUID = field(default_factory=uuid7)
    tells_dates: bool = False  # set it where rows of clocks were written along, so that their dates are sealed too
    open: list[Told] = field(default_factory=list)  # what is sealed when the bundle is closed

    def founded(self, model: Any, ids: str | Iterable[int], params: Any = None, **by: Any) -> Told:
        """These rows have come into being: all they say is sealed."""
        return self._tell(model, ids, params, None, {"action": self.action or FOUNDED} | by, start="''")

    def changed(self, model: Any, ids: str | Iterable[int], params: Any = None, *, names: Iterable[str], start: str | None = None, **by: Any) -> Told:
        """These fields of these rows have changed. ``start`` is the state they had; without it, they have it still."""
        known = "t.state" if start is None else "%(start)s"
        return self._tell(model, ids, params, tuple(names), {"action": self.action or CORRECTED} | by, start=known, more={"start": start})

    def removed(self, model: Any, ids: str | Iterable[int], params: Any = None, **by: Any) -> Told:
        """These rows are about to be deleted: their history stays, and says so."""
        told = self._tell(model, ids, params, (), {"action": self.action or CORRECTED} | by, start="t.state", end=f"'{GONE}'")
        self._seal(self.open.pop())
        return told

    def _tell(
        self, model: Any, ids: str | Iterable[int], params: Any, names: tuple[str, ...] | None, by: dict[str, Any], *,
        start: str, end: str = "t.state", more: Mapping[str, Any] | None = None,
    ) -> Told:  # fmt: skip
        chosen, values = (ids, dict(params or {})) if isinstance(ids, str) else ("SELECT unnest(%(ids)s::bigint[])", {"ids": list(ids)})
        prefix = _prefix()
        said = {"user_id": self.user_id, "stakeholder_id": self.stakeholder_id, "right": self.right, "reason": self.reason} | by
        given = values | (more or {}) | {
            "prefix": prefix, "type": ContentType.objects.get_for_model(model).pk, "action": said["action"], "user": said["user_id"],
            "stakeholder": said["stakeholder_id"], "right": Jsonb(dict(said["right"])), "reason": said["reason"],
            "changes": Jsonb(dict.fromkeys(names or (), HIDDEN)), "at": self.at,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(EVENTS.format(start=start, end=end, table=model._meta.db_table, ids=chosen), given)
            told = Told(cursor.rowcount, model, UUID(prefix + "0" * 14), UUID(prefix + "f" * 14), names)
        self.open.append(told)
        return told

    def _seal(self, told: Told) -> None:
        """What opens each of these events, with the values that the tables have now."""
        table, meta = told.model._meta.db_table, told.model._meta
        more = values_sealed(told.model, told.names) + (DATES if self.tells_dates else "")
        statement = PARTS.format(table=table, random=RANDOM, more=more, dates=OF_DATES if self.tells_dates else "")
        given = {
            "bundle": self.id, "app": meta.app_label, "model": meta.model_name, "at": self.at.astimezone(UTC).isoformat(), "first": told.first,
            "last": told.last, "telling": list(TELLING),
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(statement, given)

    def seal(self) -> None:
        """Seal what was told with the values that the tables have now; the leaf comes when the bundle is closed."""
        while self.open:
            self._seal(self.open.pop(0))

    def close(self) -> list[models.Model]:
        """Seal what is open; returns the unsaved rows of the leaf, none where nothing was told."""
        self.seal()
        edge = Edge()
        for digest in part_digests(self.id):
            edge.append(leaf_hash(digest))
        if not edge.size:
            return []
        content = {"parts": edge.size, "root": edge.root().hex(), "cause": str(self.cause) if self.cause else None, "command": self.command}
        return ledger.leaf("bundle", self.id, content, self.at)


@contextmanager
def bundle(command: str, **by: Any) -> Iterator[Bundle]:
    """A bundle outside of actions: ``command`` says what was run, and stands in every event as the right by which it was done."""
    made = Bundle(command=command, **{"right": {"as": "system", "command": command}} | by)
    with transaction.atomic():
        yield made
        for row in made.close():
            row.save(force_insert=True)


class Founding:
    """Stands where an action is performed: what is saved outside of actions is told as it is written."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle, self.act = _AtOnce(bundle), self

    def saved(self, record: Any, names: Iterable[str] | None) -> None:
        """One record was written; ``names`` None is all of a new one."""
        if names is None:
            self.bundle.founded(type(record), [record.pk])
        else:
            self.bundle.changed(type(record), [record.pk], names=names)


class _AtOnce:
    """A bundle that seals the values as they are now: actions may change them before it is closed."""

    def __init__(self, bundle: Bundle) -> None:
        self.inner = bundle

    def founded(self, model: Any, ids: Iterable[int]) -> None:
        self.inner.founded(model, ids)
        self.inner.seal()

    def changed(self, model: Any, ids: Iterable[int], *, names: Iterable[str]) -> None:
        self.inner.changed(model, ids, names=names)
        self.inner.seal()


@contextmanager
def founding(command: str, **by: Any) -> Iterator[Bundle]:
    """Within it, in one transaction, every record that is written outside of actions has its event, by this command."""
    with bundle(command, **by) as made:
        token = writing.set(Founding(made))
        try:
            yield made
        finally:
            writing.reset(token)


def founded(command: str, *records: Any, **by: Any) -> None:
    """A few records that were just written and that nobody's action made."""
    with bundle(command, **by) as made:
        for model in dict.fromkeys(map(type, records)):
            made.founded(model, [record.pk for record in records if type(record) is model])


def adopt(command: str) -> int:
    """Seal what was there before values were sealed one by one: rows none of whose events seals any. Returns how many those were."""
    count = 0
    with bundle(command) as made:
        for model in registry.records():
            kind = ContentType.objects.get_for_model(model).pk
            count += made.founded(model, UNSEALED.format(table=model._meta.db_table), {"kind": kind}, action=ADOPTED).count
    return count


def values_sealed(model: Any, names: tuple[str, ...] | None) -> str:
    """SQL: the digests of the values of ``t``, under the second half of ``e.salt``; a member of the content."""
    there = columns_of(model)
    wanted = there if names is None else {model._meta.get_field(name).attname for name in names} & there.keys()
    pieces = []
    for name in sorted(wanted):
        column = there[name]
        place = f't."{column.column}"'
        value = column.sql.format(c=place)
        digest = f"""'"{name}":"' || encode(sha256(substr(e.salt, 33) || convert_to('{name}=' || {{}}, 'UTF8')), 'base64') || '"'"""
        has = column.told.format(c=place)
        pieces.append(f"CASE WHEN {has} THEN {digest.format(value)} END" if names is None else digest.format(f"coalesce({value}, '')"))
    return f", 'values', ('{{' || concat_ws(',', {', '.join(pieces)}) || '}}')::json" if pieces else ", 'values', '{}'::json"


def part_digests(bundle: UUID) -> Iterator[bytes]:
    """The digests of a bundle's parts in the order of their events, by the thousand."""
    with connection.cursor() as cursor:
        last = UUID(int=0)
        while True:
            cursor.execute(
                "SELECT event_id, digest FROM actions_part WHERE bundle = %s AND event_id > %s ORDER BY event_id LIMIT 10000", [bundle, last]
            )
            rows = cursor.fetchall()
            yield from (bytes(digest) for _event, digest in rows)
            if len(rows) < 10000:
                return
            last = rows[-1][0]
