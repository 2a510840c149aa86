"""Imports: the list, the template, one import from the first look to the result, its rows and its mistakes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.imports import blanks, progress, showing
from governance.imports.actions import beginnings
from governance.imports.columns import listed
from governance.imports.faults import file_sentence
from governance.imports.models import Import, ImportProblem, ImportRow
from governance.imports.sheets import SHEETS
from governance.imports.vocabulary import ImportState, RowVerdict
from governance.web import keyset
from governance.web.views import PageView, RecordListView, RecordView, csv_lines, layout_for

SAMPLE = 10
FILE_TYPES = {
    "csv": ("text/csv; charset=utf-8", blanks.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", blanks.as_workbook),
}


def address_of(action: Any) -> str:
    """Where such a file is handed in."""
    return reverse(f"{action.app_label}:act", args=[action.slug])


class ImportListView(RecordListView):
    """Files handed in, the newest first; or those that touched one record: ``?kind=homes&touched=12``."""

    model = Import
    columns = (
        ("reference", "reference"), ("kind", "kind"), ("file", "filename"), ("state", "state"), ("rows", "row_count"),
        ("new", "new_count"), ("changed", "changed_count"), ("unchanged", "unchanged_count"), ("created", "created_at"),
    )  # fmt: skip

    def rows(self) -> Any:
        kind, touched = self.touched()
        rows = super().rows()
        return rows.touching(kind, touched) if touched else rows

    def touched(self) -> tuple[str, int]:
        """The record that is asked about; 0 for none."""
        kind, touched = self.request.GET.get("kind", ""), self.request.GET.get("touched", "")
        return kind, int(touched) if kind in SHEETS and touched.isdecimal() and len(touched) < 18 else 0

    def context(self, page: keyset.Page) -> dict[str, Any]:
        suggested = [action for action in beginnings() if action.suggested_to(self.actor)]
        sheets = {action.kind: SHEETS[action.kind] for action in suggested}
        first = [(action.title, address_of(action)) for action in suggested]
        return super().context(page) | {"beginnings": first, "touched": self.touched()[1], "sheets": sheets}


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
        return render(self.request, "imports/import_detail.html#progress", context)

    def context(self, record: Import) -> dict[str, Any]:
        sheet = record.sheet
        more: dict[str, Any] = {"sheet": sheet, "sentence": file_sentence(record.fault, {column.name: column.heading for column in sheet.columns})}
        if record.is_running:
            more["progress"] = progress.of(record.pk)
        elif record.bad_count or record.fault or record.warning_count or record.left_out_count:
            more["rules"] = showing.shown_rules(sheet, ImportProblem.objects.of(record).by_rule())
            more["headings"] = showing.shown_headings(sheet, (record.fault or {}).get("unknown", []))
        if not record.is_running and record.changed_count and not record.bad_count:
            rows = ImportRow.objects.of(record).that_are(RowVerdict.CHANGED).in_order()[:SAMPLE]
            more["sample"] = showing.shown_rows(sheet, record.columns, rows)
        if record.state == ImportState.REFUSED and record.sender_id == self.actor.stakeholder_id:
            again = next((a for a in beginnings() if (a.kind, a.own) == (record.kind, record.own)), None)
            more["again"] = address_of(again) if again else ""
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
        context = {"record": batch, "page": page, "layout": layout_for(self.actor), "sheet": batch.sheet}
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
        if request.GET.get("format") == "rows":
            return self.to_mend(batch)
        page = self.page(problems.with_cells(), ("line", "id"), problems.count())
        if page is None:
            return HttpResponseRedirect(request.path)
        page.rows = list(showing.shown_problems(batch.sheet, page.rows))
        return self.show("imports/import_problems.html", batch, page)

    def download(self, batch: Import, problems: Any) -> StreamingHttpResponse:
        """All of them, streamed."""
        columns = (
            (_("Line"), "line"), (_("Row"), "title"), (_("Column"), "heading"), (_("In the file"), "cell"), (_("What is wrong"), "sentence"), (_("Rule"), "code"),
        )  # fmt: skip
        found = showing.shown_problems(batch.sheet, problems.with_cells().in_order().iterator(chunk_size=1000))
        answer = StreamingHttpResponse(csv_lines(columns, found), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{batch.reference}-mistakes.csv"'
        return answer


    def to_mend(self, batch: Import) -> StreamingHttpResponse:
        """The rows with mistakes alone, under the headings of the template and with what is wrong: to be mended and handed in."""
        answer = StreamingHttpResponse(showing.rows_to_mend(batch), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{batch.reference}-to-mend.csv"'
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
        page = self.page(rows, ("line",), getattr(batch, f"{verdict.replace('-', '_')}_count") or 0)
        if page is None:
            return HttpResponseRedirect(request.path)
        page.rows = showing.shown_rows(batch.sheet, batch.columns, page.rows)
        return self.show("imports/import_rows.html", batch, page, verdict=verdict, verdicts=RowVerdict.choices)
