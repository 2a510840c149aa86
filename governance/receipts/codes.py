"""Tracking codes, fit to be read out by telephone: twelve letters and figures in three groups, none of them easily confused."""

from __future__ import annotations

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U
LENGTH, GROUP = 12, 4
_HEARD = str.maketrans("OILoil", "011011")


def spelled(code: int) -> str:
    """60 bits as 7K3M-9QXT-2P4D."""
    text = "".join(LETTERS[code >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def heard(text: str) -> int | None:
    """The code somebody typed, None if it cannot be one. O is read as 0, I and L as 1; case, spaces and dashes do not count."""
    plain = "".join(text.split()).replace("-", "").translate(_HEARD).upper()
    if len(plain) != LENGTH or any(letter not in LETTERS for letter in plain):
        return None
    code = 0
    for letter in plain:
        code = code << 5 | LETTERS.index(letter)
    return code
