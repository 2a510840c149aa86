"""Leaves are written in the transaction of what they commit to; their number in the log follows within seconds."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from governance.clocks.identity import uuid7
from governance.clocks.now import now
from governance.ledger.canonical import canonical, commitment, leaf_data
from governance.ledger.models import CODE_BITS, SALT, Leaf, Seal


def leaf(kind: str, id: UUID, content: Any, at: datetime, key: bytes = b"") -> list[models.Model]:
    """The unsaved rows of a leaf, for a caller that writes them in a batch of its own; it is numbered within a second or two.

    ``key`` is what opens the digests in the content; it is kept, shown and erased with the salt.
    """
    sealed, salt = canonical(content), secrets.token_bytes(SALT)
    data = leaf_data(kind, id, at, commitment(salt, sealed))
    return [Leaf(id=id, kind=kind, data=data), Seal(leaf_id=id, salt=salt + key, content=sealed, code=secrets.randbits(CODE_BITS))]


def append(kind: str, content: Any, *, id: UUID | None = None, at: datetime | None = None) -> UUID:
    """Write a leaf in the running transaction; returns its id."""
    id = id or uuid7()
    for row in leaf(kind, id, content, at or now()):
        row.save(force_insert=True)
    return id
