"""Verifies receipts and audits the public ledger, without trusting whoever runs it.

One file, Python 3.9 or later, the standard library and the package "cryptography"; no part of the system is needed.

    python verifier.py receipt RECEIPT.json [--key KEY] [--value NAME=TEXT]
    python verifier.py audit ADDRESS --key KEY [--known CHECKPOINT] [--keep FILE] [--receipt RECEIPT.json] [--witness KEY]
    python verifier.py follow ADDRESS --key KEY --known CHECKPOINT [--keep FILE] [--witness KEY]

ADDRESS is the ledger's address (https://.../ledger) or a folder with a copy of it. Keep the last checkpoint with --keep, and
give it again with --known: if anything before it was changed, taken out or moved since, the audit says so. To follow a log is
to ask the same in a few hashes instead of the whole log. With --receipt the audit also looks for what your receipts promised.

A receipt seals a digest of every value that was written: the SHA-256 of its "values_key", the value's name, "=" and the value,
in base64. The values in a receipt are compared with them, and so is what you claim: --value text="..." or --value text=@FILE.
Take "values_key" out of a copy that you hand on, and nobody can try out what was said.

The formats are public: RFC 6962 (hashes and proofs), C2SP tlog-tiles, tlog-checkpoint, signed-note and tlog-cosignature.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import json
import struct
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WIDTH = 256  # hashes in a full tile, entries in a full bundle
LOG_KEY, WITNESS_KEY = 1, 4  # kinds of keys in a note: plain Ed25519, timestamped cosignature
LEAF_FIELDS = ["commitment", "id", "time", "type", "v"]


class Wrong(Exception):
    """Something does not hold. ``code`` says what, for whoever explains it."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


# The tree ---------------------------------------------------------------------------------------------------------------


def leaf_hash(data: bytes) -> bytes:
    """The hash of an entry (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of what stands over two hashes."""
    return hashlib.sha256(b"\1" + left + right).digest()


def subtree(hashes: list[bytes]) -> bytes:
    """The root over a power of two of hashes."""
    while len(hashes) > 1:
        hashes = [hashlib.sha256(b"\1" + hashes[i] + hashes[i + 1]).digest() for i in range(0, len(hashes), 2)]
    return hashes[0]


