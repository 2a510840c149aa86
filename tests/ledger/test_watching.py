"""Checkpoints leave the system by themselves: into a file, to witnesses, to watchers; who was not reached is told next time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from governance.clocks.now import now, stopped_at
from governance.ledger import notes, reading, verifier, watching, witnessing
from governance.ledger.models import Cosignature, Watcher
from governance.ledger.sequencing import sequence
from governance.ledger.tasks import publish
from tests.factories.ledger import leaves
from tests.ledger.test_published import Outsider

pytestmark = pytest.mark.django_db


class Outside(HTTPServer):
    """A watcher and a witness in one: keeps what it is sent, and signs what is brought to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.witness, self.kept, self.asked, self.status, self.seen = Outsider(), [], [], 200, 0
        self.address = f"http://127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        said = b""
        if self.path == "/add-checkpoint":
            self.server.asked.append(text)
            if not text.startswith(f"old {self.server.seen}\n"):
                return self.answer(409, f"{self.server.seen}\n".encode())
            note = text.partition("\n\n")[2]
            said, self.server.seen = self.server.witness.line(note).encode(), int(note.split("\n")[1])
        elif self.server.status == 200:
            self.server.kept.append(text)
        return self.answer(self.server.status, said)

    def answer(self, status: int, said: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture
def outside() -> Iterator[Outside]:
    server = Outside()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def later() -> None:
    """As if every watcher's interval were over."""
    Watcher.objects.update(tried_at=None)


def test_a_new_checkpoint_goes_out_once_with_the_witness_s_signature(outside, settings, tmp_path):
    settings.LEDGER_FILE = str(tmp_path / "checkpoint")
    witnessing.register(outside.witness.key, outside.address)
    call_command("ledger", "watch", f"{outside.address}/keep", verbosity=0)
    call_command("ledger", "watch", "watcher@example.invalid", verbosity=0)
    assert publish() == 0 and not outside.kept, "an empty log has nothing to keep"
    for size in (300, 700):
        leaves(size - reading.head().size)
        sequence()
        assert publish() == 2
        assert publish() == 0
        later()
        assert publish() == 0, "nobody is sent the same twice"
    assert Cosignature.objects.count() == 2
    first, second = outside.kept
    assert mail.outbox[1].body == second == (tmp_path / "checkpoint").read_text() and mail.outbox[1].to == ["watcher@example.invalid"]
    for text in outside.kept:
        verifier.check_note(text, outside.witness.key)
    (old, old_root), (new, new_root) = (verifier.read_checkpoint(text, notes.verifier_key()) for text in (first, second))
    verifier.check_consistency(old, new, old_root, new_root, reading.consistency(old, new))
    assert outside.asked[1].startswith("old 300\n"), "the witness is shown the proof from what it saw last"


def test_a_witness_that_has_seen_another_size_is_asked_from_there(outside):
    """Such as after a signature got lost on its way, or the house was restored from a copy."""
    witnessing.register(outside.witness.key, outside.address)
    for count in (5, 4):
        leaves(count)
        sequence()
    outside.seen = 5
    assert witnessing.ask_all() == 1 and Cosignature.objects.get().checkpoint_id == 9
    assert [text.partition("\n")[0] for text in outside.asked] == ["old 0", "old 5"]
    leaves(1)
    sequence()
    outside.seen = 77
    assert witnessing.ask_all() == 0, "a log that is not ours"


def test_an_alarm_where_leaves_wait_too_long(monkeypatch):
    leaves(1)
    told = []
    monkeypatch.setattr(watching.log, "error", lambda text, **more: told.append(text))
    publish()
    assert not told
    with stopped_at(now() + timedelta(seconds=61)):
        publish()
    assert "late" in told[0]


def test_who_was_not_reached_is_told_the_newest_next_time_and_not_sooner_than_wished(outside, capsys):
    call_command("ledger", "watch", outside.address, "--every", "5", verbosity=0)
    leaves(3)
    sequence()
    outside.status = 500
    assert publish() == 0 and "500" in Watcher.objects.get().problem
    outside.status = 200
    assert publish() == 0, "not at once again"
    Watcher.objects.update(tried_at=Watcher.objects.get().tried_at - timedelta(minutes=5))
    assert publish() == 1 and outside.kept == [reading.published(reading.head())] and not Watcher.objects.get().problem
    call_command("ledger", "watch", outside.address, "--end")
    assert not Watcher.objects.exists()


@pytest.mark.parametrize("address", ["nobody", "ftp://example.org/x", "https://", "file:///etc/passwd"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(CommandError):
        call_command("ledger", "watch", address, verbosity=0)
    assert not Watcher.objects.exists()


def test_it_is_on_the_schedule(settings):
    assert "ledger.publish" in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
