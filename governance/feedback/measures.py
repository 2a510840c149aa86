"""How well people are answered: counted in SQL out of matters, events, periods and what people said; silence is never taken as content.

Response, resolution and satisfaction are the three rates (响应率, 解决率, 满意率) by which swift response to complaints is judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection

from governance.clocks.now import LOCAL, local, now
from governance.feedback import rules
from governance.feedback.models import Matter
from governance.feedback.vocabulary import Category
from governance.stakeholders.models import Area, Stakeholder

KEPT = 600  # seconds: how old the figures may be
DIMENSIONS = {"office": "office_id", "category": "category", "area": "county", "month": "month"}
# What a matter came to: one row each. The period that counts is the one set for its answer.
_MATTERS = """
    SELECT m.office_id, m.category, rpad(left(m.area_id, 6), 12, '0') AS county,
           to_char(m.created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, m.round > 1 AS reopened,
           extract(epoch FROM e.at - m.created_at) / 86400 AS acknowledged, extract(epoch FROM a.at - m.created_at) / 86400 AS replied,
           CASE WHEN r.solved THEN extract(epoch FROM a.last_at - m.created_at) / 86400 END AS settled,
           c.closed_at IS NOT NULL OR c.due_at < %(now)s AS was_due, c.closed_at <= c.due_at AS in_time,
           r.solved, r.satisfaction, r.conduct
    FROM feedback_matter m
    LEFT JOIN LATERAL (SELECT min(done_at) AS at FROM actions_event WHERE record_type_id = %(type)s AND record_id = m.id
                       AND action IN ('feedback.accept-matter', 'feedback.keep-matter')) e ON true
    LEFT JOIN LATERAL (SELECT min(sent_at) AS at, max(sent_at) AS last_at FROM feedback_answer WHERE matter_id = m.id) a ON true
    LEFT JOIN LATERAL (SELECT solved, satisfaction, conduct FROM feedback_rating WHERE matter_id = m.id ORDER BY round DESC LIMIT 1) r ON true
    LEFT JOIN LATERAL (SELECT k.due_at, k.closed_at FROM clocks_clock k JOIN clocks_clockrule l ON l.id = k.rule_id
                       WHERE k.record_type_id = %(type)s AND k.record_id = m.id AND k.state IN ('running', 'paused', 'stopped')
                       AND l.code IN ('HOT_FB_EMERG', 'HOT_FB_UTIL', 'HOT_FB_ORD', 'HOT_FB_COMPLEX', 'PET_HANDLE', 'PIPL_CORRECT') ORDER BY k.started_at LIMIT 1) c ON true
    WHERE m.stage = 'handling' AND m.state <> 'withdrawn' AND m.office_id IS NOT NULL AND m.created_at >= %(since)s
"""
_SUMS = """
    SELECT {key}, count(*), count(acknowledged), count(replied), count(settled), count(*) FILTER (WHERE was_due),
           count(*) FILTER (WHERE in_time), count(solved), count(*) FILTER (WHERE solved), count(*) FILTER (WHERE satisfaction >= 4),
           count(*) FILTER (WHERE conduct >= 4), count(*) FILTER (WHERE reopened),
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY acknowledged), percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY replied),
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY settled)
    FROM ({matters}) AS matters {grouped}
