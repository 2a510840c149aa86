"""Home: a house that looks after people, and what it costs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from governance.actions.columns import Follows
from governance.stakeholders.responsibilities import Published
from programs.care import rules
from programs.care.querysets import HomeQuerySet, OnSphere, PositionField, Written
from programs.care.vocabulary import CareLevel, Duty, HomeState, Ownership, PriceItem, PriceRegime, Service, Setting

MOST_A_MONTH = Decimal("999999.99")  # yuan
PUBLIC_STATES = (HomeState.OPEN, HomeState.SUSPENDED, HomeState.CLOSED)

AMOUNTS = ("price_from_amount", "price_to_amount", "bed_fee_amount", "meal_fee_amount", "deposit_amount")


class PinyinKeyField(Follows, models.CharField):
    """How a name is typed without Chinese input, written whenever the name is."""

    source = "name"

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = rules.pinyin_key(model_instance.name)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class SeveralField(ArrayField):
    """Several of a set of choices; ticked in a form, a list in the interface for programs."""

    def formfield(self, **options: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.base_field.choices,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


def _points(name: str, label: Any) -> models.PositiveSmallIntegerField:
    """One of the four parts of a rating."""
    most = rules.RATING_POINTS[name]
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(most)], help_text=format_lazy(_("Of {} points."), most)
    )


def _fee(label: Any, help_text: Any = "") -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)], help_text=help_text
    )


class Home(Record):
    """A care home in the public register."""

    reference_prefix = "JG"
    final_states = frozenset({HomeState.CLOSED})
    state_looks = {"registered": "wait", "inspected": "wait", "returned": "soon", "open": "done", "suspended": "soon", "closed": "off"}

    provider = models.ForeignKey(
        "stakeholders.Stakeholder", models.PROTECT, related_name="care_homes", verbose_name=_("the provider")
    )
    name = models.CharField(_("name of the home"), max_length=120)
    pinyin = PinyinKeyField(_("pinyin"), max_length=400, blank=True, editable=False)
    filing_number = models.CharField(
        _("licence or filing number"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"^[\w\-—()（）〔〕\[\] ]*$", _("Use letters, figures, dashes and brackets."))],
        help_text=_("As on the licence or the filing receipt. Leave empty if the filing is what you ask for."),
    )
    ownership = models.CharField(_("ownership"), max_length=20, choices=Ownership.choices)
    setting = models.CharField(_("town or country"), max_length=10, choices=Setting.choices, default=Setting.URBAN)
    star_rating = models.PositiveSmallIntegerField(
        _("star rating"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 to 5, by GB/T 37276. Leave empty if the home is not rated."),
    )
    stars_valid_until = models.DateField(_("rating valid until"), null=True, blank=True)
    stars_environment = _points("stars_environment", _("points for surroundings"))
    stars_facilities = _points("stars_facilities", _("points for facilities"))
    stars_management = _points("stars_management", _("points for management"))
    stars_service = _points("stars_service", _("points for service"))
    stars_rated_by = models.CharField(_("rated by"), max_length=60, blank=True, default="", db_default="")
    services = SeveralField(
        models.CharField(max_length=20, choices=Service.choices), default=list, blank=True, verbose_name=_("services")
    )
    price_from_amount = models.DecimalField(
        _("lowest price a month (yuan)"), max_digits=8, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )
    price_to_amount = models.DecimalField(
        _("highest price a month (yuan)"), max_digits=8, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )
    price_includes = SeveralField(
        models.CharField(max_length=10, choices=PriceItem.choices), default=list, blank=True,
        verbose_name=_("what the price includes"),
    )
    price_regime = models.CharField(
        _("how the price is set"), max_length=12, choices=PriceRegime.choices, default=PriceRegime.MARKET
    )
    price_note = models.CharField(_("note on the price"), max_length=120, blank=True)
    bed_fee_amount = _fee(_("bed, a month (yuan)"))
    meal_fee_amount = _fee(_("meals, a month (yuan)"))
    deposit_amount = _fee(_("deposit, once (yuan)"), _("Given back when the person moves out. Write 0 if there is none."))
    address = models.CharField(_("address"), max_length=200)
    telephone = models.CharField(
        _("telephone"), max_length=30, blank=True,
        validators=[RegexValidator(r"^[0-9+\- ()]*$", _("Use figures, blanks, brackets, + and dashes."))],
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    position = models.GeneratedField(
        expression=OnSphere("longitude", "latitude"), output_field=PositionField(null=True), db_persist=True
    )
    search_text = models.GeneratedField(
        expression=Lower(Written(F("name"), Value(" "), F("pinyin"), Value(" "), F("address"))),
        output_field=models.TextField(),
        db_persist=True,
    )
    state = StateField(HomeState, default=HomeState.REGISTERED)

    readers = (
        Published(state__in=PUBLIC_STATES)
        | Party("provider", _("the provider"))
        | Holds(Duty.APPROVE_HOMES)
        | Holds(Duty.SUPERVISE_HOMES)
    )
    objects = HomeQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("care home")
        verbose_name_plural = _("care homes")
        indexes = [
            GistIndex(fields=["position"], name="care_home_position"),
            GinIndex(fields=["search_text"], name="care_home_search_text", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["services"], name="care_home_services"),
            models.Index(fields=["price_from_amount", "id"], name="care_home_price", condition=Q(state=HomeState.OPEN)),
            models.Index(fields=["area", "id"], name="care_home_area", condition=Q(state=HomeState.OPEN)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["filing_number"],
                condition=~Q(filing_number="") & ~Q(state=HomeState.CLOSED),
                name="a_filing_number_names_one_home",
                violation_error_message=_("Another home already has this licence or filing number."),
            ),
            models.CheckConstraint(
                condition=Q(price_from_amount__isnull=True)
                | Q(price_to_amount__isnull=True)
                | Q(price_from_amount__lte=F("price_to_amount")),
                name="a_price_runs_upwards",
                violation_error_message=_("The lowest price is higher than the highest."),
            ),
            models.CheckConstraint(
                # A range of what is empty is neither true nor false, and a table takes that: both are asked for by name.
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False, longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="a_point_has_two_coordinates",
                violation_error_message=_("Give both longitude and latitude, in degrees."),
            ),
            bounds.one_of("care_home", "ownership", Ownership),
            bounds.one_of("care_home", "setting", Setting),
            bounds.one_of("care_home", "price_regime", PriceRegime),
            bounds.one_of("care_home", "state", HomeState),
            bounds.some_of("care_home", "services", Service),
            bounds.some_of("care_home", "price_includes", PriceItem),
            bounds.whole("care_home", "star_rating", least=1, most=5),
            bounds.day("care_home", "stars_valid_until"),
            *(bounds.whole("care_home", name, most=most) for name, most in rules.RATING_POINTS.items()),
            *(bounds.amount("care_home", name, least=0, most=MOST_A_MONTH) for name in AMOUNTS),
            bounds.between("care_home", "longitude", -180, 180, _("Degrees east are from %(least)s to %(most)s.")),
            bounds.between("care_home", "latitude", -90, 90, _("Degrees north are from %(least)s to %(most)s.")),
        ]

    # Set by reports: the numbers of some levels may be older than what was reported last.
    numbers_hold_since: datetime | None = None

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("care:home-detail", args=[self.pk])

    @property
    def is_synthetic(self) -> bool:
        """Demo data: everything in the fictional territory."""
        return str(self.area_id).startswith("99")

    @property
    def stars_points(self) -> list[tuple[Any, int, int]]:
        """The parts of the rating: what, how many points, of how many; empty if one of them is not known."""
        parts = [
            (self._meta.get_field(name).verbose_name, getattr(self, name), most) for name, most in rules.RATING_POINTS.items()
        ]
        return [] if any(points is None for _label, points, _most in parts) else parts

    @property
    def stars_total(self) -> int:
        """All points of the rating."""
        return sum(points for _label, points, _most in self.stars_points)


class PriceBand(models.Model):
    """What a month costs for one level of care."""

    home = models.ForeignKey(Home, models.CASCADE, related_name="price_bands")
    care_level = models.PositiveSmallIntegerField(_("care level"), choices=CareLevel.choices)
    from_amount = models.DecimalField(_("from (yuan a month)"), max_digits=8, decimal_places=2)
    to_amount = models.DecimalField(_("to (yuan a month)"), max_digits=8, decimal_places=2)
    care_amount = _fee(_("of it for care (yuan a month)"))

    class Meta:
        verbose_name = _("price band")
        ordering = ["care_level"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "care_level"],
                name="a_level_has_one_price_band",
                violation_error_message=_("The home has a price for this level already."),
            ),
            models.CheckConstraint(
                condition=Q(from_amount__lte=F("to_amount")),
                name="a_band_runs_upwards",
                violation_error_message=_("The lowest price is higher than the highest."),
            ),
            bounds.whole("care_priceband", "care_level", most=CareLevel.DEMENTIA),
            *(
                bounds.amount("care_priceband", name, least=0, most=MOST_A_MONTH)
                for name in ("from_amount", "to_amount", "care_amount")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_care_level_display()}: {self.from_amount}–{self.to_amount}"
