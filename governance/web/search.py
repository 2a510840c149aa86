"""The search over everything: ways to go, and whatever slices offer; a reference leads straight to its record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from governance.actions import registry
from governance.web import offers
from governance.web.layouts import layout_for
from governance.web.views import PageView

LONGEST, MOST = 80, 5
REFERENCE = re.compile(r"([A-Z]{2})-\d{8}-\d{8}-[0-9X]")  # as governance.actions.records makes them


@dataclass(frozen=True)
class Group:
    """What was found of one kind; ``more`` leads to all of it where there may be more than is shown."""

    title: Any
    finds: list[offers.Find]
    more: str = ""


class SearchView(PageView):
    """Everything that fits some words, kind by kind."""

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
        if address := address_of_reference(self.actor, text.upper()):
            return HttpResponseRedirect(address)
        groups = found(self.actor, text) if text else []
        return render(request, "web/search.html", {"q": text, "groups": groups, "longest": LONGEST, "layout": layout_for(self.actor)})


def found(actor: Any, text: str) -> list[Group]:
    """What fits, without kinds of which nothing does."""
    groups = [Group(offers.WAYS, ways(actor, text))]
    for finder in offers.finders():
        finds = list(finder.find(actor, text, MOST))
        more = f"{reverse(finder.more)}?{urlencode({'q': text})}" if finder.more and len(finds) == MOST else ""
        groups.append(Group(finder.title, finds, more))
    return [group for group in groups if group.finds]


def ways(actor: Any, text: str) -> list[offers.Find]:
    """Entries of the navigation whose name or explanation has every word; those whose name has them first."""
    words = text.lower().split()

    def fits(*texts: Any) -> bool:
        whole = " ".join(str(one) for one in texts).lower()
        return all(word in whole for word in words)

    fitting = [entry for entry in offers.entries(actor) if fits(entry.label, entry.help)]
    fitting.sort(key=lambda entry: not fits(entry.label))
    return list({entry.address: offers.Find(str(entry.label), entry.address, entry.help) for entry in fitting}.values())[:MOST]


def address_of_reference(actor: Any, text: str) -> str:
    """Where the record with this reference is, if this actor may see it; else where anybody may check the number."""
    reference = REFERENCE.fullmatch(text)
    if not reference:
        return ""
    for model in registry.records():
        if model.reference_prefix == reference[1] and (record := model.objects.visible_to(actor).filter(reference=text).first()):
            return record.get_absolute_url()
    return ""
