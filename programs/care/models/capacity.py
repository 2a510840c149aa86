"""What a home says about its places: a book that only grows, and its last page for every need."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.clocks.now import now
from programs.care import rules
from programs.care.models.home import Home
from programs.care.querysets import CapacityQuerySet, VacancyQuerySet
from programs.care.vocabulary import CareLevel, ObservationSource, Precision

# The last page is rewritten in the transaction that adds to the book, whoever adds: a person, an import, a reservation.
# Homes are locked first, so that two pages written at once see each other. Mirrors rules.combine.
_KEEP_VACANCIES = """
    PERFORM 1 FROM care_home WHERE id IN (SELECT home_id FROM added) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO care_vacancy AS kept (home_id, area_id, need, maximum, occupied, reserved, accepting,
                                      after_assessment, precision, remark, observed_at, recorded_at)
    SELECT h.id, h.area_id, need.value,
        CASE WHEN bool_and(last.maximum IS NOT NULL) THEN sum(last.maximum) END,
        CASE WHEN bool_and(last.occupied IS NOT NULL) THEN sum(last.occupied) END,
        CASE WHEN bool_and(last.reserved IS NOT NULL) THEN sum(last.reserved) END,
        sum(last.accepting) FILTER (WHERE last.sure),
        sum(last.accepting) FILTER (WHERE last.precision = 'assessment-first'),
        CASE
            WHEN NOT bool_or(last.sure) THEN
                CASE WHEN bool_or(last.precision = 'assessment-first') THEN 'assessment-first' ELSE 'unknown' END
            WHEN bool_or(last.sure AND last.precision = 'estimate') THEN 'estimate'
            WHEN bool_or(NOT last.sure OR last.precision = 'at-least') THEN 'at-least'
            ELSE 'exact'
        END,
        left(coalesce(string_agg(DISTINCT nullif(last.remark, ''), '; '), ''), 200),
        min(last.observed_at), max(last.recorded_at)
    FROM (SELECT DISTINCT home_id FROM added) touched
    JOIN care_home h ON h.id = touched.home_id
    CROSS JOIN generate_series(0, 5) AS level(value)
    CROSS JOIN LATERAL (
        SELECT o.*, o.precision IN ('exact', 'at-least', 'estimate') AND o.accepting IS NOT NULL AS sure
        FROM care_capacityobservation o
        WHERE o.home_id = h.id AND o.care_level = level.value
        ORDER BY o.id DESC LIMIT 1
    ) last
    JOIN (VALUES (0), (1), (2), (3), (4), (5), (9)) AS need(value)
      ON need.value = 9 OR (need.value = 5 AND level.value = 5)
      OR (need.value < 5 AND level.value BETWEEN need.value AND 4)
    GROUP BY h.id, h.area_id, need.value
    ON CONFLICT (home_id, need) DO UPDATE SET
        area_id = excluded.area_id, maximum = excluded.maximum, occupied = excluded.occupied,
        reserved = excluded.reserved, accepting = excluded.accepting, after_assessment = excluded.after_assessment,
        precision = excluded.precision, remark = excluded.remark, observed_at = excluded.observed_at, recorded_at = excluded.recorded_at;
    RETURN NULL;
