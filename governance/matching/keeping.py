"""How an entry is kept: what it says is sealed, and what it is found by is a keyed token, of no use without the key."""

from __future__ import annotations

import json
from datetime import date

from governance.matching.rules import scoring
from governance.matching.rules.scoring import Named
from governance.stakeholders import ciphers

LABEL, TOKEN = "matching", "matching-token"


def sealed(named: Named) -> str:
    """What is said, unreadable without the key."""
    told = {"n": named.name, "b": named.born_on.isoformat() if named.born_on else "", "a": named.area, "m": named.is_male, "t": named.telephone, "e": named.email, "i": named.number}
    return ciphers.seal(json.dumps({name: value for name, value in told.items() if value not in ("", None)}, ensure_ascii=False), label=LABEL)


def opened(text: str) -> Named:
    """The same again."""
    told = json.loads(ciphers.unseal(text, label=LABEL))
    born = told.get("b")
    return Named(told.get("n", ""), date.fromisoformat(born) if born else None, told.get("a", ""), told.get("m"), told.get("t", ""), told.get("e", ""), told.get("i", ""))


def token(key: str) -> int:
    """A key by which entries find each other, as a number that tells nothing."""
    return int(ciphers.blind(key, label=TOKEN)[:15], 16)


def tokens(named: Named) -> list[int]:
    """All of them, in order."""
    return sorted(token(key) for key in scoring.keys(named))
