"""What is done with a home: it is registered, accepted, changed, suspended, closed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Kind, Party, Refused, Starts
from governance.clocks.now import today
from governance.stakeholders.vocabulary import StakeholderKind, StakeholderState
from programs.care import rules
from programs.care.models import Home, PriceBand, Reservation
from programs.care.vocabulary import CareLevel, Duty, HomeState

PROVIDER = Party("provider", gettext_lazy("the provider"))
FILED = Starts("care.answer-filing")
UNCONFIRMED = Starts("care.confirm-capacity", then="care.remind-of-capacity")

DETAILS = (
    "name",
    "area",
    "address",
    "telephone",
    "longitude",
    "latitude",
    "ownership",
    "setting",
    "filing_number",
    "star_rating",
    "stars_valid_until",
    "services",
)


class _Described(Action):
    """What registering and changing a home have in common."""

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """The areas of the provider's city: a home elsewhere is filed elsewhere."""
        if name != "area":
            return None
        areas = Home._meta.get_field("area").related_model.objects
        around = getattr(record, "area_id", None) or getattr(actor.stakeholder, "area_id", None)
        there = areas.filter(code__startswith=str(around)[:4], level__gte=4).valid_on(today())
        return there.order_by("code") if around else areas.none()

    @staticmethod
    def has_sound_point(longitude: float | None, latitude: float | None) -> None:
        """Both coordinates or none."""
        if (longitude is None) != (latitude is None):
            raise Refused(_("Give both longitude and latitude, or neither."), field="longitude")


class RegisterHome(_Described):
    """A provider enters a home; it stands in the register once the office responsible has accepted the filing."""

    called = "Register a home"
    makes = Home
    by = Kind(StakeholderKind.SOCIAL, StakeholderKind.ENTERPRISE, StakeholderKind.GOVERNMENT)
    end = HomeState.REGISTERED
    fields = DETAILS
    starts = FILED

    def perform(self, record: None, **data: Any) -> Home:
        if self.actor.stakeholder.state != StakeholderState.APPROVED:
            raise Refused(_("Your organisation has not been approved yet. Homes can be entered after that."))
        self.has_sound_point(data.get("longitude"), data.get("latitude"))
        return Home(provider=self.actor.stakeholder, **data)


class AcceptFiling(Action):
    """The office takes the home into the public register; from now on people can find it and ask for a place."""

    record = Home
    by = Holds(Duty.APPROVE_HOMES) & ~PROVIDER
    start, end = {HomeState.REGISTERED}, HomeState.OPEN
    fields = ("filing_number",)
    stops = ("care.answer-filing",)
    starts = UNCONFIRMED
    tells = ("provider",)


class ReturnFiling(Action):
    """The office sends the filing back and says what is missing."""

    record = Home
    by = Holds(Duty.APPROVE_HOMES) & ~PROVIDER
    start, end = {HomeState.REGISTERED}, HomeState.RETURNED
    reason = True
    stops = ("care.answer-filing",)
    tells = ("provider",)


class ResubmitHome(_Described):
    """The provider hands the filing in again after completing it."""

    record = Home
    by = PROVIDER
    start, end = {HomeState.RETURNED}, HomeState.REGISTERED
    fields = DETAILS
    starts = FILED

    def perform(self, record: Home, **data: Any) -> None:
        _describe(record, data)


class ChangeHomeDetails(_Described):
    """The provider corrects what the register says of the home."""

    record = Home
    by = PROVIDER
    start = {HomeState.REGISTERED, HomeState.OPEN, HomeState.SUSPENDED}
    fields = DETAILS

    def perform(self, record: Home, **data: Any) -> None:
        _describe(record, data)


def _describe(home: Home, data: dict[str, Any]) -> None:
    for name, value in data.items():
        setattr(home, name, value)
    home.pinyin = rules.pinyin_key(home.name)
    _Described.has_sound_point(home.longitude, home.latitude)


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=0, max_digits=8, decimal_places=2)


