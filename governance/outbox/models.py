"""An item of work, from the transaction that asked for it to the one that did it."""

import uuid

from django.db import models
from django.db.models import Q

from governance import bounds
from governance.clocks.now import now

MOST_ATTEMPTS = 10_000  # counted: an hour apart in the end, so for more than a year


class ItemQuerySet(models.QuerySet):
    """The vocabulary of reading the outbox."""

    def due(self, at: object) -> "ItemQuerySet":
        """What is to be done by now, oldest first."""
        return self.filter(done_at=None, due_at__lte=at).order_by("due_at", "id")

    def undone(self) -> "ItemQuerySet":
        """Everything not done yet."""
        return self.filter(done_at=None)


class Item(models.Model):
    """One piece of work: a topic, and what its handler needs to know. Payloads name rows; they hold no personal data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="work_to_be_done", condition=Q(done_at=None))]
        constraints = [bounds.whole("outbox_item", "attempts", most=MOST_ATTEMPTS)]

    def __str__(self) -> str:
        return f"{self.topic} {self.id}"
