"""A public installation starts with everything it needs, or says what is missing."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.start.commands import manage

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "governance.settings.production",
    "SECRET_KEY": "only-for-this-test-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "FIELD_KEYS": f"2:{'b' * 64},1:{'a' * 64}",
    "INDEX_KEY": "c" * 64,
    "LEDGER_KEY": "d" * 64,
    "ALLOWED_HOSTS": "gongzhi.example",
    "SITE_ADDRESS": "https://gongzhi.example",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "DEFAULT_FROM_EMAIL": "post@gongzhi.example",
}
NEEDED = sorted(set(COMPLETE) - {"DJANGO_SETTINGS_MODULE"})


def test_a_complete_environment_passes_the_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE, PYTHONWARNINGS="error")
    assert done.returncode == 0, done.stdout


def test_everything_that_is_missing_is_told_at_once():
    done = manage("check", DJANGO_SETTINGS_MODULE=COMPLETE["DJANGO_SETTINGS_MODULE"])
    assert done.returncode != 0
    assert "Traceback" not in done.stdout
    assert [name for name in NEEDED if f"{name} is missing" not in done.stdout] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too short"),
        ("FIELD_KEYS", "a" * 64),
        ("INDEX_KEY", "xyz"),
        ("LEDGER_KEY", "d" * 63),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_ADDRESS", "http://gongzhi.example"),
        ("DATABASE_URL", "sqlite:///gongzhi.db"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("DEFAULT_FROM_EMAIL", "post"),
    ],
)
def test_what_is_wrong_is_named(monkeypatch, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"{name} is wrong"):
        settings_with(monkeypatch, **{name: value})


def test_the_proxy_is_believed_only_where_there_is_one(monkeypatch):
    assert "SECURE_PROXY_SSL_HEADER" not in settings_with(monkeypatch, NUM_PROXIES="0")


def settings_with(monkeypatch: pytest.MonkeyPatch, **changes: str) -> dict[str, Any]:
    """The settings of a complete environment with these changes."""
    for variable, value in (COMPLETE | changes).items():
        monkeypatch.setenv(variable, value)
    return runpy.run_module("governance.settings.production")
