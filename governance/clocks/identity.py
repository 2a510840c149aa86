"""Identifiers made before the row is written, so that one batch can name it everywhere."""

import secrets
import time
from threading import Lock
from uuid import UUID

_RANDOM_BITS = 74
_STEP_BITS = 32


class _Latest:
    """The milliseconds and the random bits of the latest identifier of this process."""

    lock = Lock()
    bits = 0


def uuid7() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of milliseconds, then random; sorts by time, so B-trees grow at one end.

    Within one process each is greater than the one before, also within a millisecond (RFC 9562 section 6.2, method 2):
    two periods that an action starts, and that end at the same instant, keep the order in which it declares them.
    """
    milliseconds = time.time_ns() // 1_000_000 & (1 << 48) - 1
    with _Latest.lock:
        fresh = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        is_later = milliseconds > _Latest.bits >> _RANDOM_BITS
        value = _Latest.bits = fresh if is_later else _Latest.bits + 1 + secrets.randbits(_STEP_BITS)
    time_and_a, b = value >> 62, value & (1 << 62) - 1
    moment, a = time_and_a >> 12, time_and_a & (1 << 12) - 1
    return UUID(int=moment << 80 | 0x7 << 76 | a << 64 | 0x2 << 62 | b)
