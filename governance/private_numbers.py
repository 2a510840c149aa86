"""Numbers by which somebody could be known or reached, found in a text however they are written.

Pure. Wide figures, other scripts' figures, Chinese numerals, invisible characters, brackets, blanks and dashes make
no difference: ``+86 (138) 0000–0000`` is what ``13800000000`` is. Dates and amounts of money are not taken for numbers
of people.

An identity number is 17 figures and a check character (GB 11643, ISO 7064 MOD 11-2); the old one has 15 figures.
A bank card has 16 to 19 figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from unicodedata import category, decimal, normalize

Kind = Literal["identity", "telephone", "card", "email"]
MASK = "■■■"
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
KEPT = 4  # the last characters of a masked identity number: enough to tell two apart
SHORTEST, LONGEST = 8, 22  # characters of figures that can be one number, with a country's code
MOST_GROUPS = 6  # in which a number is written; more only where each figure stands alone

# What is written but not seen, beside the classes Cf, Mn and Me: fillers that count as letters.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_NUMERALS = dict(zip("〇零一二三四五六七八九幺", "001234567891", strict=True))
_DASHES = frozenset("\u2212\u30fc")  # minus, and the long vowel that a keyboard may give for a dash
_MONTH, _DAY = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
_DATE = re.compile(rf"(?<![0-9])(?:19|20)[0-9]{{2}}([-./]){_MONTH}\1{_DAY}(?![0-9])")
_GROUP = re.compile(r"[0-9]+(?:[Xx](?![0-9A-Za-z]))?|(?<![A-Za-z])[Xx](?![0-9A-Za-z])")
_BETWEEN = re.compile(r"[ \t.·•\-_()]{1,3}")
_EMAIL = re.compile(r"[\w.+-]+[ \t]?@[ \t]?[\w-]+\.[\w.-]*\w")

_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:(?:00)?86)?0(?:10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}")
_ABROAD = re.compile(r"[0-9]{8,15}")  # with a plus before it
_IDENTITY = re.compile(r"[0-9]{17}[0-9Xx]")
_BORN = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"  # month and day
_PLAUSIBLE = re.compile(rf"[1-8][0-9]{{5}}(?:19|20)[0-9]{{2}}{_BORN}[0-9]{{3}}[0-9Xx]")
_OLD_IDENTITY = re.compile(rf"[1-8][0-9]{{5}}[0-9]{{2}}{_BORN}[0-9]{{3}}")
_LONG = re.compile(r"[0-9]{15,19}")
# How many figures stand in each group where a telephone number is written apart. Any other shape is a row of other
# figures: 180.00 135000.
_MOBILE_SHAPES = frozenset({
    (3, 4, 4), (3, 8), (3, 3, 5), (3, 5, 3), (4, 3, 4), (4, 4, 3), (5, 6), (6, 5), (7, 4), (3, 2, 2, 2, 2), (3, 4, 2, 2),
    (3, 2, 2, 4),
})  # fmt: skip
_LOCAL_SHAPES = frozenset({(7,), (8,), (4, 4), (3, 4), (4, 3), (3, 5)})


@dataclass(frozen=True)
class Found:
    """A number or address in a text: as it is written there, and from where to where."""

    kind: Kind
    text: str
    start: int
    end: int


def has_right_check(number: str) -> bool:
    """Whether an 18-character identity number's last character follows from the others."""
    total = sum(int(figure) * weight for figure, weight in zip(number[:17], WEIGHTS, strict=True))
    return CHECKS[total % 11] == number[17].upper()


def found(text: str) -> list[Found]:
    """Every number and address in it, in order; none overlaps another."""
    plain, places = _folded(text)
    numerals = "".join("_" if "0" <= letter <= "9" else _NUMERALS.get(letter, letter) for letter in plain)
    marks = [
        *(("email", *match.span()) for match in _EMAIL.finditer(plain)),
        *(("identity", start, end) for start, end, number in _identities(plain) if has_right_check(number)),
        *_numbers(_DATE.sub(lambda date: "d" * len(date[0]), plain)),
        *_numbers(numerals),
    ]
    kept: list[Found] = []
    for kind, start, end in sorted(marks, key=lambda mark: (mark[1], -mark[2])):
        first, last = places[start], places[end - 1] + 1
        if not kept or first >= kept[-1].end:
            kept.append(Found(kind, text[first:last], first, last))
    return kept


def masked(text: str) -> str:
    """The text with every number and address blacked out."""
    return _replaced(text, found(text), lambda _one: MASK)


