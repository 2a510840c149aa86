"""Names as they are written and as they sound: traditional, simplified and variant characters, spaces, dots, pinyin. Pure."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

SEPARATORS = re.compile(r"[\s·•・‧∙⋅˙.,，、_'’`\-‐-―]+")
UNREADABLE = frozenset("*＊?？□■〇囗●")  # what systems print for a character they do not have
HAN = re.compile(r"[㐀-鿿豈-﫿𠀀-𲎯]")
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "乐": "yue", "查": "zha", "朴": "piao", "区": "ou", "盖": "ge", "缪": "miao", "员": "yun",
    "任": "ren", "华": "hua", "覃": "qin", "翟": "zhai", "尉": "wei", "召": "shao", "冼": "xian", "逄": "pang", "卜": "bu", "种": "chong",
}  # fmt: skip - read otherwise as surnames than as words
DIALECT = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("lyu", "lv"), ("nyu", "nv"), ("lü", "lv"), ("nü", "nv"))
LONG = 4  # characters from which a name may have been cut off


class Likeness(StrEnum):
    """How alike two names are, the most alike first."""

    SAME = "same"
    VARIANT = "variant"  # other forms of the same characters
    SOUND = "sound"  # the same pinyin
    NEAR = "near"  # nearly the same pinyin, cut off, or a character that could not be printed
    CHARACTER = "character"  # another character in a name of three or more: also brothers and sisters are named so
    OTHER = "other"


@lru_cache(maxsize=1)
def _variants() -> dict[int, str]:
    text = (Path(__file__).parent.parent / "data" / "variants.txt").read_text(encoding="utf-8")
    groups = (group for line in text.splitlines() if not line.startswith("#") for group in line.split())
    return {ord(other): group[0] for group in groups for other in group[1:]}


def other_form(character: str) -> str:
    """A traditional or variant form of a character, where there is one."""
    return _other_forms().get(character, character)


@lru_cache(maxsize=1)
def _other_forms() -> dict[str, str]:
    return {common: chr(other) for other, common in reversed(_variants().items())}


def written(name: str) -> str:
    """As it is written, without what only separates: half-width, lower case, no spaces, dots and hyphens."""
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", name).replace("\x00", "")).lower()


def folded(name: str) -> str:
    """With every character in its simplified, common form: 張偉 → 张伟."""
    return written(name).translate(_variants())


def syllables(text: str) -> list[str]:
    """How each character sounds as a word."""
    from pypinyin import lazy_pinyin  # loading its dictionaries is a seventh of what the web needs to start

    return lazy_pinyin(text)


@lru_cache(maxsize=20_000)
def _syllable(character: str) -> str:
    return syllables(character)[0].lower() if HAN.match(character) else character


def sounds(name: str) -> frozenset[str]:
    """How it may sound, letters only. A name in letters is read in either order, a surname also as surnames are read."""
    plain = folded(name)
    if not HAN.search(plain):
        words = [word for word in SEPARATORS.split(unicodedata.normalize("NFKC", name).lower()) if word]
        return frozenset({"".join(words), "".join([*words[1:], words[0]]), "".join([words[-1], *words[:-1]])}) if words else frozenset()
    rest = "".join(_syllable(one) for one in plain[1:])
    first = {_syllable(plain[0]), SURNAMES.get(plain[0], _syllable(plain[0]))}
    return frozenset(one + rest for one in first)


def loosely(sound: str) -> str:
    """A sound without what is often confused when it is spoken or typed: zhang and zang, lin and ling."""
    for spoken, taken_as in DIALECT:
        sound = sound.replace(spoken, taken_as)
    return sound


def loose_sounds(name: str) -> frozenset[str]:
    """How it may sound, loosely."""
    return frozenset(loosely(one) for one in sounds(name))


def surname_sounds(name: str) -> frozenset[str]:
    """How its first character may sound, loosely; of a name in letters nothing is guessed."""
    plain = folded(name)
    if not plain or not HAN.match(plain[0]):
        return frozenset()
    return frozenset(loosely(one) for one in (_syllable(plain[0]), SURNAMES.get(plain[0], _syllable(plain[0]))))


def alike(one: str, other: str) -> Likeness:
    """How alike two names are. Symmetric; a name is the same as itself however it is separated."""
    if written(one) == written(other):
        return Likeness.SAME
    first, second = folded(one), folded(other)
    if first == second:
        return Likeness.VARIANT
    if sounds(one) & sounds(other):
        return Likeness.SOUND
    if _is_near(one, other, first, second):
        return Likeness.NEAR
    return Likeness.CHARACTER if _is_one_character_off(first, second) else Likeness.OTHER


def _is_near(one: str, other: str, first: str, second: str) -> bool:
    if loose_sounds(one) & loose_sounds(other):
        return True
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= LONG and longer.startswith(shorter):
        return True
    return len(first) == len(second) and _is_the_same_as_far_as_printed(first, second)


def _is_the_same_as_far_as_printed(first: str, second: str) -> bool:
    if not UNREADABLE & {*first, *second}:
        return False
    printed = [(a, b) for a, b in zip(first, second, strict=True) if not {a, b} & UNREADABLE]
    return bool(printed) and all(a == b for a, b in printed)


def _is_one_character_off(first: str, second: str) -> bool:
    if len(first) < 3 or len(first) != len(second) or first[0] != second[0]:
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1