class Edge:
    """The right edge of a growing tree: per level of tiles, the hashes of the last tile that is not full yet."""

    def __init__(self, size: int = 0, rows: list[list[bytes]] | None = None) -> None:
        self.size, self.rows = size, rows or [[]]

    def append(self, hash: bytes) -> list[tuple[int, int, bytes, bytes]]:
        """Add a leaf; returns what it completes: level, number and root of the subtree, and the tile that lies under it."""
        self.size += 1
        done: list[tuple[int, int, bytes, bytes]] = []
        for level in range(1, 9):
            row = self.rows[level - 1]
            row.append(hash)
            if len(row) < WIDTH:
                break
            hash = subtree(row)
            done.append((level, self.size // WIDTH**level - 1, hash, b"".join(row)))
            row.clear()
            if level == len(self.rows):
                self.rows.append([])
        return done

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        found = None
        for row in self.rows:
            stop = len(row)
            while stop:
                start = stop - (stop & -stop)
                piece, stop = subtree(row[start:stop]), start
                found = piece if found is None else node_hash(piece, found)
        return found or hashlib.sha256(b"").digest()


def _climb(place: int, last: int, proof: list[bytes], code: str) -> Iterator[tuple[bytes, bool]]:
    """The steps of a proof from the lowest up, each with whether it stands to the left (RFC 9162, section 2.1)."""
    for step in proof:
        if last == 0:
            raise Wrong(code, "the proof is longer than the path to the root")
        left = bool(place & 1) or place == last
        yield step, left
        while left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    if last:
        raise Wrong(code, "the proof is shorter than the path to the root")


def check_inclusion(hash: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> None:
    """Raise Wrong unless the proof shows that the hash stands at this place of the tree (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        raise Wrong("not-included", f"there is no entry {index} in a log of {size}")
    for step, left in _climb(index, size - 1, proof, "not-included"):
        hash = node_hash(step, hash) if left else node_hash(hash, step)
    if hash != root:
        raise Wrong("not-included", f"the proof does not lead from entry {index} to the signed root")


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> None:
    """Raise Wrong unless the proof shows that the new tree begins with the old one (RFC 9162, section 2.1.4.2)."""
    if old > new or (old in (0, new) and proof) or (old == new and old_root != new_root):
        raise Wrong("rewritten", "the logs do not follow from each other")
    if old in (0, new):
        return
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise Wrong("rewritten", "the proof is empty")
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for step, left in _climb(place, last, path[1:], "rewritten"):
        first = node_hash(step, first) if left else first
        second = node_hash(step, second) if left else node_hash(second, step)
    if first != old_root or second != new_root:
        raise Wrong("rewritten", f"the log of {new} does not begin with the log of {old}")


# Signed notes -----------------------------------------------------------------------------------------------------------


def key_hash(name: str, kind: int, key: bytes) -> bytes:
    """The four bytes by which a signature line names its key."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def read_key(text: str) -> tuple[str, int, bytes]:
    """A verifier key "name+hash+base64": its name, kind and public key."""
    try:
        name, short, rest = text.strip().split("+", 2)
        packed = base64.b64decode(rest, validate=True)
        kind, key = packed[0], packed[1:]
        if not name or len(key) != 32 or bytes.fromhex(short) != key_hash(name, kind, key):
            raise ValueError
    except (ValueError, IndexError):
        raise Wrong("bad-key", "this is not a verifier key") from None
    return name, kind, key


def read_note(text: str) -> tuple[str, list[tuple[str, bytes, str]]]:
    """A signed note: its text, and per signature the name, what follows it, and the line itself."""
    body, empty, tail = text.rpartition("\n\n")
    lines = tail.splitlines()
    if not empty or not lines:
        raise Wrong("bad-note", "this is not a signed note")
    signatures = []
    for line in lines:
        dash, _, rest = line.partition(" ")
        name, _, packed = rest.partition(" ")
        try:
            signatures.append((name, base64.b64decode(packed, validate=True), line))
        except ValueError:
            raise Wrong("bad-note", "a signature line cannot be read") from None
        if dash != "—" or not name or len(signatures[-1][1]) < 5:
            raise Wrong("bad-note", "a signature line cannot be read")
    return body + "\n", signatures


def check_note(text: str, key: str) -> str:
    """The text of a note that this key signed; raises Wrong otherwise. For a witness, the time stands in front."""
    name, kind, public = read_key(key)
    body, signatures = read_note(text)
    for signer, packed, _line in signatures:
        if signer == name and packed[:4] == key_hash(name, kind, public):
            signed, signature = body.encode(), packed[4:]
            if kind == WITNESS_KEY:
                moment, signature = struct.unpack(">Q", signature[:8])[0], signature[8:]
                signed = f"cosignature/v1\ntime {moment}\n".encode() + signed
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
            except InvalidSignature:
                raise Wrong("bad-signature", f"the signature of {name} is not theirs") from None
            return body
    raise Wrong("not-signed", f"{name} has not signed this")


def read_checkpoint(text: str, key: str) -> tuple[int, bytes]:
    """Size and root of a checkpoint that the log has signed."""
    lines = check_note(text, key).split("\n")
    origin = read_key(key)[0]
    if len(lines) < 4 or lines[0] != origin or not lines[1].isdigit() or (lines[1] != "0" and lines[1][0] == "0"):
        raise Wrong("bad-checkpoint", f"this is no checkpoint of {origin}")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError:
        root = b""
    if len(root) != 32:
        raise Wrong("bad-checkpoint", "the root of the checkpoint cannot be read")
    return int(lines[1]), root


# Receipts ---------------------------------------------------------------------------------------------------------------


def check_receipt(receipt: dict, key: str | None = None) -> dict:
    """What a receipt shows: that content and salt open the leaf, that the log promised it, and where it stands in the log.
    A document that comes with the receipt that seals it is compared with its fingerprint.

    ``key`` is the log's key as you got it elsewhere; without it, the key named in the receipt is used, and "trusted" is False.
    Raises Wrong at the first thing that does not hold.
    """
    try:
        document, receipt = receipt.get("document"), receipt.get("receipt", receipt)
        leaf, salt, content = receipt["leaf"].encode(), bytes.fromhex(receipt["salt"]), receipt["content"].encode()
        used, promise, fields = key or receipt["log"]["key"], receipt["promise"], json.loads(receipt["leaf"])
        committed = fields["commitment"]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Wrong("bad-receipt", "this is not a receipt, or a part of it is missing") from None
    if hashlib.sha256(salt + content).hexdigest() != committed:
        raise Wrong("does-not-open", "content and salt are not what the log committed to: the receipt was changed")
    if document is not None and hashlib.sha256(document.encode()).hexdigest() != json.loads(content).get("changes", {}).get("fingerprint"):
        raise Wrong("other-document", "the document is not the one that this receipt seals: it was changed")
    hash = leaf_hash(leaf)
    promised = check_note(promise, used).split("\n")
    if promised[:3] != [read_key(used)[0], "promise", base64.b64encode(hash).decode()]:
        raise Wrong("not-promised", "the promise is about something else")
    found = {"leaf": fields, "hash": hash.hex(), "by": promised[3], "trusted": key is not None}
    found |= {"index": None, "size": None, "dates": json.loads(content).get("dates", [])}
    found["values"] = sorted(receipt.get("values", {}))
    for name, text in receipt.get("values", {}).items():
        check_value(receipt, name, text)
    if receipt.get("checkpoint"):
        size, root = read_checkpoint(receipt["checkpoint"], used)
        proof = [base64.b64decode(step) for step in receipt["proof"]]
        check_inclusion(hash, receipt["leaf_index"], size, proof, root)
        found.update(index=receipt["leaf_index"], size=size)
    return found


def check_value(receipt: dict, name: str, text: str) -> None:
    """Raise Wrong unless this is the value that the receipt seals under this name. The receipt itself must have been checked."""
    try:
        receipt = receipt.get("receipt", receipt)
        sealed, key = json.loads(receipt["content"])["values"][name], bytes.fromhex(receipt["values_key"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Wrong("not-sealed", f"the receipt does not seal “{name}”, or what opens it is missing") from None
    if base64.b64encode(hashlib.sha256(key + f"{name}={text}".encode()).digest()).decode() != sealed:
        raise Wrong("other-value", f"“{name}” is not what this receipt seals: it was changed")


# The whole log ----------------------------------------------------------------------------------------------------------


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where a tile lies, below the ledger's address; level "entries" for the entries themselves."""
    path, rest = f"{number % 1000:03d}", number // 1000
    while rest:
        path, rest = f"x{rest % 1000:03d}/{path}", rest // 1000
    return f"tile/{level}/{path}" + (f".p/{width}" if width < WIDTH else "")


def read_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle: each behind its length in two bytes."""
    entries, start = [], 0
    while start < len(data):
        length = int.from_bytes(data[start : start + 2], "big")
        entries.append(data[start + 2 : start + 2 + length])
        start += 2 + length
    if start != len(data):
        raise Wrong("bad-entries", "a bundle of entries ends in the middle of one")
    return entries


class Site:
    """The ledger as it is published: at an address or in a folder."""

    def __init__(self, address: str) -> None:
        self.address, self.url, self.kept = address.rstrip("/"), urlsplit(address), local()

    def get(self, path: str) -> bytes:
        """The bytes under a path; connections are kept."""
        if self.url.scheme not in ("http", "https"):
            return (Path(self.address) / path).read_bytes()
        for again in (False, True):
            try:
                return self._ask(path)
            except (http.client.HTTPException, ConnectionError):
                self.kept.connection = None
                if again:
                    raise
        raise AssertionError

    def _ask(self, path: str) -> bytes:
        if getattr(self.kept, "connection", None) is None:
            kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
            self.kept.connection = kind(self.url.netloc, timeout=30)
        self.kept.connection.request("GET", f"{self.url.path.rstrip('/')}/{path}")
        answer = self.kept.connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise Wrong("missing", f"{path} is not there ({answer.status})")
        return data


def heads(site: Site, key: str, known: str | None, witnesses: Sequence[str]) -> tuple[str, int, bytes, int, bytes]:
    """The newest checkpoint, signed by all these, with its size and root, and size and root of the checkpoint you kept."""
    checkpoint = site.get("checkpoint").decode()
    size, root = read_checkpoint(checkpoint, key)
    for witness in witnesses:
        check_note(checkpoint, witness)
    known_size, known_root = read_checkpoint(known, key) if known else (0, hashlib.sha256(b"").digest())
    if known_size > size:
        raise Wrong("rewritten", f"the log has {size} entries, but it signed {known_size} before: entries were taken out")
    return checkpoint, size, root, known_size, known_root


def follow(address: str, key: str, known: str | None, witnesses: Sequence[str] = ()) -> dict:
    """Whether the log as it is now begins with the log of the checkpoint you kept, by its own proof."""
    site = Site(address)
    checkpoint, size, root, known_size, known_root = heads(site, key, known, witnesses)
    lines = site.get(f"consistency/{known_size}/{size}").split() if 0 < known_size < size else []
    check_consistency(known_size, size, known_root, root, [base64.b64decode(line) for line in lines])
    return {"size": size, "root": root.hex(), "checkpoint": checkpoint, "since": known_size}


def audit(address: str, key: str, known: str | None = None, receipts: Sequence[dict] = (), witnesses: Sequence[str] = ()) -> dict:
    """Read the whole log, hash it anew, and compare: entries, every full tile, the signed root, a checkpoint and receipts you kept."""
    site, edge, ids, tiles = Site(address), Edge(), set(), 0
    wanted = {check_receipt(receipt, key)["hash"] for receipt in receipts}
    checkpoint, size, root, known_size, known_root = heads(site, key, known, witnesses)
    counts = [(n, min(WIDTH, size - n * WIDTH)) for n in range((size + WIDTH - 1) // WIDTH)]
    with ThreadPoolExecutor(4) as pool:
        for start in range(0, len(counts), 64):
            asked = [pool.submit(site.get, tile_path("entries", n, width)) for n, width in counts[start : start + 64]]
            for (number, width), bundle in zip(counts[start : start + 64], asked, strict=True):
                full = _add_bundle(edge, ids, number, width, bundle.result(), known_size, known_root, wanted)
                tiles += len(full)
                _compare([(pool.submit(site.get, tile_path(level - 1, place)), level, place, tile) for level, place, _hash, tile in full])
    if edge.root() != root:
        raise Wrong("bad-root", f"the {size} entries do not lead to the signed root")
    if wanted:
        raise Wrong("not-included", f"{len(wanted)} of the receipts are about entries that the log does not have")
    return {"size": size, "root": root.hex(), "tiles": tiles, "checkpoint": checkpoint, "since": known_size, "receipts": len(receipts)}


def _compare(tiles: list) -> None:
    for answer, level, place, tile in tiles:
        if answer.result() != tile:
            raise Wrong("bad-tile", f"tile {level - 1}/{place} is not over the entries below it")


def _add_bundle(edge: Edge, ids: set, number: int, width: int, data: bytes, known_size: int, known_root: bytes, wanted: set) -> list:
    entries = read_bundle(data)
    if len(entries) != width:
        raise Wrong("bad-entries", f"bundle {number} has {len(entries)} entries instead of {width}")
    full = []
    for entry in entries:
        leaf, hash = json.loads(entry), leaf_hash(entry)
        if sorted(leaf) != LEAF_FIELDS or leaf["id"] in ids:
            raise Wrong("bad-entries", f"entry {edge.size} is not a leaf, or is there twice")
        ids.add(leaf["id"])
        wanted.discard(hash.hex())
        full += edge.append(hash)
        if edge.size == known_size and edge.root() != known_root:
            raise Wrong("rewritten", f"the first {known_size} entries are not what the log signed before")
    return full


# The command line -------------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """0 when everything holds, 1 when something does not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["receipt", "audit", "follow"])
    parser.add_argument("what", help="a receipt as a file, or the ledger's address")
    parser.add_argument("--key", help="the log's key, as you got it elsewhere")
    parser.add_argument("--known", help="a checkpoint you kept")
    parser.add_argument("--keep", help="where to keep the checkpoint")
    parser.add_argument("--receipt", action="append", default=[], help="a receipt whose entry must be in the log; may be repeated")
    parser.add_argument("--value", action="append", default=[], help="NAME=TEXT or NAME=@FILE: a value that the receipt must seal; may be repeated")
    parser.add_argument("--witness", action="append", default=[], help="the key of a witness who must have signed; may be repeated")
    chosen = parser.parse_args(arguments)
    needed = {"receipt": (), "audit": (chosen.key,), "follow": (chosen.key, chosen.known)}[chosen.command]
    if not all(needed):
        parser.error("give the log's --key, and to follow it the checkpoint you kept (--known)")
    try:
        print(_receipt(chosen) if chosen.command == "receipt" else _log(chosen))
    except Wrong as problem:
        print(f"WRONG ({problem.code}): {problem}")
        return 1
    except (OSError, ValueError, KeyError, TypeError) as problem:
        print(f"CANNOT BE READ: {type(problem).__name__}: {problem}")
        return 1
    return 0


def _text(file: str) -> str:
    return Path(file).read_text(encoding="utf-8")


def _receipt(chosen: argparse.Namespace) -> str:
    receipt = json.loads(_text(chosen.what))
    found = check_receipt(receipt, chosen.key)
    for claim in chosen.value:
        name, _, text = claim.partition("=")
        check_value(receipt, name, _text(text[1:]) if text.startswith("@") else text)
        found["values"] = sorted({*found["values"], name})
    told = [f"GENUINE: of {found['leaf']['time']}, fingerprint {found['hash']}"]
    promised = f"PROMISED: not in the log yet; the log signed that it will be by {found['by']}"
    told.append(promised if found["index"] is None else f"INCLUDED: entry {found['index']} of the log of {found['size']}")
    told += [f"DATE TOLD: {date['rule']} by {date['due_at']}" for date in found["dates"]]
    told += [f"SEALED: {name}" for name in found["values"]]
    if not found["trusted"]:
        told.append("The key was taken from the receipt itself. Give the log's key with --key, as you got it elsewhere.")
    return "\n".join(told)


def _log(chosen: argparse.Namespace) -> str:
    known = _text(chosen.known) if chosen.known else None
    if chosen.command == "follow":
        found = follow(chosen.what, chosen.key, known, chosen.witness)
        told = f"FOLLOWS: the log of {found['size']} entries begins with the first {found['since']}; signed root {found['root']}"
    else:
        found = audit(chosen.what, chosen.key, known, [json.loads(_text(file)) for file in chosen.receipt], chosen.witness)
        told = f"WHOLE: {found['size']} entries and {found['tiles']} tiles under the signed root {found['root']}; begins with the first {found['since']}"
        told += f"; has what the receipts promised ({found['receipts']})" if found["receipts"] else ""
    if chosen.keep:
        Path(chosen.keep).write_text(found["checkpoint"], encoding="utf-8")
    return told


if __name__ == "__main__":
    sys.exit(main())
