"""What every test stands on: strict templates, fresh calendars, a browser, a worker."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import doing

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's sync interface runs an event loop in the test's thread

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CHROMIUM = next(
    (
        path
        for path in (
            os.environ.get("CHROMIUM"), shutil.which("chromium"), shutil.which("chromium-browser"), shutil.which("google-chrome"),
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        )
        if path and os.path.exists(path)
    ),
    None,
)  # fmt: skip


# Where it decides whether a change may land (CI), nothing is left out: what is skipped there is not promised any more. --------


_skipped: list[str] = []


def pytest_runtest_logreport(report: Any) -> None:
    """Remember what was left out; with several processes this is called in the one that counts."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(f"{report.nodeid}: {report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr}")


_undone: list[str] = []


def pytest_collection_finish(session: Any) -> None:
    """From now on it is remembered which actions are carried out."""
    doing.watch()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: Any) -> None:
    """One of several processes tells what it did."""
    told = getattr(node, "workeroutput", {}).get(doing.HANDED_OVER)
    if told is None:
        doing.away.append(str(error))
    doing.done.update(told or ())


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: Any) -> None:
    """A test that was left out fails the run, and so does an action that no test of all carried out."""
    if hasattr(session.config, "workerinput"):
        session.config.workeroutput[doing.HANDED_OVER] = sorted(doing.done)
        return
    if os.environ.get("CI") and _skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if doing.is_whole(session.config, skipped=_skipped) and not (session.shouldstop or session.shouldfail):
        from governance.actions import registry

        _undone.extend(doing.never_done((one.key for one in registry.actions()), doing.done))
        session.exitstatus = pytest.ExitCode.TESTS_FAILED if _undone else session.exitstatus


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """And is named."""
    if os.environ.get("CI") and _skipped:
        terminalreporter.section("left out, which may not be here", red=True)
        terminalreporter.write_line("\n".join(_skipped))
    if _undone:
        terminalreporter.section("actions that no test carries out", red=True)
        terminalreporter.write_line("\n".join(_undone))


# Strictness -------------------------------------------------------------------------------------------------------------


class UndefinedVariable(str):
    """Stands where a template names something that is not there, and says so loudly."""

    undefined: list[str] = []

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: Any) -> str:
        self.undefined.append(str(name))
        return ""


@pytest.fixture(autouse=True)
def no_undefined_variables() -> Iterator[list[str]]:
    """A template that shows a variable nobody gave fails the test that drew it."""
    from django.template import engines

    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, UndefinedVariable("%s")
    UndefinedVariable.undefined.clear()
    yield UndefinedVariable.undefined
    engine.string_if_invalid = before
    assert not UndefinedVariable.undefined, f"templates name what nobody gave them: {sorted(set(UndefinedVariable.undefined))}"


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Calendars, rules and the language are kept in memory between requests, never between tests."""
    from django.core.cache import cache
    from django.utils import translation

    from governance.clocks import calendars

    calendars.forget()
    cache.clear()
    translation.activate("en")
    yield
    calendars.forget()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Tests begin without the packaged areas, as they do after any test that empties the tables; else with every migration."""
    from django.apps import apps
    from django.db import connection
    from django.db.models.signals import post_migrate

    from governance.catalogue import loading
    from governance.stakeholders.areas import load_packaged
    from tests import template

    post_migrate.disconnect(load_packaged, sender=apps.get_app_config("stakeholders"))
    loading.founded = lambda *records: None  # the log begins empty: whoever audits founds what is there
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template.migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    """Tests that commit leave empty tables, those of the ledger too."""
    from django.db import connection

    if connection.settings_dict["NAME"].startswith("test_"):  # else none of these tests has a database: this is somebody's own
        with django_db_blocker.unblock():
            let_the_ledger_be_emptied()


