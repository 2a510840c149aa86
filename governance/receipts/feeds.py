"""The checkpoints as an Atom feed: whoever subscribes holds a memory of the log that we cannot change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from governance.ledger import reading
from governance.ledger.models import Checkpoint

LENGTH = 50


class CheckpointFeed(Feed):
    """The newest checkpoints, each with its whole signed note."""

    feed_type = Atom1Feed
    link = reverse_lazy("receipts:log")

    def title(self) -> str:
        return _("Checkpoints of the public log")

    def subtitle(self) -> str:
        return settings.LEDGER_ORIGIN

    def items(self) -> list[Checkpoint]:
        return reading.recent_checkpoints(LENGTH)

    def item_title(self, item: Checkpoint) -> str:
        return _("%(size)s entries") % {"size": f"{item.size:,}"}

    def item_description(self, item: Checkpoint) -> str:
        return item.note

    def item_link(self, item: Checkpoint) -> str:
        return f"{self.link}#{item.size}"

    def author_name(self) -> str:
        """RFC 4287 4.1.1 wants one: the log itself, by the name under which it signs."""
        return settings.LEDGER_ORIGIN

    def item_guid(self, item: Checkpoint) -> str:
        """An IRI that stays the same wherever the log is served (RFC 4151)."""
        host, _slash, path = settings.LEDGER_ORIGIN.partition("/")
        return f"tag:{host.partition(':')[0]},2026:{path or 'log'}/{item.size}"

    item_guid_is_permalink = False

    def item_updateddate(self, item: Checkpoint) -> datetime:
        return item.signed_at

    def item_pubdate(self, item: Checkpoint) -> datetime:
        return item.signed_at

    def __call__(self, request: Any, *args: Any, **options: Any) -> Any:
        answer = super().__call__(request, *args, **options)
        answer["Cache-Control"] = "public, max-age=10"
        return answer
