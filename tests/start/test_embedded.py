"""Before anything is started: a folder, a disk, a lock, a server that does not do is told in a sentence, and nothing is half written."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from governance import embedded
from governance.development import children, messages
from governance.embedded import PROJECT, given, processes
from governance.embedded.processes import IS_ROOT, closed_to_account, read_back, state_dir, write_whole


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for data of demonstrations that are only talked about here."""
    monkeypatch.setenv("EMBEDDED_DIR", str(tmp_path / "new" / "data"))
    monkeypatch.setattr(embedded, "_held", [])
    return tmp_path / "new" / "data"


# Folders ------------------------------------------------------------------------------------------------------------------


def test_whatever_the_umask_the_account_of_the_server_passes_through(data, monkeypatch):
    before = os.umask(0o077)
    try:
        folder = state_dir(PROJECT, "demo")
    finally:
        os.umask(before)
    passes = 0o711 if IS_ROOT else 0o755
    assert stat.S_IMODE(data.parent.stat().st_mode) == stat.S_IMODE(data.stat().st_mode) == passes
    assert stat.S_IMODE(folder.stat().st_mode) == (0o711 if IS_ROOT else 0o700)


def test_a_user_s_data_are_nobody_else_s(data, monkeypatch):
    monkeypatch.setattr(processes, "IS_ROOT", False)
    (data / "demo").mkdir(parents=True, mode=0o755)
    assert stat.S_IMODE(state_dir(PROJECT, "demo").stat().st_mode) == 0o700


def test_as_root_it_lies_beside_an_installation_not_in_its_folder(monkeypatch):
    made: list[Path] = []
    monkeypatch.delenv("EMBEDDED_DIR", raising=False)
    monkeypatch.setattr(processes, "IS_ROOT", True)
    monkeypatch.setattr(processes, "_make", made.append)
    assert Path("/var/lib/gongzhi") not in state_dir(PROJECT, "demo").parents  # systemd closes that one, and gives it to the web
    assert made


def test_a_folder_on_the_way_that_is_closed_to_the_server_s_account_is_named(data, monkeypatch):
    monkeypatch.setattr(processes, "RUN_AS", object())
    folder = state_dir(PROJECT, "demo")
    data.parent.chmod(0o700)
    assert closed_to_account(folder) == data.parent
    monkeypatch.setattr(processes, "RUN_AS", None)
    assert closed_to_account(folder) is None


def test_a_folder_that_may_not_be_written_is_a_sentence(data, monkeypatch):
    data.parent.mkdir()
    data.write_text("a file where the folder should be")
    with pytest.raises(SystemExit, match=r"cannot be made or used: .* Set EMBEDDED_DIR"):
        state_dir(PROJECT, "demo")
    data.unlink()
    monkeypatch.setattr(processes.os, "access", lambda *_: False)
    with pytest.raises(SystemExit, match="may not be written to"):
        state_dir(PROJECT, "demo")


def test_texts_are_compiled_into_the_data_and_found_there(tmp_path):
    messages.compile_all(tmp_path)
    made = sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.mo"))
    assert "web/zh_Hans/LC_MESSAGES/django.mo" in made
    assert len(made) == len([po for po in messages.po_files() if po.exists()])


@pytest.mark.parametrize(("free", "is_new", "is_enough"), [(249, True, False), (250, True, True), (29, False, False), (30, False, True)])
def test_a_disk_that_is_too_full_is_told_before_anything_is_written(data, monkeypatch, free, is_new, is_enough):
    folder = state_dir(PROJECT, "demo")
    if not is_new:
        (folder / "pg18").mkdir()
        (folder / "pg18" / "PG_VERSION").touch()
    monkeypatch.setattr(embedded.shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(0, 0, free * embedded.MEGABYTE))
    if is_enough:
        embedded.demand_room("demo")
    else:
        with pytest.raises(SystemExit, match=f"{free} MB left"):
            embedded.demand_room("demo")


# Keys -------------------------------------------------------------------------------------------------------------------


def test_keys_are_written_whole_or_not_at_all_and_only_once(data, monkeypatch):
    for name in embedded.SECRETS:
        monkeypatch.delenv(name)
    embedded.ensure_secrets("demo")
    file = data / "demo" / "secrets.json"
    first, kept = file.stat(), json.loads(file.read_text())
    assert (stat.S_IMODE(first.st_mode), set(kept)) == (0o600, set(embedded.SECRETS))
    embedded.ensure_secrets("demo")
    assert file.stat().st_ino == first.st_ino

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, {"SECRET_KEY": "another"})
    assert read_back(file) == kept


def test_keys_that_are_damaged_are_told(tmp_path):
    (tmp_path / "secrets.json").write_text('{"SECRET_KEY": "ab')
    with pytest.raises(SystemExit, match="is damaged"):
        read_back(tmp_path / "secrets.json")


# One after the other, and two at once ---------------------------------------------------------------------------------------


@pytest.fixture
def other(data):
    """Another demonstration, which holds the lock and says something of itself."""
    file = open(state_dir(PROJECT, "demo") / "running.lock", "a+")  # noqa: SIM115
    fcntl.flock(file, fcntl.LOCK_EX)

    def said(state: str):
        embedded._held[:] = [file]
        embedded.announce(state)
        embedded._held.clear()
        return file

    yield said
    for held in (file, *embedded._held):
        held.close()


