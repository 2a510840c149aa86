"""The demonstration world: invented people and organisations on the fictional territory 990000."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.cache import cache
from django.db import connection

from governance import ledger
from governance.actions import bulk


def parts() -> list:
    """The ``demonstration`` modules of the slices, in the order of INSTALLED_APPS."""
    names = [f"{config.name}.demonstration" for config in apps.get_app_configs() if config.name != "governance.development"]
    return [import_module(name) for name in names if name.startswith(("governance.", "programs.")) and find_spec(name)]


def is_complete() -> bool:
    """Whether every part says that it is there."""
    return all(part.is_complete() for part in parts())


def meets_real_data() -> bool:
    """Whether the database belongs to an installation of its own: people are there, and none of them is invented."""
    from governance.stakeholders.models import Stakeholder

    if Stakeholder._meta.db_table not in connection.introspection.table_names():
        return False
    return Stakeholder.objects.exists() and not Stakeholder.objects.filter(is_synthetic=True).exists()


def fill(say: Callable[[str], None]) -> None:
    """Make the world, the same every time; each part is one transaction and is skipped where it is complete.

    What a part writes past the actions is founded by this command, so that no row of the world is without its event.
    """
    bulk.adopt("manage.py demo")  # a world that was made before every value was sealed
    for part in parts():
        if not part.is_complete():
            with bulk.founding("manage.py demo"):
                part.fill(say)
    ledger.sequence()  # no worker has to come before the log is whole
    cache.clear()


def sign_ins() -> Iterator[str]:
    """Who can sign in, and what each can try."""
    for part in parts():
        yield from getattr(part, "sign_ins", lambda: ())()
