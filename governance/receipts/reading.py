"""What receipts and the page of the log show."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings

from governance.actions import Event
from governance.actions.columns import columns_of, digest
from governance.actions.models import Part
from governance.clocks import calendars
from governance.clocks.now import local
from governance.clocks.rules import END_OF_DAY
from governance.ledger import notes
from governance.ledger import reading as log
from governance.ledger.models import Checkpoint, Leaf
from governance.ledger.verifier import leaf_hash
from governance.receipts import codes

MOST_STONES = 20  # on the page of the log


@dataclass
class Receipt:
    """A leaf that can be opened, and the event it is about."""

    leaf: Leaf
    event: Event | None
    secret: bool = field(default=True)  # whether the reader may see what opens it
    opens: bool = False  # whether the reader may also open the values in it: whoever did it

    @cached_property
    def told(self) -> dict[str, Any]:
        """The leaf as published."""
        return json.loads(bytes(self.leaf.data))

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the leaf commits to."""
        return json.loads(bytes(self.leaf.seal.content))

    @property
    def id(self) -> UUID:
        return self.leaf.pk

    @property
    def at(self) -> datetime:
        """When it was done."""
        return datetime.fromisoformat(self.told["time"])

    @property
    def reference(self) -> str:
        return self.content.get("reference", "")

    @property
    def title(self) -> str:
        """What was done."""
        return self.event.title if self.event else self.content.get("action", self.leaf.kind)

    @property
    def code(self) -> str:
        """The tracking code."""
        return codes.spelled(self.leaf.seal.code)

    @property
    def number(self) -> int | None:
        """The entry in the log, None as long as it waits for one."""
        return self.leaf.entry.number if hasattr(self.leaf, "entry") else None

    @property
    def fingerprint(self) -> str:
        """The hash of the leaf."""
        return leaf_hash(bytes(self.leaf.data)).hex()

    @property
    def groups(self) -> list[str]:
        """The fingerprint in groups of four, to be compared by eye or ear."""
        return [self.fingerprint[start : start + 4] for start in range(0, 64, 4)]

    @property
    def by(self) -> datetime:
        """When it is in the log at the latest."""
        return self.at + log.LONGEST_WAIT

    @cached_property
    def since(self) -> Checkpoint | None:
        """The first signed head that covers it."""
        return None if self.number is None else log.checkpoint_after(self.number)

    @property
    def address(self) -> str:
        """Where a telephone that reads the QR code is led: the page that verifies this receipt."""
        return f"{settings.SITE_ADDRESS}/verify/?number={self.code}"

    @property
    def promised(self) -> list[tuple[Any, str]]:
        """The dates that were promised by it, as the log has sealed them: the period, and its last day or moment."""
        return [(_period(one["rule"]), _until(datetime.fromisoformat(one["due_at"]))) for one in self.content.get("dates", ())]

    @property
    def record(self) -> Any:
        """The matter, None where it is no more."""
        return self.event.record if self.event else None

    @property
    def clocks(self) -> list[Any]:
        """The periods that run on the matter."""
        return [clock for clock in self.record.clocks.for_display() if clock.is_open] if self.record else []

    @cached_property
    def said(self) -> dict[str, str]:
        """The values that were sealed and that still are as they were, by their columns; none for whoever may not open them."""
        if not self.opens or self.record is None:
            return {}
        sealed, there, key = self.content.get("values", {}), columns_of(type(self.record)), self.leaf.seal.key
        texts = {name: there[name].said(there[name].of(self.record)) for name in sealed if name in there}
        return {name: text for name, text in texts.items() if sealed[name] == digest(key, name, text)}

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """The same for reading: what each is called, and what it says."""
        fields = [(columns_of(type(self.record))[name].field, text) for name, text in self.said.items() if text]
        return [(f.verbose_name, self.record._told(f.name)) for f, _text in fields if f.editable and f.name not in ("area", "created_at")]

    @property
    def later(self) -> int:
        """How many of the values that were sealed have changed since, by what was done later."""
        return len(self.content.get("values", {})) - len(self.said)

    def as_file(self, *, opened: bool = False) -> dict[str, Any]:
        """Everything the verifier needs: what opens the leaf, the promise, and the proof once there is one.

        ``opened`` adds what opens the values that the event has sealed, and those that still are as they were.
        """
        made: dict[str, Any] = {
            "v": 1,
            "kind": "receipt",
            "reference": self.reference,
            "code": self.code,
            "log": {"origin": settings.LEDGER_ORIGIN, "key": notes.verifier_key(), "address": f"{settings.SITE_ADDRESS}/ledger"},
            "leaf": bytes(self.leaf.data).decode(),
            "salt": self.leaf.seal.opens.hex(),
            "content": bytes(self.leaf.seal.content).decode(),
            "promise": notes.promise(leaf_hash(bytes(self.leaf.data)), self.by),
            "leaf_index": self.number,
        }
        if self.number is not None:
            proof = log.inclusion(self.number)
            made |= {"checkpoint": proof.checkpoint.note, "proof": [base64.b64encode(step).decode() for step in proof.path]}
        if opened and self.opens:
            made |= {"values_key": self.leaf.seal.key.hex(), "values": self.said}
        return made


