"""Erasing: what opens a leaf is destroyed, the leaf stays, and a tombstone that everybody can open says so."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from governance.clocks.now import now
from governance.ledger.leaves import append
from governance.ledger.models import Seal


def erase(leaf: UUID, basis: str) -> UUID | None:
    """Destroy salt and content of a leaf; returns the tombstone, None if there was nothing left to destroy.

    ``basis`` is public: the law or decision it rests on, and nothing of a person.
    """
    with transaction.atomic():
        if not Seal.objects.filter(pk=leaf, salt__isnull=False).update(salt=None, content=None, code=None):
            return None
        return append("erasure", {"leaf": str(leaf), "basis": basis, "at": now().isoformat()})
