"""The whole log compared with itself and with what it tells of: whatever was changed by hand shows here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from governance.clocks.now import now
from governance.ledger import notes
from governance.ledger.models import Checkpoint, Entry, Leaf, Node, Seal, Waiting
from governance.ledger.reading import LONGEST_WAIT
from governance.ledger.verifier import Edge, Wrong, leaf_hash, node_hash, read_checkpoint

CHUNK = 2000


@dataclass(frozen=True)
class Break:
    """Something that does not hold: a short name of the fault, and where."""

    fault: str
    words: str

    def __str__(self) -> str:
        return f"{self.fault}: {self.words}"


Check = Callable[[], Iterator[Break]]
_checks: list[Check] = []


def checks(check: Check) -> Check:
    """Decorator: compare also this, when the ledger is audited."""
    _checks.append(check)
    return check


def audit(known: str | None = None) -> Iterator[Break]:
    """Every break there is. ``known`` is a checkpoint kept elsewhere: without one, a log rewritten and signed anew looks whole."""
    yield from _tree(known)
    yield from _seals()
    yield from _numbers()
    for check in _checks:
        yield from check()


class _Roots:
    """The root after every leaf, in a few hashes: the complete subtrees that make up the tree so far."""

    def __init__(self) -> None:
        self.stack: list[tuple[int, bytes]] = []

    def append(self, hash: bytes) -> None:
        height = 0
        while self.stack and self.stack[-1][0] == height:
            hash, height = node_hash(self.stack.pop()[1], hash), height + 1
        self.stack.append((height, hash))

    def root(self) -> bytes:
        found = None
        for _height, hash in reversed(self.stack):
            found = hash if found is None else node_hash(hash, found)
        return found or hashlib.sha256(b"").digest()


def _tree(known: str | None) -> Iterator[Break]:
    """Entries, nodes and signed heads, each computed anew from the leaves."""
    edge, roots = Edge(), _Roots()
    signed = {c.size: c for c in Checkpoint.objects.order_by("size").iterator(CHUNK)}
    nodes = {(node.level, node.number): bytes(node.hash) for node in Node.objects.iterator(CHUNK)}
    known_size, known_root = _known(known)
    if known_size == 0 and known:
        yield Break("known", "the checkpoint given is not one that this log's key has signed")
    last = -1
    for entry in Entry.objects.select_related("leaf").order_by("number").iterator(CHUNK):
        if entry.number != last + 1:
            yield Break("number", f"entries {last + 1} to {entry.number - 1} are gone")
        last = entry.number
        hash = leaf_hash(bytes(entry.leaf.data))
        if bytes(entry.hash) != hash:
            yield Break("leaf", f"entry {entry.number} ({entry.leaf_id}) is not what was hashed")
        roots.append(hash)
        wrong = [(level, number) for level, number, root, _tile in edge.append(hash) if nodes.pop((level, number), None) != root]
        yield from (Break("node", f"node {level}/{number} is not over the entries below it") for level, number in wrong)
        if found := signed.pop(edge.size, None):
            yield from _checkpoint(found, roots.root())
        if edge.size == known_size and roots.root() != known_root:
            yield Break("rewritten", f"the first {known_size} entries are not what was signed in the checkpoint kept elsewhere")
    yield from (Break("node", f"node {level}/{number} is over entries that are gone") for level, number in nodes)
    yield from (Break("checkpoint", f"a log of {size} was signed; only {edge.size} entries are here") for size in signed)
    yield from _end(edge, known_size)


def _end(edge: Edge, known_size: int) -> Iterator[Break]:
    """Whether the log reaches as far as was signed, and is signed as far as it reaches."""
    if edge.size < known_size:
        yield Break("rewritten", f"a log of {known_size} was signed in the checkpoint kept elsewhere; only {edge.size} entries are here")
    if edge.size and not Checkpoint.objects.filter(size=edge.size).exists():
        yield Break("checkpoint", f"the log of {edge.size} is not signed")


def _known(note: str | None) -> tuple[int, bytes]:
    try:
        return read_checkpoint(note, notes.verifier_key()) if note else (0, b"")
    except Wrong:
        return 0, b""


def _checkpoint(found: Checkpoint, root: bytes) -> Iterator[Break]:
    try:
        size, signed_root = read_checkpoint(found.note, notes.verifier_key())
    except Wrong as problem:
        yield Break("signature", f"checkpoint {found.size}: {problem}")
        return
    if (size, signed_root) != (found.size, root) or bytes(found.root) != root:
        yield Break("checkpoint", f"the first {found.size} entries do not lead to the root that was signed")


def _seals() -> Iterator[Break]:
    """Content and salt open the leaf; where they were erased, a tombstone says so."""
    buried = erased()
    for leaf in Leaf.objects.select_related("seal").order_by("pk").iterator(CHUNK):
        seal = getattr(leaf, "seal", None)
        if seal is None:
            yield Break("seal", f"what opens leaf {leaf.pk} is gone")
        elif seal.salt is None or seal.content is None:
            if str(leaf.pk) not in buried:
                yield Break("seal", f"what opens leaf {leaf.pk} was erased, and no tombstone says why")
        elif hashlib.sha256(seal.opens + bytes(seal.content)).hexdigest() != json.loads(bytes(leaf.data))["commitment"]:
            yield Break("seal", f"salt or content of leaf {leaf.pk} is not what it commits to")


def erased() -> set[str]:
    """What tombstones name."""
    stones = Seal.objects.filter(leaf__kind="erasure", content__isnull=False).values_list("content", flat=True)
    return {json.loads(bytes(content))["leaf"] for content in stones}


def _numbers() -> Iterator[Break]:
    """Every leaf has its number, or gets it within a minute."""
    unnumbered = ~Exists(Entry.objects.filter(leaf=OuterRef("pk")))
    for leaf in Leaf.objects.filter(unnumbered, ~Exists(Waiting.objects.filter(leaf=OuterRef("pk")))):
        yield Break("number", f"leaf {leaf.pk} has no number and does not wait for one")
    if late := Waiting.objects.filter(since__lt=now() - LONGEST_WAIT).count():
        yield Break("late", f"{late} leaves have waited for their numbers for more than a minute")
