"""Invented products of the example city's insurers, and policies of its people, made by the actions themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from governance.clocks.now import now, stopped_at, today
from governance.imports import jobs
from governance.imports.actions import ApplyImport
from governance.stakeholders import demonstration as people
from governance.stakeholders import rules
from governance.stakeholders.actors import Assured
from governance.stakeholders.models import IdentityDocument, Mandate, Stakeholder
from programs.policies import actions
from programs.policies.models import Policy, Product
from programs.policies.vocabulary import Duty, Insured, Payment, ProductKind, Tax

BASIS = "示例市权责清单（示例）"
SAID = {
    "target": "示例：18 至 65 周岁的居民", "coverage": "示例：按合同约定给付", "exclusions": "示例：故意行为、酒后驾驶", "price": "示例：每年 600 至 6000 元",
    "fees": "示例：不另收管理费", "surrender": "示例：前三年退保会有损失，见现金价值表", "complaints": "1.8", "solvency": "https://insurer.example.invalid/solvency",
}  # fmt: skip
PENSION = {"payout_age": 60, "guaranteed_rate": "2.0", "payout_form": "示例：按月领取至终身"}
MEDICAL = {"renewal_years": 20, "waiting_days": 60, "deductible": "10000", "ceiling": "2000000", "share": "80", "existing_conditions": "示例：既往症赔付比例为 50%"}
# insurer, code, names, kind, tax, term, inclusive, what it discloses of its kind, how far it has come
PRODUCTS: tuple[tuple[Any, ...], ...] = (
    ("insurer", "SL-A01", "示例安享终身年金", "Example Anxiang Life Annuity", ProductKind.PENSION, Tax.PERSONAL, None, True, PENSION, "sold"),
    ("insurer-2", "SY-Z08", "示例长青专属养老", "Example Changqing Exclusive Pension", ProductKind.EXCLUSIVE, Tax.PERSONAL, None, True, PENSION | {"guaranteed_rate": "2.5", "payout_form": "示例：按月领取十年以上"}, "sold"),
    ("insurer", "SL-M03", "示例惠民医疗", "Example Huimin Medical", ProductKind.MEDICAL, Tax.HEALTH, 1, True, MEDICAL, "sold"),
    ("insurer-2", "SY-M11", "示例优享医疗", "Example Youxiang Medical", ProductKind.MEDICAL, Tax.NONE, 1, False, MEDICAL | {"renewal_years": 0, "deductible": "0", "share": "100", "existing_conditions": "示例：不赔付既往症"}, "sold"),
    ("insurer", "SL-C02", "示例护理保险", "Example Care Insurance", ProductKind.CARE, Tax.HEALTH, 10, True, {"target": "示例：18 至 75 周岁的居民", "care_level": "示例：重度失能", "waiting_days": 90, "ceiling": "36000", "existing_conditions": "示例：投保前已失能的不赔付"}, "sold"),
    ("insurer", "SL-G05", "示例团体医疗", "Example Group Medical", ProductKind.GROUP, Tax.NONE, 1, False, {"least_staff": 5, "waiting_days": 30, "ceiling": "100000", "portable": "示例：离职后保障终止"}, "sold"),
    ("insurer-2", "SY-S20", "示例三年两全", "Example Three-year Endowment", ProductKind.ACCIDENT, Tax.NONE, 3, False, {"ceiling": "100000", "share": "100"}, "sold"),
    ("insurer-2", "SY-D04", "示例重疾保险", "Example Disease Insurance", ProductKind.DISEASE, Tax.NONE, 20, False, {"diseases": 28, "waiting_days": 180, "ceiling": "300000", "existing_conditions": "示例：不承保"}, "questioned"),
    ("insurer", "SL-A02", "示例新市民年金", "Example New Citizens' Annuity", ProductKind.PENSION, Tax.NONE, 20, True, PENSION, "filed"),
)  # fmt: skip
# product, holder, number, insured, since, cover, premium, payment, surrender value, claims, paid
POLICIES: tuple[tuple[Any, ...], ...] = (
    ("SL-A01", "citizen", "SLA01-20190301-0042", Insured.SELF, 2019, "1500", "6000", Payment.YEARLY, "38200", 0, "0"),
    ("SL-M03", "citizen", "SLM03-20250101-1187", Insured.SELF, 2025, "2000000", "860", Payment.YEARLY, None, 1, "4210.50"),
    ("SL-C02", "father", "SLC02-20210601-0007", Insured.SELF, 2021, "36000", "1800", Payment.YEARLY, "3100", 0, "0"),
    ("SY-S20", "citizen", "SYS20-20240915-0301", Insured.SPOUSE, 2024, "100000", "50000", Payment.SINGLE, "49000", 0, "0"),
    ("SY-Z08", "unknown", "SYZ08-20230701-0220", Insured.SELF, 2023, None, "500", Payment.MONTHLY, "19000", 0, "0"),
    ("SL-G05", "employer", "SLG05-20260101-0003", Insured.STAFF, 2026, "100000", "96000", Payment.YEARLY, None, 4, "18000"),
)  # fmt: skip


def _many() -> Iterator[tuple[Any, ...]]:
    """Enough policies of people elsewhere for sums that may be shown: of fewer than five none is."""
    for code, premium in (("SL-A01", 4800), ("SL-M03", 900), ("SY-Z08", 600), ("SY-M11", 1200)):
        for n in range(6):
            yield (code, f"elsewhere-{n}", f"{code.replace('-', '')}-20250701-{n + 1:04d}", Insured.SELF, 2025, None, str(premium + 40 * n), Payment.YEARLY, None, 0, "0")


def is_complete() -> bool:
    """Whether this part is there, whole: it is made in one transaction."""
    return Policy.objects.exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """Products on sale, questioned and waiting; policies with a holder and one without."""
    say("Insurance products and policies …")
    bodies = {s.email.split("@")[0]: s for s in Stakeholder.objects.organisations().filter(is_synthetic=True)}
    Mandate.objects.bulk_create([people.mandate(bodies["government"], Duty.REVIEW_PRODUCTS, people.CITY, BASIS, bodies["government"])])
    office, insurers = Assured(bodies["government"]), {key: Assured(bodies[key]) for key in ("insurer", "insurer-2")}
    products = {row[1]: _product(n, row, insurers[row[0]], office) for n, row in enumerate(PRODUCTS)}
    for row in (*POLICIES, *_many()):
        product = products[row[0]]
        actions.RegisterPolicy.do(Assured(product.insurer), product=product, holder_number=_number(row[1], bodies), **_figures(row))
    _by_file(insurers["insurer"])


def _by_file(insurer: Assured) -> None:
    """An old policy whose holder the insurer knows by name and birthday only: an officer looks whose it is."""
    row = {
        "product": "SL-A01", "policy_number": "SLA01-20010509-0003", "person_name": "LI Shili", "person_born_on": "1966-05-15", "effective_on": "2001-05-09",
        "premium": "1200", "claims_count": "0", "claims_paid": "0", "as_of": str(today() - timedelta(days=12)),
    }  # fmt: skip
    text = f"{','.join(row)}\n{','.join(row.values())}\n"
    batch = actions.ImportPolicies.do(insurer, file=SimpleUploadedFile("old-policies.csv", text.encode()))
    jobs.read(batch.pk)
    jobs.check(batch.pk)
    batch.refresh_from_db()
    ApplyImport.do(insurer, batch)
    jobs.apply(batch.pk)


def _product(n: int, row: tuple[Any, ...], insurer: Assured, office: Assured) -> Product:
    _key, code, name, english, kind, tax, term, inclusive, own, stage = row
    described = {
        "kind": kind, "code": code, "name": name, "name_en": english, "filing_number": f"示例险备〔2026〕{n + 1:03d}号", "term_years": term, "payment": Payment.YEARLY,
        "tax": tax, "inclusive": inclusive, "disclosure": SAID | own,
    }  # fmt: skip
    with stopped_at(now() - timedelta(days=40 - n)):
        product = actions.FileProduct.do(insurer, **described)
    if stage == "questioned":
        return actions.QuestionProduct.do(office, product, reason="请说明“不承保”既往症的具体范围，并补充病种定义。")
    if stage == "filed":
        return product
    with stopped_at(now() - timedelta(days=25 - n)):
        actions.PassProduct.do(office, product)
        return actions.StartSale.do(insurer, product)


def _number(holder: str, bodies: dict[str, Stakeholder]) -> str:
    """The number as the insurer has it; one belongs to nobody here."""
    if holder == "employer":
        return bodies["employer"].uscc
    if holder == "unknown" or holder.startswith("elsewhere"):
        body = f"99000019700101{777 if holder == 'unknown' else 780 + int(holder[-1])}"
        return body + rules.person_check(body)
    born = {row[0]: row[3] for row in people.PEOPLE}[holder]
    name = {row[0]: row[1] for row in people.PEOPLE}[holder]
    found = IdentityDocument.objects.filter(stakeholder__name=name, stakeholder__is_synthetic=True).first()
    return found.number() if found else people.citizen_number(born, 1, male=True)


def _figures(row: tuple[Any, ...]) -> dict[str, Any]:
    _code, _holder, number, insured, year, cover, premium, payment, surrender, claims, paid = row
    return {
        "policy_number": number, "insured": insured, "effective_on": date(year, 1, 1), "expires_on": None, "cover": Decimal(cover) if cover else None, "premium": Decimal(premium),
        "payment": payment, "surrender_value": Decimal(surrender) if surrender else None, "claims_count": claims, "claims_paid": Decimal(paid), "as_of": today() - timedelta(days=12),
    }  # fmt: skip


def sign_ins() -> tuple[str, ...]:
    """Nobody of its own."""
    return ()