"""


@dataclass(frozen=True)
class Share:
    """So many of so many, with the interval in which the true share lies in 95 of 100 cases."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """In per cent; None where nothing could be counted."""
        return round(100 * self.count / self.total, 1) if self.total else None

    @property
    def is_shown(self) -> bool:
        """Whether so few were counted that it is not said."""
        return self.total >= rules.SMALLEST

    @property
    def interval(self) -> tuple[float, float]:
        """In per cent."""
        low, high = rules.wilson(self.count, self.total)
        return round(100 * low, 1), round(100 * high, 1)

    @property
    def told(self) -> dict[str, Any] | None:
        """For programs; None where too few were counted."""
        return {"percent": self.value, "count": self.count, "of": self.total, "interval": list(self.interval)} if self.is_shown else None


@dataclass(frozen=True)
class Days:
    """How long something took, in days: half of all at most ``median``, nine of ten at most ``ninth``."""

    count: int
    median: float | None
    ninth: float | None

    @property
    def is_shown(self) -> bool:
        """Whether so few were counted that it is not said."""
        return self.count >= rules.SMALLEST

    @property
    def told(self) -> dict[str, Any] | None:
        """For programs."""
        return {"median_days": self.median, "ninth_decile_days": self.ninth, "count": self.count} if self.is_shown else None


@dataclass
class Row:
    """The figures of one office, category, county or month, or of everything."""

    key: Any
    label: str
    received: int
    response: Share
    on_time: Share
    resolution: Share
    satisfaction: Share
    conduct: Share
    reopened: Share
    heard: Share  # of those answered, how many have said anything
    acknowledge: Days
    reply: Days
    settle: Days
    is_hidden: bool = False
    narrowing: str = field(default="")

    @property
    def told(self) -> dict[str, Any]:
        """For programs: what is not shown is null."""
        names = ("response", "on_time", "resolution", "satisfaction", "conduct", "reopened", "heard", "acknowledge", "reply", "settle")
        shown = {name: None if self.is_hidden else getattr(self, name).told for name in names}
        return {"key": self.key, "label": self.label, "received": None if self.is_hidden else self.received} | shown


@dataclass(frozen=True)
class Figures:
    """Everything together, and apart by one dimension."""

    by: str
    since: date
    at: datetime
    whole: Row
    rows: list[Row]
    months: list[Row]  # of everything, in order

    def over_months(self, name: str) -> list[float | None]:
        """A share month by month; None where too few were counted."""
        return [getattr(row, name).value if not row.is_hidden and getattr(row, name).is_shown else None for row in self.months]

    def over_finished_months(self, name: str) -> list[tuple[int, int] | None]:
        """How many of how many, month by month, without the one that is not over yet; None where too few were counted."""
        shares = [(row, getattr(row, name)) for row in self.months if row.key < f"{local(self.at):%Y-%m}"]
        return [None if row.is_hidden or not share.is_shown else (share.count, share.total) for row, share in shares]


def figures(by: str, since: date) -> Figures:
    """The figures of matters that came in since a day, apart by office, category, county (area) or month; at most ten minutes old."""
    key = f"feedback-figures:{by}:{since}"
    kept = cache.get(key)
    if kept is None:
        rows = _counted(DIMENSIONS[by], since)
        kept = (now(), _counted("", since), rows, rows if by == "month" else _counted("month", since))
        cache.set(key, kept, KEPT)
    at, (counted,), rows, months = kept
    whole, shown, in_months = _row("", counted), _shown(by, rows), _shown("month", months)
    # Where all that is hidden could be worked out from the sum, the sum is not said either.
    whole.is_hidden = not all(rules.has_room([row.received for row in part if row.is_hidden]) for part in (shown, in_months))
    return Figures(by, since, at, whole, shown, in_months)


def _shown(by: str, rows: list[tuple[Any, ...]]) -> list[Row]:
    """With names, in order, and without what would tell of somebody."""
    made = [_row(by, values) for values in rows]
    label = _labels(by, [row.key for row in made])
    for row in made:
        row.label = str(label.get(row.key, row.key))
    for position in rules.hidden([row.received for row in made]):
        made[position].is_hidden = True
    # What is hidden stands last, by its name: its place must not tell how many there were.
    made.sort(key=lambda row: row.key if by == "month" else (row.is_hidden, 0 if row.is_hidden else -row.received, row.label))
    return made


def _counted(key: str, since: date) -> list[tuple[Any, ...]]:
    begin = datetime.combine(since, time.min, LOCAL)  # the first morning counts too, whatever zone the session is in
    parameters = {"type": ContentType.objects.get_for_model(Matter).pk, "now": now(), "since": begin}
    statement = _SUMS.format(key=key or "NULL", matters=_MATTERS, grouped=f"GROUP BY {key}" if key else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _row(by: str, values: Iterable[Any]) -> Row:
    key, received, acknowledged, replied, settled, due, in_time, said, solved, content, treated, reopened, *times = values
    acknowledge, reply, settle = (
        Days(count, *(round(float(one), 1) for one in found)) if found and found[0] is not None else Days(0, None, None)
        for count, found in zip((acknowledged, replied, settled), times, strict=True)
    )
    return Row(
        key, "", received, Share(acknowledged, received), Share(in_time, due), Share(solved, said), Share(content, said), Share(treated, said),
        Share(reopened, replied), Share(said, replied), acknowledge, reply, settle, narrowing=f"{by}={key}",
    )  # fmt: skip


def _labels(by: str, keys: list[Any]) -> dict[Any, str]:
    if by == "office":
        return {pk: one.label for pk, one in Stakeholder.objects.in_bulk(keys).items()}
    if by == "area":
        return {pk: one.label for pk, one in Area.objects.in_bulk(keys).items()}
    return dict(Category.choices) if by == "category" else {}
