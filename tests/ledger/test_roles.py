"""The web's role as an installation gives it its rights: all the work can be done with it, and the log cannot be changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from governance import ledger, outbox
from governance.access.models import Access
from governance.actions.models import Event
from governance.development.management.commands import prepare
from governance.ledger import auditing, reading
from governance.ledger.models import Checkpoint, Cosignature, Entry, Leaf, Node, Seal
from governance.ledger.watching import publish, register
from tests import audited
from tests.factories import care

pytestmark = pytest.mark.django_db
KEPT = (Leaf, Seal, Entry, Node, Checkpoint, Cosignature)
ATTACKS = ["DELETE FROM {}", "TRUNCATE {} CASCADE", "ALTER TABLE {} DISABLE TRIGGER ALL", "DROP TABLE {} CASCADE"]


@pytest.fixture
def web_role(settings):
    """From here on everything is done as the web does it: tables belong to whoever migrates, who is somebody else."""
    with audited.founded():
        matter = care.asks()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in KEPT:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} OWNER TO CURRENT_USER")
        cursor.execute("CREATE ROLE serves_the_web LOGIN")
        prepare.grant("serves_the_web")
        cursor.execute("SET LOCAL ROLE serves_the_web")
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("serves_the_web", False, False, False)
        yield cursor, matter


def test_all_the_work_can_be_done(web_role):
    _cursor, matter = web_role
    care.actions.ConfirmReservation.do(care.runs(matter.home), matter)
    while outbox.deliver_due():
        pass
    ledger.sequence()
    assert ledger.erase(matter.events.first().pk, "示例：第一条") is not None
    ledger.sequence()
    register("watcher@example.invalid")
    assert publish() == 1
    assert list(auditing.audit(reading.head().note)) == []


def test_nothing_of_the_log_can_be_changed_or_taken_out(web_role):
    cursor, _matter = web_role
    ledger.sequence()
    for model in (*KEPT, Event, Access):
        updates = [] if model is Seal else [f"UPDATE {{}} SET {model._meta.pk.column} = {model._meta.pk.column}"]
        for attack in [*ATTACKS, *updates]:
            with pytest.raises(DatabaseError, match="permission denied|must be owner"), transaction.atomic():
                cursor.execute(attack.format(model._meta.db_table))
    for change in ("salt = NULL", "content = content || ' '::bytea", "code = 5"):  # of a seal, the whole can be erased and nothing else
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            cursor.execute(f"UPDATE {Seal._meta.db_table} SET {change}")
