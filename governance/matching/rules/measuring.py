"""How well the rules do, on invented entries of which it is known whether they are one person: the same set every time. Pure.

Deliberately hard: traditional and variant characters, pinyin in either order, dots and spaces, characters that were not printed,
slips in dates, lunar birthdays, people who moved; and on the other side twins, namesakes of the same place, namesakes of the
same year, and people whose names only sound the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from governance.matching.rules import names, scoring
from governance.matching.rules.scoring import Named

SEED, PEOPLE, ROWS = 20261127, 1500, 1200
KEY = f"matching:measured:{SEED}:{PEOPLE}:{ROWS}"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石单解"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红玉梅华国建文志宝庆东海云龙凤春荣贵福祥德成义信仁礼智永长安宁康顺宏光辉星月亮晶小大慧琴雪冰梦瑶欣怡佳嘉豪俊峰岩松柏林森"
LONG_NAMES = ("阿卜杜热合曼", "买买提依明", "古丽巴哈尔", "欧阳若兰", "扎西多吉次仁", "巴特尔苏和")
AREAS = ("990101000000", "990102000000", "990103000000", "990201000000", "990202000000", "980101000000")
SLIPS = ("traditional", "spaced", "pinyin", "unprinted", "homophone", "cut-off", "slip", "lunar", "year", "moved", "two-slips")
OTHERS = ("twin", "namesake-here", "namesake-of-the-year", "sounds-the-same", "stranger")


@dataclass(frozen=True)
class Row:
    """An entry, of whom it truly is (None: of nobody in the register), and which case it stands for."""

    named: Named
    truth: int | None
    case: str


@dataclass(frozen=True)
class Quality:
    """How many were right of those found, and how many were found of those that are right."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 0.0


@dataclass(frozen=True)
class Measured:
    """What is asked about, what is held to be likely, how much the keys let through; and case by case how many are asked about."""

    people: int
    rows: int
    possible: Quality
    likely: Quality
    keyed: Quality
    cases: tuple[tuple[str, bool, int, int, int], ...]  # case, whether it is one person, how many, asked about, held to be likely


def register(dice: Random) -> list[Named]:
    """The people."""
    return [_person(dice) for _ in range(PEOPLE)]


def _person(dice: Random) -> Named:
    name = dice.choice(LONG_NAMES) if dice.random() < 0.03 else dice.choice(SURNAMES[: 1 + int(len(SURNAMES) * dice.random())]) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))
    return Named(name, date(1930, 1, 1) + timedelta(days=dice.randrange(27_000)), dice.choice(AREAS), dice.random() < 0.5)


def rows(dice: Random, people: list[Named]) -> Iterator[Row]:
    """Entries of people who are in the register, written in all the ways there are, and of people who are not."""
    for place in dice.sample(range(len(people)), ROWS):
        chance = dice.random()
        if chance < 0.35:
            yield Row(people[place], place, "clean")
        elif chance < 0.75:
            case = dice.choice(SLIPS)
            yield Row(_WRONG[case](dice, people[place]), place, case)
        else:
            case = dice.choice(OTHERS)
            yield Row(_OTHER[case](dice, people[place]), None, case)


def _traditional(dice: Random, one: Named) -> Named:
    return replace(one, name="".join(names.other_form(character) for character in one.name))


def _homophone(dice: Random, one: Named) -> Named:
    place = dice.randrange(1, len(one.name))
    sound = names.syllables(one.name[place])
    alike = [other for other in GIVEN + SURNAMES if other != one.name[place] and names.syllables(other) == sound]
    return replace(one, name=one.name[:place] + (dice.choice(alike) if alike else one.name[place]) + one.name[place + 1 :])


def _pinyin(dice: Random, one: Named) -> Named:
    words = [names.syllables(one.name[0])[0], "".join(names.syllables(one.name[1:]))]
    return replace(one, name=" ".join(word.upper() for word in (words if dice.random() < 0.5 else reversed(words))))


