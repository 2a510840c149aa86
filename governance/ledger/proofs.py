"""Inclusion and consistency proofs (RFC 6962), and tiles, out of any store that can give a row of hashes."""

from __future__ import annotations

from collections.abc import Callable

from governance.ledger.verifier import WIDTH, node_hash, subtree

Row = Callable[[int, int], list[bytes]]  # level, number of the tile -> its hashes, as far as there are


class Tree:
    """A tree of a certain size over a store of tiles. ``row`` gives what the store has, which may be more than the size."""

    def __init__(self, size: int, row: Row) -> None:
        self.size, self._row = size, row
        self._kept: dict[tuple[int, int], list[bytes]] = {}

    def hashes(self, level: int, number: int) -> list[bytes]:
        """The hashes of a tile as it is in a tree of this size."""
        if (level, number) not in self._kept:
            self._kept[level, number] = self._row(level, number)
        return self._kept[level, number][: max(self.size // WIDTH**level - number * WIDTH, 0)]

    def range(self, start: int, stop: int) -> bytes:
        """The hash over leaves start to stop: looked up where it is a complete subtree, else split as RFC 6962 does."""
        width = stop - start
        if width & (width - 1) == 0 and start % width == 0:
            level = (width.bit_length() - 1) // 8
            first = start // WIDTH**level
            count = width // WIDTH**level
            return subtree(self.hashes(level, first // WIDTH)[first % WIDTH :][:count])
        split = start + _largest_power_below(width)
        return node_hash(self.range(start, split), self.range(split, stop))

    def root(self) -> bytes:
        """The root."""
        return self.range(0, self.size)

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
        return [self.range(*piece) for piece in reversed(path)]

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
        found = [] if whole else [self.range(start, stop)]
        return found + [self.range(*piece) for piece in reversed(path)]


def _largest_power_below(number: int) -> int:
    return 1 << (number - 1).bit_length() - 1
