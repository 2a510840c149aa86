"""Columns of a file: how a cell is spelt, when it is wrong, and what it is in the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import get_language, override, pgettext

from governance.imports import spelling
from governance.imports.spelling import half_width

LANGUAGES = ("zh-hans", "en")
# What cannot be seen, printed or written in XML: controls, and code points that are no characters.
CONTROL = r"[\x01-\x08\x0b-\x1f\x7f-\x9f\uFDD0-\uFDEF\uFFFD-\uFFFF]"


@dataclass(frozen=True, kw_only=True)
class Check:
    """A way in which a cell can be wrong: its code, and the SQL that is true of a wrong cell ``{c}`` (text, never null)."""

    code: str
    bad: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its headings, and how text becomes a value. In SQL, ``r`` is the row, ``t`` what it is about."""

    name: str
    chinese: str
    english: str
    example: str
    help: Any = ""
    required: bool = False  # the column must be in the file, and every cell filled in
    filled: bool = False  # the column may be missing; where it is there, every cell is filled in
    kept_in: str = ""  # the column of its table; empty: only used to find something
    found: str = ""  # SQL of the value, where it is looked up in the register
    was: str = ""  # SQL of what the register has, where that is not simply its column
    compared: bool = True  # whether a file may change it
    fallback: str = "NULL"  # SQL of a new row's value where the file has no such column
    sql_type: ClassVar[str] = "text"
    secret: ClassVar[bool] = False  # what the file says is not shown again

    @property
    def heading(self) -> str:
        """The heading in the reader's language."""
        return self.chinese if (get_language() or "zh").startswith("zh") else self.english

    @property
    def headings(self) -> tuple[str, ...]:
        """Everything the heading may be."""
        return self.chinese, self.english, self.name

    def spelt(self, text: str) -> str:
        """The one spelling by which cells are checked and compared."""
        return half_width(text)

    def checks(self) -> Iterator[Check]:
        """What can be wrong with a single cell."""
        if self.required or self.filled:
            yield Check(code="required", bad="{c} = ''")
        yield Check(code="control-characters", bad=f"{{c}} ~ '{CONTROL}'")

    @property
    def as_day(self) -> str:
        """SQL: the day that a cell ``{c}`` stands for, nothing where it is none; empty where the column holds no days."""
        return ""

    def fine(self) -> str:
        """SQL: true only of a cell ``{c}`` in which no check finds anything. Nearly all are, and this is found out faster."""
        return " AND ".join(f"({check.bad}) IS NOT TRUE" for check in self.checks())

    @property
    def bounds(self) -> dict[str, Any]:
        """What may stand in a cell, for the sentence about one in which something else stands."""
        return {}

    @property
    def may_be_empty(self) -> bool:
        """Whether a cell of the file may be left out."""
        return not (self.required or self.filled)

    @property
    def value(self) -> str:
        """SQL: the cell as a value of the register; run only when no check has failed."""
        return self.found or self.typed

    @property
    def typed(self) -> str:
        """SQL: the text as its type."""
        return f"r.{self.name}"

    @property
    def now(self) -> str:
        """SQL: what the register has."""
        return self.was or f"t.{self.kept_in}"

    @property
    def restored(self) -> str:
        """SQL: the former value out of ``r.changes``."""
        return f"(r.changes->'{self.name}'->>0)::{self.sql_type}"

    @property
    def differs(self) -> str:
        """SQL: whether the register has something else than the file."""
        return f"{self.now} IS DISTINCT FROM {self.value}"

    def words(self, value: Any) -> str:
        """A value for the reader."""
        return "" if value is None else str(value)

    def shown(self, text: str) -> str:
        """A cell for the reader."""
        return self.words(text)


def listed(words: Iterable[str]) -> str:
    """Words one after the other, as they are listed in the reader's language."""
    return pgettext("between words of a list", ", ").join(words)


