"""``manage.py prepare``: what an installation needs before it starts, the first time and after every upgrade."""

from __future__ import annotations

import os
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, models
from psycopg import sql

from governance.actions import bulk
from governance.development import messages


class Command(BaseCommand):
    """Called with the DATABASE_URL of the role that owns the tables. Twice does no harm."""

    help = "Compile the texts, bring the tables up to date, collect the static files, and give the role WEB_ROLE its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Texts …")
        messages.compile_all()
        self.stdout.write("Tables …")
        call_command("migrate", verbosity=0, interactive=False)
        if not reads_chinese():
            raise CommandError("This database finds no Chinese text. Create it with a UTF-8 locale: createdb --template template0 --locale C.UTF-8")
        if adopted := bulk.adopt("manage.py prepare"):
            self.stdout.write(f"Sealed value by value from here on: {adopted} rows.")
        if role := os.environ.get("WEB_ROLE"):
            self.stdout.write(f"Rights of {role} …")
            grant(role)
        self.stdout.write("Static files …")
        call_command("collectstatic", verbosity=0, interactive=False)  # older ones stay, for pages that are open
        self.stdout.write("Ready.")


def reads_chinese() -> bool:
    """Whether the search by parts of words works: under the locale C there are no letters but Latin ones, without any error."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm('共治')) > 0")
        return cursor.fetchone()[0]


def grant(role: str) -> None:
    """Rows may be read and written, tables not changed; what is append-only can only be added to, whatever becomes of its triggers."""
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if not cursor.fetchone():
            raise CommandError(f"WEB_ROLE is {role!r}: there is no such role besides the one that owns the tables.")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        ours = {table for (table,) in cursor.fetchall()}
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))
        for table in sorted(ours):
            cursor.execute(sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(sql.Identifier(table), name))
        for model in apps.get_models():
            if (table := model._meta.db_table) in ours and (rights := refused(model)):
                words = sql.SQL("REVOKE {} ON {} FROM {}")
                cursor.execute(words.format(sql.SQL(rights), sql.Identifier(table), name))


def refused(model: type[models.Model]) -> str:
    """What a trigger refuses of every row of this table: ``UPDATE, DELETE``."""
    protections = [t for t in getattr(model._meta, "triggers", ()) if isinstance(t, pgtrigger.Protect) and t.condition is None]
    return ", ".join(sorted({word for t in protections for word in str(t.operation).split(" OR ")}))
