"""What people type, in one spelling: said once for every form, filter and interface.

Two kinds of text. *Words* (a subject, an answer) stay as they were written, Chinese punctuation too; only what nobody can
see or what turns the line round is taken out, and a line break counts once. A *code* (a number, a telephone, a reference)
is folded besides: full-width letters and digits, every kind of dash and blank, as a Chinese keyboard makes them by default.

What is *sought* is folded furthest, for comparing only: whoever reads 養老院 and whoever reads 养老院 look for the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_KEPT_CONTROLS = "\n\t"
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"  # letters and patterns that show nothing
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, formats, halves of surrogates, separators of lines and paragraphs
_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d\u30fc]")
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_LINE_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
_SIMPLIFIED = Path(__file__).with_name("simplified.txt")


def words(text: str) -> str:
    """The text without what nobody can see: control and format characters, noncharacters, blank letters.

    Line breaks of every kind are one line feed each, as a browser counts them.
    """
    return "".join(character for character in _LINE_BREAKS.sub("\n", text) if _is_seen(character)).strip()


def code(text: str) -> str:
    """A number or name of a thing as it is kept: NFKC, one kind of dash, one blank between parts, nothing invisible."""
    folded = unicodedata.normalize("NFKC", _DASHES.sub("-", words(text)))
    return _BLANKS.sub(" ", folded).strip()


def name(text: str) -> str:
    """A name as it is kept: nothing invisible, full-width letters, figures and blanks as plain ones, one blank between parts.

    Chinese brackets are part of official names, and stay.

    No NFKC: characters of names that look alike stay apart, since a register keeps the one on the document.
    """
    plain = (chr(ord(one) - 0xFEE0) if _FULL_WIDTH.match(one) else one for one in words(text))
    return _BLANKS.sub(" ", "".join(plain)).strip()


def sought(text: str) -> str:
    """A text as it is looked for, never as it is kept: NFKC, lower case, traditional characters as simplified ones."""
    plain = unicodedata.normalize("NFKC", words(text)).lower()
    return unicodedata.normalize("NFKC", plain).translate(_simplified()).strip()


def spellings(character: str) -> list[str]:
    """All characters that are looked for as this one is: for 养 also 養."""
    plain = sought(character)
    return [plain, *(chr(one) for one, simplified in _simplified().items() if simplified == plain)]


@cache
def _simplified() -> dict[int, str]:
    lines = _SIMPLIFIED.read_text(encoding="utf-8").splitlines()
    return {ord(pair[0]): pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


def says_something(text: str) -> bool:
    """Whether there is a letter, a figure or a sign in it."""
    return any(unicodedata.category(character)[0] in "LNS" for character in words(text))


def _is_seen(character: str) -> bool:
    """Unassigned and private characters stay: rare characters of names are among them, and newer than our tables."""
    if character in _KEPT_CONTROLS:
        return True
    is_no_character = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return not is_no_character and character not in _BLANK_LETTERS and unicodedata.category(character) not in _UNSEEN


class Folding:
    """A form field whose value is folded before it is measured, looked up or kept."""

    fold = staticmethod(words)

    def to_python(self, value: Any) -> Any:
        return super().to_python(self.fold(value) if isinstance(value, str) else value)  # type: ignore[misc]


class WordsField(Folding, forms.CharField):
    """Text in a person's words. What must be filled in must say something."""

    default_error_messages = {"says-nothing": _("Write something that can be read.")}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.required and not says_something(value):
            raise ValidationError(self.error_messages["says-nothing"], code="says-nothing")


class CodeField(Folding, forms.CharField):
    """A number, telephone, reference or other code, as any keyboard writes it."""

    fold = staticmethod(code)


class PatternField(Folding, forms.RegexField):
    """A code that looks like this."""

    fold = staticmethod(code)


class EmailField(Folding, forms.EmailField):
    """An e-mail address as any keyboard writes it."""

    fold = staticmethod(code)


class IntegerField(Folding, forms.IntegerField):
    """A whole number as any keyboard writes it."""

    fold = staticmethod(code)


