"""Tracking codes, fit to be read out by telephone: twelve letters and figures, and two that show a mishearing."""

from __future__ import annotations

import re
import unicodedata

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U
LENGTH, CHECKED, GROUP = 12, 2, 4
PRIME = 1021  # the largest below 32 ** 2: any one letter heard wrongly, and any two neighbours exchanged, give another remainder
_HEARD = str.maketrans("OILoil", "011011")


class Misheard(ValueError):
    """The length and the letters of a code, but one of them is wrong."""


def _letters(number: int, length: int) -> str:
    return "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(length)))


def _number(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found << 5 | LETTERS.index(letter)
    return found


def spelled(code: int) -> str:
    """60 bits as 7K3M-9QXT-2P4D-A7."""
    text = _letters(code, LENGTH) + _letters(code % PRIME, CHECKED)
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def heard(text: str) -> int | None:
    """The code somebody typed, None if it cannot be one; raises Misheard where a letter must be wrong.

    O is read as 0, I and L as 1; case, width, and whatever is neither letter nor figure do not count, nor do the words
    with which a code is sent in Chinese.
    """
    plain = re.sub(r"[^0-9A-Za-z]", "", unicodedata.normalize("NFKC", text)).translate(_HEARD).upper()
    if len(plain) != LENGTH + CHECKED or any(letter not in LETTERS for letter in plain):
        return None
    code = _number(plain[:LENGTH])
    if code % PRIME != _number(plain[LENGTH:]):
        raise Misheard
    return code
