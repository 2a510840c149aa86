"""The HTML kit: a list of records, a record, an action. Views call actions and named queries, nothing else."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views import View

from governance import text
from governance.actions import NotSignedIn, NotVisible, Once, Refusal, registry
from governance.web import keyset, reads
from governance.web.errors import signed_out
from governance.web.layouts import layout_for

MOST_LINES = 100_000  # of a download
# A spreadsheet passes over blanks, line breaks and what nobody can see, and takes full-width signs for plain ones.
FORMULA, LEADING, LOOKED_AT = frozenset("=+-@"), frozenset("\t\r\n"), 64


def template_of(model: Any, suffix: str) -> list[str]:
    """The slice's own template, else the general one."""
    meta = model._meta
    return [f"{meta.app_label}/{meta.model_name}_{suffix}.html", f"records/record_{suffix}.html"]


class PageView(View):
    """Answers only the methods it declares."""

    http_method_names = ["get", "head", "options"]

    @property
    def actor(self) -> Any:
        return self.request.actor

    def needs_account(self) -> HttpResponse | None:
        """Send to sign-in, and back here afterwards."""
        if self.actor.stakeholder_id is None:
            return redirect_to_login(self.request.get_full_path(), "account_login")
        return None


class RecordListView(PageView):
    """A list: filtered by its filterset, ordered, paged by key, downloadable, each row with the actions the reader may do.

    Three statements at any number of rows: the page, the count, and what ``for_display`` prefetches.
    """

    model: Any = None
    filterset_class: Any = None
    orders: dict[str, tuple[str, ...]] = {"newest": ("-created_at", "-id")}
    title: Any = ""
    columns: tuple[tuple[Any, str], ...] = ()  # of the download: heading, attribute path
    template_name = ""
    layout = ""
    open_to_public = False
    size = keyset.SIZE

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.open_to_public and (redirect := self.needs_account()):
            return redirect
        filtered = self.filtered()
        if request.GET.get("format") == "csv" and self.columns:
            return self.download(filtered)
        try:
            page = self.page(filtered)
        except keyset.BadCursor as problem:
            messages.warning(request, str(problem))
            return HttpResponseRedirect(request.path)
        reads.read(request, page.rows, reads.LIST)
        return render(request, self.template(), self.context(page))

    def rows(self) -> Any:
        """What the reader may see, before filtering."""
        return self.model.objects.visible_to(self.actor)

    def filtered(self) -> Any:
        """The rows the filters leave; a wrong filter value leaves all and shows its error."""
        rows = self.rows()
        if self.filterset_class is None:
            self.filterset = None
            return rows
        self.filterset = self.filterset_class(self.request.GET, queryset=rows, request=self.request)
        return self.filterset.qs

    def order(self) -> tuple[str, ...]:
        """The chosen order, or the first."""
        return self.orders.get(self.request.GET.get("sort", ""), next(iter(self.orders.values())))

    def page(self, filtered: Any) -> keyset.Page:
        """One page with its total."""
        query = self.request.GET.copy()
        for name in ("after", "before"):
            query.pop(name, None)
        return keyset.paged(
            filtered.for_list().with_actions(self.actor),
            self.order(),
            after=self.request.GET.get("after", ""),
            before=self.request.GET.get("before", ""),
            size=self.size,
            query=query.urlencode(),
            total=filtered.count(),
        )

    def context(self, page: keyset.Page) -> dict[str, Any]:
        """What the template gets."""
        return {
            "page": page,
            "title": self.title or capfirst(self.model._meta.verbose_name_plural),
            "filterset": self.filterset,
            "sort": self.request.GET.get("sort", next(iter(self.orders))),
            "layout": self.layout or layout_for(self.actor),
        }

    def template(self) -> list[str]:
        """Own name, the slice's, or the general one."""
        return [self.template_name] if self.template_name else template_of(self.model, "list")

    def download(self, filtered: Any) -> StreamingHttpResponse:
        """The whole filtered list as CSV, streamed, readable by spreadsheets."""
        rows = filtered.for_display().order_by(*(("pk",)))[:MOST_LINES].iterator(chunk_size=1000)
        answer = StreamingHttpResponse(csv_lines(self.columns, reads.reading(self.request, rows, reads.DOWNLOAD)), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.model._meta.model_name}.csv"'
        return answer


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_lines(columns: Any, rows: Any) -> Iterator[str]:
    """CSV with a byte-order mark, and nothing in it that a spreadsheet would run as a formula."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([str(heading) for heading, _ in columns])
    for row in rows:
        yield writer.writerow([harmless(_value(row, path)) for _, path in columns])


def harmless(value: Any) -> Any:
    """Text that begins like a formula gets an apostrophe in front."""
    if isinstance(value, str) and (value[:1] in LEADING or text.code(value[:LOOKED_AT])[:1] in FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _value(row: Any, path: str) -> Any:
    for step in path.split("."):
        row = getattr(row, step, None)
        row = row() if callable(row) and not isinstance(row, type) else row
    return ", ".join(map(str, row)) if isinstance(row, list | tuple) else row


class RecordView(PageView):
    """One record: itself with the reader's actions in one statement, its clocks, its events, and what ``for_display`` adds."""

    model: Any = None
    template_name = ""
    layout = ""
    open_to_public = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self.model.objects.visible_to(self.actor).with_actions(self.actor).for_display().filter(pk=pk).first()
        if record is None:
            # Signing in may help, and whether the record exists is told to nobody.
            if self.actor.stakeholder_id is None and not self.open_to_public:
                return redirect_to_login(request.get_full_path(), "account_login")
            raise Http404
        reads.read(request, [record], reads.PAGE)
        return render(request, self.template(), self.context(record))

    def template(self) -> list[str]:
        """Own name, the slice's, or the general one."""
        return [self.template_name] if self.template_name else template_of(self.model, "detail")

    def context(self, record: Any) -> dict[str, Any]:
        """What the template gets; slices extend it."""
        clocks = list(record.clocks.for_display())
        return {
            "record": record,
            "kind": self.model._meta.verbose_name,
            "actions": record.available,
            "clocks": clocks,
            "clock": next((clock for clock in clocks if clock.is_open), None),
            "events": list(record.events.for_display()),
            "layout": self.layout or layout_for(self.actor),
        }


