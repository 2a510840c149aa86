"""The public register as Atom feeds: whoever follows it needs no account."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from governance.feedback.forms import RegisterForm
from governance.feedback.models import Matter
from governance.feedback.words import asked_words

MOST = 50
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def well_formed(text: str) -> str:
    """A text as XML can hold it, whatever was pasted into it once."""
    return NOT_IN_XML.sub("\ufffd", str(text))


def as_html(text: str) -> str:
    """Plain text as a feed's summary, which readers take for HTML: nothing in it is a tag, and its lines stay lines."""
    return linebreaks(well_formed(text), autoescape=True)


class RegisterFeed(Feed):
    """The newest of the register, narrowed as the page is: by words, kind, subject, place."""

    feed_type = Atom1Feed
    link = reverse_lazy("feedback:register")
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest) -> Any:
        form = RegisterForm(request.GET)
        asked = form.cleaned_data.get("q", "") if form.is_valid() else ""
        rows = Matter.objects.register().narrowed(**form.narrowing())
        return rows.with_words(asked_words(asked)) if asked else rows

    def title(self, rows: Any) -> str:
        return _("Asked and answered")

    def items(self, rows: Any) -> list[Matter]:
        return list(rows[:MOST])

    def item_title(self, item: Matter) -> str:
        return well_formed(item.public_subject)

    def item_description(self, item: Matter) -> str:
        before = _("Opened again: the answer below is the earlier one.") + "\n" if item.is_reopened else ""
        return as_html(before + item.public_answer)

    def item_link(self, item: Matter) -> str:
        return reverse("feedback:public", args=[item.pk])

    def item_guid(self, item: Matter) -> str:
        return f"urn:gongzhi:{item.reference}:{item.published_at:%Y%m%dT%H%M%S}"

    def item_pubdate(self, item: Matter) -> datetime:
        return item.published_at

    item_updateddate = item_pubdate

    def item_author_name(self, item: Matter) -> str:
        return well_formed(item.office.label)

    def __call__(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        answer = super().__call__(request, *args, **options)
        answer["Cache-Control"] = "public, max-age=60"
        return answer


class MatterFeed(Feed):
    """One published matter: its answer, what was promised because of it, what a supervisor found."""

    feed_type = Atom1Feed
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, pk: int) -> Matter:
        found = Matter.objects.register().filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def title(self, matter: Matter) -> str:
        return well_formed(matter.public_subject)

    def author_name(self, matter: Matter) -> str:
        return well_formed(matter.office.label)

    def link(self, matter: Matter) -> str:
        return reverse("feedback:public", args=[matter.pk])

    def items(self, matter: Matter) -> list[tuple[str, str, datetime]]:
        answer = (_("%(office)s answers") % {"office": matter.office.label}, matter.public_answer, matter.published_at)
        promised = [(f"{one.get_state_display()}: {one.text}", one.evidence, one.changed_at) for one in matter.commitments.with_changes()]
        found = [(_("A supervisor has looked into it"), one.outcome, one.changed_at) for one in matter.supervisions.concluded().with_changes()]
        again = [(_("Opened again: somebody else is looking into it"), "", matter.reopened_at)] if matter.is_reopened else []
        earlier = [(_("Superseded: an earlier answer"), one.text, one.published_at) for one in matter.editions.all()]
        return sorted([answer, *promised, *found, *again, *earlier], key=lambda item: item[2], reverse=True)

    def item_title(self, item: tuple[str, str, datetime]) -> str:
        return well_formed(item[0])

    def item_description(self, item: tuple[str, str, datetime]) -> str:
        return as_html(item[1])

    def item_link(self, item: tuple[str, str, datetime]) -> str:
        return reverse("feedback:register")

    def item_guid(self, item: tuple[str, str, datetime]) -> str:
        return f"urn:gongzhi:{uuid5(NAMESPACE_URL, item[0] + item[2].isoformat())}"

    def item_pubdate(self, item: tuple[str, str, datetime]) -> datetime:
        return item[2]

    item_updateddate = item_pubdate
