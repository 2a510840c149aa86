"""The published log, read by the verifier, which knows nothing of the system; and by a browser-less visitor."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from governance import ledger
from governance.ledger import notes, reading, verifier, witnessing
from governance.ledger.models import Checkpoint, Cosignature, Leaf
from governance.ledger.sequencing import sequence
from governance.receipts.reading import receipt_of
from tests.factories.ledger import leaves
from tests.ledger import naive, outsider

pytestmark = pytest.mark.django_db


def fill(*counts: int) -> None:
    for count in counts:
        leaves(count)
        sequence()


# The formats, against published values ------------------------------------------------------------------------------------


def test_the_note_of_the_specification():
    """The example of C2SP signed-note and of golang.org/x/mod/sumdb/note, whose key and signature are published."""
    key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    text = (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert verifier.check_note(text, key).startswith("If you think")
    for wrong in (text.replace("answer", "question"), text.replace("x08g", "x08h"), text.replace("— Peter", "- Peter"), text[:80], ""):
        with pytest.raises(verifier.Wrong):
            verifier.check_note(wrong, key)
    with pytest.raises(verifier.Wrong):
        verifier.read_key(key.replace("c74f", "c74e"))


def test_the_log_s_own_notes():
    body, signatures = verifier.read_note(notes.checkpoint(0, hashlib.sha256(b"").digest()))
    assert body == f"{settings.LEDGER_ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n" and len(signatures) == 1


# The addresses ------------------------------------------------------------------------------------------------------------


def test_an_empty_log_has_a_head(client):
    answer = client.get("/ledger/checkpoint")
    assert verifier.read_checkpoint(answer.content.decode(), notes.verifier_key())[0] == 0
    assert client.get("/ledger/tile/0/000.p/1").status_code == 404


def test_tiles_and_entries(client, django_assert_max_num_queries):
    fill(100, 500)
    texts = [bytes(data) for data in Leaf.objects.order_by("entry__number").values_list("data", flat=True)]
    hashes = [hashlib.sha256(b"\0" + text).digest() for text in texts]
    with django_assert_max_num_queries(2):
        full = client.get("/ledger/tile/0/001")
    assert full.content == b"".join(hashes[256:512])
    assert full["Cache-Control"] == "public, max-age=31536000, immutable" and full["Access-Control-Allow-Origin"] == "*"
    assert not full.cookies
    assert client.get("/ledger/tile/0/002.p/88").content == b"".join(hashes[512:600])
    assert client.get("/ledger/tile/1/000.p/2").content == naive.root(texts[:256]) + naive.root(texts[256:512])
    with django_assert_max_num_queries(2):
        assert verifier.read_bundle(client.get("/ledger/tile/entries/002.p/88").content) == texts[512:]
    assert client.get("/ledger/tile/entries/002.p/5").content == b"".join(len(t).to_bytes(2, "big") + t for t in texts[512:517])


@pytest.mark.parametrize(
    "address",
    ["tile/0/002", "tile/0/002.p/89", "tile/0/002.p/0", "tile/0/000.p/256", "tile/0/000.p/300", "tile/0/x000/001", "tile/0/1", "tile/1/000",
     "tile/9/000", "tile/0/x999/x999/x999/x999/x999/999", "tile/entries/003", "tile/-1/000", "tile/0/000.p/01", "consistency/5/601", "consistency/0/5"],
)  # fmt: skip
def test_what_is_not_there(client, address):
    fill(600)
    assert client.get(f"/ledger/{address}").status_code == 404


@pytest.mark.parametrize("address", ["checkpoint", "key", "tile/0/000.p/1", "tile/entries/000.p/1", "verifier.py", "consistency/1/1"])
def test_nothing_is_written_to_the_log_from_outside(client, address):
    fill(1)
    assert client.get(f"/ledger/{address}").status_code == 200
    for method in (client.post, client.put, client.delete, client.patch, client.trace):
        assert method(f"/ledger/{address}").status_code == 405


def test_consistency_over_the_wire(client):
    fill(100, 500)
    steps = [base64.b64decode(line) for line in client.get("/ledger/consistency/100/600").content.splitlines()]
    old, new = Checkpoint.objects.get(size=100), Checkpoint.objects.get(size=600)
    verifier.check_consistency(100, 600, bytes(old.root), bytes(new.root), steps)


@pytest.mark.parametrize("sizes", [(1, 2), (255, 1), (256, 1), (300, 400), (512, 256)])
def test_somebody_else_s_client_reads_the_log(client, sizes):
    """Over the published bytes only: every entry is under the signed root, and the later log begins with the earlier one."""
    def get(path: str) -> bytes:
        return client.get(f"/ledger/{path}").content

    key, heads = get("key").decode().strip(), []
    for count in sizes:
        fill(count)
        heads.append(outsider.opened(get("checkpoint").decode(), key))
    (old, old_root), (size, root) = heads
    tiles = outsider.Tiles(get, size)
    texts = verifier.read_bundle(b"".join(get(verifier.tile_path("entries", n, min(256, size - 256 * n))) for n in range((size + 255) // 256)))
    for index in {0, old - 1, old, size // 2, size - 1}:
        leaf, ours = hashlib.sha256(b"\0" + texts[index]).digest(), reading.inclusion(index)
        proof = tiles.record_proof(0, size, index)
        assert outsider.run_record(proof, 0, size, index, leaf) == root and proof == ours.path
        assert outsider.run_record(proof, 0, size, index, bytes(32)) != root
    proof = tiles.tree_proof(0, size, old)
    assert outsider.run_tree(proof, 0, size, old, old_root) == (old_root, root) and proof == reading.consistency(old, size)
    assert outsider.run_tree([*proof[:-1], bytes(32)], 0, size, old, old_root)[1] != root


# The verifier as its users get it -----------------------------------------------------------------------------------------


@pytest.fixture
def program(client, tmp_path):
    """The downloaded file, run by itself."""
    file = tmp_path / "verifier.py"
    answer = client.get("/ledger/verifier.py")
    assert "attachment" in answer["Content-Disposition"]
    file.write_bytes(answer.content)

    def run(*arguments: object) -> tuple[int, str]:
        done = subprocess.run([sys.executable, "-I", file, *map(str, arguments)], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def test_the_verifier_needs_nothing_of_the_system():
    source = Path(verifier.__file__).read_text(encoding="utf-8")
    assert "django" not in source.lower() and "governance" not in source


@pytest.mark.django_db(transaction=True)
def test_the_verifier_audits_the_log_over_the_wire(live_server, program, tmp_path):
    address, key, kept = f"{live_server.url}/ledger", notes.verifier_key(), tmp_path / "kept"
    fill(300)
    assert program("audit", address, "--key", key, "--keep", kept)[0] == 0
    receipt = tmp_path / "receipt.json"  # of what the log has only promised yet
    receipt.write_text(json.dumps(receipt_of(reading.leaf(ledger.append("test", {"n": 0}))).as_file()), encoding="utf-8")
    fill(399)
    code, said = program("audit", address, "--key", key, "--receipt", receipt)
    assert code == 0 and "has what the receipts promised (1)" in said
    receipt.write_text(json.dumps(receipt_of(reading.leaf(ledger.append("test", {"n": 1}))).as_file()), encoding="utf-8")
    code, said = program("audit", address, "--key", key, "--receipt", receipt)
    assert code == 1 and "WRONG (not-included)" in said, "not numbered yet: as if the log had not kept its promise"
    code, said = program("audit", address, "--key", key, "--known", kept)
    assert code == 0 and "700 entries and 2 tiles" in said and "first 300" in said
    code, said = program("follow", address, "--key", key, "--known", kept, "--keep", kept)
    assert code == 0 and "700 entries begins with the first 300" in said and "\n700\n" in kept.read_text()
    assert program("follow", address, "--key", key, "--known", kept)[0] == 0
    stranger = Outsider()
    code, said = program("follow", address, "--key", key, "--known", kept, "--witness", stranger.key)
    assert code == 1 and "WRONG (not-signed)" in said
    witnessing.register(stranger.key)
    witnessing.accept(reading.head().note + stranger.line(reading.head().note))
    assert program("audit", address, "--key", key, "--witness", stranger.key)[0] == 0
    kept.write_text(notes.checkpoint(300, bytes(32)))  # the log's own signature: it said so once
    code, said = program("follow", address, "--key", key, "--known", kept)
    assert code == 1 and "WRONG (rewritten)" in said
    assert program("follow", address, "--key", key)[0] == 2
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    name = settings.LEDGER_ORIGIN
    wrong = f"{name}+{verifier.key_hash(name, 1, other).hex()}+{base64.b64encode(bytes([1]) + other).decode()}"
    code, said = program("audit", address, "--key", wrong)
    assert code == 1 and "not-signed" in said


class Copy:
    """The published log in a folder, as a mirror keeps it; with whatever is changed in it."""

    def __init__(self, client, folder: Path) -> None:
        self.folder, self.size = folder, reading.head().size
        for path in ["checkpoint", *self.paths()]:
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(client.get(f"/ledger/{path}").content)

    def paths(self) -> list[str]:
        widths = [(n, min(256, self.size - 256 * n)) for n in range((self.size + 255) // 256)]
        return [verifier.tile_path(level, n, width) for n, width in widths for level in ("entries", 0)]

    def change(self, path: str, how) -> None:
        file = self.folder / path
        file.write_bytes(how(file.read_bytes()))


def bundle_of(texts: list[bytes]) -> bytes:
    return b"".join(len(text).to_bytes(2, "big") + text for text in texts)


def swapped(data: bytes) -> bytes:
    texts = verifier.read_bundle(data)
    texts[3], texts[4] = texts[4], texts[3]
    return bundle_of(texts)


@pytest.mark.parametrize(
    ("path", "how", "code"),
    [
        ("tile/entries/000", lambda data: data.replace(b'"type":"test"', b'"type":"text"', 1), "bad-tile"),
        ("tile/entries/001.p/144", lambda data: data.replace(b'"type":"test"', b'"type":"text"', 1), "bad-root"),
        ("tile/entries/000", swapped, "bad-tile"),
        ("tile/entries/001.p/144", swapped, "bad-root"),
        ("tile/entries/000", lambda data: bundle_of(verifier.read_bundle(data)[:-1]), "bad-entries"),
        ("tile/entries/000", lambda data: bundle_of([*verifier.read_bundle(data)[:-1], verifier.read_bundle(data)[0]]), "bad-entries"),
        ("tile/entries/000", lambda data: data[:-1], "bad-entries"),
        ("tile/0/000", lambda data: bytes(32) + data[32:], "bad-tile"),
        ("checkpoint", lambda data: data.replace(b"\n400\n", b"\n399\n"), "bad-signature"),
        ("checkpoint", lambda data: data.replace(b"\n\n", b"\nmore\n\n"), "bad-signature"),
        ("checkpoint", lambda data: data.partition(b"\n\n")[0], "bad-note"),
    ],
)
def test_a_changed_copy_is_refused(client, program, tmp_path, path, how, code):
    fill(400)
    copy = Copy(client, tmp_path / "copy")
    assert program("audit", copy.folder, "--key", notes.verifier_key())[0] == 0
    copy.change(path, how)
    status, said = program("audit", copy.folder, "--key", notes.verifier_key())
    assert status == 1 and f"WRONG ({code})" in said, said


def test_a_log_that_was_rewritten_or_cut_is_refused_by_whoever_kept_a_checkpoint(client, program, tmp_path):
    fill(300)
    copy = Copy(client, tmp_path / "copy")
    for name, size, root in (("longer", 500, bytes(32)), ("other", 200, bytes(32))):
        (tmp_path / name).write_text(notes.checkpoint(size, root), encoding="utf-8")  # the log's own signature: it said so once
        status, said = program("audit", copy.folder, "--key", notes.verifier_key(), "--known", tmp_path / name)
        assert status == 1 and "WRONG (rewritten)" in said


# Witnesses ----------------------------------------------------------------------------------------------------------------


class Outsider:
    """A witness with a key of its own, straight from the specification of tlog-cosignature."""

    name = "witness.example.org/w1"

    def __init__(self) -> None:
        self.private = Ed25519PrivateKey.generate()
        public = self.private.public_key().public_bytes_raw()
        self.short = hashlib.sha256(self.name.encode() + b"\n\x04" + public).digest()[:4]
        self.key = f"{self.name}+{self.short.hex()}+{base64.b64encode(bytes([4]) + public).decode()}"

    def line(self, note: str, moment: int = 1_795_000_000) -> str:
        body = note.rpartition("\n\n")[0] + "\n"
        signature = self.private.sign(f"cosignature/v1\ntime {moment}\n{body}".encode())
        return f"— {self.name} {base64.b64encode(self.short + moment.to_bytes(8, 'big') + signature).decode()}\n"


def test_a_witness_s_signature_is_kept_and_published(client):
    fill(10)
    witness, note = Outsider(), reading.head().note
    unknown = client.post("/ledger/cosign", note + witness.line(note), content_type="text/plain")
    assert unknown.status_code == 422
    witnessing.register(witness.key)
    for _twice in range(2):
        assert client.post("/ledger/cosign", note + witness.line(note), content_type="text/plain").status_code == 200
    assert Cosignature.objects.count() == 1
    shown = client.get("/ledger/checkpoint").content.decode()
    assert shown == note + witness.line(note)
    verifier.check_note(shown, witness.key)
    assert verifier.read_checkpoint(shown, notes.verifier_key())[0] == 10


def test_what_a_witness_has_not_signed_is_refused(client):
    fill(10)
    witness, impostor, note = Outsider(), Outsider(), reading.head().note
    witnessing.register(witness.key)
    line, elsewhere = witness.line(note), notes.checkpoint(11, bytes(32))
    for text in (note, note + impostor.line(note), note + line[:-10] + "AAAAAAAA=\n", elsewhere + witness.line(elsewhere), line, "", "\n\n"):
        assert client.post("/ledger/cosign", text, content_type="text/plain").status_code == 422, text
    assert not Cosignature.objects.exists()


def test_a_leaf_of_the_largest_size_fits_its_length():
    id = ledger.append("x" * 32, {"n": 1})
    assert len(Leaf.objects.get(pk=id).data) < 300
