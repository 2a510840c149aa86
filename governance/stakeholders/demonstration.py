"""Invented people and organisations on the fictional territory 990000, the same every time."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any
from zlib import crc32

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from governance import areas
from governance.actions.records import reference_of
from governance.clocks.now import now, today
from governance.stakeholders import rules
from governance.stakeholders.models import (
    Area,
    Delegation,
    Household,
    HouseholdMember,
    IdentityDocument,
    Mandate,
    Membership,
    Stakeholder,
    User,
)
from governance.stakeholders.vocabulary import Duty, Role, Subkind

PASSWORD = "gongzhi-2026-demo"  # noqa: S105 - printed at the start of every demonstration
CITY = "990100000000"
COUNTIES = {"990101": "甲区", "990102": "乙区", "990121": "丙县", "990122": "丁县", "990181": "戊市"}
ENGLISH = {"甲区": "District A", "乙区": "District B", "丙县": "County C", "丁县": "County D", "戊市": "City E"}
PLACES = ("松风", "柳岸", "石桥", "安和", "长青", "梅溪", "云台", "竹林")
PLACES_EN = ("Songfeng", "Liu'an", "Shiqiao", "Anhe", "Changqing", "Meixi", "Yuntai", "Zhulin")
SPARE_CITIZENS = 64
VILLAGES = 300

BODIES = (
    ("government", Subkind.AUTHORITY, CITY, "示例市人民政府", "Example City Government"),
    ("city", Subkind.AUTHORITY, CITY, "示例市民政局", "Example City Civil Affairs"),
    ("district", Subkind.AUTHORITY, "990101", "甲区民政局", "District A Civil Affairs"),
    ("district-b", Subkind.AUTHORITY, "990102", "乙区民政局", "District B Civil Affairs"),
    ("county-c", Subkind.AUTHORITY, "990121", "丙县民政局", "County C Civil Affairs"),
    ("county-d", Subkind.AUTHORITY, "990122", "丁县民政局", "County D Civil Affairs"),
    ("city-e", Subkind.AUTHORITY, "990181", "戊市民政局", "City E Civil Affairs"),
    ("insurance", Subkind.AUTHORITY, CITY, "示例市人力资源和社会保障局", "Example City Human Resources and Social Security"),
    ("medical", Subkind.AUTHORITY, CITY, "示例市医疗保障局", "Example City Medical Security"),
    ("party", Subkind.PARTY_ORGAN, CITY, "中共示例市委社会工作部", "Example City Party Committee, Social Work"),
    ("party-a", Subkind.PARTY_ORGAN, "990101", "中共甲区委社会工作部", "District A Party Committee, Social Work"),
    ("welfare", Subkind.PUBLIC_INSTITUTION, CITY, "示例市社会福利院", "Example City Welfare Home"),
    ("guidance", Subkind.PUBLIC_INSTITUTION, "990101", "甲区养老服务指导中心（示例）", "District A Care Guidance Centre"),
    ("songfeng", Subkind.GRASSROOTS, "990101001", "甲区松风街道办事处（示例）", "Songfeng Sub-district Office"),
    ("liuan", Subkind.GRASSROOTS, "990101002", "甲区柳岸街道办事处（示例）", "Liu'an Sub-district Office"),
)
ORGANISATIONS = (
    ("employer", Subkind.EMPLOYER, "示例机械制造有限公司", "Example Machinery Ltd"),
    ("employer-2", Subkind.EMPLOYER, "示例纺织有限公司", "Example Textiles Ltd"),
    ("insurer", Subkind.INSURER, "示例人寿保险股份有限公司", "Example Life Insurance"),
    ("insurer-2", Subkind.INSURER, "示例养老保险股份有限公司", "Example Pension Insurance"),
    ("platform", Subkind.PLATFORM, "示例同城配送平台有限公司", "Example City Delivery Platform"),
    ("platform-2", Subkind.PLATFORM, "示例出行平台有限公司", "Example Ride Platform"),
    ("home", Subkind.CARE_PROVIDER, "示例松风养老服务中心", "Example Songfeng Care Services"),
    ("home-2", Subkind.CARE_PROVIDER, "示例柳岸养老服务中心", "Example Liu'an Care Services"),
    ("home-3", Subkind.CARE_COMPANY, "示例长青颐养服务有限公司", "Example Changqing Care Ltd"),
    ("home-4", Subkind.CARE_COMPANY, "示例云台康养服务有限公司", "Example Yuntai Care Ltd"),
    ("collective", Subkind.RURAL_COLLECTIVE, "示例石桥村股份经济合作社", "Example Shiqiao Village Cooperative"),
    ("collective-2", Subkind.RURAL_COLLECTIVE, "示例竹林村股份经济合作社", "Example Zhulin Village Cooperative"),
    ("foundation", Subkind.FOUNDATION, "示例敬老基金会", "Example Foundation for the Elderly"),
    ("foundation-2", Subkind.FOUNDATION, "示例助残基金会", "Example Foundation for People with Disabilities"),
    ("association", Subkind.ASSOCIATION, "示例市养老服务协会", "Example City Care Association"),
    ("association-2", Subkind.ASSOCIATION, "示例市志愿者协会", "Example City Volunteers"),
    ("community", Subkind.COMMUNITY, "示例松风社区社会组织", "Example Songfeng Community Group"),
    ("community-2", Subkind.COMMUNITY, "示例安和邻里互助社", "Example Anhe Neighbours"),
    ("union", Subkind.UNION, "示例市总工会", "Example City Trade Unions"),
    ("union-2", Subkind.UNION, "示例市妇女联合会", "Example City Women's Federation"),
)
CATEGORY = {"government": "11", "enterprise": "91", "social": "52"}
SPECIAL_CATEGORY = {
    Subkind.PUBLIC_INSTITUTION: "12",
    Subkind.ASSOCIATION: "51",
    Subkind.FOUNDATION: "53",
    Subkind.UNION: "81",
    Subkind.RURAL_COLLECTIVE: "N2",
}
# One life each, on every page: 李示例 reached the statutory age in October 2026 and has just left the machinery works; he looks
# after his mother. 李小示 works there and has taken her father in. 李老示 has drawn his pension since 2008. 赵示例 is new here.
PEOPLE = (
    ("citizen", "李示例", "Li Shili", date(1966, 5, 15), True),
    ("daughter", "李小示", "Li Xiaoshi", date(1984, 7, 2), False),
    ("father", "李老示", "Li Laoshi", date(1948, 2, 29), True),
    ("newcomer", "赵示例", "Zhao Shili", date(1990, 11, 5), False),
)
LEFT_DAYS_AGO = 20  # 李示例 the machinery works
PAYS_SINCE = date(1999, 3, 1)  # 李示例, who reaches the age in October 2026
MOTHER, MOTHER_BORN = "李奶奶示例", date(1946, 5, 4)  # of 李示例
MOVED, MOVED_BORN = "citizen06", date(1988, 6, 15)  # a spare citizen whose account moves to another county
COLLEAGUES = ("district-2", "district-b-2", "insurance-2", "injuries", "injuries-2")  # whom other parts add: their numbers are told by their place here
FIRST_COLLEAGUE, FIRST_BODY = 5000, 6000
ENDS_IN_X = 10  # the sequence with which the citizen's number has the check character X
_numbers = count(1)  # of this part, which is made in one go; what other parts make must not depend on what this process made before


def is_complete() -> bool:
    """Whether the last row of this part is there."""
    return User.objects.filter(username=f"citizen{SPARE_CITIZENS:02d}").exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """Areas, organisations, people, accounts, mandates, a household and a delegation."""
    global _numbers  # noqa: PLW0603 - a world begins with number one, however often it is made
    _numbers = count(1)
    say("Making the example territory …")
    make_areas()
    say("Making organisations and people …")
    bodies = make_organisations()
    people = make_people()
    make_mandates(bodies)
    make_family(people)


def make_areas() -> None:
    """One province, one city, five counties, forty townships, three hundred villages; none of them exists."""
    rows = [
        _area("990000000000", "示例省", "Example Province", 1.30, 1.20),
        _area(CITY, "示例市", "Example City", 1.30, 1.20),
    ]
    for c, (code, name) in enumerate(COUNTIES.items()):
        east, north = 1.10 + 0.20 * (c % 3), 1.05 + 0.22 * (c // 3)
        rows.append(_area(f"{code}000000", name, ENGLISH[name], east, north))
        for t, (place, english) in enumerate(zip(PLACES, PLACES_EN, strict=True)):
            street = t < 3 if name.endswith("区") else t < 1
            number, kind, kind_en = (t + 1, "街道", "Sub-district") if street else (100 + t, "镇", "Town")
            at = east + 0.04 * (t % 4), north + 0.06 * (t // 4)
            rows.append(_area(f"{code}{number:03d}000", f"{place}{kind}", f"{english} {kind_en}", *at))
            villages = VILLAGES // 40 + (t < VILLAGES % 40 // 5)
            for v in range(villages):
                village = f"{code}{number:03d}{v + 1 if street else 200 + v:03d}"
                kind = ("社区", "Community") if street else ("村", "Village")
                rows.append(_area(village, f"{place}第{v + 1}{kind[0]}", f"{english} {kind[1]} {v + 1}", at[0] + 0.004 * v, at[1] + 0.003 * v))
    names: dict[str, tuple[str, str]] = {}
    for row in rows:
        around = [names[code] for code in areas.around(row.code) if code in names]
        row.full_name = "".join(n for n, _ in around) + row.name
        row.full_name_en = ", ".join([row.name_en, *(e for _, e in reversed(around))])
        names[row.code] = (row.name, row.name_en)
        row.level = areas.level_of(row.code)
    Area.objects.bulk_create(rows, ignore_conflicts=True)


def _area(code: str, name: str, english: str, lon: float, lat: float) -> Area:
    from governance.stakeholders.fields import pinyin

    return Area(code=code, name=name, name_en=english, pinyin=pinyin(name), lon=round(lon, 5), lat=round(lat, 5), is_synthetic=True)


def _stakeholder(number: int | None = None, **fields: Any) -> Stakeholder:
    number = number or next(_numbers)
    return Stakeholder(
        reference=reference_of("ST", date(2026, 1, 5), number),
        phone=f"000-0000-{number:04d}",
        is_synthetic=True,
        state="approved",
        **fields,
    )


def credit_code(subkind: Subkind, number: int) -> str:
    """A code with right check characters on a region that does not exist, so that it can be nobody's."""
    body = f"DEM{number:05d}"
    category = SPECIAL_CATEGORY.get(subkind, CATEGORY[subkind.kind])
    code = f"{category}990000{body}{rules.organisation_check(body)}"
    return code + rules.credit_check(code)