def test_one_that_is_ending_is_waited_for_and_its_data_gone_on_with(other, monkeypatch):
    file, told = other(embedded.ENDING), []
    monkeypatch.setattr(embedded.time, "sleep", lambda _seconds: fcntl.flock(file, fcntl.LOCK_UN))
    assert embedded.claim(told.append) == "demo"
    assert told == ["The demonstration before this one is still ending; waiting for it …"]


def test_beside_one_that_runs_there_is_a_second_and_it_is_said(other, data):
    other("running at http://127.0.0.1:8000/")
    told: list[str] = []
    assert embedded.claim(told.append) == "demo-2"
    assert told == [f"A demonstration is running at http://127.0.0.1:8000/ already; this one has data of its own in {data / 'demo-2'}"]


def test_one_that_does_not_come_to_its_end_is_not_waited_for_for_ever(other, monkeypatch):
    other(embedded.ENDING)
    monkeypatch.setattr(embedded, "LONGEST_END", -1.0)
    assert embedded.claim() == "demo-2"


# Servers of one's own -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "value", "told"), [
    ("DATABASE_URL", "postgresql://own:wrong@127.0.0.1:1/own", "Connection refused"),
    ("DATABASE_URL", "mysql://own@127.0.0.1/own", "must begin with postgresql://"),
    ("DATABASE_URL", "postgresql://own@no-such-host.invalid/own", "no-such-host.invalid"),
    ("REDIS_URL", "redis://:wrong@127.0.0.1:1/0", "refused"),
    ("REDIS_URL", "http://127.0.0.1:6379", "must begin with redis://"),
    ("REDIS_URL", "127.0.0.1:6379", "must begin with redis://"),
])  # fmt: skip
def test_a_server_that_does_not_do_is_one_sentence(monkeypatch, name, value, told):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        given.check()
    fault, advice = str(ended.value).split("\n")
    assert fault.startswith(f"{name}: ")
    assert told in fault
    assert advice.startswith("Correct it")


def test_a_wrong_password_and_a_role_without_rights_are_told():
    wrong = settings.REDIS_URL.replace(settings.REDIS_URL.split("@")[0], "redis://:wrong")
    assert "password" in given.valkey(wrong)
    assert given.valkey(settings.REDIS_URL) == ""
    assert given.postgres(os.environ["DATABASE_URL"]) == ""
    assert 'database "nothing_of_this_name" does not exist' in given.postgres(os.environ["DATABASE_URL"].replace("/gongzhi?", "/nothing_of_this_name?"))


def test_a_name_that_nobody_resolves_in_time_is_told(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://own@slow/own")
    monkeypatch.delenv("REDIS_URL")
    monkeypatch.setattr(given, "LONGEST", 0)
    monkeypatch.setattr(given, "Thread", lambda **_options: type("Slow", (), {"start": lambda _self: None, "join": lambda _self, _seconds: None})())
    with pytest.raises(SystemExit, match="DATABASE_URL: no answer within"):
        given.check()


def test_a_server_that_another_process_of_ours_started_is_ours(monkeypatch):
    monkeypatch.setenv(embedded.STARTED, "postgresql://a redis://b")
    monkeypatch.setenv("DATABASE_URL", "postgresql://a")
    assert embedded.is_ours("DATABASE_URL")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody-elses")
    assert not embedded.is_ours("DATABASE_URL")
    monkeypatch.delenv("DATABASE_URL")
    assert not embedded.is_ours("DATABASE_URL")


# Web and worker -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def family(tmp_path) -> children.Children:
    return children.Children(tmp_path, 1, lambda _text: None)


def test_what_keeps_ending_is_a_fault_and_what_ends_now_and_then_is_not(family):
    for n in range(100):
        family.note_end("worker", n * children.HOUR / children.MOST_RESTARTS)
    for n in range(children.MOST_RESTARTS):
        family.note_end("web", float(n))
    with pytest.raises(CommandError, match="web ended 21 times within an hour"):
        family.note_end("web", 30.0)


def test_what_does_not_answer_is_named(family, monkeypatch):
    monkeypatch.setattr(family, "_missing", lambda: iter(["Redis or Valkey (REDIS_URL)", "the worker"]))
    moments = iter([0.0, 1.0, children.LONGEST_START + 1.0])
    monkeypatch.setattr(children.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(children.time, "sleep", lambda _seconds: None)
    with pytest.raises(CommandError, match=r"Redis or Valkey \(REDIS_URL\), the worker did not answer"):
        family.wait_until_ready()


def test_nobody_answering_at_all_is_the_web(family):
    assert list(family._missing()) == ["the web"]


def test_a_demonstration_whose_starter_was_killed_ends(family, monkeypatch):
    monkeypatch.setenv("UV", "/usr/bin/uv")
    assert not family.is_left_alone()
    monkeypatch.setattr(children.os, "getppid", lambda: 1)
    assert family.is_left_alone()
    monkeypatch.delenv("UV")  # started by a shell, which may end before it
    assert not family.is_left_alone()
