"""The log: a line of JSON for each thing that happened, and nothing of a person in it.

A line holds names of a short list; whatever else is given is left out. An error is written down by its kind and by the lines
of code it came through, never with its words or the values of variables: in those stand names and numbers of people.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from http.client import responses
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict

# What may be said of what happened: kinds, counts, days, numbers of rows. None of it is a person's word, name or number.
SAID = frozenset({
    "action", "alarms", "away", "attempts", "batch", "checked", "clock", "counted", "item", "kept", "method", "moved", "program", "resumed",
    "route", "seconds", "since", "size", "state", "status", "task", "topic", "watcher", "why", "witness",
})  # fmt: skip
OURS = frozenset({"at", "level", "logger", "event", "error", "sqlstate", "constraint", "frames", "left_out"})
PROJECT = Path(__file__).resolve().parent.parent.parent
FRAMES, LONGEST = 30, 300  # lines of code, characters of a value
# Identity, telephone and account numbers, also in full-width digits, and e-mail addresses.
_PERSONAL = re.compile(r"\d[\d -]{5,}\d[\dXxＸｘ]?|[\w.+-]+@[\w-]+(\.[\w-]+)+")
_DAY_OR_ROW = re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def configured() -> dict[str, Any]:
    """Django's LOGGING; structlog writes through it, so that there is one form and one place."""
    named: list[Any] = [structlog.stdlib.add_logger_name, structlog.stdlib.add_log_level]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *named, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "pass_foreign_args": True,
        "foreign_pre_chain": [of_a_library, *named],
        "processors": [
            of_an_error, of_a_request, of_an_outage, structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_people,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    }  # fmt: skip
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "filters": {"outages": {"()": "governance.servers.outages.OncePerPeriod"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outages"]}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
    }


def of_a_library(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """What a library tells beside an error is its own sentence, without what it puts into it: that is often the error's text."""
    record: logging.LogRecord = line["_record"]
    put_in = line.pop("positional_args", ())
    if record.exc_info:
        line["event"] = str(record.msg)
    if isinstance(put_in, Mapping) and "name" in put_in:  # Celery's
        line["task"] = put_in["name"]
    return line


def of_an_error(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """The kinds of the error and of those it came from, the database's words for it, and the lines of code it came through."""
    given = line.pop("exc_info", None)
    problem = given if isinstance(given, BaseException) else (sys.exc_info() if given is True else given or (None, None))[1]
    if problem is None:
        return line
    came_from = problem.__cause__ or problem.__context__
    line["error"] = " < ".join(type(one).__qualname__ for one in (problem, came_from) if one is not None)
    for one in (problem, came_from):
        if diagnosis := getattr(one, "diag", None):  # psycopg's; its details would name values
            line |= {"sqlstate": diagnosis.sqlstate, "constraint": diagnosis.constraint_name}
    frames = traceback.extract_tb(problem.__traceback__)[-FRAMES:]
    line["frames"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return line


def _short(file: str) -> str:
    return file.rpartition("site-packages/")[2].removeprefix(f"{PROJECT}/")


def of_a_request(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Django's words about a request hold its address, in which secrets and what people looked for may stand."""
    record = line.get("_record")
    request = getattr(record, "request", None)
    if record is not None and hasattr(request, "path"):
        found = getattr(request, "resolver_match", None)
        status = getattr(record, "status_code", 0)
        line["event"] = responses.get(status, "a request was refused")
        line |= {"method": request.method, "route": found.route if found else "unknown", "status": status}
    return line


def of_an_outage(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Which server is away, and how many lines said so since the last one that was written."""
    return line | getattr(line.get("_record"), "outage", {})


def without_people(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Only what the list knows, shortened, with numbers and addresses of people hidden."""
    kept = {name: _hidden(value) for name, value in line.items() if name in SAID | OURS}
    if left_out := sorted(set(line) - set(kept)):
        kept["left_out"] = left_out
    return kept


def _hidden(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list):
        return [_hidden(one) for one in value]
    text = str(value)
    return text[:LONGEST] if _DAY_OR_ROW.fullmatch(text) else _PERSONAL.sub("•••", text)[:LONGEST]