def citizen_number(born_on: date, sequence: int, *, male: bool) -> str:
    """A number with a right check character on the region 990000."""
    body = f"990000{born_on:%Y%m%d}{sequence * 2 + male:03d}"
    return body + rules.person_check(body)


def make_organisations() -> dict[str, Stakeholder]:
    """Two of every kind, each with somebody who can sign in for it."""
    rows: dict[str, Stakeholder] = {}
    for n, (key, subkind, digits, name, english) in enumerate(BODIES, 1):
        area = digits.ljust(12, "0")
        rows[key] = _stakeholder(
            kind=subkind.kind, subkind=subkind, name=name, name_en=english, area_id=area,
            level=areas.level_of(area), uscc=credit_code(subkind, n), email=f"{key}@example.invalid",
        )  # fmt: skip
    for n, (key, subkind, name, english) in enumerate(ORGANISATIONS, 101):
        area = "990101000000" if n % 2 else "990102000000"
        rows[key] = _stakeholder(
            kind=subkind.kind, subkind=subkind, name=name, name_en=english, area_id=area,
            uscc=credit_code(subkind, n), email=f"{key}@example.invalid",
        )  # fmt: skip
    Stakeholder.objects.bulk_create(rows.values())
    clerks = {
        key: _person(f"{'周吴郑王冯陈褚卫'[n % 8]}示{'一二三四五六七八九十'[n % 10]}", f"Clerk {n}", "990101000000")
        for n, key in enumerate(rows)
    }
    Stakeholder.objects.bulk_create(clerks.values())
    users = make_accounts(clerks, second_factor=True)
    roles = [Role.ADMINISTRATOR, Role.OFFICER]
    memberships = [_membership(rows[key], users[key], roles) for key in rows]
    memberships.append(_membership(rows["home"], users["district"], [Role.READER]))  # one person who acts for several
    Membership.objects.bulk_create(memberships)
    return rows


