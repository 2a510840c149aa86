"""Which clocks somebody must be told about: due soon, late, long late; once for each level and date."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import connection

from governance import areas
from governance.clocks import calendars, rules
from governance.clocks.models import LONG_LATE, SOON, Clock, Reminder
from governance.clocks.now import LOCAL, local
from governance.clocks.vocabulary import Level

OPENS, CLOSES = time(9), time(17, 30)
SHORT = list(rules.SHORT_UNITS)

_TAKE = """
INSERT INTO clocks_reminder (id, clock_id, level, due_at, told_at)
SELECT gen_random_uuid(), found.id, found.level, found.due_at, %(now)s FROM (
    SELECT c.id, c.due_at, CASE WHEN c.due_at < %(long_late)s THEN 'long_late' WHEN c.due_at < %(now)s THEN 'late' ELSE 'soon' END AS level
    FROM clocks_clock c JOIN clocks_clockrule r ON r.id = c.rule_id
    WHERE c.state = 'running' AND c.due_at <= %(soon)s
      AND (r.unit = ANY(%(short)s) OR %(in_office)s AND NOT coalesce(c.area_id LIKE ANY(%(closed)s), false))
      AND (c.due_at < %(now)s OR CASE WHEN r.unit = ANY(%(short)s) THEN c.due_at - %(now)s <= (c.due_at - c.started_at) / 4
                                      ELSE c.started_at < %(midnight)s END)
) found
WHERE NOT EXISTS (SELECT 1 FROM clocks_reminder told
                  WHERE told.clock_id = found.id AND told.level = found.level AND told.due_at = found.due_at)
ORDER BY found.due_at LIMIT %(limit)s
ON CONFLICT DO NOTHING RETURNING id
"""


def is_office_hour(moment: datetime) -> bool:
    """Whether offices are open, by the national calendar."""
    here = local(moment)
    return OPENS <= here.time() < CLOSES and calendars.national().is_working(here.date())


def take_moved(clocks: list[Clock]) -> list[Reminder]:
    """Write down that these new dates are to be told; those that were told before are left out."""
    new = [Reminder(clock=clock, level=Level.MOVED, due_at=clock.due_at) for clock in clocks]
    Reminder.objects.bulk_create(new, ignore_conflicts=True)
    return list(Reminder.objects.filter(pk__in=[one.pk for one in new]))


def take(at: datetime, limit: int = 200) -> list[Reminder]:
    """Write down and return what is to be told now; telling it belongs into the same transaction.

    Out of office hours, and where offices are closed today, only periods of hours and minutes press. What began today is not yet "due soon".
    """
    day, calendar = local(at).date(), calendars.national()
    values = {
        "now": at,
        "soon": datetime.combine(rules.working_day_after(day, SOON, calendar), rules.END_OF_DAY, LOCAL),
        "long_late": datetime.combine(rules.working_day_after(day, -LONG_LATE, calendar) - timedelta(days=1), time.max, LOCAL),
        "midnight": datetime.combine(day, time.min, LOCAL),
        "short": SHORT,
        "in_office": is_office_hour(at),
        "closed": [f"{areas.prefix_of(area)}%" for area in calendars.closed_on(day)],
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        ids = [row[0] for row in cursor.fetchall()]
    return list(Reminder.objects.filter(pk__in=ids).select_related("clock__rule__regime").order_by("due_at", "id"))
