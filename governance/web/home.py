"""The home page: it begins from needs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.web import offers


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here today, and the numbers of this moment."""
    actor = getattr(request, "actor", None)
    return render(
        request,
        "web/home.html",
        {
            "big": offers.entries(actor, need="big")[:2],
            "rows": offers.entries(actor, need="row"),
            "figures": offers.live_figures(),
            "search": next((e for e in offers.entries(actor, need="big")), None),
        },
    )