class DecimalField(Folding, forms.DecimalField):
    """A number as any keyboard writes it."""

    fold = staticmethod(code)


class DateField(Folding, forms.DateField):
    """A day as any keyboard writes it."""

    fold = staticmethod(code)


class JSONField(forms.JSONField):
    """JSON as far as a program can follow it: what is nested deeper, or longer, than anybody writes is no JSON of ours."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):  # a number of thousands of digits is the latter
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": "…"}) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, shown again as it was typed if it is no JSON."""
        try:
            return super().bound_data(data, initial)
        except (RecursionError, ValueError):
            return forms.fields.InvalidJSONInput(data)


class ListField(Folding, SimpleArrayField):
    """Several values, separated by commas.

    Django puts the value that is wrong into its sentence and formats the sentence once more; a per cent sign in it raised.
    """

    default_error_messages = {
        "not-offered": _("Choose only from those offered."),
        "unreadable": _("Entry %(nth)s cannot be read as what is expected here."),
    }

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as problem:
            if getattr(problem, "code", "") == "required":
                raise
            code = "not-offered" if getattr(self.base_field, "choices", None) else "unreadable"
            nth = next((one.params["nth"] for one in problem.error_list if one.params and "nth" in one.params), "")
            raise ValidationError(self.error_messages[code], code=code, params={"nth": nth}) from problem


class CodeColumn(models.CharField):
    """A column for a telephone, number or other code: folded whoever writes it, and asked for by a ``CodeField``."""

    def to_python(self, value: Any) -> Any:
        return code(value) if isinstance(value, str) else super().to_python(value)

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": CodeField} | options)

    def deconstruct(self) -> Any:
        """To the database it is a CharField, so that nothing migrates for it."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options


class NameField(WordsField):
    """The name of a person or organisation: parts stand one blank apart, full-width letters and blanks are plain ones."""

    fold = staticmethod(name)


class NameColumn(models.CharField):
    """A column for a name: folded whoever writes it, and asked for by a ``NameField``."""

    def to_python(self, value: Any) -> Any:
        return name(value) if isinstance(value, str) else super().to_python(value)

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": NameField} | options)

    def deconstruct(self) -> Any:
        """To the database it is a CharField, so that nothing migrates for it."""
        field_name, _path, arguments, options = super().deconstruct()
        return field_name, "django.db.models.CharField", arguments, options


NUMBER_LENGTH, DIGEST_LENGTH = 18, 64  # of an identity number: what is shorter holds none; of a SHA-256, which may hold one by chance


def is_free(column: models.Field) -> bool:
    """Whether people write freely in it, so that somebody's identity number can stand there by mistake.

    A column with words for people, for no choice, code or pattern. Digests, ciphers and keys have no label or are filled in
    by programs; names are free whoever fills them in: nobody is called by a number.
    """
    if isinstance(column, models.TextField | NameColumn):
        return True
    has_pattern = len(column.validators) > len(models.CharField(max_length=1).validators)
    return (
        type(column) is models.CharField and column.editable and isinstance(column.verbose_name, Promise)
        and not column.choices and not has_pattern and (column.max_length or NUMBER_LENGTH) >= NUMBER_LENGTH and column.max_length != DIGEST_LENGTH
    )  # fmt: skip


_FORM_FIELDS: tuple[tuple[type[models.Field], type[forms.Field]], ...] = (
    (CodeColumn, CodeField),
    (NameColumn, NameField),
    (models.EmailField, EmailField),
    (models.CharField, WordsField),
    (models.TextField, WordsField),
    (models.IntegerField, IntegerField),
    (models.DecimalField, DecimalField),
    (models.DateField, DateField),
    (models.JSONField, JSONField),
    (ArrayField, ListField),
)


def form_field(column: models.Field, **options: Any) -> forms.Field | None:
    """The form field of a column, folding what is typed; None for a column that no form shows."""
    exact = type(column) in {models.DateTimeField} or not column.editable
    ours = None if exact else next((ours for kind, ours in _FORM_FIELDS if isinstance(column, kind)), None)
    return column.formfield(**({"form_class": ours} if ours else {}), **options)