class ChangePrices(Action):
    """The provider says what a month costs, by level of care, and of what that is made up."""

    record = Home
    by = PROVIDER
    start = {HomeState.REGISTERED, HomeState.OPEN, HomeState.SUSPENDED}
    fields = ("bed_fee_amount", "meal_fee_amount", "deposit_amount", "price_regime", "price_includes", "price_note")
    inputs = {
        name: field
        for level in CareLevel
        for name, field in (
            (f"from_{level.value}", _amount(format_lazy("{}: {}", level.label, gettext_lazy("From (yuan a month)")))),
            (f"to_{level.value}", _amount(format_lazy("{}: {}", level.label, gettext_lazy("To (yuan a month)")))),
            (f"care_{level.value}", _amount(format_lazy("{}: {}", level.label, gettext_lazy("Of it for care")))),
        )
    }

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        bands = {band.care_level: band for band in record.price_bands.all()}
        known = {
            f"{name}_{level}": getattr(band, f"{name}_amount") for level, band in bands.items() for name in ("from", "to", "care")
        }
        return super().initial(actor, record) | known

    def perform(self, record: Home, **data: Any) -> None:
        bands = [band for level in CareLevel if (band := self._band(record, level, data))]
        PriceBand.objects.filter(home=record).delete()
        PriceBand.objects.bulk_create(bands)
        record.price_from_amount = min((band.from_amount for band in bands), default=None)
        record.price_to_amount = max((band.to_amount for band in bands), default=None)
        for name in self.fields:
            if name in data:
                setattr(record, name, data[name])

    @staticmethod
    def _band(home: Home, level: CareLevel, data: dict[str, Any]) -> PriceBand | None:
        low: Decimal | None = data.get(f"from_{level.value}")
        high: Decimal | None = data.get(f"to_{level.value}")
        care: Decimal | None = data.get(f"care_{level.value}")
        if low is None and high is None:
            if care is not None:
                raise Refused(_("Say also what the whole month costs."), field=f"from_{level.value}")
            return None
        low, high = (high if low is None else low), (low if high is None else high)
        if low > high:
            raise Refused(_("The lowest price is higher than the highest."), field=f"to_{level.value}")
        if care is not None and care > high:
            raise Refused(_("Care alone cannot cost more than the whole month."), field=f"care_{level.value}")
        return PriceBand(home=home, care_level=level, from_amount=low, to_amount=high, care_amount=care)


class EnterRating(Action):
    """The supervising office enters what a rating by GB/T 37276 found: the stars, the points, until when, and who rated."""

    record = Home
    by = Holds(Duty.SUPERVISE_HOMES) & ~PROVIDER
    start = {HomeState.OPEN, HomeState.SUSPENDED}
    fields = ("star_rating", "stars_valid_until", *rules.RATING_POINTS, "stars_rated_by")
    tells = ("provider",)

    def perform(self, record: Home, **data: Any) -> None:
        if data.get("star_rating") is None and any(value not in (None, "") for value in data.values()):
            raise Refused(_("Say how many stars the home has."), field="star_rating")
        parts = [name for name in rules.RATING_POINTS if data.get(name) is None]
        if 0 < len(parts) < 4:
            raise Refused(_("Give the points of all four parts, or of none."), field=parts[0])
        for name in self.fields:
            setattr(record, name, data.get(name, "" if name == "stars_rated_by" else None))


class SuspendHome(Action):
    """The supervising office stops admissions until what is wrong has been put right."""

    record = Home
    by = Holds(Duty.SUPERVISE_HOMES) & ~PROVIDER
    start, end = {HomeState.OPEN}, HomeState.SUSPENDED
    reason = True
    voids = ("care.confirm-capacity",)
    tells = ("provider",)


class ReopenHome(Action):
    """The supervising office lets the home admit people again."""

    record = Home
    by = Holds(Duty.SUPERVISE_HOMES) & ~PROVIDER
    start, end = {HomeState.SUSPENDED}, HomeState.OPEN
    starts = UNCONFIRMED
    tells = ("provider",)


class CloseHome(Action):
    """The home ends for good, after everybody has moved out or found another place."""

    record = Home
    by = PROVIDER | Holds(Duty.SUPERVISE_HOMES)
    start, end = {HomeState.OPEN, HomeState.SUSPENDED}, HomeState.CLOSED
    reason = True
    voids = ("care.confirm-capacity",)
    tells = ("provider",)

    def perform(self, record: Home, **data: Any) -> None:
        if Reservation.objects.holding().filter(home=record).exists():
            raise Refused(_("People still live here or have been promised a place. Find them another place first."))