def _membership(organisation: Stakeholder, user: User, roles: list[str], number: int | None = None) -> Membership:
    return Membership(
        reference=reference_of("MB", date(2026, 1, 6), number or next(_numbers)), area_id=organisation.area_id, stakeholder=organisation,
        user=user, person=user.person, invited_email=user.email, roles=roles, since=date(2026, 1, 6), state="active",
    )  # fmt: skip


def _person(name: str, english: str, area: str, number: int | None = None) -> Stakeholder:
    return _stakeholder(
        number, kind="citizen", subkind=Subkind.PERSON, name=name, name_en=english, area_id=area, identity_verified_at=now(), level=None
    )


def another_body(key: str, name: str, english: str) -> Stakeholder:
    """A further authority of the city, for a part that needs one beside those of ``BODIES``; its people are colleagues."""
    number = FIRST_BODY + COLLEAGUES.index(key)
    body = _stakeholder(
        number, kind=Subkind.AUTHORITY.kind, subkind=Subkind.AUTHORITY, name=name, name_en=english, area_id=CITY.ljust(12, "0"),
        level=areas.level_of(CITY.ljust(12, "0")), uscc=credit_code(Subkind.AUTHORITY, number), email=f"{key}@example.invalid",
    )  # fmt: skip
    body.save()
    return body