def _slip(dice: Random, one: Named) -> Named:
    born = one.born_on or date(1970, 1, 1)
    if born.day <= 12 and born.day != born.month:
        return replace(one, born_on=date(born.year, born.day, born.month))
    return replace(one, born_on=date(born.year + dice.choice((-1, 1)) * (10 if 1940 < born.year < 2000 else 1), born.month, min(born.day, 28)))


def _two_slips(dice: Random, one: Named) -> Named:
    return _slip(dice, _traditional(dice, replace(one, name=f"{one.name[0]} {one.name[1:]}")))


_WRONG: dict[str, Callable[[Random, Named], Named]] = {
    "traditional": _traditional,
    "spaced": lambda dice, one: replace(one, name=one.name[0] + dice.choice((" ", "·", "　", ".")) + one.name[1:]),
    "pinyin": _pinyin,
    "unprinted": lambda dice, one: replace(one, name=one.name[:-1] + dice.choice("?＊□")),
    "homophone": _homophone,
    "cut-off": lambda dice, one: replace(one, name=one.name[:4]),
    "slip": _slip,
    "lunar": lambda dice, one: replace(one, born_on=one.born_on - timedelta(days=dice.randrange(20, 50))),  # type: ignore[operator]
    "year": lambda dice, one: replace(one, born_on=date(one.born_on.year, 1, 1)),  # type: ignore[union-attr]
    "moved": lambda dice, one: replace(one, area=dice.choice(AREAS)),
    "two-slips": _two_slips,
}  # fmt: skip


def _twin(dice: Random, one: Named) -> Named:
    return replace(one, name=one.name[:-1] + dice.choice(GIVEN.replace(one.name[-1], "")))


def _born_elsewhen(dice: Random, one: Named) -> Named:
    return replace(one, born_on=date(1930, 1, 1) + timedelta(days=dice.randrange(27_000)))


_OTHER: dict[str, Callable[[Random, Named], Named]] = {
    "twin": _twin,
    "namesake-here": _born_elsewhen,
    "namesake-of-the-year": lambda dice, one: replace(one, born_on=one.born_on.replace(month=(one.born_on.month + 4) % 12 + 1, day=27), area=dice.choice(AREAS)),  # type: ignore[union-attr]
    "sounds-the-same": lambda dice, one: _born_elsewhen(dice, _homophone(dice, one)),
    "stranger": lambda dice, one: _person(dice),
}


def measured() -> Measured:
    """Found by keys, compared, scored: as it is done with real entries."""
    dice = Random(SEED)  # noqa: S311 - invented people, the same ones every time
    people = register(dice)
    shelves: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(people):
        for key in scoring.keys(one):
            shelves[key].append(place)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    totals, there = [[0, 0], [0, 0], [0, 0]], 0
    for row in rows(dice, people):
        there += row.truth is not None
        found = [_found(row.named, people, shelves, level) for level in (scoring.POSSIBLE, scoring.LIKELY, None)]
        for total, places in zip(totals, found, strict=True):
            total[0] += row.truth in places
            total[1] += len(places)
        wanted = [(row.truth in places) if row.truth is not None else bool(places) for places in found[:2]]
        counts[row.case] = [a + b for a, b in zip(counts[row.case], (1, *wanted), strict=True)]
    qualities = [Quality(right, found_there, there) for right, found_there in totals]
    cases = tuple((case, case not in OTHERS, *counts[case]) for case in ("clean", *SLIPS, *OTHERS))
    return Measured(len(people), ROWS, *qualities, cases)


def _found(named: Named, people: list[Named], shelves: dict[str, list[int]], level: Any) -> set[int]:
    near = {place for key in scoring.keys(named) for place in shelves.get(key, ())}
    if level is None:
        return near
    judged = {place: scoring.compared(named, people[place]) for place in near}
    return {place for place, findings in judged.items() if scoring.is_worth_asking(findings) and scoring.score(findings) >= level}
