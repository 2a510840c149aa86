"""Inclusion and consistency proofs (RFC 6962), out of any store that can give rows of hashes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from governance.ledger.verifier import WIDTH, node_hash, subtree

Place = tuple[int, int]  # level and number of a tile
Rows = Callable[[list[Place]], dict[Place, list[bytes]]]  # of each tile its hashes, as far as there are


class Tree:
    """A tree of a certain size over a store of tiles. ``rows`` gives what the store has, which may be more than the size."""

    def __init__(self, size: int, rows: Rows) -> None:
        self.size, self._rows = size, rows

    def ranges(self, pieces: list[tuple[int, int]]) -> list[bytes]:
        """The hashes over leaves start to stop, for each of these; the store is asked once for all."""
        complete = {piece: list(_complete(*piece)) for piece in pieces}
        tiles = self._rows(sorted({(level, first // WIDTH) for whole in complete.values() for level, first, _count in whole}))
        found = []
        for piece in pieces:
            hashes = [subtree(tiles[level, first // WIDTH][first % WIDTH :][:count]) for level, first, count in complete[piece]]
            hash = hashes.pop()
            while hashes:
                hash = node_hash(hashes.pop(), hash)
            found.append(hash)
        return found

    def root(self) -> bytes:
        """The root."""
        return self.ranges([(0, self.size)])[0]

    def inclusion(self, index: int) -> list[bytes]:
        """The path from a leaf to the root, lowest first."""
        start, stop, path = 0, self.size, []
        while stop - start > 1:
            split = start + _largest_power_below(stop - start)
            if index < split:
                path.append((split, stop))
                stop = split
            else:
                path.append((start, split))
                start = split
        return self.ranges(path[::-1])

    def consistency(self, old: int) -> list[bytes]:
        """What shows that this tree begins with the tree of an earlier size."""
        if old in (0, self.size):
            return []
        start, stop, path, whole = 0, self.size, [], True
        while stop != old:
            split = start + _largest_power_below(stop - start)
            if old <= split:
                path.append((split, stop))
                stop = split
            else:
                path.append((start, split))
                start, whole = split, False
        return self.ranges([*([] if whole else [(start, stop)]), *reversed(path)])


def _complete(start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """The complete subtrees that leaves start to stop are made of, from the left: level of the tile, first hash, how many of them."""
    while start < stop:
        width = 1 << (stop - start).bit_length() - 1
        level = (width.bit_length() - 1) // 8
        yield level, start // WIDTH**level, width // WIDTH**level
        start += width


def _largest_power_below(number: int) -> int:
    return 1 << (number - 1).bit_length() - 1
