"""Rules joined with the values that hold, and explained: what the calculators answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from governance.catalogue.decisions import UNKNOWN, YES, Decision, outcome_of
from governance.catalogue.values import Values
from governance.catalogue.wording import plain
from governance.clocks.now import today
from programs.insurance import values as values_module
from programs.insurance.rules import contributions, interest, pension, retirement
from programs.insurance.rules.retirement import Minimum, Month, Schedule
from programs.insurance.vocabulary import EMPLOYEES, INTEREST, RATES, RESIDENTS


def age_words(months: int) -> str:
    """An age in years and months."""
    years, rest = divmod(months, 12)
    whole = npgettext("age", "%(n)d year", "%(n)d years", years) % {"n": years}
    return pgettext("age", "%(years)s and %(months)s") % {"years": whole, "months": _months(rest)} if rest else whole


def period_words(months: int) -> str:
    """A time in years and months."""
    years, rest = divmod(months, 12)
    if rest and not years:
        return _months(rest)
    whole = npgettext("length", "%(n)d year", "%(n)d years", years) % {"n": years}
    return pgettext("length", "%(years)s and %(months)s") % {"years": whole, "months": _months(rest)} if rest else whole


def _months(number: int) -> str:
    return npgettext("length", "%(n)d month", "%(n)d months", number) % {"n": number}


def month_words(month: Month) -> str:
    """A month as people say it."""
    return values_module.month_words(month.year, month.number % 12 + 1)


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
    early = retirement.minimum_months(retirement.year_that_counts(found.earliest, found.statutory), minimum)
    is_flexible = found.statutory >= retirement.FLEXIBLE_SINCE
    may_be_early = retirement.is_enough(paid, early) if is_flexible else False
    trace = [
        _("Before the decision of 2024 the age was %(age)s.") % {"age": age_words(schedule.original_age)},
        _("Born in %(month)s: the age is put off by %(n)d months.") % {"month": month_words(born), "n": found.delay},
        _("Statutory age: %(age)s, reached in %(month)s.") % {"age": age_words(found.age), "month": month_words(found.statutory)},
        *(_freedom(values, found, freedom, early) if is_flexible else [_("Who reached the age before 2025 retires by the rules of then: neither earlier by choice nor later by agreement.")]),
        _("Who reaches the statutory age in %(year)d needs %(n)d months of contributions.") % {"year": found.statutory.year, "n": needed},
        _("Who lacks months may pay on until they suffice, as far as the rules allow."),
    ]
    earliest = _early_words(found, paid, early, is_flexible=is_flexible)
    latest = month_words(found.latest) if is_flexible else _("not possible: the age was reached before 2025")
    return Decision(
        rule="insurance.when-to-retire", facts={"born": str(born), "group": group, "paid_months": paid}, outcome=outcome_of(retirement.is_enough(paid, needed)),
        sentence=_when_words(values, found, paid, needed),
        results=[
            ("earliest", _("Earliest, by choice"), earliest), ("statutory", _("By statute"), month_words(found.statutory)),
            ("latest", _("Latest, by agreement"), latest), ("needed_months", _("Contributions needed"), period_words(needed)),
        ],
        values={"delay_months": found.delay, "age_months": found.age, "statutory": str(found.statutory), "needed_months": needed}
        | ({} if may_be_early is False else {"earliest": str(found.earliest)}) | ({"latest": str(found.latest)} if is_flexible else {}),
        trace=trace, used=values.used, missing=[] if paid is not None else [_("How long you have paid in. The social insurance office of your place holds it.")],
        would_change=_what_would_do(paid, needed),
    )  # fmt: skip


def _when_words(values: Values, found: retirement.Window, paid: int | None, needed: int) -> str:
    """The headline never says less than the law: that the month has passed, and that the months do not suffice."""
    words = {"month": month_words(found.statutory), "age": age_words(found.age)}
    is_past = found.statutory < Month.of(values.day)
    sentence = (_("The statutory month was %(month)s, at the age of %(age)s: it has passed.") if is_past else _("The statutory month is %(month)s, at the age of %(age)s.")) % words
    if paid is None or paid >= needed:
        return sentence
    return _("%(sentence)s The contributions do not suffice for a pension then: %(more)s are lacking.") % {"sentence": sentence, "more": period_words(needed - paid)}


def _early_words(found: retirement.Window, paid: int | None, early: int, *, is_flexible: bool) -> str:
    """Earlier by choice only who has paid in long enough (Measures on flexible retirement art. 3)."""
    if not is_flexible:
        return _("not possible: the age was reached before 2025")
    if paid is None:
        return _("%(month)s, for who has paid in %(time)s by then") % {"month": month_words(found.earliest), "time": period_words(early)}
    return month_words(found.earliest) if paid >= early else _("not open: %(time)s of contributions come first") % {"time": period_words(early)}


def _freedom(values: Values, found: retirement.Window, freedom: dict[str, int], early: int) -> list[str]:
    """The steps of choosing: how far, on which condition, and what is to be written when."""
    said = [
        _("By choice up to %(n)d months earlier, but not before the former age: from %(month)s. Only who has paid in %(time)s by then may choose that.")
        % {"n": freedom["earlier_by"], "month": month_words(found.earliest), "time": period_words(early)},
        _("By agreement with the employer up to %(n)d months later: until %(month)s.") % {"n": freedom["later_by"], "month": month_words(found.latest)},
    ]
    if values.has(EMPLOYEES, "retirement.notice"):
        said.append(_("Who chooses to retire earlier tells the employer in writing %(time)s before.") % {"time": _months(int(values.number(EMPLOYEES, "retirement.notice")))})
    if values.has(EMPLOYEES, "retirement.settle-before"):
        said.append(_("Retiring later is agreed in writing with the employer %(time)s before.") % {"time": _months(int(values.number(EMPLOYEES, "retirement.settle-before")))})
    return said


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
        return _("from %(month)s") % {"month": month_words(first)}
    return month_words(first) if first == last else f"{month_words(first)} – {month_words(last)}"


def _what_would_do(paid: int | None, needed: int) -> str:
    """What would change the answer, tried with the rule itself."""
    if paid is None or paid >= needed:
        return ""
    missing = needed - paid
    would_do = retirement.is_enough(paid + missing, needed) and not retirement.is_enough(paid + missing - 1, needed)
    return _("%(n)d more months of contributions would be enough.") % {"n": missing} if would_do else ""


def employee_pension(values: Values, *, wage: Decimal, index: Decimal, paid: int, balance: Decimal, age: int, year: int | None = None) -> Decision:
    """What an employee's pension would be each month; ``year`` is that of retirement, by which the least time of contributions is judged."""
    accrual = values.number(EMPLOYEES, "pension.accrual")
    table = pension.divisors_of(values.table(EMPLOYEES, "divisor-months"))
    monthly = not age % 12 or values.words(EMPLOYEES, "divisor-interpolation") == "monthly"
    found = pension.employee_pension(wage=wage, index=index, months=paid, balance=balance, age=age, accrual=accrual, divisors=table, monthly=monthly)
    minimum = Minimum.of(values.table(EMPLOYEES, "minimum-months"))
    needed = retirement.minimum_months(year or values.day.year, minimum)
    is_enough = None if year is None and needed <= paid < minimum.most else paid >= needed
    facts = {"wage": wage, "index": index, "paid_months": paid, "balance": balance, "age_months": age} | ({"year": year} if year else {})
    return Decision(
        rule="insurance.employee-pension", facts=facts, outcome=outcome_of(is_enough), sentence=_pension_words(found, paid, needed, is_enough),
        results=[
            ("basic", _("Basic part"), yuan(found.basic)), ("account", _("From the account"), yuan(found.account)), ("total", _("Together"), yuan(found.total)),
            ("share", _("As a share of the average wage"), percent(found.share_of(wage))),
        ],
        values={"basic": found.basic, "account": found.account, "total": found.total, "divisor": found.divisor},
        trace=[
            *pension_trace(found, wage=wage, index=index, paid=paid, balance=balance, age=age, accrual=accrual),
            _("A transitional pension for service before accounts existed is not computed here: each place has its own rule. The office counts it when it determines your pension, where the rule of your place is in the catalogue."),
        ],
        used=values.used, warnings=_pension_warnings(paid, needed, is_enough), would_change=_what_would_do(paid, needed),
        missing=[_("The year in which you retire: until %(first)d %(least)s are needed, later more, up to %(most)s.") % {"first": minimum.rises_after, "least": period_words(minimum.months), "most": period_words(minimum.most)}] if is_enough is None else [],
    )  # fmt: skip


