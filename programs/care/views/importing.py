"""Imports: the list, the template, one import from the first look to the result, its rows and its mistakes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.actions import registry
from governance.web import keyset
from governance.web.views import PageView, RecordListView, RecordView, csv_lines, layout_for
from programs.care import actions
from programs.care.imports import blanks, progress, showing
from programs.care.imports.columns import listed
from programs.care.imports.faults import file_sentence
from programs.care.imports.jobs import SHEETS
from programs.care.models import Home, Import, ImportProblem, ImportRow
from programs.care.vocabulary import ImportKind, ImportState, RowVerdict

SAMPLE = 10
FILE_TYPES = {
    "csv": ("text/csv; charset=utf-8", blanks.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", blanks.as_workbook),
}


def beginning_of(batch: Import) -> Any:
    """The action by which such a file is handed in."""
    if batch.kind == ImportKind.HOMES:
        return actions.ImportHomes
    return actions.ImportBeds if batch.provider_id else actions.ImportBedsOfArea


class ImportListView(RecordListView):
    """Files handed in, the newest first; or those that touched one home."""

    model = Import
    columns = (
        ("reference", "reference"), ("kind", "kind"), ("file", "filename"), ("state", "state"), ("rows", "row_count"),
        ("new", "new_count"), ("changed", "changed_count"), ("unchanged", "unchanged_count"), ("created", "created_at"),
    )  # fmt: skip

    def rows(self) -> Any:
        home = self.request.GET.get("home", "")
        rows = super().rows()
        return rows.touching("homes", int(home)) if home.isdecimal() and len(home) < 18 else rows

    def context(self, page: keyset.Page) -> dict[str, Any]:
        runs_homes = Home.objects.of_provider(self.actor.stakeholder_id).exists()
        beginnings = [
            action for action in registry.founding("care")
            if action.makes is Import and action.possible_at_all(self.actor) and (runs_homes or action is not actions.ImportBeds)
        ]  # fmt: skip
        return super().context(page) | {"beginnings": beginnings, "home": self.request.GET.get("home", ""), "sheets": SHEETS}


class TemplateView(PageView):
    """The file to start from."""

    def get(self, request: HttpRequest, kind: str, suffix: str) -> HttpResponse:
        sheet, (content_type, made) = SHEETS.get(kind), FILE_TYPES.get(suffix, ("", None))
        if sheet is None or made is None:
            raise Http404
        answer = HttpResponse(made(sheet), content_type=content_type)
        answer["Content-Disposition"] = f'attachment; filename="{kind}-template.{suffix}"'
        return answer


class ImportView(RecordView):
    """One import: how far the system is, what it found, what would change, what has changed."""

    model = Import

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.GET.get("part") == "progress":
            return self.progress(pk)
        return super().get(request, pk)

    def progress(self, pk: int) -> HttpResponse:
        """The bar alone; when the work is done the page is loaded anew."""
        batch = Import.objects.readable(self.actor, pk)
        if batch is None:
            raise Http404
        if not batch.is_running:
            return HttpResponse(headers={"HX-Refresh": "true"})
        context = {"record": batch, "progress": progress.of(batch.pk)}
        return render(self.request, "care/import_detail.html#progress", context)

    def context(self, record: Import) -> dict[str, Any]:
        sheet = SHEETS[record.kind]
        more: dict[str, Any] = {"sheet": sheet, "sentence": file_sentence(record.fault, {column.name: column.heading for column in sheet.columns})}
        if record.is_running:
            more["progress"] = progress.of(record.pk)
        elif record.bad_count or record.fault:
            more["rules"] = showing.shown_rules(sheet, ImportProblem.objects.of(record).by_rule())
            more["headings"] = showing.shown_headings(sheet, (record.fault or {}).get("unknown", []))
        elif record.changed_count:
            rows = ImportRow.objects.of(record).that_are(RowVerdict.CHANGED).in_order()[:SAMPLE]
            more["sample"] = showing.shown_rows(sheet, record.columns, rows)
        if record.state == ImportState.REFUSED and record.sender.pk == self.actor.stakeholder_id:
            more["again"] = reverse("care:act", args=[beginning_of(record).slug])
        more["columns"] = listed(column.heading for column in sheet.present(record.columns))
        return super().context(record) | more


class _PartView(PageView):
    """A page or a file about part of an import."""

    def find(self, pk: int) -> Import:
        """The import, for those who may read it."""
        batch = Import.objects.readable(self.actor, pk)
        if batch is None:
            raise Http404
        return batch

    def page(self, rows: Any, order: tuple[str, ...], total: int, query: str = "") -> keyset.Page | None:
        """One page; None if its address is none of ours."""
        asked = self.request.GET
        try:
            return keyset.paged(rows, order, after=asked.get("after", ""), before=asked.get("before", ""), query=query, total=total)
        except keyset.BadCursor as problem:
            messages.warning(self.request, str(problem))
            return None

    def show(self, template: str, batch: Import, page: keyset.Page, **more: Any) -> HttpResponse:
        """The page."""
        context = {"record": batch, "page": page, "layout": layout_for(self.actor), "sheet": SHEETS[batch.kind]}
        return render(self.request, template, context | more)


class ImportProblemsView(_PartView):
    """Every mistake by line and rule, as a page or as a file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        batch = self.find(pk)
        problems = ImportProblem.objects.of(batch)
        if request.GET.get("format") == "csv":
            return self.download(batch, problems)
        page = self.page(problems.with_cells(), ("line", "id"), problems.count())
        if page is None:
            return HttpResponseRedirect(request.path)
        page.rows = list(showing.shown_problems(SHEETS[batch.kind], page.rows))
        return self.show("care/import_problems.html", batch, page)

    def download(self, batch: Import, problems: Any) -> StreamingHttpResponse:
        """All of them, streamed."""
        columns = (
            (_("Line"), "line"), (_("Column"), "heading"), (_("In the file"), "cell"), (_("What is wrong"), "sentence"), (_("Rule"), "code"),
        )  # fmt: skip
        found = showing.shown_problems(SHEETS[batch.kind], problems.with_cells().in_order().iterator(chunk_size=1000))
        answer = StreamingHttpResponse(csv_lines(columns, found), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{batch.reference}-mistakes.csv"'
        return answer


class ImportRowsView(_PartView):
    """What the rows do: those that are new, that change something, that change nothing."""

    def get(self, request: HttpRequest, pk: int, verdict: str) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        if verdict not in RowVerdict.values:
            raise Http404
        batch = self.find(pk)
        rows = ImportRow.objects.of(batch).that_are(verdict)
        page = self.page(rows, ("line",), getattr(batch, f"{verdict}_count") or 0)
        if page is None:
            return HttpResponseRedirect(request.path)
        page.rows = showing.shown_rows(SHEETS[batch.kind], batch.columns, page.rows)
        return self.show("care/import_rows.html", batch, page, verdict=verdict, verdicts=RowVerdict.choices)
