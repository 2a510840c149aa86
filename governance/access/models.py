"""An access: somebody has looked at a record that holds somebody else's personal data."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import registry
from governance.clocks.now import now
from governance.web import reads


class How(models.TextChoices):
    """In what way it was looked at."""

    PAGE = reads.PAGE, _("opened it")
    LIST = reads.LIST, _("saw it in a list")
    DOWNLOAD = reads.DOWNLOAD, _("downloaded it")
    PROGRAM = reads.PROGRAM, _("read it by a program")


class AccessQuerySet(models.QuerySet):
    """The vocabulary of reading accesses."""

    def about(self, person: int | None) -> AccessQuerySet:
        """To the data of one person."""
        return self.filter(subject=person) if person else self.none()

    def about_record(self, record: Any) -> AccessQuerySet:
        """To one record, by anybody."""
        of_kind = ContentType.objects.get_for_model(record)
        return self.filter(record_type=of_kind, record_id=record.pk, subject=record.author_id).for_display()

    def for_display(self) -> AccessQuerySet:
        """With who looked."""
        return self.select_related("user__person", "stakeholder")


class Access(models.Model):
    """Who looked, for which office, at what, by which duty, when. Never changed, never deleted."""

    subject = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stakeholder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+")
    record_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
    reference = models.CharField(max_length=40)
    how = models.CharField(max_length=10, choices=How.choices)
    duty = models.CharField(max_length=60, blank=True)  # by which it may be looked at; empty for a party to the matter
    looked_at = models.DateTimeField(default=now)

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["subject", "-id"], name="access_to_somebody_s_data")]
        constraints: ClassVar = [bounds.one_of("access", "how", How)]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.reference} {self.looked_at:%Y-%m-%d %H:%M}"

    @property
    def kind(self) -> Any:
        """What kind of record it was."""
        model = ContentType.objects.get_for_id(self.record_type_id).model_class()
        return model._meta.verbose_name if model else ""

    @property
    def purpose(self) -> Any:
        """The duty it was looked at by, in words; a party to the matter needs none."""
        return registry.duties().get(self.duty, self.duty) if self.duty else _("takes part in the matter")
