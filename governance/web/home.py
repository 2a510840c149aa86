"""The home page: it begins from needs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.web import offers
from governance.web.context import acting
from governance.web.search import LONGEST

BIG, NEWS = 2, 5

@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here today, and the numbers of this moment."""
    actor = acting(request)
    first = offers.entries(actor, need="big")
    return render(
        request,
        "web/home.html",
        {
            "big": first[:BIG],
            "rows": first[BIG:] + offers.entries(actor, need="row"),
            "often": offers.entries(actor, often=True),
            "figures": offers.live_figures(),
            "news": offers.latest(NEWS),
            "longest": LONGEST,
        },
    )
