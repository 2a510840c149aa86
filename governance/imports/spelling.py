"""How people and spreadsheets write numbers, days and months; what cannot be read for certain stays as it was written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# A comma divides thousands only in proper groups of three before the point; anything else might be a decimal comma, and is no number here.
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MIDNIGHT = r"(?:[T ]\s*0{1,2}:00(?::00(?:\.0+)?)?)?"  # a spreadsheet shows a day so where its cell may hold a time, too
_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?" + _MIDNIGHT)
_DAY_IN_DIGITS = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})(?:\s*月份?)?")
_MONTH_IN_DIGITS = re.compile(r"([12][0-9]{3})([0-9]{2})")
_ONLY_HELD = re.compile(r'="((?:[^"]|"")*)"')  # a formula that says nothing but: this is text
_IS_TEXT = re.compile(r"^'(?=[=+\-@\t\r]|[0-9][0-9.,/\-年月日Xx ]*$)")  # the same said by an apostrophe
MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-"})
LONGEST_HEADING, MOST_DIGITS = 40, 5  # a heading with more is taken for data
# In the name of a file: numbers of people in one piece or in parts, their mobile telephones; no dates and times.
_PERSONAL = re.compile(r"(?<![0-9])(?:[0-9]{15,}[Xx]?|1[3-9][0-9]{9}|[0-9]{6}[ ._\-]?(?:19|20)[0-9]{6}[ ._\-]?[0-9]{3}[0-9Xx])(?![0-9])")


def half_width(text: str) -> str:
    """Digits and letters as on a Western keyboard; nothing to do for most cells."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def as_meant(text: str) -> str:
    """Without what only tells a spreadsheet that the cell is text: ``="00123"``, ``'00123``, ``'+86 571``."""
    if text[:1] == "'":
        return _IS_TEXT.sub("", text, count=1)
    held = _ONLY_HELD.fullmatch(text) if text[:1] == "=" else None
    return held[1].replace('""', '"').strip() if held else text


def number(text: str, *, trims: bool) -> str:
    """A number in plain digits; with ``trims`` without zeros at its end, for a workbook says 5.0 for five."""
    folded = half_width(text).translate(MINUS).strip().removeprefix("¥").removeprefix("+").strip()
    if _THOUSANDS.fullmatch(folded):
        folded = folded.replace(",", "")
    if not _NUMBER.fullmatch(folded):
        return text
    return folded.rstrip("0").rstrip(".") if trims and "." in folded else folded


def day(text: str) -> str:
    """A day as 2027-12-31."""
    folded = half_width(text).translate(MINUS).strip()
    found = _DAY.fullmatch(folded) or _DAY_IN_DIGITS.fullmatch(folded)
    if not found:
        return text
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return text


def month(text: str) -> str:
    """A month as 2027-12; also out of its first day, which is what a spreadsheet makes of a month that is typed in."""
    folded = half_width(text).translate(MINUS).strip()
    if (first := day(folded)).endswith("-01") and len(first) == 10:
        return first[:7]
    found = _MONTH.fullmatch(folded) or _MONTH_IN_DIGITS.fullmatch(folded)
    return f"{found[1]}-{int(found[2]):02d}" if found and 1 <= int(found[2]) <= 12 else text


def seen(text: str) -> str:
    """Without what nobody sees and nobody typed: marks of direction, blanks of no width. Controls stay, and are told as mistakes."""
    return text if text.isprintable() else "".join(character for character in text if unicodedata.category(character) != "Cf")


def file_name(name: str, most: int = 200) -> str:
    """The name of a file as it is kept: numbers of people masked, without what cannot be shown; its end stays."""
    shown = "".join(character for character in half_width(name) if character.isprintable())
    return _PERSONAL.sub("***", shown)[-most:] or "?"


def looks_like_data(heading: str) -> bool:
    """Whether a heading may be a number, a day, an address or a sentence out of a row instead: then it is not kept, for it may name a person."""
    folded = half_width(heading)
    digits = sum(character.isdigit() for character in folded)
    return digits > MOST_DIGITS or "@" in folded or len(folded) > LONGEST_HEADING or not any(map(str.isalpha, folded))