@dataclass(frozen=True, kw_only=True)
class Text(Column):
    """Free text."""

    most: int
    forbidden: str = ""  # a regular expression of characters that may not occur
    as_written: bool = True
    fallback: str = "''"

    def spelt(self, text: str) -> str:
        return spelling.seen(text) if self.as_written else half_width(spelling.seen(text))

    @property
    def bounds(self) -> dict[str, Any]:
        return {"most": self.most}

    def checks(self) -> Iterator[Check]:
        yield from super().checks()
        yield Check(code="too-long", bad=f"length({{c}}) > {self.most}")
        if self.forbidden:
            yield Check(code="wrong-characters", bad=f"{{c}} ~ '{self.forbidden}'")

    def fine(self) -> str:
        least = 0 if self.may_be_empty else 1
        forbidden = f" AND {{c}} !~ '{self.forbidden}'" if self.forbidden else ""
        return f"length({{c}}) BETWEEN {least} AND {self.most} AND {{c}} !~ '{CONTROL}'{forbidden}"


@dataclass(frozen=True, kw_only=True)
class Number(Column):
    """A number; ``places`` behind the point, None for as many as there are."""

    least: int
    most: int
    places: int | None = 0

    @property
    def sql_type(self) -> str:  # type: ignore[override]
        digits = max(8, len(str(self.most)) + (self.places or 0))
        return {0: "smallint", None: "double precision"}.get(self.places, f"numeric({digits},{self.places})")

    @property
    def bounds(self) -> dict[str, Any]:
        return {"least": f"{self.least:,}", "most": f"{self.most:,}"}

    @property
    def pattern(self) -> str:
        """How it is written."""
        behind = "" if self.places == 0 else rf"(\.[0-9]{{1,{self.places or 15}}})?"
        return rf"^-?[0-9]{{1,9}}{behind}$"

    def spelt(self, text: str) -> str:
        return spelling.number(text, trims=self.places is not None)

    def checks(self) -> Iterator[Check]:
        yield from super().checks()
        yield Check(code="not-a-number", bad=f"{{c}} <> '' AND {{c}} !~ '{self.pattern}'")
        yield Check(
            code="out-of-range",
            bad=f"CASE WHEN {{c}} ~ '{self.pattern}' THEN {{c}}::numeric NOT BETWEEN {self.least} AND {self.most} END",
        )

    def fine(self) -> str:
        otherwise = "{c} = ''" if self.may_be_empty else "false"
        return f"CASE WHEN {{c}} ~ '{self.pattern}' THEN {{c}}::numeric BETWEEN {self.least} AND {self.most} ELSE {otherwise} END"

    @property
    def typed(self) -> str:
        return f"nullif(r.{self.name}, '')::{self.sql_type}"


@dataclass(frozen=True, kw_only=True)
class Day(Column):
    """A date."""

    sql_type: ClassVar[str] = "date"
    written: ClassVar[str] = "^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

    def spelt(self, text: str) -> str:
        return spelling.day(text)

    def checks(self) -> Iterator[Check]:
        yield from super().checks()
        last = "extract(day FROM make_date(left({c}, 4)::int, substr({c}, 6, 2)::int, 1) + interval '1 month - 1 day')"
        yield Check(
            code="not-a-date",
            bad=f"CASE WHEN {{c}} = '' THEN false WHEN {{c}} !~ '{self.written}' THEN true ELSE right({{c}}, 2)::int > {last} END",
        )

    def fine(self) -> str:
        """The twenty-eighth is there in every month; later days take the long way."""
        otherwise = "{c} = ''" if self.may_be_empty else "false"
        return f"CASE WHEN {{c}} ~ '{self.written}' AND right({{c}}, 2) <= '28' THEN true ELSE {otherwise} OR {super().fine()} END"

    @property
    def as_day(self) -> str:
        return day_in("{c}")

    @property
    def typed(self) -> str:
        return f"nullif(r.{self.name}, '')::date"


def day_in(cell: str) -> str:
    """SQL: the day that a cell as ``Day`` spells it stands for, nothing where it is none; for joins, which are run before all is checked."""
    month = f"make_date(left({cell}, 4)::int, substr({cell}, 6, 2)::int, 1)"
    fits = f"right({cell}, 2) <= '28' OR right({cell}, 2)::int <= extract(day FROM {month} + interval '1 month - 1 day')"
    return f"CASE WHEN {cell} ~ '{Day.written}' THEN CASE WHEN {fits} THEN {cell}::date END END"


