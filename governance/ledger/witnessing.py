"""Witnesses: they sign that our checkpoints follow from each other, so that we cannot show different logs to different people."""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from datetime import UTC, datetime
from struct import unpack

import structlog

from governance.ledger import notes, reading
from governance.ledger.models import Checkpoint, Cosignature, Witness
from governance.ledger.verifier import WITNESS_KEY, Wrong, check_note, key_hash, read_checkpoint, read_key, read_note

log = structlog.get_logger(__name__)
PATIENCE = 5  # seconds
LARGEST_ANSWER = 10_000
CONFLICT = 409


def lines_of(hashes: list[bytes]) -> str:
    """Hashes as witnesses read them."""
    return "".join(f"{base64.b64encode(hash).decode()}\n" for hash in hashes)


def accept(text: str) -> list[Cosignature]:
    """Keep what known witnesses have signed under a checkpoint of ours; raises Wrong where there is nothing to keep."""
    size, root = read_checkpoint(text, notes.verifier_key())
    checkpoint = Checkpoint.objects.filter(size=size).first()
    if checkpoint is None or bytes(checkpoint.root) != root:
        raise Wrong("unknown-checkpoint", "this is not a checkpoint of this log")
    _body, signatures = read_note(text)
    kept = []
    for witness in Witness.objects.filter(name__in={name for name, _packed, _line in signatures}):
        check_note(text, witness.key)
        kept.append(_kept(checkpoint, witness, signatures))
    if not kept:
        raise Wrong("unknown-witness", "none of the signatures is by a witness known here")
    return kept


def _kept(checkpoint: Checkpoint, witness: Witness, signatures: list[tuple[str, bytes, str]]) -> Cosignature:
    name, kind, public = read_key(witness.key)
    short = key_hash(name, kind, public)
    packed, line = next((packed, line) for signer, packed, line in signatures if signer == name and packed[:4] == short)
    at = datetime.fromtimestamp(unpack(">Q", packed[4:12])[0], tz=UTC)
    found, _made = Cosignature.objects.get_or_create(checkpoint=checkpoint, witness=witness, defaults={"line": line, "signed_at": at})
    return found


def register(key: str, address: str = "") -> Witness:
    """Know a witness by its key; with an address, it is asked for its signature."""
    name, kind, _public = read_key(key)
    if kind != WITNESS_KEY:
        raise Wrong("bad-key", "a witness signs with a cosignature key (type 4)")
    found, _made = Witness.objects.update_or_create(name=name, defaults={"key": key.strip(), "address": address})
    return found


def ask_all() -> int:
    """Ask every witness that has an address to sign the newest checkpoint; returns how many did."""
    head = reading.head()
    return sum(_ask(witness, head) for witness in Witness.objects.exclude(address="")) if head.size else 0


def _told(witness: Witness, seen: int, head: Checkpoint) -> str:
    """What it answers to the newest checkpoint and the proof from the size it saw last."""
    body = f"old {seen}\n{lines_of(reading.consistency(seen, head.size))}\n{head.note}"
    asked = urllib.request.Request(witness.address.rstrip("/") + "/add-checkpoint", body.encode(), method="POST")
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # only addresses the operator has registered
        return answer.read(LARGEST_ANSWER).decode()


def _size_in(conflict: urllib.error.HTTPError) -> int:
    text = conflict.read(LARGEST_ANSWER).decode().strip()
    if not text.isdigit() or int(text) > reading.head().size:
        raise Wrong("unknown-size", "the witness has seen a log that is not ours")
    return int(text)


def _ask(witness: Witness, head: Checkpoint) -> bool:
    """One conversation (tlog-witness): the size it saw last, the proof from there, the checkpoint; it answers with its line."""
    seen = witness.cosignatures.order_by("-checkpoint_id").values_list("checkpoint_id", flat=True).first() or 0
    if seen == head.size:
        return False
    try:
        try:
            accept(head.note + _told(witness, seen, head))
        except urllib.error.HTTPError as other:
            # It has seen another size last, such as one whose signature never reached us: it says which, and is asked from there.
            if other.code != CONFLICT:
                raise
            accept(head.note + _told(witness, _size_in(other), head))
    except (urllib.error.URLError, OSError, UnicodeDecodeError, Wrong) as problem:
        log.warning("a witness has not signed", witness=witness.name, size=head.size, why=str(problem))
        return False
    return True
