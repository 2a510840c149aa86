"""Invented employers, platforms and insured people of the example city: rosters, contributions, arrears, a transfer, claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.db import transaction

from governance.actions.records import reference_of
from governance.catalogue import actions as catalogue
from governance.catalogue.models import Program
from governance.clocks.now import now, stopped_at, today
from governance.stakeholders import ciphers
from governance.stakeholders import demonstration as people
from governance.stakeholders import rules as identifiers
from governance.stakeholders.actors import Assured
from governance.stakeholders.models import Area, IdentityDocument, Mandate, Stakeholder, User
from governance.stakeholders.models.identity import LABEL
from programs.insurance import actions
from programs.insurance.models import Contribution, Insured, Spell, Statement
from programs.insurance.vocabulary import Branch, Duty, Sort

BASIS = "示例市权责清单（示例）"
DAY = date(2026, 1, 8)
FIVE = [branch.value for branch in Branch]
PARTS = {
    Branch.PENSION: ("0.16", "0.08"), Branch.MEDICAL: ("0.08", "0.02"), Branch.UNEMPLOYMENT: ("0.005", "0.005"), Branch.INJURY: ("0.004", "0"),
}  # fmt: skip
LOCAL = (  # what the city registers for its bills, invented as all of it: program, key, name, value, unit
    ("employee-pension", "base.average", "月平均工资（缴费基数，示例）", "Average wage for bases (example)", "8000", "yuan-a-month"),
    ("employee-medical", "contribution.employer", "单位缴费比例（示例市）", "Contribution of the employer, example city", "0.08", "share"),
    ("employee-medical", "contribution.person", "个人缴费比例（示例市）", "Contribution of the person, example city", "0.02", "share"),
    ("unemployment", "contribution.employer", "单位缴费比例（示例市）", "Contribution of the employer, example city", "0.005", "share"),
    ("unemployment", "contribution.person", "个人缴费比例（示例市）", "Contribution of the person, example city", "0.005", "share"),
    ("employee-pension", "transition.deemed-rate", "过渡性养老金：视同缴费年限（示例市）", "Transitional pension: years that count as paid in (example city)", "0.01", "share"),
    ("employee-pension", "transition.index-rate", "过渡性养老金：建账前缴费年限（示例市）", "Transitional pension: years paid in before accounts (example city)", "0.01", "share"),
    ("employee-pension", "account-interest", "个人账户记账利率（示例市）", "Interest of personal accounts (example city)",
     {"2022": "0.02", "2023": "0.02", "2024": "0.02"}, "table"),
)  # fmt: skip
LATE_MONTH, IN_TIME, LATE_BY = -3, 19, 45  # three months ago it was paid on the 46th day, else on the 20th
FATHERS_WAGE, FATHERS_INDEX = Decimal(9000), Decimal("0.9")  # from which the father's pension was worked out
WORKERS = 40
LATE = 20  # the employer's last three people are missing from the newest statement
EMPLOYERS = (("employer", Sort.ENTERPRISE), ("employer-2", Sort.ENTERPRISE), ("platform", Sort.PLATFORM), ("welfare", Sort.INSTITUTION), ("city", Sort.GOVERNMENT))
_numbers = count(1)


def is_complete() -> bool:
    """Whether this part is there, whole: it is made in one transaction."""
    return Statement.objects.exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """Accounts, spells and months; then what is asked for, by the actions themselves."""
    global _numbers  # noqa: PLW0603 - a world begins with number one, however often it is made
    _numbers = count(1)
    say("Insuring people …")
    bodies = {s.email.split("@")[0]: s for s in Stakeholder.objects.organisations().filter(is_synthetic=True)}
    Mandate.objects.bulk_create([people.mandate(bodies["insurance"], duty, people.CITY, BASIS, bodies["government"]) for duty in Duty if duty != Duty.RECOGNISE_INJURIES])
    # The administrative department is another body than the office that pays: here a made-up one beside it.
    department = people.another_body("injuries", "示例市工伤认定行政部门（示例）", "Example City Department for Work Injuries")
    people.colleague("injuries", department, "沈示六", "Colleague 6")
    people.colleague("injuries-2", department, "韩示七", "Colleague 7")
    Mandate.objects.bulk_create([people.mandate(department, Duty.RECOGNISE_INJURIES, people.CITY, BASIS, bodies["government"])])
    accounts = _accounts()
    spells = _spells(accounts, bodies)
    _months(spells)
    office = Assured(bodies["insurance"])
    _terms(office, bodies)
    _statements(office, bodies)
    _asked(office, accounts, bodies)


def _reference(prefix: str) -> str:
    return reference_of(prefix, DAY, next(_numbers))


def _accounts() -> list[Insured]:
    """Those who have an account here as people, the daughter first, and workers who have none."""
    known = IdentityDocument.objects.filter(stakeholder__is_synthetic=True).select_related("stakeholder").order_by("-stakeholder__name", "pk")
    rows = [
        Insured(reference=_reference("CB"), area_id="990101000000", person=one.stakeholder, name=one.stakeholder.name, sealed=one.sealed, blind=one.blind)
        for one in known
    ]
    rows.sort(key=lambda row: row.name != "李小示")
    for n in range(WORKERS):
        number = people.citizen_number(date(1975 + n % 25, 1 + n % 12, 3), 400 + n, male=bool(n % 2))
        name = f"示例职工{'甲乙丙丁戊己庚辛'[n % 8]}{n + 1:02d}"
        sealed = ciphers.seal(identifiers.normalised(number), label=LABEL)
        blind = ciphers.blind(identifiers.normalised(number), label=LABEL)
        rows.append(Insured(reference=_reference("CB"), area_id=f"{list(people.COUNTIES)[n % 2]}000000", name=name, sealed=sealed, blind=blind))
    return Insured.objects.bulk_create(rows)


def _spells(accounts: list[Insured], bodies: dict[str, Stakeholder]) -> list[Spell]:
    """The daughter has changed her employer once and rides for a platform beside it; the workers have one each.

    The citizen has just left, the father long ago; somebody has moved away.
    """
    by_name = {account.name: account for account in accounts}
    names = {row[0]: row[1] for row in people.PEOPLE}
    daughter, citizen, father = accounts[0], by_name[names["citizen"]], by_name[names["father"]]
    moved_id = User.objects.get(username=people.MOVED).person_id
    moved = next(account for account in accounts if account.person_id == moved_id)
    left_on = today() - timedelta(days=people.LEFT_DAYS_AGO)
    rows = [
        _spell(daughter, bodies["employer-2"], Sort.ENTERPRISE, 5200, date(2011, 7, 1), date(2019, 2, 28)),
        _spell(daughter, bodies["employer"], Sort.ENTERPRISE, 9800, date(2019, 9, 1)),
        _spell(daughter, bodies["platform"], Sort.PLATFORM, 3000, date(2026, 3, 1), branches=["injury"]),
        _spell(citizen, bodies["employer-2"], Sort.ENTERPRISE, 3600, people.PAYS_SINCE, date(2016, 12, 31)),
        _spell(citizen, bodies["employer"], Sort.ENTERPRISE, 8600, date(2017, 1, 1), left_on),
        _spell(father, bodies["employer-2"], Sort.ENTERPRISE, 1200, date(1992, 9, 1), date(2008, 2, 29), branches=["pension"]),
        _spell(moved, bodies["employer-2"], Sort.ENTERPRISE, 6200, date(2016, 7, 1), date(2026, 2, 28)),
    ]
    for n, account in enumerate(accounts[-WORKERS:]):
        key, sort = EMPLOYERS[0 if n < LATE else n % len(EMPLOYERS)]
        branches = ["injury"] if sort == Sort.PLATFORM else FIVE
        rows.append(_spell(account, bodies[key], sort, 5000 + 300 * (n % 12), date(2024 + n % 2, 1 + n % 9, 1), branches=branches))
    return Spell.objects.bulk_create(rows)


def _spell(whose: Insured, employer: Stakeholder, sort: Sort, base: int, since: date, until: date | None = None, branches: list[str] | None = None) -> Spell:
    return Spell(
        reference=_reference("JY"), insured=whose, employer=employer, area_id=employer.area_id, sort=sort, branches=branches or FIVE,
        base=Decimal(base), since=since, until=until, state="ended" if until else "registered",
    )  # fmt: skip


def _terms(office: Assured, bodies: dict[str, Stakeholder]) -> None:
    """What bills rest on: values of the city, proposed by one keeper of the catalogue and activated by another; rates of employers."""
    users = {user.username: user for user in User.objects.filter(username__in=["insurance", "medical"])}
    one, other = (Assured(bodies[name], users[name]) for name in ("insurance", "medical"))
    city = Area.objects.get(pk=people.CITY)
    for program, key, name, name_en, value, unit in LOCAL:
        proposed = catalogue.ProposeParameter.do(
            one, Program.objects.called(program), key=key, area=city, name=name, name_en=name_en, value=value, unit=unit,
            effective_from=date(2024, 1, 1), effective_until=None, source="为演示编造的数值", source_en="Made up for the demonstration",
        )  # fmt: skip
        catalogue.ActivateParameter.do(other, proposed)
    for key, _sort in EMPLOYERS:
        actions.SetInjuryRate.do(office, employer=bodies[key], industry=2, floating="0", since=date(2024, 1, 1), basis="示例核定书〔2024〕1 号")


def _months(spells: list[Spell]) -> None:
    """Month by month until the one before last; three people of the first employer miss the newest."""
    last, late = _month(today(), -1), _month(today(), LATE_MONTH)
    rows = []
    missing = [spell.pk for spell in spells if spell.employer_id == spells[1].employer_id][-3:]
    for spell in spells:
        month = spell.since.replace(day=1)
        until = min(spell.until or last, last)
        while month <= until and not (month == last and spell.pk in missing):
            for branch, (employer, person) in PARTS.items():
                if branch in spell.branches:
                    paid_on = month + timedelta(days=LATE_BY if month == late else IN_TIME)
                    rows.append(Contribution(insured=spell.insured, payer_id=spell.employer_id, month=month, branch=branch, paid_on=paid_on, base=spell.base, employer_part=spell.base * Decimal(employer), person_part=spell.base * Decimal(person)))
            month = _month(month, 1)
    Contribution.objects.bulk_create(rows, batch_size=2000)


def _month(day: date, by: int) -> date:
    """The first day of a month so many months on."""
    number = day.year * 12 + day.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def _statements(office: Assured, bodies: dict[str, Stakeholder]) -> None:
    """The last months of two employers: paid, in arrears, to be paid."""
    for key in ("employer", "welfare"):
        for back in (3, 2, 1):
            month = _month(today(), -back)
            due_on = month + timedelta(days=40)
            with stopped_at(now() - timedelta(days=30 * (back - 1), hours=2)):
                made = actions.DrawUpStatement.do(office, employer=bodies[key], month=month, due_on=due_on)
            if not made.missing_count:
                actions.SettleStatement.do(office, made)
            elif today() > due_on:
                actions.FindArrears.do(office, made)


def _asked(office: Assured, accounts: list[Insured], bodies: dict[str, Stakeholder]) -> None:
    """A platform declares a rider; people claim and move."""
    by_name = {account.name: account for account in accounts}
    citizen, daughter, father = by_name["李示例"], by_name["李小示"], by_name["李老示"]
    _pension_since_2008(father)
    with stopped_at(now() - timedelta(days=6)):
        actions.ClaimBenefit.do(Assured(citizen.person), citizen, kind="pension", words="已满退休年龄，申请核定养老金。")
    with stopped_at(now() - timedelta(days=12)):
        refused = actions.ClaimBenefit.do(Assured(daughter.person), daughter, kind="unemployment", words="")
    with stopped_at(now() - timedelta(days=8)):
        actions.RefuseClaim.do(office, refused, reason="仍在职参保，不符合领取条件。对此可在六十日内申请行政复议。")
    with stopped_at(now() - timedelta(days=3)):
        moved = Insured.objects.select_related("person").get(person__user__username=people.MOVED)
        actions.AskForTransfer.do(Assured(moved.person), moved, area=Area.objects.get(pk="990121000000"))
    hurt = Spell.objects.of_employer(bodies["employer"].pk).filter(state="registered", insured__person=None).order_by("pk")[0]
    with stopped_at(now() - timedelta(days=4)):
        actions.ReportInjury.do(Assured(bodies["employer"]), hurt, happened_on=today() - timedelta(days=3), words="在车间操作时手部受伤（示例）。")
    rider = accounts[-1]
    with stopped_at(now() - timedelta(days=2)):
        actions.DeclareSpell.do(Assured(bodies["platform-2"]), account=rider.reference, sort=Sort.PLATFORM, branches=["injury"], base=Decimal(4000), since=today())


def _pension_since_2008(father: Insured) -> None:
    """The father's pension was granted on paper, and taken over into this register by two officers not long ago."""
    users = {user.username: user for user in User.objects.filter(username__in=["insurance", "insurance-2"]).select_related("person")}
    office = Stakeholder.objects.get(email="insurance@example.invalid", is_synthetic=True)
    with stopped_at(now() - timedelta(days=100)):
        claim = actions.ClaimBenefit.do(Assured(father.person), father, kind="pension", words="2008 年 2 月退休，纸质档案转入，按月领取至今。")
        actions.DeterminePension.do(
            Assured(office, users["insurance"]), claim, group="men", begins="2008-02", wage=FATHERS_WAGE, index=FATHERS_INDEX
        )
        claim.refresh_from_db()
        actions.GrantClaim.do(Assured(office, users["insurance-2"]), claim)


def sign_ins() -> Iterator[str]:
    """What there is to try."""
    yield ""
    yield "“daughter” sees her months at /insurance/mine/; “employer” and “platform” their rosters at /insurance/employer/; “insurance” the office's work at /insurance/office/, “injuries” the injuries to recognise."