"""


MOST_PLACES = 100_000  # of one level of care in one home


class CapacityObservation(models.Model):
    """What was known of a home's places for one level at one moment. Never changed, never deleted.

    ``observed_at`` is when somebody at the home last looked; ``recorded_at`` is when this line was written. A line
    that a reservation adds carries on the former, so that counting never passes for looking.
    """

    home = models.ForeignKey(Home, models.PROTECT, related_name="observations", verbose_name=_("home"))
    area = models.ForeignKey("stakeholders.Area", models.PROTECT, related_name="+", verbose_name=_("area"))
    care_level = models.PositiveSmallIntegerField(_("care level"), choices=CareLevel.choices)
    maximum = models.IntegerField(_("places"), null=True, blank=True)
    occupied = models.IntegerField(_("occupied"), null=True, blank=True)
    reserved = models.IntegerField(_("reserved"), null=True, blank=True)
    accepting = models.IntegerField(_("accepting"), null=True, blank=True)
    precision = models.CharField(_("how sure"), max_length=16, choices=Precision.choices, default=Precision.EXACT)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    source = models.CharField(
        _("source"), max_length=12, choices=ObservationSource.choices, default=ObservationSource.REPORT
    )
    confirmed_unchanged = models.BooleanField(_("confirmed, nothing changed"), default=False)
    observed_at = models.DateTimeField(_("observed"), default=now)
    recorded_at = models.DateTimeField(_("recorded"), default=now)
    observer = models.ForeignKey(
        "stakeholders.Stakeholder", models.PROTECT, null=True, related_name="+", verbose_name=_("observed by")
    )

    objects = CapacityQuerySet.as_manager()

    class Meta:
        verbose_name = _("capacity observation")
        verbose_name_plural = _("capacity observations")
        ordering = ["-id"]
        indexes = [models.Index(fields=["home", "care_level", "-id"], name="care_observation_of_home")]
        constraints = [
            *(
                bounds.whole("care_capacityobservation", name, most=MOST_PLACES)
                for name in ("maximum", "occupied", "reserved")
            ),
            bounds.between(
                "care_capacityobservation", "accepting", 0, MOST_PLACES,
                _("The home has no more places to give at this level of care just now."),
            ),
            bounds.whole("care_capacityobservation", "care_level", most=CareLevel.DEMENTIA),
            bounds.one_of("care_capacityobservation", "precision", Precision),
            bounds.one_of("care_capacityobservation", "source", ObservationSource),
            bounds.moment("care_capacityobservation", "observed_at"),
            bounds.moment("care_capacityobservation", "recorded_at"),
            models.CheckConstraint(
                condition=Q(accepting__isnull=True) | ~Q(precision=Precision.UNKNOWN),
                name="the_unknown_has_no_number",
                violation_error_message=_("Leave the number of free places empty when it is not known."),
            ),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True)
                | Q(occupied__isnull=True)
                | Q(reserved__isnull=True)
                | Q(accepting__isnull=True)
                | Q(maximum=F("occupied") + F("reserved") + F("accepting"))
                | ~Q(remark="")
                | Q(source=ObservationSource.RESERVATION),
                name="the_numbers_add_up_or_say_why",
                violation_error_message=_(
                    "Occupied, reserved and accepting do not make the number of places. Correct them, or say why."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="keep_vacancies",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="added"),
                func=_KEEP_VACANCIES,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home_id} {self.care_level} {self.recorded_at:%Y-%m-%d %H:%M}"

    @property
    def places(self) -> rules.Places:
        """The numbers as a value."""
        return rules.Places(self.maximum, self.occupied, self.reserved, self.accepting, self.precision)


class Vacancy(models.Model):
    """What a home has for one need, now: kept by the database from the last observations, read by the search.

    ``need`` is a level of care, or ``rules.ANY_NEED``. ``accepting`` leaves out what is given after an assessment only.
    """

    home = models.ForeignKey(Home, models.CASCADE, related_name="vacancies", db_index=False)
    area = models.ForeignKey("stakeholders.Area", models.PROTECT, related_name="+", db_index=False)
    need = models.PositiveSmallIntegerField()
    maximum = models.IntegerField(null=True)
    occupied = models.IntegerField(null=True)
    reserved = models.IntegerField(null=True)
    accepting = models.IntegerField(null=True)
    after_assessment = models.IntegerField(null=True)
    precision = models.CharField(max_length=16, choices=Precision.choices)
    remark = models.CharField(max_length=200, blank=True)
    observed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        constraints = [
            models.UniqueConstraint(
                fields=["home", "need"],
                name="a_need_has_one_vacancy",
                violation_error_message=_("The home’s number for this need is there already."),
            ),
            bounds.whole("care_vacancy", "need", most=rules.ANY_NEED),
            *(
                bounds.whole("care_vacancy", name, most=MOST_PLACES * len(CareLevel))
                for name in ("maximum", "occupied", "reserved", "accepting", "after_assessment")
            ),
            bounds.one_of("care_vacancy", "precision", Precision),
            bounds.moment("care_vacancy", "observed_at"),
            bounds.moment("care_vacancy", "recorded_at"),
        ]
        indexes = [
            models.Index("need", F("accepting").desc(nulls_last=True), "home", name="care_vacancy_accepting"),
            models.Index("need", F("observed_at").desc(), "home", name="care_vacancy_confirmed"),
            models.Index("need", "area", name="care_vacancy_area"),
        ]

    def __str__(self) -> str:
        return f"{self.home_id} {self.need}"
