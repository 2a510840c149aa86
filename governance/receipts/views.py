"""Pages: a receipt, checking one, the public log."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from governance.ledger.models import Leaf
from governance.receipts import checking, printing, reading
from governance.receipts.forms import VerifyForm
from governance.web import keyset
from governance.web.layouts import layout_for
from governance.web.views import PageView

KNOWN = "receipts"  # in the session: the receipts whose tracking code was given here
MOST_KNOWN = 20


class ReceiptView(PageView):
    """A receipt, for whoever did it or has its tracking code."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        receipt = reading.receipt_for(self.actor, pk, request.session.get(KNOWN, []))
        if receipt is None:
            if self.actor.user_id is not None and reading.is_part(pk):  # done together with much else: the log shows the leaf they share
                return HttpResponseRedirect(f"{reverse('receipts:verify')}?number={pk}")
            if self.actor.user_id is None:
                return redirect_to_login(request.get_full_path(), "account_login")
            raise Http404
        return self.show(receipt)

    def show(self, receipt: reading.Receipt) -> HttpResponse:
        """As a page."""
        return render(self.request, "receipts/receipt.html", {"receipt": receipt, "layout": layout_for(self.actor)})


class ReceiptFileView(ReceiptView):
    """The receipt as a file: what the verifier reads."""

    def show(self, receipt: reading.Receipt) -> HttpResponse:
        text = json.dumps(receipt.as_file(opened=True), ensure_ascii=False, indent=1)
        return _download(text, "application/json", f"{receipt.reference}.json")


class ReceiptPdfView(ReceiptView):
    """The receipt on paper."""

    def show(self, receipt: reading.Receipt) -> HttpResponse:
        return _download(printing.pdf(receipt), "application/pdf", f"{receipt.reference}.pdf")


class ReceiptQrView(ReceiptView):
    """The QR code of the receipt."""

    def show(self, receipt: reading.Receipt) -> HttpResponse:
        return HttpResponse(printing.qr(receipt.address), content_type="image/svg+xml")


def _download(data: Any, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class VerifyView(PageView):
    """Is this receipt genuine, is it in the log, and what has become of the matter?"""

    http_method_names = ("get", "head", "options", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        if number := request.GET.get("number", ""):
            return self.answer(checking.by_number(number), VerifyForm(initial={"number": number[:100]}))
        return self.answer(None, VerifyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = VerifyForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.answer(None, form, status=422)
        file = form.cleaned_data["file"]
        return self.answer(checking.by_file(file.read()) if file else checking.by_number(form.cleaned_data["number"]), form)

    def answer(self, finding: checking.Finding | None, form: VerifyForm, status: int = 200) -> HttpResponse:
        """The page, with what was found; whoever has shown a receipt may see it whole."""
        if finding and finding.verdict in {"included", "promised"}:
            known = [*self.request.session.get(KNOWN, []), str(finding.receipt.id)]
            self.request.session[KNOWN] = known[-MOST_KNOWN:]
        context = {"finding": finding, "form": form, "layout": layout_for(self.actor)}
        return render(self.request, "receipts/verify.html", context, status=status)


class ErasureListView(PageView):
    """Every tombstone: what was erased when, and on what basis."""

    def get(self, request: HttpRequest) -> HttpResponse:
        after, before = (request.GET.get(name, "") for name in ("after", "before"))
        try:
            page = keyset.paged(Leaf.objects.tombstones(), ("-id",), after=after, before=before)
        except keyset.BadCursor as problem:
            messages.warning(request, str(problem))
            return HttpResponseRedirect(request.path)
        context = {"page": page, "stones": reading.stones(page.rows), "layout": layout_for(self.actor)}
        return render(request, "receipts/erasures.html", context)


class TombstoneFileView(PageView):
    """What opens one tombstone: public, as the verifier reads it."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        made = reading.stone_file(pk)
        if made is None:
            raise Http404
        return _download(json.dumps(made, ensure_ascii=False, indent=1), "application/json", f"tombstone-{pk}.json")


class LogView(PageView):
    """The public log: what it is, its head, its key, how to watch it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "receipts/log.html", reading.log_page() | {"layout": layout_for(self.actor)})
