"""Many leaves at once, for tests."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from governance.clocks.identity import uuid7
from governance.clocks.now import now
from governance.ledger.leaves import leaf
from governance.ledger.models import Leaf, Seal


def leaves(count: int, kind: str = "test", **content: Any) -> list[UUID]:
    """Written as any other, in two statements."""
    rows = [leaf(kind, uuid7(), content | {"n": n}, now()) for n in range(count)]
    Leaf.objects.bulk_create([row for row, _seal in rows])
    Seal.objects.bulk_create([seal for _row, seal in rows])
    return [row.pk for row, _seal in rows]
