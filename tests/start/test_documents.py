"""What the documents say of starting and installing is what the code has; both languages say the same."""

from __future__ import annotations

import re
from pathlib import Path

from governance.embedded import PROJECT

ASKED = re.compile(r"""environment\.(?:text|flag|number|words)\(\s*"([A-Z_]+)"|environ(?:\.get)?[\[(]"([A-Z_]+)"|\$\{([A-Z_]+):[-?]""")
GIVEN = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)
# Set by ourselves for our own processes, by Python, by uv, by the test runner, or the shell.
NOT_TO_BE_SET = {
    "EMBEDDED_NAME", "EMBEDDED_STARTED", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE", "UV", "PYTEST_XDIST_WORKER", "CI",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
}  # fmt: skip
OF_OTHERS = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "GRANIAN_WORKERS", "GRANIAN_BLOCKING_THREADS"}  # read by Django, granian, or through a name


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def asked_for() -> set[str]:
    """Every variable that settings, embedded servers, commands, scripts of the installation or the tests ask the environment for."""
    files = [*(PROJECT / "governance").rglob("*.py"), PROJECT / "manage.py", PROJECT / "tests" / "conftest.py", *(PROJECT / "deploy").iterdir()]
    texts = (file.read_text(encoding="utf-8") for file in files if file.is_file())
    return {next(filter(None, found)) for text in texts for found in ASKED.findall(text)} - NOT_TO_BE_SET


def test_every_variable_is_listed_and_none_that_nobody_asks_for():
    listed = {name for file in ("environment.example", "owner-environment.example") for name in GIVEN.findall(read(f"deploy/{file}"))}
    assert sorted(listed - OF_OTHERS) == sorted(asked_for() - OF_OTHERS)
    assert listed >= OF_OTHERS


def headings(text: str) -> list[int]:
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return [len(marks) for marks in re.findall(r"^(#+) ", outside, re.MULTILINE)]


def commands(text: str) -> list[str]:
    """What is to be typed: indented lines, and what stands in a table of commands."""
    return re.findall(r"^    (?!\s|class|record|by|start|fields|pauses|tells|\"\"\")(.+)$|^\| (`.+?`) \|", text, re.MULTILINE)


def targets(text: str) -> list[str]:
    return [target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.startswith("README")]


def test_the_readme_says_the_same_in_both_languages():
    english, chinese = read("README.md"), read("README.zh-CN.md")
    assert headings(english) == headings(chinese)
    assert commands(english) == commands(chinese)
    assert len(commands(english)) > 10
    assert targets(english) == targets(chinese)
    codes = [re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)) for text in (english, chinese)]
    assert sorted(codes[0]) == sorted(codes[1])
    rooms = [re.findall(r"^  ([a-z/ ]+/)", text, re.MULTILINE) for text in (english, chinese)]
    assert rooms[0] == rooms[1]


def test_what_the_documents_point_to_is_there():
    for name in ("README.md", "README.zh-CN.md", "docs/installing.md"):
        for target in targets(read(name)):
            assert (PROJECT / Path(name).parent / target).exists(), (name, target)


def test_the_command_of_the_readme_is_the_one_that_decides():
    assert "python3 -m uv run pytest" in read("README.md")
    assert "python3 -m uv run pytest -n 2" in read(".ci/run")


def test_installing_copies_no_environment_and_calls_no_script_that_names_one():
    assert "cp -a ." not in read("docs/installing.md")
    units = [file.read_text() for file in (PROJECT / "deploy" / "systemd").glob("*.service")]
    scripts = [line for unit in units for line in unit.splitlines() if ".venv/bin/" in line and ".venv/bin/python" not in line]
    assert scripts == []
