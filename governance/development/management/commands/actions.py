"""Every action, on a line or as a diagram."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from governance.actions import registry
from governance.development import procedures


class Command(BaseCommand):
    help = "Print every action on a line; --write keeps the table in actions.txt, --diagram draws the procedure of a record."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write actions.txt")
        parser.add_argument("--diagram", metavar="APP.RECORD", nargs="?", const="", help="such as care.Reservation; all without a name")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["diagram"] is not None:
            for model in self.models(options["diagram"]):
                self.stdout.write(f"%% {model._meta.label}\n{procedures.diagram(model)}\n")
        elif options["write"]:
            self.stdout.write(f"Wrote {procedures.write().name}")
        else:
            self.stdout.write("\n".join(procedures.lines()))

    def models(self, name: str) -> list[Any]:
        """The record asked for, or every one."""
        if not name:
            return registry.records()
        try:
            return [apps.get_model(name)]
        except (LookupError, ValueError) as problem:
            raise CommandError(f"There is no record called {name}; write it like care.Reservation.") from problem
