"""Identifiers of people and organisations, and what may be shown of them: pure functions of plain values."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_LIFE = 130


class Fault(StrEnum):
    """Why a text is not the identifier it was given as."""

    LENGTH = "length"
    CHARACTERS = "characters"
    REGION = "region"
    BIRTH = "birth"
    CHECK = "check"


class NotAnIdentifier(ValueError):
    """The text breaks a rule of its standard; `fault` says which."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Scheme(StrEnum):
    """Who was given the 18 characters."""

    CITIZEN = "citizen"
    RESIDENT = "resident"
    FOREIGNER = "foreigner"
    EXAMPLE = "example"


def normalised(text: str) -> str:
    """The identifier as it is compared and kept: half-width, upper case, without blanks, dots and hyphens."""
    return re.sub(r"[\s.\-‐-―·]", "", unicodedata.normalize("NFKC", text)).upper()


# --- GB 11643: the citizen number ------------------------------------------------------------------

PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PERSON_CHECKS = "10X98765432"
PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71]
)
RESIDENT_PREFIXES = ("810000", "820000", "830000")
EXAMPLE_PREFIX = "990000"


@dataclass(frozen=True, slots=True)
class CitizenNumber:
    """A number that keeps every rule of GB 11643, and what can be read from it."""

    number: str
    scheme: Scheme
    region: str
    born_on: date
    is_male: bool


def person_check(body: str) -> str:
    """The check character of the first 17 digits (ISO 7064 MOD 11-2)."""
    return PERSON_CHECKS[sum(int(c) * w for c, w in zip(body, PERSON_WEIGHTS, strict=True)) % 11]


def citizen_number(text: str, *, today: date) -> CitizenNumber:
    """Read an 18-character personal number: citizens, residents from Hong Kong, Macau, Taiwan, and foreigners.

    Whether the six-digit region exists is no part of the rule: counties are founded after their people
    were born. `region_is_listed` answers that, as a warning.
    Raises NotAnIdentifier. Source: GB 11643-1999; the prefix 9 of foreigners is unverified.
    """
    number = normalised(text)
    if len(number) != 18:
        raise NotAnIdentifier(Fault.LENGTH)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise NotAnIdentifier(Fault.CHARACTERS)
    scheme = _scheme(number)
    born_on = _birth(number[6:14], today)
    if person_check(number[:17]) != number[17]:
        raise NotAnIdentifier(Fault.CHECK)
    return CitizenNumber(number, scheme, number[:6], born_on, int(number[16]) % 2 == 1)


def _scheme(number: str) -> Scheme:
    if number.startswith(EXAMPLE_PREFIX):
        return Scheme.EXAMPLE
    if number[0] == "9":
        return Scheme.FOREIGNER
    if number[:6] in RESIDENT_PREFIXES:
        return Scheme.RESIDENT
    if int(number[:2]) in PROVINCES:
        return Scheme.CITIZEN
    raise NotAnIdentifier(Fault.REGION)


def _birth(digits: str, today: date) -> date:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise NotAnIdentifier(Fault.BIRTH) from None
    if not today.year - LONGEST_LIFE <= born_on.year or born_on > today:
        raise NotAnIdentifier(Fault.BIRTH)
    return born_on


# --- GB 32100: the unified social credit code ------------------------------------------------------

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
SIDES = {
    "11": "government", "12": "government", "13": "government",
    "51": "social", "52": "social", "53": "social", "81": "social",
    "91": "enterprise", "92": "enterprise", "93": "enterprise",
    "N1": "enterprise", "N2": "enterprise", "N3": "enterprise",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code that keeps every rule of GB 32100, and what can be read from it."""

    code: str
    category: str
    region: str
    organisation: str
    organisation_check_holds: bool

    @property
    def side(self) -> str | None:
        """The kind of stakeholder this category suggests; None where it suggests nothing."""
        return SIDES.get(self.category)


def credit_check(body: str) -> str:
    """The check character of the first 17 characters (modulo 31, weights are powers of three)."""
    total = sum(CREDIT_CHARACTERS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return CREDIT_CHARACTERS[-total % 31]


def organisation_check(body: str) -> str:
    """The check character of the first 8 characters of an organisation code (GB 11714)."""
    rest = 11 - sum(int(c, 36) * w for c, w in zip(body, ORGANISATION_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def credit_code(text: str) -> CreditCode:
    """Read a unified social credit code; codes that begin with a letter are as good as any.

    The inner check of the organisation code is only reported: codes older than the standard fail it.
    Raises NotAnIdentifier. Source: GB 32100-2015.
    """
    code = normalised(text)
    if len(code) != 18:
        raise NotAnIdentifier(Fault.LENGTH)
    if not set(code) <= set(CREDIT_CHARACTERS):
        raise NotAnIdentifier(Fault.CHARACTERS)
    if not code[2:8].isdigit():
        raise NotAnIdentifier(Fault.REGION)
    if credit_check(code[:17]) != code[17]:
        raise NotAnIdentifier(Fault.CHECK)
    organisation = code[8:17]
    return CreditCode(
        code, code[:2], code[2:8], organisation, organisation_check(organisation[:8]) == organisation[8]
    )


# --- regions ---------------------------------------------------------------------------------------


def region_is_listed(region: str, listed: frozenset[str] | set[str]) -> bool:
    """Whether a six-digit region is among the listed ones (current or retired): a warning, never a refusal."""
    return region in listed


# --- households ------------------------------------------------------------------------------------

INVERSE = {"spouse": "spouse", "child": "parent", "parent": "child", "grandchild": "grandparent", "grandparent": "grandchild", "sibling": "sibling"}
# (what the new head was to the old one, what somebody was to the old one): what they are to the new one; else unknown.
_ACROSS = {
    ("spouse", "child"): "child", ("spouse", "grandchild"): "grandchild",
    ("child", "child"): "sibling", ("child", "spouse"): "parent", ("child", "parent"): "grandparent",
    ("parent", "parent"): "spouse", ("parent", "sibling"): "child", ("parent", "child"): "grandchild",
    ("sibling", "sibling"): "sibling", ("sibling", "parent"): "parent", ("sibling", "grandparent"): "grandparent",
    ("grandchild", "spouse"): "grandparent", ("grandparent", "grandparent"): "spouse", ("grandparent", "sibling"): "grandchild",
}  # fmt: skip


def relation_to(new_head: str, somebody: str) -> str:
    """What somebody in a household is to a new head; both were told in relation to the old one, who is ``self``."""
    if somebody == "self":
        return INVERSE.get(new_head, "other")
    return _ACROSS.get((new_head, somebody), "other")


# --- what may be shown -----------------------------------------------------------------------------


def masked_name(name: str) -> str:
    """A person's name for a public list: the last character hidden, of longer names all but first and last."""
    name = name.strip()
    if len(name) <= 1:
        return "＊" if name else ""
    if len(name) == 2:
        return name[0] + "＊"
    return name[0] + "＊" * (len(name) - 2) + name[-1]


def masked_number(number: str) -> str:
    """A personal number with birth date hidden (characters 7 to 14)."""
    return number[:6] + "*" * 8 + number[14:]


def looks_like_personal_number(text: str) -> bool:
    """Whether a freely chosen text holds what may be a personal or a mobile number."""
    digits = re.sub(r"[^0-9X]", "", normalised(text))
    return bool(re.search(r"[0-9]{17}[0-9X]|1[3-9][0-9]{9}", digits))