class ActionView(PageView):
    """An action's page: what it means, what it asks for, who is told; posting does it once, however often it is sent."""

    http_method_names = ["get", "head", "options", "post"]
    model: Any = None  # None for founding actions
    app_label = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.action = self.find_action(kwargs.pop("slug"))
        self.record = self.find_record(kwargs.pop("pk")) if self.model else None
        return super().dispatch(request, *args, **kwargs)

    def find_action(self, slug: str) -> Any:
        """The action of that name, or 404."""
        there = registry.actions_on(self.model) if self.model else registry.founding(self.app_label)
        found = next((a for a in there if a.slug == slug), None)
        if found is None:
            raise Http404
        return found

    def find_record(self, pk: int) -> Any:
        """The record with the actions the actor may do, or 404; None if nobody may know of it without signing in."""
        record = self.model.objects.visible_to(self.actor).with_actions(self.actor).filter(pk=pk).first()
        if record is None and self.actor.stakeholder_id is not None:
            raise Http404
        return record

    def get(self, request: HttpRequest) -> HttpResponse:
        problem = self.barred()
        if isinstance(problem, NotSignedIn):
            return redirect_to_login(request.get_full_path(), "account_login")
        if problem is not None:
            return self.refuse(problem)
        initial = self.action.initial(self.actor, self.record) | {
            name: value for name, value in request.GET.items() if name in self.asked()
        }
        form = self.action.form(self.actor, self.record, initial=initial)
        return self.show(form, secrets.token_urlsafe(16))

    def asked(self) -> set[str]:
        """The names of the inputs; a link may fill them in."""
        return {*self.action.fields, *self.action.inputs}

    def barred(self) -> Refusal | None:
        """Why the form is not shown at all."""
        if problem := self.action.barred(self.actor):
            return problem
        if self.model and self.record is None:
            return NotSignedIn()
        possible = self.action in self.record.available if self.model else self.action.possible_at_all(self.actor)
        return None if possible else self.action.why_not(self.actor, self.record)

    def post(self, request: HttpRequest) -> HttpResponse:
        if isinstance(self.barred(), NotSignedIn):
            return signed_out(request)
        form = self.action.form(self.actor, self.record, data=request.POST, files=request.FILES)
        key = request.POST.get("once", "")[:64].replace("\0", "")
        if not form.is_valid():
            return self.show(form, key or secrets.token_urlsafe(16), status=422)
        data = dict(form.cleaned_data)
        once = Once.of(self.scope(), key, {k: str(v) for k, v in data.items()}) if key else None
        try:
            changed = self.action.do(self.actor, self.record, reason=data.pop("reason", ""), once=once, **data)
        except NotVisible as problem:
            raise Http404 from problem
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(form, secrets.token_urlsafe(16), status=refusal.status)
        messages.success(request, self.with_receipt(changed))
        return HttpResponseRedirect(self.after(changed))

    def scope(self) -> str:
        """Whose one-time keys these are."""
        if self.actor.user_id:
            return f"page:{self.actor.party}"
        if not self.request.session.session_key:
            self.request.session.create()
        return f"session:{self.request.session.session_key}"

    def done(self, changed: Any) -> str:
        """What is said afterwards."""
        return gettext("Done: %(action)s. Reference: %(reference)s") % {"action": self.action.title, "reference": changed.reference}

    def with_receipt(self, changed: Any) -> Any:
        """What is said, and the way to the receipt; without an account the session is what opens it."""
        if changed.numbers_hidden:
            messages.warning(self.request, gettext("An identity number in what you wrote was hidden: only its last characters are kept."))
        event = changed.last_event
        if event is None:  # a repeated request: the first one got the link
            return self.done(changed)
        if self.actor.user_id is None:
            self.request.session["receipts"] = [*self.request.session.get("receipts", []), str(event.pk)]
        address = reverse("receipts:receipt", args=[event.pk])
        return format_html('{} <a href="{}">{}</a>', self.done(changed), address, gettext("Your receipt"))

    def after(self, changed: Any) -> str:
        """Where one goes afterwards."""
        return changed.get_absolute_url()

    def beside(self) -> dict[str, Any]:
        """What a slice's own template shows beside the form."""
        return {}

    def refuse(self, refusal: Refusal) -> HttpResponse:
        """A page that says why, and what to do instead."""
        context = {"refusal": refusal, "action": self.action, "record": self.record, "layout": layout_for(self.actor)}
        return render(self.request, "actions/refused.html", context, status=refusal.status)

    def show(self, form: Any, once: str, status: int = 200) -> HttpResponse:
        """The form, with everything typed."""
        action = self.action
        reads.read(self.request, [self.record], reads.PAGE)
        context = {
            "action": action,
            "record": self.record,
            "form": form,
            "once": once,
            "told": action.who_is_told(),
            "starts": action.what_starts(),
            "clock": None,
            "layout": layout_for(self.actor),
            **self.beside(),
        }
        meta = (self.model or action.makes)._meta
        stem = f"{meta.app_label}/{meta.model_name}"
        founding = [] if self.model else [f"{stem}_new.html"]
        templates = [f"{stem}_{action.slug.replace('-', '_')}.html", *founding, "actions/act.html"]
        return render(self.request, templates, context, status=status)
