"""A client of tiled logs by somebody else's book: the algorithms of Go's sumdb/tlog, over what is published and nothing else.

It shares no line with the verifier or with the log: hashes are found in tiles by their place in the tree, proofs are run top down.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Get = Callable[[str], bytes]  # what lies at an address below the log's


def opened(note: str, key: str) -> tuple[int, bytes]:
    """Size and root of a checkpoint whose signature holds; raises InvalidSignature, ValueError."""
    body, _, signatures = note.partition("\n\n")
    name, _id, packed = key.split("+", 2)
    line = next(line for line in signatures.split("\n") if line.startswith(f"— {name} "))
    signature = base64.b64decode(line.rsplit(" ", 1)[1])[4:]
    Ed25519PublicKey.from_public_bytes(base64.b64decode(packed)[1:]).verify(signature, body.encode() + b"\n")
    origin, size, root = body.split("\n")[:3]
    if origin != name:
        raise ValueError(origin)
    return int(size), base64.b64decode(root)


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tiles:
    """A tree of a certain size, seen through its tiles."""

    def __init__(self, get: Get, size: int) -> None:
        self.get, self.size, self.read = get, size, {}

    def tile(self, level: int, number: int) -> bytes:
        """As tlog-tiles lays it out: full where the tree is large enough, else as wide as it is."""
        width = min((self.size >> 8 * level) - number * 256, 256)
        text, rest = f"{number % 1000:03}", number // 1000
        while rest:
            text, rest = f"x{rest % 1000:03}/{text}", rest // 1000
        path = f"tile/{level}/{text}" + (f".p/{width}" if width < 256 else "")
        if path not in self.read:
            self.read[path] = self.get(path)
            assert len(self.read[path]) == 32 * width
        return self.read[path]

    def stored(self, level: int, index: int) -> bytes:
        """The hash over 2 ** level entries, from ``index * 2 ** level`` on."""
        high, low = divmod(level, 8)
        first = index << low
        row = self.tile(high, first >> 8)[32 * (first & 255) :][: 32 << low]
        hashes = [row[at : at + 32] for at in range(0, len(row), 32)]
        while len(hashes) > 1:
            hashes = [node(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
        return hashes[0]

    def subtree(self, low: int, high: int) -> bytes:
        """The hash over entries low to high, put together from the complete trees in them."""
        found = []
        while low < high:
            level = (high - low).bit_length() - 1
            found.append(self.stored(level, low >> level))
            low += 1 << level
        result = found.pop()
        while found:
            result = node(found.pop(), result)
        return result

    def record_proof(self, low: int, high: int, index: int) -> list[bytes]:
        if low + 1 == high:
            return []
        middle = low + power(high - low)
        if index < middle:
            return [*self.record_proof(low, middle, index), self.subtree(middle, high)]
        return [*self.record_proof(middle, high, index), self.subtree(low, middle)]

    def tree_proof(self, low: int, high: int, old: int) -> list[bytes]:
        if old == high:
            return [] if low == 0 else [self.subtree(low, high)]
        middle = low + power(high - low)
        if old <= middle:
            return [*self.tree_proof(low, middle, old), self.subtree(middle, high)]
        return [*self.tree_proof(middle, high, old), self.subtree(low, middle)]


def power(n: int) -> int:
    """The largest power of two below n."""
    return 1 << ((n - 1).bit_length() - 1)


def run_record(proof: list[bytes], low: int, high: int, index: int, leaf: bytes) -> bytes:
    """The root that a proof of an entry leads to."""
    if low + 1 == high:
        assert not proof
        return leaf
    middle = low + power(high - low)
    if index < middle:
        return node(run_record(proof[:-1], low, middle, index, leaf), proof[-1])
    return node(proof[-1], run_record(proof[:-1], middle, high, index, leaf))


def run_tree(proof: list[bytes], low: int, high: int, old: int, old_root: bytes) -> tuple[bytes, bytes]:
    """The roots, earlier and later, that a proof of two trees leads to."""
    if old == high:
        if low == 0:
            assert not proof
            return old_root, old_root
        (only,) = proof
        return only, only
    middle = low + power(high - low)
    if old <= middle:
        before, after = run_tree(proof[:-1], low, middle, old, old_root)
        return before, node(after, proof[-1])
    before, after = run_tree(proof[:-1], middle, high, old, old_root)
    return node(proof[-1], before), node(proof[-1], after)
