"""What the register of basic insurance holds of one person, and the lines of the branches that are had by paying in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.catalogue.values import Values
from governance.entitlements.contract import Asked, Lack, Line, Step
from governance.entitlements.vocabulary import Match, Standing
from programs.insurance import reading
from programs.insurance.models import Insured
from programs.insurance.rules.retirement import Month
from programs.insurance.vocabulary import EMPLOYEES, RATES, Branch, ClaimKind

STILL_PAID = timedelta(days=100)  # contributions of a month come in by the next; whoever paid within three months is taken as insured
ABOUT = {
    ClaimKind.PENSION: EMPLOYEES, ClaimKind.MEDICAL: RATES[Branch.MEDICAL], ClaimKind.MATERNITY: RATES[Branch.MEDICAL],
    ClaimKind.UNEMPLOYMENT: RATES[Branch.UNEMPLOYMENT], ClaimKind.INJURY: RATES[Branch.INJURY], ClaimKind.ABILITY: RATES[Branch.INJURY],
}  # fmt: skip
BY_PAYING_IN = {Branch.MEDICAL: "contribution.person", Branch.UNEMPLOYMENT: "benefit-months", Branch.INJURY: "rates"}  # with a value that holds on every day


@dataclass(frozen=True)
class Paid:
    """What was paid in one branch."""

    months: int
    credited: Decimal
    last: date


@dataclass(frozen=True)
class Running:
    """A claim or transfer that is not decided yet, and the program it is about."""

    key: str
    reference: str
    address: str
    is_claim: bool = False


@dataclass(frozen=True)
class Register:
    """An account with its branches, and the pension drawn; without an account everything is empty."""

    reference: str
    branches: dict[str, Paid]
    drawn: Decimal | None
    claim: str
    account: int | None = None
    runs: tuple[Running, ...] = ()

    @classmethod
    def of(cls, person_id: int) -> Register:
        """One statement."""
        rows = list(Insured.objects.summed_for(person_id))
        if not rows:
            return cls("", {}, None, "")
        paid = {row["branch"]: Paid(row["months"], row["credited"] or Decimal(0), row["last"]) for row in rows if row["branch"]}
        runs = [Running(ABOUT[one["kind"]], one["reference"], reverse("insurance:claim-detail", args=[one["pk"]]), is_claim=True) for one in rows[0]["open_claims"]]
        runs += [Running(EMPLOYEES, one["reference"], reverse("insurance:transfer-detail", args=[one["pk"]])) for one in rows[0]["open_transfers"]]
        return cls(rows[0]["reference"], paid, rows[0]["drawn"], rows[0]["claim"] or "", rows[0]["pk"], tuple(runs))

    def with_what_runs(self, line: Line) -> Line:
        """The line, saying first what the person has asked for already and nobody has decided yet."""
        runs = [one for one in self.runs if one.key == line.key]
        if not runs:
            return line
        said = [(_("You have claimed it: %(reference)s is being examined.") if one.is_claim else _("Your account is on its way to another place: %(reference)s.")) % {"reference": one.reference} for one in runs]
        steps = tuple(Step(_("Look at %(reference)s") % {"reference": one.reference}, one.address) for one in runs)
        return replace(line, sentence=" ".join([*said, str(line.sentence)]), steps=(*steps, *line.steps))

    @property
    def about(self) -> str:
        """The account, for whoever takes a correction."""
        return f"insurance.insured:{self.account}" if self.account else ""

    def known(self, asked: Asked) -> Asked:
        """What is asked, with what the register knows of the pension where the person has not told otherwise."""
        facts, pension = dict(asked.facts), self.branches.get(Branch.PENSION)
        if pension and not {"paid_years", "paid_months"} & set(facts):
            facts |= dict(zip(("paid_years", "paid_months"), divmod(pension.months, 12), strict=True))
        if pension:
            facts.setdefault("balance", pension.credited)
        if self.drawn is not None:
            facts.setdefault("drawn", self.drawn)
        return replace(asked, facts=facts)

    def of_pension(self, asked: Asked) -> dict[str, Any]:
        """Where the line of the pension comes from, if from here."""
        told = {"paid_years", "paid_months", "balance", "drawn"} & set(asked.facts)
        pension = self.branches.get(Branch.PENSION)
        if told or (pension is None and self.drawn is None):
            return {}
        return {"source": _("The register of basic insurance"), "match": Match.NUMBER, "record": self.claim or self.reference, "about": self.about, "as_of": pension.last if pension else asked.day}

    def lines(self, asked: Asked, values: Values) -> Iterator[Line]:
        """The branches that are had by paying in."""
        for branch, known in BY_PAYING_IN.items():
            yield self._line(branch, asked, values.parameter(RATES[branch], known))

    def _line(self, branch: Branch, asked: Asked, known: Any) -> Line:
        paid, key = self.branches.get(branch), RATES[branch]
        if paid is None:
            lack = Lack(_("whether you are insured, and since when"), _("the social insurance office of the place where you work or worked"))
            return Line(key, known.program, Standing.CANNOT_TELL, _("The register here has no contributions of yours. You may have paid in elsewhere."), lacks=(lack,), source=_("The register of basic insurance"), as_of=asked.day)
        is_paid = paid.last >= asked.day - STILL_PAID
        words = {"time": reading.period_words(paid.months), "month": reading.month_words(Month.of(paid.last))}
        lack = Lack(_("whether you are still insured"), _("your employer, or the social insurance office"))
        return Line(
            key, known.program, Standing.HAVE if is_paid else Standing.CANNOT_TELL, _("Paid in for %(time)s, last for %(month)s.") % words,
            source=_("The register of basic insurance"), as_of=paid.last, match=Match.NUMBER, record=self.reference, about=self.about, lacks=() if is_paid else (lack,),
            steps=(Step(_("My contributions"), reverse("insurance:mine")),),
        )  # fmt: skip
