"""Numbering: one at a time takes what waits, gives numbers, grows the tree and signs its head, all in one transaction."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from governance.clocks.now import now
from governance.ledger import notes
from governance.ledger.models import Checkpoint, Entry, Leaf, Node, Waiting
from governance.ledger.proofs import Place
from governance.ledger.verifier import WIDTH, Edge, leaf_hash

LOCK = 6962  # of PostgreSQL's advisory locks
BATCH = 5000
HASH = 32  # bytes of a SHA-256
JOINED = "coalesce(string_agg(hash, ''::bytea ORDER BY number), ''::bytea)"
HERE = f"number >= tile * {WIDTH} AND number < (tile + 1) * {WIDTH}"
ROWS = f"""
SELECT 0, tile, (SELECT {JOINED} FROM ledger_entry WHERE {HERE}) FROM unnest(%s::bigint[]) AS wanted(tile)
UNION ALL
SELECT wanted.level, tile, (SELECT {JOINED} FROM ledger_node n WHERE n.level = wanted.level AND {HERE})
FROM unnest(%s::smallint[], %s::bigint[]) AS wanted(level, tile)
"""  # noqa: S608 - nothing but constants


def sequence(batch: int = BATCH) -> int:
    """Number everything that waits; returns how many. Whoever comes while somebody else is at it leaves at once."""
    total = 0
    while taken := _sequence_some(batch):
        total += taken
        if taken < batch:
            break
    return total


def _sequence_some(batch: int) -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        waiting = list(Waiting.objects.order_by("leaf_id").values_list("leaf_id", flat=True)[:batch])
        if not waiting:
            return 0
        edge = edge_now()
        first = edge.size
        leaves = Leaf.objects.filter(pk__in=waiting).order_by("pk")
        entries, nodes = _grown(edge, leaves)
        Entry.objects.bulk_create(entries)
        Node.objects.bulk_create(nodes)
        Waiting.objects.filter(pk__in=waiting).delete()
        root = edge.root()
        Checkpoint.objects.create(size=edge.size, root=root, note=notes.checkpoint(edge.size, root), signed_at=now())
        return edge.size - first


def _grown(edge: Edge, leaves: Any) -> tuple[list[Entry], list[Node]]:
    entries, nodes = [], []
    for leaf in leaves:
        hash = leaf_hash(bytes(leaf.data))
        entries.append(Entry(number=edge.size, leaf_id=leaf.pk, hash=hash))
        nodes += [Node(level=level, number=number, hash=root) for level, number, root, _tile in edge.append(hash)]
    return entries, nodes


def edge_now() -> Edge:
    """The right edge of the tree, as the tables hold it."""
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first()
    size = 0 if last is None else last + 1
    places, level = [], 0
    while level == 0 or size >= WIDTH**level:
        places.append((level, size // WIDTH ** (level + 1)))
        level += 1
    found = rows(places)
    return Edge(size, [found[place] for place in places])


def rows(places: list[Place]) -> dict[Place, list[bytes]]:
    """The hashes of tiles, as far as there are: one statement for all, and one value for each."""
    nodes = [place for place in places if place[0]]
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [[number for level, number in places if not level], [level for level, _n in nodes], [number for _l, number in nodes]])
        return {(level, number): _split(bytes(joined)) for level, number, joined in cursor.fetchall()}


def _split(joined: bytes) -> list[bytes]:
    return [joined[at : at + HASH] for at in range(0, len(joined), HASH)]
