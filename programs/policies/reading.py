"""Rules joined with the values that hold, and explained; products side by side; shares of insurers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from governance.catalogue.decisions import NO, UNKNOWN, YES, Decision
from governance.catalogue.values import Values
from governance.catalogue.wording import plain
from programs.policies.models import Policy, Product, is_chinese
from programs.policies.rules import disclosure, group, saving
from programs.policies.rules.share import Share
from programs.policies.vocabulary import ANNUITY, HEALTH, PERSONAL, TAX_DEFERRED


def yuan(amount: Decimal) -> str:
    """An amount with its unit."""
    return _("%(amount)s yuan") % {"amount": f"{amount:,.2f}"}


def percent(share: Decimal) -> str:
    """A rate."""
    return f"{plain(share * 100)} %"


def personal_pension(values: Values, *, payment: Decimal, years: int, rate: Decimal, bracket: Decimal) -> Decision:
    """What a personal pension becomes, and whether it saves tax or costs it."""
    ceiling, withdrawal = values.number(PERSONAL, "ceiling"), values.number(PERSONAL, "withdrawal-tax")
    found = saving.personal_pension(payment, years, rate, bracket, ceiling=ceiling, withdrawal=withdrawal)
    warnings = [_("Of what you want to pay, %(amount)s a year is above the ceiling and cannot be paid in.") % {"amount": yuan(found.above)}] if found.above else []
    if found.gain < 0:
        warnings.append(_("At your rate of tax it costs more tax at withdrawal than it saves while you pay in."))
    return Decision(
        rule="policies.personal-pension", facts={"payment": payment, "years": years, "rate": rate, "bracket": bracket}, outcome=YES if found.gain >= 0 else NO,
        sentence=_in_short(found, years),
        results=[
            ("balance", _("In the account"), yuan(found.balance)), ("withdrawal_tax", _("Tax at withdrawal"), yuan(found.withdrawal_tax)),
            ("paid_out", _("Paid out"), yuan(found.paid_out)), ("relief", _("Tax saved each year"), yuan(found.relief)),
            ("gain", _("Tax saved in all, less tax at withdrawal"), yuan(found.gain)),
        ],
        values={"counted": found.counted, "balance": found.balance, "withdrawal_tax": found.withdrawal_tax, "paid_out": found.paid_out, "relief": found.relief, "gain": found.gain},
        trace=[
            _("Of %(payment)s a year at most %(ceiling)s counts: %(counted)s.") % {"payment": yuan(payment), "ceiling": yuan(ceiling), "counted": yuan(found.counted)},
            _("Paid at the beginning of each of %(n)d years and growing by %(rate)s a year: %(balance)s. The growth is assumed, not promised.") % {"n": years, "rate": percent(rate), "balance": yuan(found.balance)},
            _("Tax saved each year: %(counted)s × %(bracket)s = %(relief)s.") % {"counted": yuan(found.counted), "bracket": percent(bracket), "relief": yuan(found.relief)},
            _("Tax at withdrawal: %(balance)s × %(rate)s = %(tax)s.") % {"balance": yuan(found.balance), "rate": percent(withdrawal), "tax": yuan(found.withdrawal_tax)},
        ],
        used=values.used, warnings=warnings,
        would_change=_("With a rate of tax of %(rate)s or more while paying in it would not cost tax in these years. (Source of the rates of income tax: not verified.)") % {"rate": percent(_turn(payment, years, rate, ceiling, withdrawal))} if found.gain < 0 else "",
    )  # fmt: skip


def _in_short(found: saving.Saved, years: int) -> str:
    """The finding first: below the rate of tax at withdrawal it costs, and that is what somebody must hear."""
    words = {"n": years, "amount": yuan(found.paid_out), "loss": yuan(-found.gain)}
    if found.gain < 0:
        return _("In %(n)d years it costs you %(loss)s more tax than it saves. About %(amount)s are paid out.") % words
    return _("After %(n)d years about %(amount)s, after tax.") % words


def _turn(payment: Decimal, years: int, rate: Decimal, ceiling: Decimal, withdrawal: Decimal) -> Decimal:
    """The lowest rate of tax that there is from which it saves tax, found by trying the rule itself."""
    return next((one for one in saving.BRACKETS if saving.personal_pension(payment, years, rate, one, ceiling=ceiling, withdrawal=withdrawal).gain >= 0), saving.BRACKETS[-1])


def tax_deferred(values: Values, *, payment: Decimal, wage: Decimal, bracket: Decimal) -> Decision:
    """What the pilot of tax-deferred pensions deducts, and what it taxes later."""
    rules = {name: values.number(TAX_DEFERRED, key) for name, key in (("share", "cap.share"), ("amount", "cap.amount"), ("exempt", "withdrawal.exempt"), ("rate", "withdrawal.rate"))}
    found = saving.tax_deferred(payment, wage, bracket, **rules)
    return Decision(
        rule="policies.tax-deferred", facts={"payment": payment, "wage": wage, "bracket": bracket}, outcome=UNKNOWN,
        sentence=_("Up to %(cap)s a month is deducted: %(relief)s less tax a year.") % {"cap": yuan(found.cap), "relief": yuan(found.relief)},
        results=[
            ("cap", _("Most that is deducted a month"), yuan(found.cap)), ("relief", _("Tax saved each year"), yuan(found.relief)),
            ("effective_rate", _("Tax on what is paid out"), percent(found.effective_rate)),
        ],
        values={"cap": found.cap, "counted": found.counted, "relief": found.relief, "effective_rate": found.effective_rate},
        trace=[
            _("The lower of %(share)s of the wage and %(amount)s a month: %(cap)s.") % {"share": percent(rules["share"]), "amount": yuan(rules["amount"]), "cap": yuan(found.cap)},
            _("Tax saved each year: 12 × %(counted)s × %(bracket)s = %(relief)s.") % {"counted": yuan(found.counted), "bracket": percent(bracket), "relief": yuan(found.relief)},
            _("When it is paid out %(exempt)s is free and the rest is taxed at %(rate)s: %(effective)s of all.") % {"exempt": percent(rules["exempt"]), "rate": percent(rules["rate"]), "effective": percent(found.effective_rate)},
        ],
        used=values.used, missing=[_("Whether you are in the pilot: it ran in a few places and has been merged into the personal pension. Your insurer knows.")],
    )  # fmt: skip


def health_relief(values: Values, *, premium: Decimal, bracket: Decimal) -> Decision:
    """What a tax-preferred health insurance saves."""
    deduction = values.number(HEALTH, "deduction")
    counted, relief = saving.health_relief(premium, bracket, deduction=deduction)
    return Decision(
        rule="policies.health-relief", facts={"premium": premium, "bracket": bracket}, outcome=YES if relief else NO,
        sentence=_("It saves %(relief)s of tax a year.") % {"relief": yuan(relief)},
        results=[("counted", _("Deducted a year"), yuan(counted)), ("relief", _("Tax saved each year"), yuan(relief)), ("net", _("What the cover costs in the end"), yuan(premium - relief))],
        values={"counted": counted, "relief": relief, "net": premium - relief},
        trace=[
            _("Of a premium of %(premium)s at most %(deduction)s is deducted: %(counted)s.") % {"premium": yuan(premium), "deduction": yuan(deduction), "counted": yuan(counted)},
            _("%(counted)s × %(bracket)s = %(relief)s.") % {"counted": yuan(counted), "bracket": percent(bracket), "relief": yuan(relief)},
            _("The insured may be you, your husband or wife, your children or your parents. The policy needs its tax identification code."),
        ],
        used=values.used, warnings=[] if relief else [_("Who pays no income tax saves none.")],
    )  # fmt: skip


def group_beside_annuity(values: Values, *, budget: Decimal, payroll: Decimal, staff: int, premium: Decimal) -> Decision:
    """What group cover takes from an annuity, out of one budget of a small firm."""
    cap = values.number(ANNUITY, "cap.employer")
    found = group.splits(budget, payroll, staff, premium, cap=cap)
    room, unused = found[0].to_annuity == budget, max(one.unused for one in found)
    return Decision(
        rule="policies.group-beside-annuity", facts={"budget": budget, "payroll": payroll, "staff": staff, "premium": premium}, outcome=YES if any(one.crowded_out for one in found) else NO,
        sentence=(_("Every yuan for group cover is a yuan less for the annuity.") if room else _("The budget is more than an annuity may take: group cover takes nothing from it at first.")),
        results=[(f"split_{n}", _("%(share)s for group cover: premium + annuity for each") % {"share": percent(share)}, f"{one.each_group:,.0f} + {one.each_annuity:,.0f}") for n, (share, one) in enumerate(zip(group.SHARES, found, strict=True))],
        values={f"split_{n}": {"group": str(one.to_group), "annuity": str(one.to_annuity), "unused": str(one.unused)} for n, one in enumerate(found)},
        trace=[
            _("An annuity takes at most %(cap)s of the payroll from the employer: %(most)s a year.") % {"cap": percent(cap), "most": yuan(saving.to_fen(payroll * cap))},
            _("Group cover takes at most its premium for everybody: %(n)d × %(premium)s.") % {"n": staff, "premium": yuan(premium)},
            *([_("Up to %(amount)s of the budget finds no place in either.") % {"amount": yuan(unused)}] if unused else []),
            _("What an annuity pays in belongs to the member and grows until old age; a premium covers one year."),
        ],
        used=values.used, missing=[_("How the tax law treats each of the two in your case. Your tax office knows.")],
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of a comparison."""

    label: str
    cells: list[str]

    @property
    def differs(self) -> bool:
        """Whether it says different things."""
        return disclosure.differs(self.cells)


