"""What happens in public, as an Atom feed: events of records that anybody may read; no person is named."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from governance.notices import reading


class PublicFeed(Feed):
    """The newest first."""

    feed_type = Atom1Feed
    link = reverse_lazy("web:home")
    item_guid_is_permalink = False

    def title(self) -> str:
        return _("What happens in public")

    def items(self) -> list[Any]:
        return reading.public_events()

    def item_title(self, item: Any) -> str:
        return f"{item.title}: {item.record}"

    def item_description(self, item: Any) -> str:
        return str(item.act.description)

    def item_link(self, item: Any) -> str:
        return item.record.get_absolute_url()

    def item_guid(self, item: Any) -> str:
        return f"urn:uuid:{item.pk}"

    def item_updateddate(self, item: Any) -> datetime:
        return item.done_at

    def item_pubdate(self, item: Any) -> datetime:
        return item.done_at

    def item_author_name(self, item: Any) -> str:
        who = item.stakeholder
        return who.label if who is not None and not who.is_citizen else settings.SITE_NAME or _("Gongzhi")

    def __call__(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        answer = super().__call__(request, *args, **options)
        answer["Cache-Control"] = "public, max-age=60"
        return answer
