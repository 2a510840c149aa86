"""The public register as Atom feeds: whoever follows it needs no account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from governance.feedback.forms import RegisterForm
from governance.feedback.models import Matter
from governance.feedback.words import words_of

MOST = 50


class RegisterFeed(Feed):
    """The newest of the register, narrowed as the page is: by words, kind, subject, place."""

    feed_type = Atom1Feed
    link = reverse_lazy("feedback:register")
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest) -> Any:
        form = RegisterForm(request.GET)
        asked = form.cleaned_data.get("q", "") if form.is_valid() else ""
        rows = Matter.objects.register().narrowed(**form.narrowing())
        return rows.with_words(words_of(asked) or asked) if asked else rows

    def title(self, rows: Any) -> str:
        return _("Asked and answered")

    def items(self, rows: Any) -> list[Matter]:
        return list(rows[:MOST])

    def item_title(self, item: Matter) -> str:
        return item.public_subject

    def item_description(self, item: Matter) -> str:
        return item.public_answer

    def item_link(self, item: Matter) -> str:
        return reverse("feedback:public", args=[item.pk])

    def item_guid(self, item: Matter) -> str:
        return f"urn:gongzhi:{item.reference}:{item.published_at:%Y%m%dT%H%M%S}"

    def item_pubdate(self, item: Matter) -> datetime:
        return item.published_at

    item_updateddate = item_pubdate

    def item_author_name(self, item: Matter) -> str:
        return item.office.label

    def __call__(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        answer = super().__call__(request, *args, **options)
        answer["Cache-Control"] = "public, max-age=60"
        return answer
