"""Files whose rows may name somebody without a number: two more columns, and what is kept of them until it is decided who is meant.

    class Policies(files.Names, Sheet):
        columns = (…, Identity(name="holder_number", …), *files.columns("投保人", "Holder’s"), …)
        without, beside = "holder_number", (files.entries("policies", without="holder_number"),)
        rules = (*files.rules("holder_number"), …)

Name and date are sealed while the file is read: no table holds them in the clear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from governance.clocks.now import today
from governance.imports import Beside, Check, Column, Day, Rule
from governance.matching import keeping
from governance.matching.rules.scoring import Named
from governance.stakeholders import ciphers
from governance.stakeholders.rules import masked_name

NAME, BORN, LABEL, LONGEST = "person_name", "person_born_on", "matching-file", 60
TOO_LONG, NO_DAY = "?", "?"
_DAY = Day(name="", chinese="", english="", example="")  # how a date may be written


@dataclass(frozen=True, kw_only=True)
class PersonName(Column):
    """The name of a person without a number. The cell holds it sealed."""

    secret: ClassVar[bool] = True

    def spelt(self, text: str) -> str:
        plain = " ".join(text.split())
        return plain and (TOO_LONG if len(plain) > LONGEST else ciphers.seal(plain, label=LABEL))

    def checks(self) -> Iterator[Check]:
        yield Check(code="too-long", bad=f"{{c}} = '{TOO_LONG}'")

    def shown(self, text: str) -> str:
        """As a public list would show it."""
        return masked_name(ciphers.unseal(text, label=LABEL)) if text not in ("", TOO_LONG) else ""


@dataclass(frozen=True, kw_only=True)
class PersonBorn(Column):
    """Their date of birth. The cell holds it sealed."""

    secret: ClassVar[bool] = True

    def spelt(self, text: str) -> str:
        try:
            born = date.fromisoformat(_DAY.spelt(text)) if text.strip() else None
        except ValueError:
            return NO_DAY
        if born is None:
            return ""
        return NO_DAY if born > today() else ciphers.seal(born.isoformat(), label=LABEL)

    def checks(self) -> Iterator[Check]:
        yield Check(code="not-a-date", bad=f"{{c}} = '{NO_DAY}'")

    def shown(self, text: str) -> str:
        """The year."""
        return ciphers.unseal(text, label=LABEL)[:4] if text not in ("", NO_DAY) else ""


SAID = _("Only where there is no number. An officer looks whose it is; until then it belongs to nobody.")


def born(chinese: str, english: str) -> Column:
    """The date of birth, for files that have the name anyway."""
    return PersonBorn(name=BORN, chinese=f"{chinese}出生日期", english=f"{english} date of birth".strip().capitalize(), example="", compared=False, help=SAID)


def columns(chinese: str, english: str) -> tuple[Column, ...]:
    """Name and date of birth; used only where there is no number."""
    return PersonName(name=NAME, chinese=f"{chinese}姓名", english=f"{english} name", example="", compared=False, help=SAID), born(chinese, english)


def rules(number: str, name: str = NAME) -> tuple[Rule, ...]:
    """A row names somebody: by number, or by name and date of birth."""
    named = f"coalesce(r.{name}, '') <> '' AND coalesce(r.{BORN}, '') <> ''"
    return (Rule("nobody-named", number, f"coalesce(r.{number}, '') = '' AND NOT ({named})", _("Give the identity number; if there is none, name and date of birth.")),)


def other_name(registered: str, name: str = "name") -> str:
    """SQL: whether the register has the number of this row with another name; blanks, dots and capitals make no other name."""
    plain = "regexp_replace(lower({}), '[[:space:]·•.]', '', 'g')"
    return f"{registered} IS NOT NULL AND r.{name} <> '' AND {plain.format(registered)} <> {plain.format(f'r.{name}')}"


class Names:
    """A sheet with these columns: what they say goes sealed beside the row."""

    columns: ClassVar[tuple[Column, ...]]
    without: ClassVar[str] = ""  # the column of the number
    called: ClassVar[str] = NAME  # that of the name

    @cached_property
    def deriving(self) -> Callable[[list[str]], str]:
        """Sealed words and tokens of a row without a number; nothing of others."""
        places = {column.name: place for place, column in enumerate(self.columns)}
        number, name, day = (places[one] for one in (self.without, self.called, BORN))
        opened = ciphers.unseal if self.called == NAME else _as_it_is
        return lambda cells: _derived(cells[number], cells[name], cells[day], opened)


def _as_it_is(text: str, *, label: str) -> str:
    return text


def _derived(number: str, name: str, day: str, opened: Callable[..., str]) -> str:
    if number or not name or not day or TOO_LONG in (name, day):
        return ""
    named = Named(opened(name, label=LABEL), date.fromisoformat(ciphers.unseal(day, label=LABEL)))
    return f"{keeping.sealed(named)} {','.join(map(str, keeping.tokens(named)))}"


def entries(source: str, *, without: str) -> Beside:
    """What is kept of new rows without a number; set aside when the file is taken back."""
    return Beside(
        "entries",
        made=f"""INSERT INTO matching_entry (source, row, sealed, tokens, fingerprint)
            SELECT '{source}', r.target_id, split_part(r.derived, ' ', 1), string_to_array(split_part(r.derived, ' ', 2), ',')::bigint[], ''
            FROM {{rows}} WHERE r.verdict = 'new' AND r.{without} = '' AND r.derived <> '' RETURNING id""",
        removed="UPDATE matching_entry SET gone_at = now() WHERE id IN {made}",
    )  # fmt: skip
