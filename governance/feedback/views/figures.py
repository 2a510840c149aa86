"""Pages: how well people are answered, in figures; the same as a table for programs."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.feedback import measures
from governance.feedback.forms import BY, SPANS, chosen
from governance.web.layouts import layout_for
from governance.web.views import PageView, harmless

SHARES = ("response", "on_time", "resolution", "satisfaction", "conduct", "reopened", "heard")
TIMES = ("acknowledge", "reply", "settle")


class FiguresView(PageView):
    """Per office, subject, county or month: the three rates, times, what was in time, what was opened again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        by, days, since = chosen(request.GET)
        found = measures.figures(by, since)
        if request.GET.get("format") == "csv":
            return as_csv(found)
        context = {"figures": found, "by": by, "days": days, "spans": SPANS, "dimensions": BY, "dimension": BY[by]}
        return render(request, "feedback/figures.html", context | {"layout": layout_for(self.actor)})


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
