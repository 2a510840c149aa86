"""What the log publishes: its head, its tiles, its entries, its proofs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from governance.clocks.now import now
from governance.ledger import notes
from governance.ledger.models import Checkpoint, Leaf, Waiting
from governance.ledger.proofs import Tree
from governance.ledger.sequencing import rows
from governance.ledger.verifier import WIDTH, Edge

HIGHEST_LEVEL = 6
LONGEST_WAIT = timedelta(minutes=1)  # for a number: so it is promised on every receipt


def head() -> Checkpoint:
    """The newest checkpoint; of an empty log one that is not kept."""
    found = Checkpoint.objects.order_by("-size").first()
    if found is None:
        root = Edge().root()
        found = Checkpoint(size=0, root=root, note=notes.checkpoint(0, root))
    return found


def published(checkpoint: Checkpoint) -> str:
    """A checkpoint with everybody's signatures."""
    lines = checkpoint.cosignatures.order_by("witness__name").values_list("line", flat=True) if checkpoint.size else ()
    return checkpoint.note + "".join(f"{line}\n" for line in lines)


def checkpoint_after(number: int) -> Checkpoint | None:
    """The first checkpoint that covers an entry."""
    return Checkpoint.objects.filter(size__gt=number).order_by("size").first()


def recent_checkpoints(count: int) -> list[Checkpoint]:
    """The newest first."""
    return list(Checkpoint.objects.order_by("-size")[:count])


def tile(level: int, number: int, width: int) -> bytes | None:
    """A row of hashes, None where there is not so much yet."""
    if (number * WIDTH + width) * WIDTH**level > head().size:
        return None
    return b"".join(rows([(level, number)])[level, number][:width])


def bundle(number: int, width: int) -> bytes | None:
    """A row of entries, each behind its length, None where there are not so many yet."""
    start = number * WIDTH
    if start + width > head().size:
        return None
    found = Leaf.objects.filter(entry__number__gte=start, entry__number__lt=start + width).order_by("entry__number")
    datas = (bytes(data) for data in found.values_list("data", flat=True))
    return b"".join(len(data).to_bytes(2, "big") + data for data in datas)


@dataclass(frozen=True)
class Proof:
    """Where a leaf stands, and what shows it."""

    number: int
    checkpoint: Checkpoint
    path: list[bytes]


def inclusion(number: int, checkpoint: Checkpoint | None = None) -> Proof:
    """The proof that an entry is under a checkpoint, by default the newest."""
    under = checkpoint or head()
    return Proof(number, under, Tree(under.size, rows).inclusion(number))


def consistency(old: int, new: int) -> list[bytes]:
    """The proof that the log of one size begins with the log of a smaller one."""
    return Tree(new, rows).consistency(old)


def leaf(id: object) -> Leaf | None:
    """A leaf with its number and what opens it."""
    return Leaf.objects.with_place().filter(pk=id).first()


def leaf_by_code(code: int) -> Leaf | None:
    """The leaf that a tracking code belongs to."""
    return Leaf.objects.with_place().filter(seal__code=code).first()


def leaf_by_number(number: int) -> Leaf | None:
    """The leaf with a number in the log."""
    return Leaf.objects.with_place().filter(entry__number=number).first()


def leaves(ids: Iterable[object]) -> dict[object, Leaf]:
    """Several leaves by their id."""
    return Leaf.objects.with_place().in_bulk(list(ids))


def waiting_too_long() -> Waiting | None:
    """The leaf that has waited longest for its number, if that is longer than was promised."""
    return Waiting.objects.filter(since__lt=now() - LONGEST_WAIT).order_by("since").first()


def tombstones(count: int) -> list[Leaf]:
    """The newest erasures: that something was erased, when, and on what basis."""
    return list(Leaf.objects.tombstones()[:count])


def tombstone(id: object) -> Leaf | None:
    """One of them."""
    return Leaf.objects.tombstones().filter(pk=id).first()
