"""Commands in a process and an environment of their own, as an operator runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from governance.embedded import PROJECT, SECRETS

OURS = {*SECRETS, "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "ALLOWED_HOSTS", "SITE_ADDRESS", "DEFAULT_FROM_EMAIL"}
OURS |= {"EMBEDDED_DIR", "EMBEDDED_NAME", "NUM_PROXIES", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def environment(**changes: str) -> dict[str, str]:
    """What a fresh shell has, and these variables."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("PYTEST_")}
    return kept | changes


def manage(*arguments: str, project: Path = PROJECT, **changes: str) -> subprocess.CompletedProcess:
    """``manage.py`` with these arguments; output and errors come back together."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=project, env=environment(**changes), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=180,
    )  # fmt: skip
