"""A database with every migration, made once for each state of them: a run of tests copies it instead of migrating for a quarter of a minute."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

LOCK = 7_462_193  # any number: whoever makes the template holds this lock, the other workers wait for it


def migrated() -> str:
    """The name of the template, made by the first who asks."""
    name, state = f"test_{connection.settings_dict['NAME']}_template", _state()
    with connection._nodb_cursor() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until the connection ends
        server.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        if server.fetchone() != (state,):
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}"')
            _migrate(name)
            server.execute(f"COMMENT ON DATABASE \"{name}\" IS '{state}'")  # it is whole now
    return name


def _state() -> str:
    """A fingerprint of the migrations and of what is loaded with them, of every app there is."""
    digest = hashlib.sha256(f"{version('django')} {version('django-pgtrigger')}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted(p for folder in ("migrations", "data") for p in (Path(app.path) / folder).glob("*.*")):
            digest.update(f"{app.label}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()


def _migrate(name: str) -> None:
    own, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    connection.close()
    try:
        call_command("migrate", verbosity=0, skip_checks=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