@dataclass(frozen=True, kw_only=True)
class Month(Column):
    """A month; in the register its first day."""

    sql_type: ClassVar[str] = "date"
    written: ClassVar[str] = "^[12][0-9]{3}-(0[1-9]|1[0-2])$"

    def spelt(self, text: str) -> str:
        return spelling.month(text)

    def checks(self) -> Iterator[Check]:
        yield from super().checks()
        yield Check(code="no-month", bad=f"{{c}} <> '' AND {{c}} !~ '{self.written}'")

    def fine(self) -> str:
        return f"({{c}} ~ '{self.written}'{' OR {c} = ' + repr('') if self.may_be_empty else ''})"

    @property
    def as_day(self) -> str:
        return f"CASE WHEN {{c}} ~ '{self.written}' THEN to_date({{c}}, 'YYYY-MM') END"

    @property
    def typed(self) -> str:
        return f"to_date(nullif(r.{self.name}, ''), 'YYYY-MM')"

    def words(self, value: Any) -> str:
        return str(value or "")[:7]


@dataclass(frozen=True, kw_only=True)
class Choice(Column):
    """One of a list; written as its code or its name in either language."""

    choices: Any
    number: bool = False  # kept as a number
    spellings: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    @property
    def sql_type(self) -> str:  # type: ignore[override]
        return "smallint" if self.number else "text"

    @cached_property
    def codes(self) -> list[str]:
        """What the register keeps."""
        return [str(value) for value, _label in self.choices]

    def labels(self) -> list[str]:
        """The names in the reader's language."""
        return [str(label) for _value, label in self.choices]

    def code_of(self, text: str) -> str:
        """The code of a name in either language; what is none stays as it is."""
        if not self.spellings:
            for language in LANGUAGES:
                with override(language):
                    self.spellings.update({half_width(str(label)).lower(): str(value) for value, label in self.choices})
            self.spellings.update({str(value): str(value) for value, _label in self.choices})
        return self.spellings.get(half_width(text).lower(), text)

    def spelt(self, text: str) -> str:
        return self.code_of(text)

    @property
    def bounds(self) -> dict[str, Any]:
        return {"words": listed(self.labels())}

    @property
    def listed(self) -> str:
        """SQL: the codes in brackets."""
        return ", ".join(f"'{code}'" for code in self.codes)

    def checks(self) -> Iterator[Check]:
        yield from super().checks()
        yield Check(code="not-listed", bad=f"{{c}} <> '' AND {{c}} NOT IN ({self.listed})")

    def fine(self) -> str:
        return f"{{c}} IN ({self.listed}{', ' + repr('') if self.may_be_empty else ''})"

    @property
    def typed(self) -> str:
        return f"r.{self.name}::smallint" if self.number else f"r.{self.name}"

    def words(self, value: Any) -> str:
        return next((str(label) for code, label in self.choices if str(code) == str(value)), str(value or ""))


@dataclass(frozen=True, kw_only=True)
class Several(Choice):
    """Several of a list, divided by commas, semicolons or blanks in any language."""

    sql_type: ClassVar[str] = "varchar[]"
    fallback: str = "'{}'"

    def spelt(self, text: str) -> str:
        whole = half_width(text)
        parts = {self.code_of(part.strip()) for part in re.split(r"[,;、/|\n]+", whole) if part.strip()}
        if not parts <= set(self.codes):  # names may hold blanks, so blanks divide only where nothing else does
            parts = {self.code_of(part) for part in re.split(r"[\s,;、/|]+", whole) if part}
        return " ".join(sorted(parts)) if parts <= set(self.codes) else text

    def checks(self) -> Iterator[Check]:
        yield from Column.checks(self)
        yield Check(code="not-listed", bad=f"NOT string_to_array({{c}}, ' ') <@ ARRAY[{self.listed}]")

    def fine(self) -> str:
        there = "" if self.may_be_empty else "{c} <> '' AND "
        return f"{there}string_to_array({{c}}, ' ') <@ ARRAY[{self.listed}]"

    @property
    def typed(self) -> str:
        return f"string_to_array(r.{self.name}, ' ')::varchar[]"

    @property
    def restored(self) -> str:
        return f"ARRAY(SELECT jsonb_array_elements_text(r.changes->'{self.name}'->0))::varchar[]"

    @property
    def differs(self) -> str:
        return f"NOT ({self.now} <@ {self.value} AND {self.value} <@ {self.now})"

    def words(self, value: Any) -> str:
        return listed(super(Several, self).words(code) for code in value or ())

    def shown(self, text: str) -> str:
        return self.words(text.split()) if set(text.split()) <= set(self.codes) else text
