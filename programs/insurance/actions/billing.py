"""Reckoning a month: what is owed by the registered roster, the registered rates and the area's values, and what came in for it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from governance.actions import Refused
from programs.insurance.models import Contribution, Spell, Statement
from programs.insurance.rules import arrears
from programs.insurance.values import late_fee_on, month_words, terms_of, undeclared_on
from programs.insurance.vocabulary import BilledBy


def bill_of(statement: Statement) -> tuple[arrears.Bill, list[str]]:
    """The bill of a month, and the versions of values it rests on. Raises Refused with what is not registered: nothing is estimated."""
    if statement.billed_by == BilledBy.MONTH_BEFORE:
        return _bill_of_undeclared(statement)
    roster = list(Spell.objects.of_employer(statement.employer_id).in_month(statement.month).with_terms(statement.month))
    terms = terms_of(statement.employer, statement.month, {branch for spell in roster for branch in spell.branches_then})
    if terms.missing:
        words = {"month": month_words(statement.month.year, statement.month.month), "missing": "; ".join(terms.missing)}
        raise Refused(_("No bill rests on an estimate. For %(month)s these are not registered yet: %(missing)s.") % words)
    workers = [arrears.Worker(spell.insured_id, terms.base(spell.base_then), tuple(spell.branches_then)) for spell in roster]
    come: dict[tuple[int, str], list[arrears.Payment]] = defaultdict(list)
    for insured, branch, paid_on, amount in Contribution.objects.of_payer(statement.employer_id, statement.month).payments():
        come[insured, branch].append(arrears.Payment(paid_on, amount))
    paid = sum((one.amount for payments in come.values() for one in payments), Decimal(0))
    return arrears.billed(workers, terms.rates, {key: tuple(payments) for key, payments in come.items()}, paid), [one.reference for one in terms.used]


def _bill_of_undeclared(statement: Statement) -> tuple[arrears.Bill, list[str]]:
    """By the month before. Raises Refused where that was not billed, or where nothing was owed for it."""
    before = Statement.objects.month_before(statement.employer_id, statement.month)
    if before is None or not before.due_amount:
        raise Refused(_("For the month before nothing was billed, so nothing follows from it. Find out who works there."), field="month")
    factor = undeclared_on(statement.month)
    paid = Contribution.objects.of_payer(statement.employer_id, statement.month).payments()
    payments = [arrears.Payment(paid_on, amount) for _insured, _branch, paid_on, amount in paid]
    bill = arrears.undeclared(before.due_amount, Decimal(factor.value), payments, before.head_count)
    return bill, [factor.reference, before.reference]


def reckon(statement: Statement) -> arrears.Bill:
    """The bill, written into the statement."""
    bill, used = bill_of(statement)
    statement.head_count, statement.due_amount, statement.paid_amount = bill.heads, bill.due, bill.paid
    statement.covered_amount, statement.missing_count = bill.covered, len(bill.missing)
    statement.late_yuan_days, statement.values = bill.late_yuan_days(statement.due_on), used
    return bill


def fix_fee(statement: Statement, day: object) -> None:
    """The late fee of a month that is paid now: of every part that came late, and kept from here on."""
    late = late_fee_on(day)
    statement.fee_amount = arrears.fee_of(statement.late_yuan_days, Decimal(late.value))
    statement.values = [*statement.values, late.reference]
