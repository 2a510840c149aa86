"""What claims give: the rule, the facts of the register and what the officer added, explained step by step."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from governance.catalogue.decisions import YES, Decision, outcome_of
from governance.catalogue.values import Values
from governance.catalogue.wording import plain
from programs.insurance import reading
from programs.insurance.rules import benefits, pension, retirement
from programs.insurance.rules.retirement import Minimum, Month
from programs.insurance.vocabulary import DEEMED_RATE, EARLY_RATE, EMPLOYEES, RATES, Branch, InjuryGround


def has_transition(values: Values) -> bool:
    """Whether the place has a rule for the time before accounts."""
    return values.has(EMPLOYEES, DEEMED_RATE) and values.has(EMPLOYEES, EARLY_RATE)


def _transition(values: Values, wage: Decimal, index: Decimal, deemed: int, early: int) -> tuple[Decimal, list[str]]:
    """The transitional pension and how it was worked out; the rule is the place's (Beijing's form: ``rules.pension``)."""
    if not deemed and not early:
        return pension.NOTHING, [_("No transitional pension: no time before accounts was entered.")]
    rates = {"deemed_rate": values.number(EMPLOYEES, DEEMED_RATE), "index_rate": values.number(EMPLOYEES, EARLY_RATE)}
    amount = pension.transitional_pension(wage, index, deemed=deemed, early=early, **rates)
    words = {"deemed": reading.period_words(deemed), "early": reading.period_words(early), "wage": plain(wage), "index": plain(index), "amount": reading.yuan(amount)}
    words |= {name: reading.percent(rate) for name, rate in rates.items()}
    return amount, [_("Transitional part: %(wage)s × %(deemed)s × %(deemed_rate)s + %(wage)s × %(index)s × %(early)s × %(index_rate)s = %(amount)s.") % words]


def pension_of(
    values: Values, *, claim: str, born: Month, group: str, begins: Month, paid: int, balance: Decimal, wage: Decimal, index: Decimal,
    by_year: str = "", deemed: int = 0, early: int = 0,
) -> Decision:  # fmt: skip
    """A pension: whether age and months suffice in the month in which it begins, and what it comes to (国发〔2005〕38号)."""
    schedule, freedom = reading.retirement_window(values, group)
    window = retirement.window(born, schedule, **freedom)
    minimum = Minimum.of(values.table(EMPLOYEES, "minimum-months"))
    needed = retirement.minimum_months(retirement.year_that_counts(begins, window.statutory), minimum)
    earliest = window.earliest if window.statutory >= retirement.FLEXIBLE_SINCE else window.statutory
    age = begins.number - born.number
    is_due = begins >= earliest and begins <= Month.of(values.day) and paid >= needed
    accrual = values.number(EMPLOYEES, "pension.accrual")
    monthly = not age % 12 or values.words(EMPLOYEES, "divisor-interpolation") == "monthly"
    transitional, transition_steps = _transition(values, wage, index, deemed, early)
    account = reading.account_of(values, {int(year): Decimal(amount) for year, amount in (one.split(":") for one in by_year.split("/") if one)}, begins.year)
    found = pension.employee_pension(
        wage=wage, index=index, months=paid, balance=balance + account.interest, age=age, accrual=accrual,
        divisors=pension.divisors_of(values.table(EMPLOYEES, "divisor-months")), monthly=monthly, transitional=transitional,
    )  # fmt: skip
    words = {"paid": reading.period_words(paid), "needed": reading.period_words(needed), "month": reading.month_words(earliest)}
    return Decision(
        rule="insurance.claim-pension", outcome=outcome_of(is_due),
        facts={"claim": claim, "born": str(born), "group": group, "begins": str(begins), "paid": paid, "balance": balance, "wage": wage, "index": index}
        | ({"by_year": by_year} if by_year else {}) | ({"deemed": deemed, "early": early} if deemed or early else {}),
        sentence=_("%(amount)s a month.") % {"amount": reading.yuan(found.total)} if is_due
        else _("It may begin in %(month)s at the earliest, not in a month to come, with %(needed)s of contributions; paid in are %(paid)s.") % words,
        results=[
            ("paid_months", _("Contributions paid in"), words["paid"]), ("needed_months", _("Contributions needed"), words["needed"]),
            ("basic", _("Basic part"), reading.yuan(found.basic)), ("account", _("From the account"), reading.yuan(found.account)),
            *([("transitional", _("Transitional part"), reading.yuan(found.transitional))] if transitional else []),
            ("total", _("Together"), reading.yuan(found.total)),
        ],
        values={"paid_months": paid, "needed_months": needed, "basic": found.basic, "account": found.account, "transitional": found.transitional,
                "interest": account.interest, "total": found.total},
        trace=[
            _("Statutory age: %(age)s, reached in %(month)s.") % {"age": reading.age_words(window.age), "month": reading.month_words(window.statutory)},
            _("Contributions: %(paid)s; in this case %(needed)s are needed.") % words,
            *reading.account_words(account),
            *reading.pension_trace(found, wage=wage, index=index, paid=paid, balance=balance + account.interest, age=age, accrual=accrual),
            *transition_steps,
        ],
        used=values.used,
    )  # fmt: skip


def unemployment_of(values: Values, *, claim: str, paid: int, standard: Decimal, unwilling: bool, seeking: bool) -> Decision:
    """Unemployment benefit: a year paid in, out of work against one's will, registered and looking (Social Insurance Law art. 45, 46)."""
    program = RATES[Branch.UNEMPLOYMENT]
    table = {int(years.split("–")[0].rstrip("+")): int(months) for years, months in values.table(program, "benefit-months").items()}
    months = benefits.benefit_months(paid, table)
    is_due = bool(months) and unwilling and seeking
    words = {"paid": reading.period_words(paid), "months": months, "amount": reading.yuan(standard)}
    return Decision(
        rule="insurance.claim-unemployment", facts={"claim": claim, "paid": paid, "standard": standard, "unwilling": unwilling, "seeking": seeking}, outcome=outcome_of(is_due),
        sentence=_("%(amount)s a month, for at most %(months)d months.") % words if is_due
        else _("It takes a year of contributions, work that ended against one’s will, and being registered and looking for work."),
        results=[("months", _("At most so many months"), str(months)), ("total", _("A month"), words["amount"])],
        values={"paid_months": paid, "months": months, "total": standard},
        trace=[_("Paid in: %(paid)s, which gives at most %(months)d months.") % words], used=values.used,
    )  # fmt: skip


