"""Erasing: what opens a leaf is destroyed, the leaf stays, and a tombstone that everybody can open says so."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from governance.clocks.now import now
from governance.ledger.leaves import append
from governance.ledger.models import Seal

Place = Callable[[UUID], int]
_places: list[Place] = [lambda leaf: Seal.objects.filter(pk=leaf, salt__isnull=False).update(salt=None, content=None, code=None)]


def erases(place: Place) -> Place:
    """Decorator: what opens something may lie here too; destroys it and says how many rows that were."""
    _places.append(place)
    return place


def erase(leaf: UUID, basis: str) -> UUID | None:
    """Destroy salt and content of a leaf, or of one event of many under a leaf; returns the tombstone, None if there was nothing left to destroy.

    ``basis`` is public: the law or decision it rests on, and nothing of a person.
    """
    with transaction.atomic():
        if not any(place(leaf) for place in _places):
            return None
        return append("erasure", {"leaf": str(leaf), "basis": basis, "at": now().isoformat()})