def _period(code: str) -> Any:
    """How the period is called; its code where the rule is no longer known."""
    try:
        return calendars.versions(code)[-1]
    except KeyError:
        return code


def _until(due_at: datetime) -> str:
    """With its year: a receipt is kept for long. The time of day only where the period does not end with the day."""
    here = local(due_at)
    return f"{here:%Y-%m-%d}" if here.time().replace(microsecond=0) == END_OF_DAY else f"{here:%Y-%m-%d %H:%M}"


def receipt_of(leaf: Leaf | None) -> Receipt | None:
    """The receipt of a leaf that was not erased."""
    if leaf is None or leaf.seal.is_erased:
        return None
    event = Event.objects.filter(pk=leaf.pk).for_display().first() if leaf.kind == "event" else None
    return Receipt(leaf, event)


def receipt_for(actor: Any, id: UUID, known: list[str]) -> Receipt | None:
    """The receipt of something the actor did, or whose tracking code this session has given."""
    found = receipt_of(log.leaf(id))
    if found is None or found.event is None:
        return None
    is_known, did_it = str(id) in known, _did_it(actor, found.event)
    found.opens = did_it or (is_known and found.event.user_id is None)  # without an account the code is all that one has
    return found if is_known or did_it else None


def leaf_for(id: UUID) -> Leaf | None:
    """The leaf of an event: its own, or the one that it shares with what was done together with it."""
    found = log.leaf(id)
    if found is None and (part := Part.objects.filter(pk=id).first()) is not None:
        found = log.leaf(part.bundle)
    return found


def is_part(id: UUID) -> bool:
    """Whether an event shares its leaf with others."""
    return Part.objects.filter(pk=id).exists()


def _did_it(actor: Any, event: Event) -> bool:
    by_user = actor.user_id is not None and event.user_id == actor.user_id
    return by_user or (actor.stakeholder_id is not None and event.stakeholder_id == actor.stakeholder_id and actor.covers(event.record_type.model_class()))


@dataclass(frozen=True)
class Stone:
    """A tombstone: that something was erased, on what basis."""

    leaf: Leaf
    content: dict[str, Any]
    erased: Leaf | None

    @property
    def number(self) -> int | None:
        """The entry that says nothing any more."""
        return self.erased.entry.number if self.erased is not None and hasattr(self.erased, "entry") else None


def stones(leaves: Iterable[Leaf]) -> list[Stone]:
    """Tombstones, each with what it says and where what was erased stands in the log."""
    told = [(leaf, json.loads(bytes(leaf.seal.content))) for leaf in leaves]
    erased = log.leaves([UUID(content["leaf"]) for _leaf, content in told])
    return [Stone(leaf, content, erased.get(UUID(content["leaf"]))) for leaf, content in told]


def stone_file(id: UUID) -> dict[str, Any] | None:
    """What opens a tombstone, for anybody: the verifier reads it like a receipt."""
    leaf = log.tombstone(id)
    made = Receipt(leaf, None).as_file() if leaf is not None else None
    return {name: value for name, value in made.items() if name != "code"} if made else None


def log_page() -> dict[str, Any]:
    """The state of the log, for its page."""
    head = log.head()
    return {
        "head": head,
        "note": log.published(head),
        "key": notes.verifier_key(),
        "address": f"{settings.SITE_ADDRESS}/ledger",
        "checkpoints": log.recent_checkpoints(10),
        "stones": stones(log.tombstones(MOST_STONES)),
        "late": log.waiting_too_long(),
        "witnesses": sorted({one.witness.name for one in head.cosignatures.select_related("witness")}) if head.size else [],
    }
