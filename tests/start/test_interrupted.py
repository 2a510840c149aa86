"""A first start that was interrupted goes on at the next, wherever it was: each part of the world is made in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from psycopg import sql

from governance.development import demonstration
from tests import template
from tests.start.commands import manage

ONE = "from governance.development import demonstration as d; part = d.parts()[{n}]; print(part.is_complete()); part.fill(print)"


@pytest.fixture
def world(tmp_path: Path, django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """An empty database with every table, as the variables that name it."""
    name = f"test_interrupted_{connection.settings_dict['NAME']}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template.migrated())))
    known = connection.settings_dict
    from django.conf import settings

    yield {
        "DATABASE_URL": f"postgresql://{known['USER']}@/{name}?host={known['HOST']}" + (f"&port={known['PORT']}" if known["PORT"] else ""),
        "REDIS_URL": settings.CELERY_BROKER_URL, "EMBEDDED_DIR": str(tmp_path), "FIELD_KEYS": settings.FIELD_KEYS,
        "SECRET_KEY": settings.SECRET_KEY, "INDEX_KEY": settings.INDEX_KEY, "LEDGER_KEY": settings.LEDGER_KEY,
    }  # fmt: skip
    with django_db_blocker.unblock(), connection._nodb_cursor() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def test_stopped_after_each_part_and_gone_on_with_in_a_new_process(world):
    parts = demonstration.parts()
    for n, part in enumerate(parts):
        done = manage("shell", "--no-imports", "-c", ONE.format(n=n), **world)
        assert done.returncode == 0, f"{part.__name__}:\n{done.stdout}"
        assert done.stdout.startswith("False"), f"{part.__name__} was complete before it was made"
    done = manage("demo", "--seed-only", **world)
    assert "there already" in done.stdout, done.stdout
    with psycopg.connect(world["DATABASE_URL"]) as other:
        for model in ("Stakeholder", "Membership", "Mandate", "Household"):
            table = sql.Identifier(apps.get_model("stakeholders", model)._meta.db_table)
            rows = [row[0] for row in other.execute(sql.SQL("SELECT reference FROM {}").format(table)).fetchall()]
            assert rows, model
            assert len(rows) == len(set(rows)), model
