"""Count every open date anew, as it happens each night; ends with an error if a kept date is not what counting gives."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError

from governance.clocks.models import Discrepancy
from governance.promises.tasks import recount

SHOWN = 20


class Command(BaseCommand):
    help = "Count every open date anew. Ends with an error if a kept date is not what counting gives and no new calendar explains it."

    def handle(self, *args: Any, **options: Any) -> None:
        found = recount()
        self.stdout.write(f"{found['checked']} open dates counted anew, {found['moved']} changed, {found['resumed']} pauses ended")
        if found["alarms"]:
            open_ones = Discrepancy.objects.filter(settled_at=None).select_related("clock__rule")[:SHOWN]
            lines = [f"{one.clock_id} {one.clock.rule.code}: kept {one.kept_due_at}, counted {one.counted_due_at}" for one in open_ones]
            raise CommandError(f"{found['alarms']} dates are not what counting gives:\n" + "\n".join(lines))
