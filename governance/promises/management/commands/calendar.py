"""Publish a year's working calendar, or the closures of one area: checked whole, kept as a further edition, dates counted anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from governance.clocks import imports
from governance.clocks.models import NATIONAL
from governance.promises.tasks import recount
from governance.stakeholders.models import Area


class Command(BaseCommand):
    help = (
        "Publish a working calendar from a CSV file with the columns date, kind, name (日期, 类型, 名称): kind is 休 for a holiday, 班 for a"
        " weekend worked in exchange. Then every open date is counted anew, and who has a new date is told."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", help="what published it, as it is cited")
        parser.add_argument("--published-on", type=date.fromisoformat, help="such as 2026-11-04")
        parser.add_argument("--area", default=NATIONAL, help="code of the area whose offices are closed; the whole country if left out")
        parser.add_argument("--check", action="store_true", help="only say what is wrong with the file")

    def handle(self, *args: Any, **options: Any) -> None:
        year, area = options["year"], options["area"]
        if area != NATIONAL and not Area.objects.filter(pk=area).exists():
            raise CommandError(f"There is no area {area}.")
        try:
            lines, faults = imports.read(options["file"].read_bytes(), year, area)
        except OSError as problem:
            raise CommandError(f"The file cannot be read: {problem.strerror}") from problem
        if faults:
            raise CommandError("Nothing was published.\n" + "\n".join(str(fault) for fault in faults))
        if options["check"]:
            self.stdout.write(f"{len(lines)} days, nothing wrong")
            return
        if not options["source"]:
            raise CommandError("Name the --source, as it is cited.")
        edition = imports.publish(year, lines, source=options["source"], published_on=options["published_on"], calendar=area)
        self.stdout.write(f"Published: {year}, edition {edition.version}, {len(lines)} days")
        found = recount()
        self.stdout.write(f"{found['checked']} open dates counted anew, {found['moved']} changed, {found['alarms']} alarms")
