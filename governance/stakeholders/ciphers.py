"""Sealing of identity numbers: AES-GCM with key ids, and a keyed blind index under another key.

An unkeyed digest of an 18-digit number is as good as the number: it can be tried out in an hour. So what is
compared is HMAC-SHA-256 under a key of its own, and neither key is ever in the database or its backups.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE = 12


def _key(text: str, name: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(f"{name}: a key is 32 bytes, written as 64 hexadecimal characters.")
    return key


def _sealing_keys() -> dict[str, bytes]:
    """The newest first: ``2:hex,1:hex``."""
    pairs = (part.strip().partition(":") for part in settings.FIELD_KEYS.split(","))
    return {key_id: _key(text, "FIELD_KEYS") for key_id, _, text in pairs}


def seal(text: str, *, label: str) -> str:
    """The text, unreadable without the key; the newest key seals. The label ties it to its place."""
    key_id, key = next(iter(_sealing_keys().items()))
    nonce = secrets.token_bytes(NONCE)
    return f"{key_id}.{urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), label.encode())).decode()}"


def unseal(sealed: str, *, label: str) -> str:
    """The text again. Raises KeyError for an unknown key and InvalidTag for a changed text or another place."""
    key_id, _, body = sealed.partition(".")
    raw = urlsafe_b64decode(body)
    return AESGCM(_sealing_keys()[key_id]).decrypt(raw[:NONCE], raw[NONCE:], label.encode()).decode()


def seal_bytes(content: bytes, *, label: str) -> bytes:
    """As ``seal``, for what is no text."""
    key_id, key = next(iter(_sealing_keys().items()))
    nonce = secrets.token_bytes(NONCE)
    return key_id.encode() + b"." + nonce + AESGCM(key).encrypt(nonce, content, label.encode())


def unseal_bytes(sealed: bytes, *, label: str) -> bytes:
    """The content again; raises as ``unseal`` does."""
    key_id, _, raw = sealed.partition(b".")
    return AESGCM(_sealing_keys()[key_id.decode()]).decrypt(raw[:NONCE], raw[NONCE:], label.encode())


def is_sealed_by_newest(sealed: str) -> bool:
    """Whether no newer key has come since."""
    return sealed.partition(".")[0] == next(iter(_sealing_keys()))


def blind(text: str, *, label: str) -> str:
    """What two equal texts have in common, of no use without the key."""
    key = _key(settings.INDEX_KEY, "INDEX_KEY")
    return hmac.new(key, f"{label}\0{text}".encode(), hashlib.sha256).hexdigest()
