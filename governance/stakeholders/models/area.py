"""Area: a part of the country, nested by its twelve-digit code."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance import areas, bounds
from governance.stakeholders.querysets import AreaQuerySet
from governance.stakeholders.vocabulary import Level


class Area(models.Model):
    """A nation, province, city, county, township or village; everything in it has a code in its range.

    Codes are compared as bytes ("C"), so that a range means the same on every server. They are never used again:
    an area that ends keeps its row and names its successor.
    """

    code = models.CharField(_("code"), primary_key=True, max_length=12, db_collation="C")
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    full_name = models.CharField(_("whole name"), max_length=300)
    full_name_en = models.CharField(_("whole name in English"), max_length=400, blank=True)
    pinyin = models.CharField(_("pinyin"), max_length=300, blank=True, db_index=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    lon = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    lat = models.DecimalField(_("latitude"), max_digits=7, decimal_places=5, null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("successor"))
    is_synthetic = models.BooleanField(_("made up for demonstration"), default=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        indexes = [models.Index(fields=["level", "code"], name="areas_of_a_level")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{12}$"), name="an_area_code_has_twelve_digits",
                violation_error_message=_("The code of an area has twelve digits."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="an_area_ends_after_it_begins",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("code")), name="no_area_succeeds_itself",
                violation_error_message=_("An area cannot be its own successor."),
            ),
            bounds.one_of("area", "level", Level),
            bounds.between("area", "lon", -180, 180, _("A longitude is from %(least)s to %(most)s degrees.")),
            bounds.between("area", "lat", -90, 90, _("A latitude is from %(least)s to %(most)s degrees.")),
            bounds.day("area", "valid_from"),
            bounds.day("area", "valid_until"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **options: Any) -> None:
        self.level = areas.level_of(self.code)
        self.full_name = self.full_name or self.name
        super().save(*args, **options)

    @property
    def start(self) -> str:
        """The first code in it: its own."""
        return areas.range_of(self.code)[0]

    @property
    def stop(self) -> str:
        """The first code behind it."""
        return areas.range_of(self.code)[1]

    @property
    def prefix(self) -> str:
        """The digits that all codes in it begin with."""
        return areas.prefix_of(self.code)

    @property
    def short_label(self) -> str:
        """Its own name in the reader's language."""
        return self.name if _chinese() or not self.name_en else self.name_en

    @property
    def label(self) -> str:
        """Its whole name in the reader's language."""
        return self.full_name if _chinese() or not self.full_name_en else self.full_name_en

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return f"{reverse('stakeholders:responsibilities')}?area={self.code}"


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