def without_identity_numbers(text: str) -> tuple[str, int]:
    """The text with all but the last characters of every true identity number hidden, and how many there were.

    True is what has 18 characters, a possible day of birth and the right check character.
    """
    plain, places = _folded(text)
    true = [
        Found("identity", text[places[start] : places[end - 1] + 1], places[start], places[end - 1] + 1)
        for start, end, number in _identities(plain)
        if _PLAUSIBLE.fullmatch(number) and has_right_check(number)
    ]
    return _replaced(text, true, lambda one: "*" * (18 - KEPT) + _joined(one.text)[-KEPT:]), len(true)


def folded(text: str) -> str:
    """The text as it is compared: wide as narrow, figures of every script as 0–9, dashes as "-", nothing invisible."""
    return _folded(text)[0]


def _joined(number: str) -> str:
    return re.sub(r"[^0-9X]", "", _folded(number)[0].upper())


def _replaced(text: str, marks: list[Found], by: Callable[[Found], str]) -> str:
    for one in reversed(marks):
        text = text[: one.start] + by(one) + text[one.end :]
    return text


def _folded(text: str) -> tuple[str, list[int]]:
    """And for each character of it, where it stands in the text."""
    letters, places = [], []
    for place, written in enumerate(text):
        for letter in written if written.isascii() else normalize("NFKC", written):
            if plain := letter if letter.isascii() else _plain(letter):
                letters.append(plain)
                places.append(place)
    return "".join(letters), places


def _plain(letter: str) -> str:
    """A character as it is compared, empty if nobody sees it."""
    what = category(letter)
    if what in {"Cf", "Mn", "Me"} or letter in _UNSEEN:
        return ""
    if what == "Nd":
        return str(decimal(letter))
    if what == "Zs":
        return " "
    return "-" if what == "Pd" or letter in _DASHES else letter


def _runs(plain: str) -> Iterator[list[re.Match[str]]]:
    """Groups of figures that stand close to each other."""
    run: list[re.Match[str]] = []
    for group in _GROUP.finditer(plain):
        if run and not _BETWEEN.fullmatch(plain, run[-1].end(), group.start()):
            yield run
            run = []
        run.append(group)
    if run:
        yield run


def _windows(plain: str) -> Iterator[tuple[int, int, str, tuple[int, ...]]]:
    """Every group, and every few neighbours that could be one number: from, to, the figures, how many in each group."""
    for run in _runs(plain):
        for at, first in enumerate(run):
            together, shape, most = "", (), LONGEST if len(first[0]) == 1 else MOST_GROUPS
            for group in run[at : at + most]:
                together, shape = together + group[0], (*shape, len(group[0]))
                if len(together) > LONGEST or (len(shape) > MOST_GROUPS and len(together) > len(shape)):
                    break
                if len(together) >= SHORTEST:
                    yield first.start(), group.end(), together.upper(), shape


def _identities(plain: str) -> Iterator[tuple[int, int, str]]:
    """Whatever has the length of an identity number, also with a birthday in the middle that is written like a date."""
    for start, end, together, _shape in _windows(plain):
        if _IDENTITY.fullmatch(together):
            yield start, end, together


def _numbers(plain: str) -> Iterator[tuple[Kind, int, int]]:
    """Numbers of every kind, also where figures stand in groups of a usual shape."""
    for start, end, together, shape in _windows(plain):
        is_apart = len(shape) > 1
        if _is_identity(together, is_apart):
            yield "identity", start, end
        elif _is_telephone(together, shape, plain[max(0, start - 2) : start]):
            yield "telephone", start, end
        elif _LONG.fullmatch(together) and (not is_apart or set(shape[:-1]) == {4}):
            yield "card", start, end


def _is_identity(together: str, is_apart: bool) -> bool:
    if is_apart:
        return bool(_PLAUSIBLE.fullmatch(together) or _OLD_IDENTITY.fullmatch(together))
    return bool(_IDENTITY.fullmatch(together) or (len(together) == 15 and together.isdigit()))


def _is_telephone(together: str, shape: tuple[int, ...], before: str) -> bool:
    if before.strip(" (").endswith("+") and _ABROAD.fullmatch(together):
        return True
    if len(shape) == 1:
        return bool(_MOBILE.fullmatch(together) or _LANDLINE.fullmatch(together))
    if set(shape) == {1}:
        return bool(_MOBILE.fullmatch(together))
    if _MOBILE.fullmatch(together):
        after = shape[1:]  # of the country's code
        return shape in _MOBILE_SHAPES or (shape[0] in {2, 4} and (after in _MOBILE_SHAPES or after == (11,)))
    return bool(_LANDLINE.fullmatch(together)) and shape[0] in {2, 3, 4} and shape[1:] in _LOCAL_SHAPES
