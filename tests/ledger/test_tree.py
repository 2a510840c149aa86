"""The tree against published values and against a second implementation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.ledger.proofs import Tree
from governance.ledger.verifier import WIDTH, Edge, Wrong, check_consistency, check_inclusion, leaf_hash, read_bundle, tile_path
from tests.ledger import naive

# The entries and roots of the reference tests of Certificate Transparency (RFC 6962): the tree of 0 to 8 entries.
PUBLISHED = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Store:
    """Entries in memory, in rows of tiles as the tables hold them."""

    def __init__(self, entries: list[bytes], wanted: set[int] | None = None) -> None:
        self.edge, self.rows = Edge(), {}
        self.roots = {0: self.edge.root()}
        for number, entry in enumerate(entries):
            hash = leaf_hash(entry)
            self.rows.setdefault((0, number // WIDTH), []).append(hash)
            for level, place, root, tile in self.edge.append(hash):
                assert tile == b"".join(self.rows[level - 1, place])
                self.rows.setdefault((level, place // WIDTH), []).append(root)
            if wanted is None or number + 1 in wanted:
                self.roots[number + 1] = self.edge.root()

    def of(self, places: list[tuple[int, int]]) -> dict[tuple[int, int], list[bytes]]:
        return {place: self.rows.get(place, []) for place in places}


def entries(count: int) -> list[bytes]:
    return [f"entry {n}".encode() for n in range(count)]


def test_the_published_roots():
    store = Store(PUBLISHED)
    assert [root.hex() for root in store.roots.values()] == ROOTS
    assert [naive.root(PUBLISHED[:n]).hex() for n in range(9)] == ROOTS


def test_published_inclusion_paths():
    tree = Tree(8, Store(PUBLISHED).of)
    assert [step.hex() for step in tree.inclusion(0)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 255, 256, 257, 600])
def test_proofs_are_those_of_the_definition(size):
    texts = entries(size)
    tree, root = Tree(size, Store(entries(size + 3)).of), naive.root(texts)
    assert tree.root() == root
    for index in {0, 1, size // 2, size - 2, size - 1} & set(range(size)):
        proof = tree.inclusion(index)
        assert proof == naive.path(index, texts)
        check_inclusion(leaf_hash(texts[index]), index, size, proof, root)
    for old in {0, 1, size // 3, size // 2, size - 1, size} & set(range(size + 1)):
        proof = tree.consistency(old)
        assert proof == naive.proof(old, texts)
        check_consistency(old, size, naive.root(texts[:old]), root, proof)


def test_a_tree_of_three_levels():
    size = WIDTH * WIDTH + 700
    earlier = (1, 65535, 65536, 65537, size - 1)
    store = Store(entries(size), {*earlier, size})
    tree = Tree(size, store.of)
    assert tree.root() == store.roots[size]
    for index in (0, 65535, 65536, size - 1):
        check_inclusion(leaf_hash(b"entry %d" % index), index, size, tree.inclusion(index), store.roots[size])
    for old in earlier:
        check_consistency(old, size, store.roots[old], store.roots[size], tree.consistency(old))


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 300), st.data())
def test_a_wrong_proof_is_refused(size, data):
    """Whatever single thing is changed: the entry, its place, the size, a step, the root."""
    texts = entries(size)
    store = Store(texts, {size})
    index, root = data.draw(st.integers(0, size - 1)), store.roots[size]
    proof, hash = Tree(size, store.of).inclusion(index), leaf_hash(texts[index])
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    step = data.draw(st.integers(0, len(proof) - 1))
    wrong = [
        (leaf_hash(b"another"), index, size, proof, root), (hash, other, size, proof, root), (hash, index, size, proof[:-1], root),
        (hash, index, size, [*proof, root], root), (hash, index, size, [*proof[:step], bytes(32), *proof[step + 1 :]], root),
        (hash, index, size, proof, bytes(32)), (hash, size, size, proof, root), (hash, -1, size, proof, root),
    ]  # fmt: skip
    for case in wrong:
        with pytest.raises(Wrong):
            check_inclusion(*case)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 300), st.data())
def test_a_rewritten_log_is_refused(size, data):
    texts = entries(size)
    old = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, old - 1))
    store = Store(texts, {old, size})
    other = Store([*texts[:changed], b"something else", *texts[changed + 1 :]], {size})
    check_consistency(old, size, store.roots[old], store.roots[size], Tree(size, store.of).consistency(old))
    for proof in (Tree(size, store.of).consistency(old), Tree(size, other.of).consistency(old), []):
        with pytest.raises(Wrong):
            check_consistency(old, size, store.roots[old], other.roots[size], proof)


def test_paths_of_tiles():
    assert tile_path(0, 0) == "tile/0/000"
    assert tile_path(1, 67, 5) == "tile/1/067.p/5"
    assert tile_path("entries", 1234067) == "tile/entries/x001/x234/067"


def test_a_bundle_cut_off_is_refused():
    assert read_bundle(b"\0\2ab\0\0\0\1c") == [b"ab", b"", b"c"]
    with pytest.raises(Wrong):
        read_bundle(b"\0\2a")
