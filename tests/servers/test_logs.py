"""A line of the log says what happened, and nothing of the person to whom it happened."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.db import IntegrityError
from django.test import Client

from tests.factories import people

NUMBER, NAME, MAIL = "11010519491231002X", "王示例", "wang.shili@example.invalid"
PERSONAL = (NUMBER, NAME, MAIL)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[dict[str, Any]]]:
    """What went into the log meanwhile, as it stands there."""
    written: list[str] = []
    made = settings.LOGGING["formatters"]["line"]
    formatter = made["()"](**{name: value for name, value in made.items() if name != "()"})

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(formatter.format(record))

    handler = Kept()
    # A worker or a server of another test may have switched loggers off in this process.
    monkeypatch.setattr(logging.root.manager, "disable", logging.NOTSET)
    for name in [*logging.root.manager.loggerDict]:
        monkeypatch.setattr(logging.getLogger(name), "disabled", False)
    for logger in (logging.getLogger(), logging.getLogger("django")):
        monkeypatch.setattr(logger, "handlers", [handler])
    return lambda: [json.loads(line) for line in written]


def no_person(lines: list[dict[str, Any]]) -> bool:
    """Whether none of what is personal stands anywhere in them."""
    text = json.dumps(lines, ensure_ascii=False)
    return not any(word in text for word in PERSONAL)


def fail_about_a_person(number: str = NUMBER) -> None:
    """An error as the database words it, with somebody's number in a variable and in its text."""
    try:
        raise ValueError(f"invalid literal: {number}")
    except ValueError as problem:
        raise IntegrityError(f"duplicate key. DETAIL: Key (name, number)=({NAME}, {number}) already exists.") from problem


def test_an_error_is_told_by_its_kind_and_its_lines_of_code(lines):
    try:
        fail_about_a_person()
    except IntegrityError:
        structlog.get_logger("a").exception("it failed", topic="feedback.route", item="7")
    (line,) = lines()
    assert (line["event"], line["level"], line["error"]) == ("it failed", "error", "IntegrityError < ValueError")
    assert (line["topic"], line["item"]) == ("feedback.route", "7")
    assert line["frames"][-1].startswith("tests/servers/test_logs.py:")
    assert no_person(lines())


def test_what_a_library_says_of_an_error_is_its_sentence_without_the_error(lines):
    try:
        fail_about_a_person()
    except IntegrityError as problem:
        told = {"name": "outbox.deliver", "exc": repr(problem), "args": f"[{NAME!r}]"}
        logging.getLogger("celery").exception("Task %(name)s raised: %(exc)s %(args)s", told)
    (line,) = lines()
    assert (line["task"], line["error"]) == ("outbox.deliver", "IntegrityError < ValueError")
    assert no_person(lines())


def test_a_name_that_the_list_does_not_know_is_left_out(lines):
    structlog.get_logger("a").warning("seen", applicant=NAME, why=f"by {MAIL}, １１０１０５１９４９１２３１００２Ｘ, {NUMBER}, 138 0000 0000", size=3)
    (line,) = lines()
    assert line["left_out"] == ["applicant"]
    assert line["why"] == "by •••, •••, •••, •••"
    assert line["size"] == 3
    assert no_person(lines())


def test_days_and_numbers_of_rows_stay_readable(lines):
    row = "0199e0a4-0000-7000-8000-000000001234"
    structlog.get_logger("a").warning("seen", item=row, since="2026-12-08 15:59:59.123+00:00", kept="2026-12-08", size=12345678)
    (line,) = lines()
    assert (line["item"], line["since"], line["kept"], line["size"]) == (row, "2026-12-08 15:59:59.123+00:00", "2026-12-08", 12345678)


@pytest.mark.django_db
def test_a_request_that_fails_is_told_by_its_route(lines, monkeypatch):
    monkeypatch.setattr("governance.web.home.offers.live_figures", lambda *_: fail_about_a_person())
    client = Client(raise_request_exception=False)
    client.force_login(people.user(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(f"/?q={NUMBER}", headers={"User-Agent": NAME}).status_code == 500
    assert client.get(f"/nowhere/{NAME}/{MAIL}/").status_code == 404
    failed = next(line for line in lines() if line.get("status") == 500)
    assert (failed["event"], failed["method"], failed["route"]) == ("Internal Server Error", "GET", "")
    assert failed["error"] == "IntegrityError < ValueError"
    wrong = next(line for line in lines() if line.get("status") == 404)
    assert (wrong["event"], wrong["route"]) == ("Not Found", "unknown")
    assert no_person(lines())
