"""How areas nest: pure functions of their twelve-digit codes, for clocks, routing, registers and files alike. Nobody nests by hand.

A code is read in steps of 2, 4, 6, 9 and 12 digits: province, city, county, township, village (GB/T 2260 and the statistical
code); what is left is filled with noughts, so the nation is twelve noughts. Everything in an area begins with its digits.
"""

from __future__ import annotations

DIGITS = {1: 0, 2: 2, 3: 4, 4: 6, 5: 9, 6: 12}  # of each level: nation, province, city, county, township, village
LENGTH = 12
NATION = "0" * LENGTH
BEHIND_EVERY_CODE = "A"


def level_of(code: str) -> int:
    """The level of an area: 1 nation, 2 province, 3 city, 4 county, 5 township, 6 village."""
    digits = len(code.rstrip("0"))
    return next(level for level, length in DIGITS.items() if digits <= length)


def prefix_of(code: str) -> str:
    """The digits that everything within the area begins with; none for the nation."""
    return code[: DIGITS[level_of(code)]]


def range_of(code: str) -> tuple[str, str]:
    """Everything within the area: start <= code < stop, compared as bytes."""
    prefix = prefix_of(code)
    if not prefix or set(prefix) == {"9"}:
        return code, BEHIND_EVERY_CODE
    return code, str(int(prefix) + 1).zfill(len(prefix)).ljust(LENGTH, "0")


def around(code: str) -> list[str]:
    """The codes of all areas around this one, the nation first, without itself."""
    own = DIGITS[level_of(code)]
    return list(dict.fromkeys(code[:digits].ljust(LENGTH, "0") for digits in DIGITS.values() if digits < own))


def covers(outer: str, inner: str) -> bool:
    """Whether one area is the other or lies around it."""
    start, stop = range_of(outer)
    return start <= inner < stop
