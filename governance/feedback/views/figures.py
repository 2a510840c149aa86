"""Pages: how well people are answered, in figures; the same as a table for programs."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from governance.feedback import measures, rules
from governance.feedback.forms import BY, SPANS, chosen
from governance.web.layouts import layout_for
from governance.web.views import PageView, harmless

SHARES = ("response", "on_time", "resolution", "satisfaction", "conduct", "reopened", "heard")
CARDS = {
    "on_time": (_("Answered in time"), _("Of those whose legal period has ended or that were answered: how many within it.")),
    "response": (_("Response"), _("Of all that came in: how many an office has taken up.")),
    "resolution": (_("Resolution"), _("Of those who said something about the answer: how many say it is solved.")),
    "satisfaction": (_("Satisfaction"), _("Of those who said something: how many find the answer good or very good.")),
    "reopened": (_("Opened again"), _("Of those answered: how many were opened again because they were not solved.")),
    "heard": (_("Have said something"), _("Of those answered: how many have said what they think. Silence counts neither way.")),
}
WIDE, HIGH, LEFT, TOP = 520, 180, 44, 12  # of the chart
TIMES = ("acknowledge", "reply", "settle")


class FiguresView(PageView):
    """Per office, subject, county or month: the three rates, times, what was in time, what was opened again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        by, days, since = chosen(request.GET)
        found = measures.figures(by, since)
        if request.GET.get("format") == "csv":
            return as_csv(found)
        context = {"figures": found, "by": by, "days": days, "spans": SPANS, "dimensions": BY, "dimension": BY[by]}
        context |= {"cards": cards(found), "chart": chart(found), "trend": rules.trend(found.over_finished_months("on_time"))}
        return render(request, "feedback/figures.html", context | {"layout": layout_for(self.actor)})


def cards(found: measures.Figures) -> list[dict[str, Any]]:
    """What was measured, each with how it went month by month."""
    drawn = ((name, rules.line(found.over_months(name), width=200, height=36)) for name in CARDS)
    return [{"title": CARDS[name][0], "means": CARDS[name][1], "share": getattr(found.whole, name), "path": line["path"]} for name, line in drawn]


def chart(found: measures.Figures) -> dict[str, Any]:
    """The share answered in time, month by month: a line with its points, as tall as what happened needs."""
    values = found.over_months("on_time")
    known = [value for value in values if value is not None]
    low = max(0, int(min(known, default=0) // 10) * 10 - 10)
    drawn = rules.line(values, width=WIDE, height=HIGH, low=low)
    labels = [row.label for row in found.months]
    points = [{"x": LEFT + point[0], "y": TOP + point[1], "value": value, "label": label} for point, value, label in zip(drawn["points"], values, labels, strict=True) if point]
    steps = [{"y": TOP + HIGH - (value - low) / (100 - low) * HIGH, "value": value} for value in range(low, 101, 10 if low > 50 else 20)]
    return {"path": drawn["path"], "points": points, "steps": steps, "is_drawn": len(points) > 1}


def as_csv(found: measures.Figures) -> HttpResponse:
    """One line for each row; empty where too few were counted."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="feedback-{found.by}-{found.since}.csv"'
    sheet = csv.writer(answer)
    parts = [(name, part) for name in SHARES for part in ("percent", "count", "of")] + [(name, part) for name in TIMES for part in ("median_days", "ninth_decile_days", "count")]
    sheet.writerow([found.by, "label", "received", *(f"{name}_{part}" for name, part in parts)])
    for row in found.rows:
        told = row.told
        sheet.writerow([row.key, harmless(row.label), "" if row.is_hidden else row.received, *((told[name] or {}).get(part, "") for name, part in parts)])
    return answer