def maternity_of(values: Values, *, claim: str, wage: Decimal, days: int) -> Decision:
    """The average wage of the employer's people for the days of leave (Social Insurance Law art. 56)."""
    total = benefits.maternity_allowance(wage, days)
    words = {"wage": reading.yuan(wage), "days": days, "amount": reading.yuan(total)}
    return Decision(
        rule="insurance.claim-maternity", facts={"claim": claim, "wage": wage, "days": days}, outcome=YES, sentence=_("%(amount)s for %(days)d days.") % words,
        results=[("total", _("In all"), words["amount"])], values={"days": days, "total": total},
        trace=[_("%(wage)s ÷ 30 × %(days)d days = %(amount)s.") % words], used=values.used,
    )  # fmt: skip


def medical_of(values: Values, *, claim: str, cost: Decimal, deductible: Decimal, share: Decimal, most: Decimal) -> Decision:
    """Costs paid in advance, by the rules of the place that the officer names; ``share`` in percent."""
    total = benefits.medical_costs(cost, deductible=deductible, share=share / 100, most=most)
    words = {"cost": reading.yuan(cost), "deductible": reading.yuan(deductible), "share": plain(share), "most": reading.yuan(most), "amount": reading.yuan(total)}
    return Decision(
        rule="insurance.claim-medical", facts={"claim": claim, "cost": cost, "deductible": deductible, "share": share, "most": most}, outcome=outcome_of(total > 0),
        sentence=_("%(amount)s of the costs.") % words if total > 0 else _("The costs do not reach the deductible."),
        results=[("total", _("In all"), words["amount"])], values={"total": total},
        trace=[_("(%(cost)s − %(deductible)s) × %(share)s %%, at most %(most)s: %(amount)s.") % words], used=values.used,
    )  # fmt: skip


def injury_of(values: Values, *, claim: str, happened_on: str, ground: str) -> Decision:
    """That it is a work injury, and by which article: a finding, not a sum."""
    article = InjuryGround(ground).label
    return Decision(
        rule="insurance.claim-injury", facts={"claim": claim, "happened_on": happened_on, "ground": ground}, outcome=YES,
        sentence=_("It is a work injury, or counts as one: %(article)s.") % {"article": article},
        results=[("ground", _("By which article"), str(article))], values={"ground": ground}, trace=[], used=values.used,
    )  # fmt: skip


def ability_of(values: Values, *, claim: str, grade: int) -> Decision:
    """The grade that was found: one is the heaviest."""
    return Decision(
        rule="insurance.claim-ability", facts={"claim": claim, "grade": grade}, outcome=YES, sentence=_("Grade %(n)d of ten.") % {"n": grade},
        results=[("grade", _("Grade"), str(grade))], values={"grade": grade}, trace=[], used=values.used,
    )  # fmt: skip
