"""Notes that the log signs: checkpoints, and the promise in a receipt."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from governance.ledger.verifier import LOG_KEY, key_hash


@cache
def _key(seed: str) -> tuple[Ed25519PrivateKey, bytes]:
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    return private, private.public_key().public_bytes_raw()


def verifier_key() -> str:
    """The log's public key as verifiers take it: name, short hash, key."""
    origin, public = settings.LEDGER_ORIGIN, _key(settings.LEDGER_KEY)[1]
    return f"{origin}+{key_hash(origin, LOG_KEY, public).hex()}+{base64.b64encode(bytes([LOG_KEY]) + public).decode()}"


def signed(body: str) -> str:
    """A note under the log's signature."""
    private, public = _key(settings.LEDGER_KEY)
    origin = settings.LEDGER_ORIGIN
    packed = key_hash(origin, LOG_KEY, public) + private.sign(body.encode())
    return f"{body}\n— {origin} {base64.b64encode(packed).decode()}\n"


def checkpoint(size: int, root: bytes) -> str:
    """The signed head of the log."""
    return signed(f"{settings.LEDGER_ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n")


def promise(hash: bytes, by: datetime) -> str:
    """The log's word that this leaf will be in the tree by then."""
    moment = by.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return signed(f"{settings.LEDGER_ORIGIN}\npromise\n{base64.b64encode(hash).decode()}\n{moment}\n")