def account_of(values: Values, credited: Mapping[int, Decimal], until: int) -> interest.Account:
    """The account with interest, as far as the rates of years are in the catalogue."""
    rates = values.table(EMPLOYEES, INTEREST) if credited and values.has(EMPLOYEES, INTEREST) else {}
    return interest.with_interest(credited, {int(year): Decimal(rate) for year, rate in rates.items()}, until=until)


def account_words(account: interest.Account) -> list[str]:
    """What interest was counted, and of which years none: no rate is made up."""
    said = [_("Interest of the account: %(amount)s. What is paid in during a year bears interest from the next year on.") % {"amount": yuan(account.interest)}] if account.interest else []
    if account.without_rate:
        said.append(_("Without interest for %(years)s: no rate of these years is in the catalogue, and none is made up.") % {"years": _runs(account.without_rate)})
    return said


def _runs(years: Iterable[int]) -> str:
    """Years in a row as from and until."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return pgettext("years", ", ").join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def pension_trace(found: pension.Pension, *, wage: Decimal, index: Decimal, paid: int, balance: Decimal, age: int, accrual: Decimal) -> list[str]:
    """The steps of working a pension out."""
    years = plain((Decimal(paid) / 12).quantize(Decimal("0.01")))
    return [
        _("Basic part: (%(wage)s + %(wage)s × %(index)s) ÷ 2 × %(years)s years × %(accrual)s = %(amount)s.")
        % {"wage": plain(wage), "index": plain(index), "years": years, "accrual": percent(accrual), "amount": yuan(found.basic)},
        _("Retiring at %(age)s, the account is divided by %(n)s months.") % {"age": age_words(age), "n": plain(found.divisor)},
        _("From the account: %(balance)s ÷ %(n)s = %(amount)s.") % {"balance": yuan(balance), "n": plain(found.divisor), "amount": yuan(found.account)},
    ]


def _pension_words(found: pension.Pension, paid: int, needed: int, is_enough: bool | None) -> str:
    if is_enough is False:
        return _("No monthly pension yet: %(paid)s paid in, %(needed)s needed; %(more)s more would do.") % {"paid": period_words(paid), "needed": period_words(needed), "more": period_words(needed - paid)}
    if is_enough is None:
        return _("About %(amount)s a month, if the time paid in suffices in the year you retire.") % {"amount": yuan(found.total)}
    return _("About %(amount)s a month.") % {"amount": yuan(found.total)}


def _pension_warnings(paid: int, needed: int, is_enough: bool | None) -> list[str]:
    if is_enough is not False:
        return []
    return [_("%(n)d months of contributions are less than the %(needed)d needed: the amounts below are what it would be, not what is paid.") % {"n": paid, "needed": needed}]


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
    """What employer and person pay into the first tier together; cannot tell where a rate is not known for the day.

    A value whose first day is not recorded is known to hold today, not on days that are past.
    """
    rates: dict[str, tuple[Decimal, Decimal]] = {}
    missing, known = [], []
    for branch, code in RATES.items():
        if not values.has(code, "contribution.employer"):
            missing.append(_("The rate of %(branch)s on this day: no text is known here.") % {"branch": branch.label})
            continue
        parts = [values.parameter(code, key) for key in ("contribution.employer", "contribution.person") if values.has(code, key)]
        if values.day < today() and any(part.since is None for part in parts):
            missing.append(_("The rate of %(branch)s on this day: it is not recorded here since when the one known holds.") % {"branch": branch.label})
            continue
        known.extend(parts)
        rates[code] = Decimal(parts[0].value), Decimal(parts[1].value) if len(parts) > 1 else Decimal(0)
    found = contributions.combined(rates)
    trace = [_("%(program)s: employer %(employer)s, person %(person)s.") % {"program": values.parameter(code, "contribution.employer").program, "employer": percent(e), "person": percent(p)} for code, (e, p) in rates.items()]
    return Decision(
        rule="insurance.combined-rate", facts={"on": values.day}, outcome=UNKNOWN if missing else YES,
        sentence=_rate_words(found.total, known=len(rates), missing=len(missing)),
        results=[("employer", _("The employer pays"), percent(found.employer)), ("person", _("The person pays"), percent(found.person)), ("total", _("Together"), percent(found.total))] if rates else [],
        values={"employer": found.employer, "person": found.person, "total": found.total}, trace=trace, used=known, missing=missing,
    )  # fmt: skip


def _rate_words(total: Decimal, *, known: int, missing: int) -> str:
    if not known:
        return _("For this day no rate is known here.")
    return (_("Not all rates are known for this day: %(total)s without those missing.") if missing else _("%(total)s of the wage together.")) % {"total": percent(total)}
