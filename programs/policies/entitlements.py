"""What the third tier says about one person: the policies they hold as insurers report them, and the personal pension."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.catalogue.values import Values, values_on
from governance.entitlements import contract
from governance.entitlements.contract import ONCE, Amount, Asked, Lack, Line, Offer, Person, Step
from governance.entitlements.vocabulary import Match, Standing
from programs.policies.models import Policy
from programs.policies.vocabulary import PENSIONS, PERSONAL, PolicyState

# The latest statutory age, 63, and the three years by which one may agree to work longer (decision of 13 September 2024).
# Who takes part in the personal pension pays into the basic one (人社部发〔2022〕70号 art. 3).
OLDEST_AT_WORK = 66


def read(person: Person, day: date) -> tuple[Values, list[Policy]]:
    """Two statements: the values that hold, and the policies."""
    return values_on(day, PERSONAL, area=person.stakeholder.area_id), list(Policy.objects.held_by(person.stakeholder.pk))


def lines(asked: Asked, held: tuple[Values, list[Policy]]) -> Iterator[Line]:
    """Each policy, then the personal pension, which banks keep and no register here."""
    values, policies = held
    for policy in policies:
        yield _policy(policy)
    ceiling = values.parameter(PERSONAL, "ceiling")
    sentence = _("Up to %(amount)s yuan a year may be paid in and deducted from taxable income.") % {
        "amount": f"{values.number(PERSONAL, 'ceiling'):,.0f}"
    }
    if (asked.person.age_on(asked.day) or 0) > OLDEST_AT_WORK:
        sentence = _("It is for people who still pay into the basic pension. Whoever saved in one draws from it at your age.")
    yield Line(
        PERSONAL, ceiling.program, Standing.CANNOT_TELL, sentence,
        source=_("The rules of the personal pension"), as_of=asked.day, match=Match.RULE, used=(ceiling,),
        lacks=(Lack(_("whether you have an account, and what is in it"), _("the bank that keeps it, and the national platform of social insurance")),),
    )  # fmt: skip


def _policy(policy: Policy) -> Line:
    in_force = policy.state == PolicyState.IN_FORCE
    words = {"product": policy.product, "insurer": policy.insurer.label, "end": policy.number_tail}
    warnings = () if in_force else (_("Premiums are unpaid: it gives no cover now."),)
    builds_up = in_force and policy.product.kind in PENSIONS
    return Line(
        f"policy-{policy.product.kind}", policy.product, Standing.ACCRUING if builds_up else Standing.HAVE if in_force else Standing.NOT_ELIGIBLE,
        _("%(product)s of %(insurer)s, policy ending in %(end)s.") % words, source=policy.insurer.label, as_of=policy.as_of, match=Match.NUMBER if policy.holder_index else Match.ALIKE,
        record=policy.reference, about=f"policies.policy:{policy.pk}",
        accrued=None if policy.surrender_value is None else Amount.exactly(policy.surrender_value, ONCE),
        method=_("What is saved up is the surrender value that the insurer reports."), warnings=warnings,
        trace=() if policy.cover is None else (_("Sum insured: %(amount)s yuan.") % {"amount": f"{policy.cover:,.2f}"},),
        steps=(Step(_("Open the policy"), policy.get_absolute_url()),),
    )  # fmt: skip


contract.offer(Offer("policies", gettext_lazy("Commercial insurance and personal pension"), read, lines, covers=(PERSONAL,), order=30))