def colleague(username: str, organisation: Stakeholder, name: str, english: str) -> User:
    """A second officer of an organisation, for what takes two."""
    number = FIRST_COLLEAGUE + COLLEAGUES.index(username)
    person = _person(name, english, organisation.area_id, number)
    person.save()
    user = make_accounts({username: person}, second_factor=True)[username]
    _membership(organisation, user, ["officer"], number).save()
    return user


def colleagues() -> Iterator[tuple[str, str]]:
    """Sign-in names of the officers whom other parts have added, each with the organisation: what takes two is tried with them."""
    rows = Membership.objects.filter(user__username__in=COLLEAGUES).select_related("user", "stakeholder").order_by("pk")
    return ((membership.user.username, membership.stakeholder.label) for membership in rows)


def make_people() -> dict[str, Stakeholder]:
    """Citizens with accounts: four with a story, and spare ones."""
    rows = {key: _person(name, english, "990101001000") for key, name, english, _born, _male in PEOPLE}
    rows["newcomer"].identity_verified_at = None
    for n in range(1, SPARE_CITIZENS + 1):
        county = list(COUNTIES)[n % 5]
        rows[f"citizen{n:02d}"] = _person(f"示例{'赵钱孙李周吴郑王'[n % 8]}{n:02d}", f"Example Citizen {n:02d}", f"{county}000000")
    Stakeholder.objects.bulk_create(rows.values())
    born = {key: (day, male) for key, _n, _e, day, male in PEOPLE if key != "newcomer"} | {MOVED: (MOVED_BORN, True)}
    IdentityDocument.objects.bulk_create(
        [
            IdentityDocument.of(rows[key], rules.citizen_number(citizen_number(day, n if key != "citizen" else ENDS_IN_X, male=male), today=today()))
            for n, (key, (day, male)) in enumerate(born.items(), 1)
        ]
    )
    make_accounts({key: row for key, row in rows.items() if key != "father"}, second_factor=False)
    return rows


def make_accounts(people: dict[str, Stakeholder], *, second_factor: bool) -> dict[str, User]:
    """Accounts with confirmed addresses; one password hash for all, because making one takes a while on purpose."""
    users = {
        key: User(
            username=key, email=f"{key}@example.invalid", password=_hashed(), person=person, contact_confirmed_at=now(), is_synthetic=True
        )
        for key, person in people.items()
    }
    User.objects.bulk_create(users.values())
    EmailAddress.objects.bulk_create([EmailAddress(user=u, email=u.email, verified=True, primary=True) for u in users.values()])
    if second_factor:
        adapter = get_adapter()
        Authenticator.objects.bulk_create(
            [
                Authenticator(user=u, type=Authenticator.Type.TOTP, data={"secret": adapter.encrypt(totp_secret(u.username))})
                for u in users.values()
            ]
        )
    return users


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def totp_secret(username: str) -> str:
    """The demonstration's second factor: known to everybody, so that it can be tried without a telephone."""
    return b32encode(hashlib.sha256(f"gongzhi demonstration {username}".encode()).digest()[:20]).decode()