def let_the_ledger_be_emptied(is_allowed: bool = True) -> None:
    """Between tests that commit, every table is emptied; the ledger's triggers refuse that, and stand aside here only."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_never_emptied_%'")
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {'DISABLE' if is_allowed else 'ENABLE'} TRIGGER {trigger}")


@pytest.fixture(scope="session", autouse=True)
def nobody_left_behind(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """A thread of the live server may still hold a connection when the database is to be dropped."""
    yield
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND datname LIKE 'test%' AND pid <> pg_backend_pid()"
        )


# The audit ----------------------------------------------------------------------------------------------------------------

AUDIT_ALL = bool(os.environ.get("AUDIT"))  # every test with a database, not only journeys: slow, before a release


@pytest.fixture(autouse=True)
def audited(request: Any) -> Iterator[None]:
    """A journey leaves a world in which every row has its events and every value is what they say: ``manage.py ledger audit``."""
    marker = request.node.get_closest_marker("django_db")
    is_journey = "journey" in request.node.nodeid
    if marker is None or not (is_journey or AUDIT_ALL):
        yield
        return
    request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
    from tests import audited as auditing

    with auditing.founded():
        yield
    assert auditing.breaks() == []


# Signing in without the form ----------------------------------------------------------------------------------------------


@pytest.fixture
def sign_in(client: Any) -> Callable[..., Any]:
    """The test client, signed in as a user who acts for ``choice`` ("" is oneself; None is whatever comes first)."""

    def signed_in(user: Any, choice: str | None = None) -> Any:
        client.force_login(user, backend=BACKEND)
        remember_choice(client.session, choice)
        return client

    return signed_in


def remember_choice(session: Any, choice: str | None) -> None:
    """Write into a session for whom its user acts."""
    if choice is not None:
        session["acting_for"] = choice
        session.save()


@pytest.fixture(autouse=True)
def forms_say_for_whom(monkeypatch: Any) -> None:
    """Every form that is drawn is stamped; a test that posts by Django's client names its own fields only, and gets the stamp here."""
    from governance.stakeholders.sending import PartyMiddleware, _is_for_whoever
    from governance.web import party

    judge = PartyMiddleware.process_view

    def stamped(self: Any, request: Any, view: Any, args: Any, options: Any) -> Any:
        is_typed_by_a_test = request.method == "POST" and vars(request).get("_dont_enforce_csrf_checks", False)
        if is_typed_by_a_test and not _is_for_whoever(view) and not {party.FIELD, party.CHOSEN} & request.POST.keys():
            request.POST = request.POST.copy()
            request.POST[party.FIELD] = party.stamp(request.actor)
        return judge(self, request, view, args, options)

    monkeypatch.setattr(PartyMiddleware, "process_view", stamped)


# A worker -----------------------------------------------------------------------------------------------------------------

WORKER_STARTS = 120  # seconds


@pytest.fixture
def worker(transactional_db: Any) -> Iterator[Any]:
    """A Celery worker on the test's Valkey and PostgreSQL."""
    from celery.contrib.testing.worker import TestWorkController, start_worker

    from governance.celery import app

    class Worker(TestWorkController):
        def ensure_started(self) -> None:
            """Celery's own waits for ever for a worker that ended before it was ready."""
            assert self._on_started.wait(WORKER_STARTS), f"the worker was not ready within {WORKER_STARTS} s"

    options = {"perform_ping_check": False, "pool": "threads", "concurrency": 2, "shutdown_timeout": 20}
    with start_worker(app, WorkController=Worker, **options) as running:
        yield running


# A browser ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; where there is none, the browser tests are left out, except where they must run."""
    if not CHROMIUM:
        missing = "no Chromium or Chrome here: browser tests left out (apt-get install chromium, or set CHROMIUM to its path)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = (["--no-sandbox"] if os.geteuid() == 0 else []) + ["--disable-dev-shm-usage"]
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Open the system in a browser: ``visit(user, language="en", width=390)``. Errors on the page fail the test."""
    contexts, errors = [], []

    def opened(user: Any = None, *, choice: str | None = None, language: str = "zh-CN", width: int = 1280, javascript: bool = True) -> Any:
        context = browser.new_context(
            base_url=live_server.url, locale=language, timezone_id="Asia/Shanghai", java_script_enabled=javascript,
            viewport={"width": width, "height": 900}, reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, choice, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if is_our_error(message) else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors, errors


def is_our_error(message: Any) -> bool:
    """An answer of 4xx is told by the browser as an error too; tests look at those themselves."""
    return message.type == "error" and "Failed to load resource" not in message.text


def session_cookie(user: Any, choice: str | None, url: str) -> dict[str, str]:
    """The cookie of a session that was opened without the form."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend=BACKEND)
    remember_choice(client.session, choice)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": url}


@pytest.fixture
def page(visit: Any) -> Any:
    """A visitor without an account, reading Chinese, on a wide screen."""
    return visit()


TOO_WIDE = """() => {
    const [has, may] = [document.documentElement.scrollWidth, window.innerWidth];
    const beyond = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().left + one.scrollWidth > may);
    return has <= may ? [] : [`${has} of ${may}`, ...beyond.slice(-5).map(one => one.outerHTML.slice(0, 200))];
}"""


@pytest.fixture
def accessible() -> Callable[[Any], None]:
    """Fails when a page keeps somebody out (axe: WCAG 2.2 A and AA, best practice) or scrolls sideways."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Error

    def examined(page: Any) -> list[dict[str, Any]]:
        page.wait_for_load_state()
        # Everything is looked at; only what is wrong is written out, and no style sheet is fetched a second time.
        return Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]

    def check(page: Any) -> None:
        try:
            found = examined(page)
        except Error:  # the page was left while it was looked at: what is there now counts
            found = examined(page)
        told = [f"{one['id']}: {one['help']} {[node['html'][:200] for node in one['nodes'][:3]]}" for one in found]
        assert not told, f"{page.url}: " + "\n".join(told)
        wide = page.evaluate(TOO_WIDE)
        assert not wide, f"{page.url} scrolls sideways: {wide}"

    return check