def shown(field: disclosure.Field, value: str) -> str:
    """A disclosed value in words."""
    if value == "":
        return ""
    if field.type == "percent":
        return f"{value} %"
    units = {"years": _("%(n)s years"), "days": _("%(n)s days"), "persons": _("%(n)s persons"), "age": _("%(n)s years of age")}
    if field.type == "yuan":
        return yuan(Decimal(value))
    return units[field.unit] % {"n": value} if field.unit in units else value


def facts_of(product: Product) -> list[Line]:
    """What everything of this kind discloses, for one product."""
    return [Line(field.label(is_chinese()), [shown(field, value)]) for field, value in product.disclosed]


def side_by_side(products: list[Product]) -> list[Line]:
    """The same lines for all, in the order of the law of their kinds; never by who is better."""
    kinds = frozenset(one.kind for one in products)
    lines = [
        Line(_("Insurer"), [str(one.insurer) for one in products]), Line(_("Kind of product"), [str(one.get_kind_display()) for one in products]),
        Line(_("Term"), [one.term for one in products]), Line(_("How the premium is paid"), [str(one.get_payment_display()) for one in products]),
        Line(_("Tax treatment"), [str(one.get_tax_display()) for one in products]), Line(_("State"), [str(one.get_state_display()) for one in products]),
    ]  # fmt: skip
    asked = {one.pk: {field.name for field in disclosure.fields_of(one.kind)} for one in products}
    for field in disclosure.fields_of_all(kinds):
        lines.append(Line(field.label(is_chinese()), [_cell(field, one, asked) for one in products]))
    return lines


def _cell(field: disclosure.Field, product: Product, asked: dict[int, set[str]]) -> str:
    if field.name not in asked[product.pk]:
        return _("not asked of this kind")
    return shown(field, product.disclosure.get(field.name, "")) or _("not told")


def shares() -> list[Share]:
    """The share of long-term inclusive business of each insurer, in alphabetical order."""
    return [
        Share(
            row["insurer__name"] if is_chinese() or not row["insurer__name_en"] else row["insurer__name_en"], row["policies"], row["long"], row["inclusive"], row["all"],
            row["as_of"], row["insurer__is_synthetic"],
        )
        for row in Policy.objects.shares()
    ]  # fmt: skip


def holdings(policies: list[Any]) -> dict[str, Any]:
    """What a person's policies come to; sums of what is known only."""
    active = [one for one in policies if one.state == "in-force"]
    return {"in_force": len(active), "all": len(policies), "oldest": min((one.as_of for one in active), default=None)}
