"""``manage.py areas townships.csv``: take over a list of areas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.stakeholders import areas


class Command(BaseCommand):
    """Townships and villages come from a file; counties and what is above them are packaged."""

    help = "Import areas from a CSV file (columns code and name; name_en, pinyin, lon, lat, valid_from, valid_until, successor if wanted)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=areas.PACKAGED, help="without one, the packaged list down to counties")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            loaded = areas.load(file)
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"{file} cannot be read as UTF-8 text: {problem}") from problem
        except areas.WrongList as problem:
            raise CommandError(f"Nothing was imported.\n{problem}") from problem
        self.stdout.write(f"{loaded.total:,} areas in the list, {loaded.changed:,} of them new or changed.")
