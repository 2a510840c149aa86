"""One way only to write a thing as JSON, and the leaf that commits to it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

VERSION = 1


def canonical(content: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8; no fractions, which every language writes differently."""
    return json.dumps(_plain(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def commitment(salt: bytes, content: bytes) -> str:
    """What the leaf shows instead of the content."""
    return hashlib.sha256(salt + content).hexdigest()


def leaf_data(kind: str, id: UUID, at: datetime, committed: str) -> bytes:
    """The leaf as it is hashed and published: it names no person and nothing that was said."""
    time = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return canonical({"v": VERSION, "type": kind, "id": str(id), "time": time, "commitment": committed})
