"""Rules joined with the values that hold, and explained: what the calculators answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.catalogue.decisions import UNKNOWN, YES, Decision, outcome_of
from governance.catalogue.values import Values
from governance.catalogue.wording import plain
from programs.insurance.rules import contributions, pension, retirement
from programs.insurance.rules.retirement import Minimum, Month, Schedule
from programs.insurance.vocabulary import BRANCHES, EMPLOYEES, RESIDENTS


def age_words(months: int) -> str:
    """An age in years and months."""
    years, rest = divmod(months, 12)
    words = {"years": years, "months": rest}
    return pgettext("age", "%(years)d years and %(months)d months") % words if rest else pgettext("age", "%(years)d years") % words


def period_words(months: int) -> str:
    """A time in years and months."""
    years, rest = divmod(months, 12)
    words = {"years": years, "months": rest}
    return _("%(years)d years and %(months)d months") % words if rest else _("%(years)d years") % words


def month_words(month: Month) -> str:
    """A month, as written in forms."""
    return _("%(month)s of %(year)s") % {"year": month.year, "month": f"{month.number % 12 + 1:02d}"}


def yuan(amount: Decimal) -> str:
    """An amount with its unit."""
    return _("%(amount)s yuan") % {"amount": f"{amount:,.2f}"}


def percent(share: Decimal) -> str:
    """A rate."""
    return f"{plain(share * 100)} %"


def retirement_window(values: Values, group: str) -> tuple[Schedule, dict[str, int]]:
    """The schedule of a group, and how far one may depart from it."""
    schedule = Schedule.of(values.table(EMPLOYEES, f"retirement-age.{group}"))
    freedom = {name: int(values.number(EMPLOYEES, f"retirement.{name.replace('_', '-')}")) for name in ("earlier_by", "later_by")}
    return schedule, freedom


def when_to_retire(values: Values, *, born: Month, group: str, paid: int | None) -> Decision:
    """When somebody may retire, and whether the contributions suffice for a pension then."""
    schedule, freedom = retirement_window(values, group)
    found = retirement.window(born, schedule, **freedom)
    minimum = Minimum.of(values.table(EMPLOYEES, "minimum-months"))
    needed = retirement.minimum_months(found.statutory.year, minimum)
    enough = retirement.is_enough(paid, needed)
    trace = [
        _("Before the decision of 2024 the age was %(age)s.") % {"age": age_words(schedule.original_age)},
        _("Born in %(month)s: the age is put off by %(n)d months.") % {"month": month_words(born), "n": found.delay},
        _("Statutory age: %(age)s, reached in %(month)s.") % {"age": age_words(found.age), "month": month_words(found.statutory)},
        _("By choice up to %(n)d months earlier, but not before the former age: from %(month)s.") % {"n": freedom["earlier_by"], "month": month_words(found.earliest)},
        _("By agreement with the employer up to %(n)d months later: until %(month)s.") % {"n": freedom["later_by"], "month": month_words(found.latest)},
        _("Who reaches the statutory age in %(year)d needs %(n)d months of contributions.") % {"year": found.statutory.year, "n": needed},
    ]
    early = retirement.minimum_months(retirement.year_that_counts(found.earliest, found.statutory), minimum)
    if early != needed:
        trace.append(_("Who retires earliest needs %(n)d months: the year chosen counts.") % {"n": early})
    return Decision(
        rule="insurance.when-to-retire", facts={"born": str(born), "group": group, "paid_months": paid}, outcome=outcome_of(enough),
        sentence=_("The statutory month is %(month)s, at the age of %(age)s.") % {"month": month_words(found.statutory), "age": age_words(found.age)},
        results=[
            ("earliest", _("Earliest, by choice"), month_words(found.earliest)), ("statutory", _("By statute"), month_words(found.statutory)),
            ("latest", _("Latest, by agreement"), month_words(found.latest)), ("needed_months", _("Contributions needed"), period_words(needed)),
        ],
        values={"delay_months": found.delay, "age_months": found.age, "earliest": str(found.earliest), "statutory": str(found.statutory),
                "latest": str(found.latest), "needed_months": needed},
        trace=trace, used=values.used, missing=[] if paid is not None else [_("How long you have paid in. The social insurance office of your place holds it.")],
        would_change=_what_would_do(paid, needed),
    )  # fmt: skip


def whole_schedule(values: Values, group: str) -> dict[str, Any]:
    """Every step of a group's schedule in words, the least time of contributions year by year, and what both rest on."""
    schedule = Schedule.of(values.table(EMPLOYEES, f"retirement-age.{group}"))
    minimum = Minimum.of(values.table(EMPLOYEES, "minimum-months"))
    rows = [
        {"born": _span(one.first, one.last), "delay": one.delay, "age": age_words(one.age), "retires": _span(*one.retires)} for one in retirement.steps(schedule)
    ]  # fmt: skip
    last = minimum.rises_after + -(-(minimum.most - minimum.months) // minimum.each_year)
    years = [(year, period_words(retirement.minimum_months(year, minimum))) for year in range(minimum.rises_after, last + 1)]
    return {"rows": rows, "years": years, "before": age_words(schedule.original_age), "used": values.used}


def _span(first: Month, last: Month | None) -> str:
    if last is None:
        return _("from %(month)s") % {"month": first}
    return str(first) if first == last else f"{first} – {last}"


def _what_would_do(paid: int | None, needed: int) -> str:
    """What would change the answer, tried with the rule itself."""
    if paid is None or paid >= needed:
        return ""
    missing = needed - paid
    would_do = retirement.is_enough(paid + missing, needed) and not retirement.is_enough(paid + missing - 1, needed)
    return _("%(n)d more months of contributions would be enough.") % {"n": missing} if would_do else ""


def employee_pension(values: Values, *, wage: Decimal, index: Decimal, paid: int, balance: Decimal, age: int) -> Decision:
    """What an employee's pension would be each month."""
    accrual = values.number(EMPLOYEES, "pension.accrual")
    table = pension.divisors_of(values.table(EMPLOYEES, "divisor-months"))
    monthly = values.words(EMPLOYEES, "divisor-interpolation") == "monthly"
    found = pension.employee_pension(wage=wage, index=index, months=paid, balance=balance, age=age, accrual=accrual, divisors=table, monthly=monthly)
    minimum = Minimum.of(values.table(EMPLOYEES, "minimum-months"))
    needed = retirement.minimum_months(values.day.year, minimum)
    warnings = [_("%(n)d months of contributions are less than the %(needed)d needed this year: there would be no monthly pension yet.") % {"n": paid, "needed": needed}] if paid < needed else []
    return Decision(
        rule="insurance.employee-pension", facts={"wage": wage, "index": index, "paid_months": paid, "balance": balance, "age_months": age},
        outcome=outcome_of(paid >= needed), sentence=_("About %(amount)s a month.") % {"amount": yuan(found.total)},
        results=[
            ("basic", _("Basic part"), yuan(found.basic)), ("account", _("From the account"), yuan(found.account)), ("total", _("Together"), yuan(found.total)),
            ("share", _("As a share of the average wage"), percent(found.share_of(wage))),
        ],
        values={"basic": found.basic, "account": found.account, "total": found.total, "divisor": found.divisor},
        trace=[
            _("Basic part: (%(wage)s + %(wage)s × %(index)s) ÷ 2 × %(years)s years × %(accrual)s = %(amount)s.")
            % {"wage": plain(wage), "index": plain(index), "years": plain((Decimal(paid) / 12).quantize(Decimal("0.01"))), "accrual": percent(accrual), "amount": yuan(found.basic)},
            _("Retiring at %(age)s, the account is divided by %(n)s months.") % {"age": age_words(age), "n": plain(found.divisor)},
            _("From the account: %(balance)s ÷ %(n)s = %(amount)s.") % {"balance": yuan(balance), "n": plain(found.divisor), "amount": yuan(found.account)},
            _("A transitional pension for service before accounts existed is not counted here: its rules are local."),
        ],
        used=values.used, warnings=warnings, would_change=_what_would_do(paid, needed),
    )  # fmt: skip


def residents_pension(values: Values, *, balance: Decimal) -> Decision:
    """What a resident's pension would be each month."""
    basic, by = values.number(RESIDENTS, "basic-pension"), values.number(RESIDENTS, "divisor-months")
    found = pension.residents_pension(basic=basic, balance=balance, divisor_months=by)
    return Decision(
        rule="insurance.residents-pension", facts={"balance": balance}, outcome=YES,
        sentence=_("At least %(amount)s a month.") % {"amount": yuan(found.total)},
        results=[("basic", _("Basic pension"), yuan(basic)), ("account", _("From the account"), yuan(found.account)), ("total", _("Together"), yuan(found.total))],
        values={"basic": basic, "account": found.account, "total": found.total},
        trace=[
            _("The national minimum of the basic pension is %(amount)s; places may pay more.") % {"amount": yuan(basic)},
            _("From the account: %(balance)s ÷ %(n)s = %(amount)s.") % {"balance": yuan(balance), "n": plain(by), "amount": yuan(found.account)},
        ],
        used=values.used,
    )  # fmt: skip


def combined_rate(values: Values) -> Decision:
    """What employer and person pay into the first tier together; cannot tell where a rate is not known for the day."""
    rates: dict[str, tuple[Decimal, Decimal]] = {}
    missing = []
    for code in BRANCHES:
        if not values.has(code, "contribution.employer"):
            missing.append(_("The rate of unemployment insurance on this day: no text is known here.") if code == "unemployment" else code)
            continue
        person = values.number(code, "contribution.person") if values.has(code, "contribution.person") else Decimal(0)
        rates[code] = values.number(code, "contribution.employer"), person
    found = contributions.combined(rates)
    trace = [_("%(program)s: employer %(employer)s, person %(person)s.") % {"program": values.parameter(code, "contribution.employer").program, "employer": percent(e), "person": percent(p)} for code, (e, p) in rates.items()]
    return Decision(
        rule="insurance.combined-rate", facts={"on": values.day}, outcome=UNKNOWN if missing else YES,
        sentence=(_("Not all rates are known for this day: %(total)s without those missing.") if missing else _("%(total)s of the wage together.")) % {"total": percent(found.total)},
        results=[("employer", _("The employer pays"), percent(found.employer)), ("person", _("The person pays"), percent(found.person)), ("total", _("Together"), percent(found.total))],
        values={"employer": found.employer, "person": found.person, "total": found.total}, trace=trace, used=values.used, missing=missing,
    )  # fmt: skip
