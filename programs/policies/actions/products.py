"""What is done with a product: filed, questioned, reviewed, put on sale, stopped; changed only by a new version."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, CLOCK, Action, Clock, Holds, Kind, Party, Refused, Starts
from governance.catalogue.values import MissingParameter, values_on
from governance.clocks.now import today
from governance.stakeholders.vocabulary import StakeholderKind, StakeholderState, Subkind
from governance.text import JSONField
from programs.policies.models import Product, is_chinese
from programs.policies.rules import disclosure
from programs.policies.vocabulary import HEALTH, Duty, ProductState, Tax

INSURER = Party("insurer", gettext_lazy("the insurer"))
OFFICE = Holds(Duty.REVIEW_PRODUCTS) & ~INSURER
REVIEW = ("policies.review-product",)
DESCRIBED = ("name", "name_en", "filing_number", "term_years", "payment", "tax", "inclusive")
DISCLOSED = JSONField(
    label=gettext_lazy("What it discloses"), required=False, help_text=gettext_lazy("A JSON object: what this kind of product has to disclose, field by field."),
)  # fmt: skip
FAULTS = {"missing": gettext_lazy("is missing"), "unknown": gettext_lazy("is not asked for"), "wrong": gettext_lazy("is not as it should be")}


class _Described(Action):
    """What filing a product and changing a filing have in common."""

    @staticmethod
    def checked(kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """The description with its disclosure as it is kept; refused where something is missing."""
        values = data.get("disclosure") or {}
        if found := disclosure.problems(kind, values):
            labels = {field.name: field.label(is_chinese()) for field in disclosure.fields_of(kind)}
            told = [f"{labels.get(name, name)} {FAULTS[fault]}" for name, fault in found.items()]
            raise Refused(_("; ").join(told), field="disclosure")
        if data.get("tax") == Tax.HEALTH:
            _suits_tax_law(kind, data.get("term_years"), int(values.get("renewal_years") or 0))
        return data | {"disclosure": disclosure.kept(kind, values)}


def _suits_tax_law(kind: str, term: int | None, renewal: int) -> None:
    values = values_on(today(), HEALTH)
    try:
        medical, others = (int(values.number(HEALTH, key)) for key in ("term.medical", "term.care-and-disease"))
    except MissingParameter as problem:
        raise Refused(_("The conditions of the tax advantage are not known for today."), field="tax") from problem
    if not disclosure.suits_tax_preference(kind, term, renewal, medical=medical, others=others):
        told = {"medical": medical, "others": others}
        raise Refused(_("Tax-preferred are medical insurance that runs or is renewed for at least %(medical)d years, and care and disease insurance for at least %(others)d years.") % told, field="tax")


class FileProduct(_Described):
    """An insurer files a product with all it has to disclose; an office reviews it before it is sold."""

    called = "File a product"
    makes = Product
    by = Kind(StakeholderKind.ENTERPRISE)
    end = ProductState.FILED
    fields = ("kind", "code", *DESCRIBED)
    inputs = {"disclosure": DISCLOSED}
    starts = Starts("policies.review-product")

    def perform(self, record: None, **data: Any) -> Product:
        insurer = self.actor.stakeholder
        if insurer.subkind != Subkind.INSURER or insurer.state != StakeholderState.APPROVED:
            raise Refused(_("Products are filed by insurers and pension companies that are registered and approved here."))
        if Product.objects.of_insurer(insurer.pk).filter(code=data["code"]).exists():
            raise Refused(_("You have a product with this code. File a new version of it instead."), field="code")
        return Product(insurer=insurer, area_id=insurer.area_id, **self.checked(data["kind"], data))


class QuestionProduct(Action):
    """The office asks what is unclear. Until the insurer has answered the period stands still."""

    called = "Ask the insurer"
    record = Product
    by = OFFICE
    start, end = {ProductState.FILED}, ProductState.QUESTIONED
    reason = True
    pauses = REVIEW
    tells = ("insurer",)


class AnswerQuestions(_Described):
    """The insurer answers and corrects the filing; the period goes on."""

    called = "Answer the questions"
    record = Product
    by = INSURER
    start, end = {ProductState.QUESTIONED}, ProductState.FILED
    fields = DESCRIBED
    inputs = {"disclosure": DISCLOSED}
    reason = True
    resumes = REVIEW

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return super().initial(actor, record) | {"disclosure": record.disclosure}

    def perform(self, record: Product, **data: Any) -> None:
        self.document = self.reason_given[:200]
        super().perform(record, **self.checked(record.kind, data))


class PassProduct(Action):
    """The office has reviewed the product and has no objection; the insurer may sell it."""

    called = "Pass the product"
    record = Product
    by = OFFICE
    start, end = {ProductState.FILED}, ProductState.REVIEWED
    place = 1
    stops = REVIEW
    tells = ("insurer",)


class RefuseProduct(Action):
    """The office says why the product may not be sold."""

    record = Product
    by = OFFICE
    start, end = {ProductState.FILED, ProductState.QUESTIONED}, ProductState.REFUSED
    reason = True
    stops = REVIEW
    tells = ("insurer",)


class WithdrawProduct(Action):
    """The insurer takes back a product that is not on sale yet."""

    record = Product
    by = INSURER
    start, end = {ProductState.FILED, ProductState.QUESTIONED, ProductState.REVIEWED}, ProductState.WITHDRAWN
    place = ASIDE
    reason = True
    voids = REVIEW


class StartSale(Action):
    """The product is on sale: everybody can read and compare it, and nothing in it changes any more."""

    called = "Put on sale"
    record = Product
    by = INSURER
    start, end = {ProductState.REVIEWED}, ProductState.ON_SALE
    place = 1

    def perform(self, record: Product, **data: Any) -> None:
        for former in Product.objects.sold_before(record):
            ReplaceVersion.do(CLOCK, former)
        record.sold_from = self.today


class ReplaceVersion(Action):
    """The version is no longer sold because a newer one is."""

    record = Product
    by = Clock()
    start, end = {ProductState.ON_SALE}, ProductState.STOPPED

    def perform(self, record: Product, **data: Any) -> None:
        record.sold_until = self.today


class StopSale(Action):
    """The product is no longer sold; policies that exist go on."""

    called = "Stop the sale"
    record = Product
    by = INSURER | Holds(Duty.REVIEW_PRODUCTS)
    start, end = {ProductState.ON_SALE}, ProductState.STOPPED
    place = ASIDE
    reason = True
    tells = ("insurer",)

    def perform(self, record: Product, **data: Any) -> None:
        record.sold_until = self.today


class FileNewVersion(_Described):
    """The insurer files a changed version; the present one stays as it is and is sold until the new one is."""

    called = "File a new version"
    record = Product
    makes = Product
    by = INSURER
    start = {ProductState.ON_SALE, ProductState.STOPPED, ProductState.REFUSED, ProductState.WITHDRAWN}
    end = ProductState.FILED
    fields = DESCRIBED
    inputs = {"disclosure": DISCLOSED}
    starts = Starts("policies.review-product")

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {name: getattr(record, name) for name in (*DESCRIBED, "disclosure")} if record is not None else {}

    def perform(self, record: Product, **data: Any) -> Product:
        last = Product.objects.of_insurer(record.insurer_id).filter(code=record.code).order_by("-version").first()
        return Product(
            insurer_id=record.insurer_id, area_id=record.area_id, code=record.code, kind=record.kind, version=last.version + 1, supersedes=record,
            **self.checked(record.kind, data),
        )  # fmt: skip