def make_mandates(bodies: dict[str, Stakeholder]) -> None:
    """The list of powers and duties of the example city. Its rules are examples, not law."""
    basis = "示例市权责清单（示例）"
    granted = [("government", Duty.GRANT_MANDATES, CITY)]
    granted += [("city", duty, CITY) for duty in (Duty.APPROVE_ORGANISATIONS, Duty.VERIFY_IDENTITIES, Duty.KEEP_HOUSEHOLDS)]
    granted += [("district", Duty.VERIFY_IDENTITIES, "990101000000"), ("songfeng", Duty.KEEP_HOUSEHOLDS, "990101001000")]
    Mandate.objects.bulk_create([mandate(bodies[key], duty, area, basis, bodies["government"]) for key, duty, area in granted])


def mandate(holder: Stakeholder, duty: str, area: str, basis: str, granted_by: Stakeholder) -> Mandate:
    """One unsaved line of that list; its number follows from what it says, in whatever order the parts are made."""
    number = crc32(f"{holder.reference} {duty} {area}".encode()) % 10**8
    return Mandate(
        reference=reference_of("MD", date(2026, 1, 7), number), area_id=area, stakeholder=holder, duty=str(duty),
        legal_basis=basis, starts_on=date(2026, 1, 7), granted_by=None if granted_by is holder else granted_by,
    )  # fmt: skip


def make_family(people: dict[str, Stakeholder]) -> None:
    """A father who lets his daughter act for him, and their household; that of a man who looks after his mother."""
    father, daughter, citizen = people["father"], people["daughter"], people["citizen"]
    Delegation.objects.create(
        reference=reference_of("DG", date(2026, 2, 2), 1), area_id=father.area_id, principal=father, delegate=daughter,
        delegate_email="daughter@example.invalid", scopes=["*"], starts_on=date(2026, 2, 2),
        ends_on=today() + timedelta(days=300), state="accepted",
    )  # fmt: skip
    household = Household.objects.create(
        reference=reference_of("HH", date(2026, 2, 3), 1), area_id=father.area_id, head=daughter, address="松风街道示例路 12 号"
    )
    HouseholdMember.objects.bulk_create(
        [
            HouseholdMember(household=household, person=daughter, name=daughter.name, relation="self", since=date(2010, 5, 1)),
            HouseholdMember(household=household, person=father, name=father.name, relation="parent", since=date(2019, 9, 1)),
        ]
    )
    other = Household.objects.create(
        reference=reference_of("HH", date(2026, 2, 3), 4), area_id=citizen.area_id, head=citizen, address="松风街道示例路 30 号"
    )
    HouseholdMember.objects.bulk_create(
        [
            HouseholdMember(household=other, person=citizen, name=citizen.name, relation="self", since=date(1998, 5, 1)),
            HouseholdMember(household=other, name="王小例", relation="spouse", born_on=date(1967, 8, 9), since=date(1998, 5, 1)),
            HouseholdMember(household=other, name=MOTHER, relation="parent", born_on=MOTHER_BORN, since=date(2015, 3, 1)),
        ]
    )


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as, and what to try as them."""

    username: str
    who: Any
    what: Any


PERSONAS = (
    Persona("citizen", _("a citizen"), _("find a bed, ask for it, withdraw")),
    Persona("daughter", _("a daughter"), _("act for her father: choose him on the account page")),
    Persona("newcomer", _("identity not verified"), _("see what is refused, and how to get there")),
    Persona("citizen01", _("a spare citizen, one of 64: citizen01 to citizen64"), _("anything")),
    Persona("home", _("a care provider"), _("bed board, vacancies, answer applications, import")),
    Persona("home-3", _("another care provider"), _("the same, with other homes")),
    Persona("district", _("a district's civil affairs; also a reader at a home"), _("worklist, supervise homes, verify identities; switch in the header")),
    Persona("district-2", _("a colleague there"), _("approve and send what “district” has written: it takes two")),
    Persona("city", _("the city's civil affairs"), _("approve organisations and homes")),
    Persona("government", _("the city's government"), _("grant and end mandates, supervise")),
    Persona("employer", _("an employer"), _("file an annuity plan, see what it costs")),
    Persona("insurer", _("an insurer"), _("products and policies")),
    Persona("insurance", _("the city's social security"), _("examine annuity plans")),
)


def sign_ins() -> Iterator[str]:
    """The table printed when the demonstration is ready."""
    yield f"Sign in with one of these names and the password {PASSWORD}"
    yield ""
    with override("en"):
        for persona in PERSONAS:
            yield f"  {persona.username:<12} {persona.who}: {persona.what}"
    yield ""
    yield "Members of organisations need a second factor: the page /demonstration/ shows their codes, so no telephone is needed."
