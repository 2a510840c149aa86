"""What the second tier says about one person: accounts from work, what of them is theirs already, what would go back if they left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.catalogue.values import Values, values_on
from governance.entitlements import contract, wishes
from governance.entitlements.contract import ONCE, Amount, Asked, Lack, Line, Moment, Offer, Person, Step
from governance.entitlements.vocabulary import Match, Standing
from programs.annuities.models import Account
from programs.annuities.rules import accounts
from programs.annuities.vocabulary import OCCUPATIONAL, PROGRAM, AccountState, Cause, Forfeiture, PayoutState

KNOWN = {PROGRAM: "vesting.longest", OCCUPATIONAL: "contribution.employer"}  # a value by which the program is found
DRAWS = {Cause.RETIRES, Cause.INCAPACITY}  # after these the member may draw at once


def read(person: Person, day: date) -> tuple[Values, list[Any]]:
    """Two statements: the values that hold, and the accounts with their sums."""
    return values_on(day, *KNOWN), list(Account.objects.summed_for(person.stakeholder.pk))


def lines(asked: Asked, held: tuple[Values, list[Any]]) -> Iterator[Line]:
    """Each account; without one, that nobody here can tell."""
    values, found = held
    for account in found:
        yield _Told(asked, values, account).line()
    if not found:
        lack = Lack(_("whether you take part in a plan, and what is in your account"), _("your employer, or the account manager of its plan"))
        yield Line(
            PROGRAM, values.parameter(PROGRAM, KNOWN[PROGRAM]).program, Standing.CANNOT_TELL, _("No plan that is kept here has an account of yours. You may have one elsewhere."),
            source=_("The register of annuities"), as_of=asked.day, lacks=(lack,),
        )  # fmt: skip


def _yuan(amount: Decimal) -> str:
    return _("%(amount)s yuan") % {"amount": f"{amount:,.2f}"}


@dataclass(frozen=True)
class _Told:
    """One account in words."""

    asked: Asked
    values: Values
    account: Any

    @property
    def code(self) -> str:
        return OCCUPATIONAL if self.account.is_occupational else PROGRAM

    @property
    def balance(self) -> accounts.Balance:
        one = self.account
        percent = one.percent if one.percent is not None else accounts.percent_on(one.plan.vesting, one.joined_on, self.asked.day)
        return accounts.Balance(one.employer_sum - one.held_amount, one.own_sum, percent, booked=one.booked_sum, held=one.held_amount)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever entered: then what there is is not known, and not nought."""
        return self.account.last_month is None

    @property
    def leaves(self) -> bool:
        """Whether they wish to know what happens if they leave this employer."""
        return self.account.state == AccountState.ACTIVE and self.asked.told("job") in {wishes.FLEXIBLE, wishes.NOTHING}

    def line(self) -> Line:
        one, balance = self.account, self.balance
        parameter = self.values.parameter(self.code, KNOWN[self.code])
        lack = Lack(_("what has been paid in"), _("your employer, or %(who)s") % {"who": one.plan.account_manager or _("the account manager of its plan")})
        return Line(
            f"{self.code}-{one.pk}", parameter.program, self.standing(), self.sentence(), source=one.plan.account_manager or one.plan.employer.label, as_of=one.last_month or one.joined_on,
            match=Match.NUMBER, record=one.reference, accrued=None if self.is_empty else Amount.exactly(balance.members, ONCE), estimate=self.estimate(balance),
            method=_("From what belongs to you today to all that is in the account, once all of the employer’s part has vested. What will still be paid in and earned is left out."),
            warnings=tuple(self.warnings(balance)), lacks=(lack,) if self.is_empty else (), trace=tuple(self.trace(balance)), moments=tuple(self.moments()),
            steps=(Step(_("Look at the account"), one.get_absolute_url()),), used=(parameter,),
        )  # fmt: skip

    def standing(self) -> Standing:
        one = self.account
        if one.state == AccountState.ACTIVE:
            return Standing.CANNOT_TELL if self.is_empty else Standing.ACCRUING
        asked = one.wish in {PayoutState.ASKED, PayoutState.GRANTED, PayoutState.RELEASED}
        return Standing.UNCLAIMED if one.cause in DRAWS and not asked else Standing.HAVE

    def sentence(self) -> Any:
        one = self.account
        words = {"plan": one.plan.name, "employer": one.plan.employer.label}
        if one.state == AccountState.ACTIVE:
            return _("Account in “%(plan)s” of %(employer)s; contributions are paid in.") % words
        if one.forfeiture == Forfeiture.OBJECTED:
            return _("You no longer work for %(employer)s, and have objected to what it takes back out of “%(plan)s”. Nothing goes back until that is settled.") % words
        if one.wish == PayoutState.ASKED:
            return _("You have asked for a payout out of “%(plan)s” of %(employer)s.") % words
        if one.wish in {PayoutState.GRANTED, PayoutState.RELEASED}:
            return _("Your payout out of “%(plan)s” of %(employer)s is granted.") % words
        if one.cause in DRAWS:
            return _("You can ask for what is in your account in “%(plan)s” of %(employer)s.") % words
        return _("You no longer work for %(employer)s. Your account in “%(plan)s” is kept, and can be carried over to a new employer’s plan.") % words

    def estimate(self, balance: accounts.Balance) -> Amount | None:
        if self.is_empty:
            return None
        today, whole = accounts.worth(balance.employer, balance.own, balance.percent)
        return Amount.exactly(today, ONCE) if self.leaves else Amount(today, whole, ONCE)

    def warnings(self, balance: accounts.Balance) -> Iterator[Any]:
        if balance.unvested > 0 and self.account.state == AccountState.ACTIVE:
            yield _("Whoever leaves the employer today gives %(amount)s of the employer’s part back to the plan.") % {"amount": _yuan(balance.unvested)}
        if balance.held > 0 and self.account.forfeiture != Forfeiture.OBJECTED:
            yield _("%(amount)s of the employer’s part are held: they go back to the plan unless you object.") % {"amount": _yuan(balance.held)}
        if balance.booked > 0:
            yield _("Of it %(amount)s are only written down; the unit pays them in when you draw on the account.") % {"amount": _yuan(balance.booked)}

    def trace(self, balance: accounts.Balance) -> Iterator[Any]:
        if self.is_empty:
            return
        yield _("Employer’s part: %(all)s, of which %(percent)s per cent belong to you: %(yours)s.") % {"all": _yuan(balance.employer), "percent": balance.percent, "yours": _yuan(balance.vested)}
        yield _("Own part: %(own)s.") % {"own": _yuan(balance.own)}

    def moments(self) -> Iterator[Moment]:
        one = self.account
        step = accounts.next_step(one.plan.vesting, one.joined_on, self.asked.day) if one.percent is None and not self.leaves else None
        if step:
            yield Moment(step[0], _("%(percent)s per cent of the employer’s part of your annuity belong to you") % {"percent": step[1]})


contract.offer(Offer("annuities", gettext_lazy("Annuities from work"), read, lines, facts=(wishes.JOB,), covers=(PROGRAM, OCCUPATIONAL), order=20))
