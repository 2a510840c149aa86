"""One command starts everything, wherever it is called, and leaves nothing running."""

from __future__ import annotations

import os
import shutil
import signal
import site
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from subprocess import CompletedProcess

import psycopg
import pytest
from django.core.management import CommandError, call_command

from governance.embedded import PROJECT, postgres, valkey
from governance.embedded.processes import IS_ROOT
from tests.start.commands import Demonstration, descendants, get, group_of, manage

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", "*.mo", "var", "staticfiles", "node_modules")
LEAVE, LOOK = "CREATE TABLE left_over ()", "SELECT 1 FROM left_over"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other accounts can reach, which pytest's own are not."""
    made = Path(tempfile.mkdtemp(prefix="gongzhi-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def running() -> Iterator[list[Demonstration]]:
    """Demonstrations that end with the test, however it ends."""
    started: list[Demonstration] = []
    yield started
    for one in started:
        one.kill()


def test_two_at_once_by_a_normal_user_in_a_chinese_path(folder: Path, running: list[Demonstration]):
    project = folder / "共治 项目"
    shutil.copytree(PROJECT, project, ignore=LEFT_OUT)
    account = somebody_else(project)
    statement(project, account, LEAVE)
    running += [Demonstration(project, folder / f"{number}.log", "--reset", **account) for number in (1, 2)]
    addresses = {one.wait() for one in running}
    assert len(addresses) == 2
    for address in addresses:
        assert get(address).status == get(f"{address}readyz").status == 200
    worker = next(pid for pid, command in descendants(running[0].process.pid).items() if "celery" in command)
    os.kill(worker, signal.SIGKILL)
    running[0].wait_for("worker ended; it is started again")
    assert [running[0].end(signal.SIGTERM), running[1].end(signal.SIGINT)] == [[], []]
    assert {path.name for path in (project / "var").iterdir()} >= {"demo", "demo-2"}
    assert "left_over" in statement(project, account, LOOK)  # --reset threw it away
    again = run_by(project, account, "demo", "--seed-only")
    assert again.returncode == 0, again.stdout
    assert "there already" in again.stdout


def statement(project: Path, account: dict[str, str], sql: str) -> str:
    """What the first demonstration's database answers to this."""
    code = f"from django.db import connection; connection.cursor().execute({sql!r})"
    return run_by(project, account | {"EMBEDDED_NAME": "demo"}, "shell", "--no-imports", "-c", code).stdout


def run_by(project: Path, account: dict[str, str], *arguments: str) -> CompletedProcess:
    """A command that another account calls."""
    return manage(*arguments, project=project, **account)


def somebody_else(project: Path) -> dict[str, str]:
    """As root: the arguments to run as an account without rights, where it can reach our Python. Otherwise as whom we are."""
    reached = all(is_open(Path(path).resolve()) for path in (sys.executable, site.getsitepackages()[0]))
    if not (IS_ROOT and reached):
        return {"EMBEDDED_DIR": str(project / "var")}
    for path in (project.parent, project, *project.rglob("*")):
        shutil.chown(path, "nobody", group_of("nobody"))
    return {"user": "nobody", "HOME": str(project)}


def is_open(path: Path) -> bool:
    """Whether everybody can reach it."""
    return path.exists() and all(parent.stat().st_mode & stat.S_IXOTH for parent in (path, *path.parents))


@pytest.fixture
def own_servers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """An installed PostgreSQL and Redis, as an operator has them; where none is installed, those of the wheels play them."""
    redis = shutil.which("redis-server") or shutil.which("valkey-server")
    if redis and (installed := sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        monkeypatch.setattr(postgres, "installation", lambda _folder: installed[-1].resolve().parent.parent)
        monkeypatch.setattr(valkey, "binary", lambda: Path(redis))
    monkeypatch.setenv("EMBEDDED_DIR", str(folder))
    servers = [postgres.Postgres(PROJECT, "own", durable=False), valkey.Valkey(PROJECT, "own", durable=False)]
    yield dict(zip(("DATABASE_URL", "REDIS_URL"), [server.start() for server in servers], strict=True))
    for server in reversed(servers):
        server.stop()
    shutil.rmtree(servers[0].socket, ignore_errors=True)


def test_with_servers_of_ones_own_it_starts_none(own_servers: dict[str, str], folder: Path, running: list[Demonstration]):
    own = own_servers | {"EMBEDDED_DIR": str(folder)}
    running.append(Demonstration(PROJECT, folder / "demo.log", **own))
    assert get(running[0].wait() + "readyz").status == 200
    commands = " ".join(descendants(running[0].process.pid).values())
    assert "granian" in commands
    assert "postgres" not in commands
    assert "valkey-server" not in commands
    assert running[0].end() == []

    assert "Empty the one that DATABASE_URL names yourself" in manage("demo", "--seed-only", "--reset", **own).stdout
    with psycopg.connect(own["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("UPDATE stakeholders_stakeholder SET is_synthetic = false")
    assert "no demonstration there" in manage("demo", "--seed-only", **own).stdout


def test_compiled_modules_lie_with_the_data_where_none_may_lie_beside_the_code(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EMBEDDED_DIR", str(folder))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    import_module("manage").compile_once("demo")
    subprocess.run([sys.executable, "-c", "import governance.embedded"], cwd=PROJECT, check=True)
    assert [path.name.partition(".")[0] for path in (folder / "demo" / "bytecode").rglob("embedded/*.pyc")] == ["__init__"]


@pytest.mark.parametrize(("ask", "variable"), [(lambda: postgres.installation(Path()), "DATABASE_URL"), (valkey.binary, "REDIS_URL")])
def test_without_a_wheel_the_variable_is_named(monkeypatch: pytest.MonkeyPatch, ask, variable: str):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(Path, "glob", lambda *_pattern: iter(()))
    with pytest.raises(SystemExit, match=f"Set {variable}"):
        ask()


def test_a_taken_port_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken"):
            call_command("demo", port=port)
