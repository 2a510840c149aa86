"""Invented homes, beds, residents and applications in the example city, the same every time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from django.db import transaction

from governance import clocks
from governance.actions.records import reference_of
from governance.clocks.now import now, stopped_at, today
from governance.stakeholders import demonstration as people
from governance.stakeholders.actors import Assured
from governance.stakeholders.models import Mandate, Stakeholder
from governance.stakeholders.vocabulary import Subkind
from programs.care import actions
from programs.care.models import Bed, CapacityObservation, Home, PriceBand, Reservation, Room, Unit
from programs.care.querysets import Guest
from programs.care.vocabulary import CareLevel, Duty, Ownership, Precision, Relation, SexRule

HOMES = 60
OWNERS = {
    "home": Ownership.NON_PROFIT, "home-2": Ownership.NON_PROFIT, "home-3": Ownership.FOR_PROFIT, "home-4": Ownership.FOR_PROFIT,
    "welfare": Ownership.PUBLIC, "songfeng": Ownership.PUBLIC_PRIVATE, "liuan": Ownership.PUBLIC_PRIVATE, "collective": Ownership.NON_PROFIT,
}  # fmt: skip
KINDS = ("养老院", "护理院", "颐养院", "敬老院", "养老服务中心", "老年公寓", "康养中心", "福利院", "托老所", "照护中心", "安养院", "养护院")
SERVICES = ("medical", "rehabilitation", "respite", "day-care", "hospice", "meals")
SHARES = ((CareLevel.INTACT, 30, "general"), (CareLevel.MILD, 20, "general"), (CareLevel.MODERATE, 22, "nursing"),
          (CareLevel.SEVERE, 16, "nursing"), (CareLevel.COMPLETE, 6, "nursing"), (CareLevel.DEMENTIA, 6, "dementia"))  # fmt: skip
LONG_NAME = "示例安和社区嵌入式综合养老服务中心（含日间照料、短期托养与家庭养老床位服务站）"
LAST_BED = "示例静安小院"
LEAST_CARE = Decimal(300)
DAY = date(2026, 1, 8)
_numbers = count(1)


def is_complete() -> bool:
    """Whether this part is there, whole: it is made in one transaction."""
    return Home.objects.filter(name=LAST_BED).exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """Homes, beds, residents, what homes said of their places, and applications in every state."""
    global _numbers  # noqa: PLW0603 - a world begins with number one, however often it is made
    _numbers = count(1)
    random = Random(990000)  # noqa: S311 - the same world every time
    holders = {s.email.split("@")[0]: s for s in Stakeholder.objects.organisations().filter(is_synthetic=True)}
    make_mandates(holders)
    say("Making sixty care homes and their beds …")
    homes = make_homes(random, holders)
    beds = make_beds(random, homes)
    say("Moving residents in …")
    taken = make_residents(random, homes, beds)
    say("Reporting what is free …")
    make_observations(random, homes, beds, taken)
    say("Asking for places …")
    make_applications(homes, beds, taken, holders)


def make_mandates(holders: dict[str, Stakeholder]) -> None:
    """Every county supervises its own homes; the city accepts filings."""
    basis, government = "示例市养老服务权责清单（示例）", holders["government"]
    counties = dict(zip(("district", "district-b", "county-c", "county-d", "city-e"), people.COUNTIES, strict=True))
    rows = [people.mandate(holders["city"], duty, people.CITY, basis, government) for duty in (Duty.APPROVE_HOMES, Duty.SUPERVISE_HOMES)]
    rows += [
        people.mandate(holders[key], duty, code.ljust(12, "0"), basis, government)
        for key, code in counties.items()
        for duty in (Duty.SUPERVISE_HOMES, Duty.ALLOCATE_BEDS)
    ]
    Mandate.objects.bulk_create(rows)


def _reference(prefix: str) -> str:
    return reference_of(prefix, DAY, next(_numbers))


def make_homes(random: Random, holders: dict[str, Stakeholder]) -> list[Home]:
    """Sixty homes: a few with a story, the rest by lot."""
    homes = []
    counties = list(people.COUNTIES)
    for n in range(HOMES):
        county, place = counties[n % 5], people.PLACES[(n // 5) % 8]
        owner = list(OWNERS)[n % 8] if n else "home"
        area = f"{county}{_township(county, (n // 5) % 8):03d}000"
        rural = county in {"990121", "990122"} and n % 3 == 0
        base = random.choice((1600, 2200, 2800, 3400, 4200, 5600))
        spread = random.choice((600, 900, 1400, 2000))
        name = {0: "示例松风养老院", 7: LONG_NAME, 59: LAST_BED}.get(n, f"示例{people.COUNTIES[county]}{place}{KINDS[n // 5]}")
        rated = random.random() < 0.6
        homes.append(
            Home(
                reference=_reference("JG"), provider=holders[owner], name=name, filing_number=f"示例民养备〔2026〕{n + 1:03d}号",
                ownership=OWNERS[owner], setting="rural" if rural else "urban", area_id=area,
                star_rating=random.randint(2, 5) if rated else None,
                stars_valid_until=(date(2025, 12, 31) if n % 17 == 3 else today() + timedelta(days=200 + 30 * (n % 20))) if rated else None,
                services=sorted(random.sample(SERVICES, random.randint(1, 4)) + (["dementia"] if n % 3 == 0 else [])),
                price_from_amount=None if n == 23 else Decimal(base), price_to_amount=None if n == 23 else Decimal(base + spread),
                price_includes=["bed", "care", "meals"] if n % 2 else ["bed", "care"],
                **_fees_of(n, base), **_points_of(n, rated),
                price_regime="government" if OWNERS[owner] == Ownership.PUBLIC else "agreed" if n % 4 == 0 else "market",
                address=f"{place}路示例 {n + 1} 号", telephone=f"000-0000-{2000 + n:04d}",
                longitude=round(1.10 + 0.20 * (n % 5 % 3) + 0.04 * (n // 5 % 4) + random.random() * 0.03, 5),
                latitude=round(1.05 + 0.22 * (n % 5 // 3) + 0.06 * (n // 20) + random.random() * 0.03, 5),
                state="suspended" if n == 31 else "open",
            )
        )
    Home.objects.bulk_create(homes)
    PriceBand.objects.bulk_create([band for home in homes if home.price_from_amount is not None for band in _bands(home)])
    return homes


def _bands(home: Home) -> list[PriceBand]:
    """What each level of care costs, each more than the one before by what care costs more."""
    step = (home.price_to_amount - home.price_from_amount) // 60 * 10
    return [
        PriceBand(
            home=home, care_level=level, from_amount=home.price_from_amount + step * level,
            to_amount=home.price_to_amount if level == CareLevel.DEMENTIA else home.price_from_amount + step * (level + 1),
            care_amount=None if home.bed_fee_amount is None else LEAST_CARE + step * level,
        )
        for level in CareLevel.values
    ]  # fmt: skip


def _fees_of(n: int, base: int) -> dict[str, Any]:
    """Bed and care, and meals where they are included, make the price; a few homes do not say, and the home without a price neither."""
    if n % 7 == 4 or n == 23:
        return {}
    meals = Decimal(540 + 60 * (n % 4))
    bed = base - LEAST_CARE - (meals if n % 2 else 0)
    return {"bed_fee_amount": bed, "meal_fee_amount": meals, "deposit_amount": Decimal((0, 2000, 3000, 5000)[n % 4])}


def _points_of(n: int, rated: bool) -> dict[str, Any]:
    """The points of every other rating; of the rest only the stars are known."""
    if not rated or n % 2:
        return {}
    return {
        "stars_environment": 70 + n % 40, "stars_facilities": 80 + n % 45, "stars_management": 90 + n % 50, "stars_service": 360 + n % 200,
        "stars_rated_by": "示例市养老机构评定委员会",
    }  # fmt: skip


def _township(county: str, t: int) -> int:
    street = t < 3 if county in {"990101", "990102"} else t < 1
    return t + 1 if street else 100 + t


def make_beds(random: Random, homes: list[Home]) -> dict[int, list[Bed]]:
    """About six thousand beds in units and rooms."""
    units, rooms, beds = [], [], []
    for n, home in enumerate(homes):
        size = 12 if home.name == LAST_BED else random.choice((56, 72, 88, 100, 108, 120, 132, 140))
        levels = [(level, category) for level, share, category in SHARES for _ in range(round(size * share / 100))]
        if home.name == LAST_BED:
            levels = [(CareLevel.MODERATE, "nursing")] * size
        unit = room = None
        for b, (level, category) in enumerate(levels):
            if b % 24 == 0:
                unit = Unit(home=home, name=f"{b // 24 + 1} 层")
                units.append(unit)
            if b % 2 == 0:
                rule = (SexRule.ANY, SexRule.WOMEN, SexRule.MEN, SexRule.ANY, SexRule.COUPLES)[(b // 2 + n) % 5]
                room = Room(unit=unit, name=f"{b // 24 + 1}{b % 24 // 2 + 1:02d}", sex_rule=rule)
                rooms.append(room)
            state = "out-of-use" if (b + n) % 41 == 40 else "open"
            beds.append(
                Bed(reference=_reference("CH"), home=home, area_id=home.area_id, room=room, label=f"{room.name}-{b % 2 + 1}",
                    category=category, care_level=level, state=state)
            )  # fmt: skip
    Unit.objects.bulk_create(units)
    Room.objects.bulk_create(rooms)
    Bed.objects.bulk_create(beds, batch_size=2000)
    found: dict[int, list[Bed]] = {home.pk: [] for home in homes}
    for bed in beds:
        found[bed.home_id].append(bed)
    return found


def make_residents(random: Random, homes: list[Home], beds: dict[int, list[Bed]]) -> dict[int, set[int]]:
    """People live in about 45 % of the beds; in one home in all but one. Returns the beds taken, by home."""
    residents, stays, partners, taken = [], {}, {}, {}
    for home in homes:
        usable = [bed for bed in beds[home.pk] if bed.state == "open"]
        share = random.choice((0.18, 0.3, 0.4, 0.45, 0.5, 0.55, 0.62, 0.7))
        lived = usable[:-1] if home.name == LAST_BED else [bed for bed in usable if random.random() < share]
        taken[home.pk] = {bed.pk for bed in lived}
        for bed in lived:
            number = len(residents) + 1
            rule = bed.room.sex_rule
            sex = {"women": "female", "men": "male"}.get(rule) or ("female" if int(bed.room.name) % 2 else "male")
            is_second = rule == SexRule.COUPLES and bed.room_id in stays
            if rule == SexRule.COUPLES:
                sex = "male" if is_second else "female"
            person = Stakeholder(
                reference=reference_of("ST", DAY, 50_000 + number), kind="citizen", subkind=Subkind.PERSON, state="approved",
                name=f"示例住户{number:04d}", name_en=f"Example Resident {number:04d}", area_id=home.area_id, is_synthetic=True,
            )  # fmt: skip
            residents.append(person)
            since = today() - timedelta(days=random.randint(20, 1400))
            stay = Reservation(
                reference=reference_of("CW", DAY, number), home=home, area_id=home.area_id, bed=bed, care_level=bed.care_level,
                applicant=person, resident=person, sex=sex, arrives_on=since, moved_in_on=since, state="admitted",
            )
            (partners if is_second else stays)[bed.room_id if rule == SexRule.COUPLES else -number] = stay
    Stakeholder.objects.bulk_create(residents, batch_size=2000)
    Reservation.objects.bulk_create(stays.values(), batch_size=2000)
    for room, stay in partners.items():
        stay.companion, stay.relation = stays[room], Relation.SPOUSE
    Reservation.objects.bulk_create(partners.values(), batch_size=2000)
    return taken


def make_observations(random: Random, homes: list[Home], beds: dict[int, list[Bed]], taken: dict[int, set[int]]) -> None:
    """What homes said: over two months, fresh, ageing, stale, uncertain, after an assessment only, or never."""
    lines: list[CapacityObservation] = []
    clocks_of: list[Any] = []
    for n, home in enumerate(homes):
        if n in {14, 44}:
            continue  # never reported: unknown is not nought
        age = timedelta(days=(0, 0, 0, 0, 1, 0, 0, 2, 0, 5)[n % 10], hours=1 + n % 6)
        for back in (60, 25, 0):
            moment = now() - age - timedelta(days=back)
            lines += _lines(random, n, home, beds[home.pk], taken[home.pk], moment, back)
        clocks_of += clocks.opened(home, "care.confirm-capacity", at=now() - age, then="care.remind-of-capacity")
    lines.sort(key=lambda line: line.recorded_at)
    CapacityObservation.objects.bulk_create(lines, batch_size=2000)
    for model in dict.fromkeys(map(type, clocks_of)):
        model.objects.bulk_create([row for row in clocks_of if type(row) is model])


def _lines(random: Random, n: int, home: Home, beds: list[Bed], taken: set[int], moment: datetime, back: int) -> list[CapacityObservation]:
    lines = []
    precision = {6: Precision.AT_LEAST, 8: Precision.ESTIMATE, 16: Precision.ASSESSMENT_FIRST, 26: Precision.UNKNOWN}.get(n % 30, Precision.EXACT)
    for level in CareLevel:
        mine = [bed for bed in beds if bed.care_level == level]
        if not mine:
            continue
        occupied = sum(bed.pk in taken for bed in mine)
        closed = sum(bed.state != "open" for bed in mine)
        if back:
            occupied = max(0, min(len(mine) - closed, occupied + random.randint(-2, 2)))
        accepting = None if precision == Precision.UNKNOWN else len(mine) - occupied - closed
        lines.append(
            CapacityObservation(
                home=home, area_id=home.area_id, care_level=level, maximum=len(mine), occupied=occupied, reserved=0, accepting=accepting,
                precision=precision, remark=f"另有 {closed} 张停用" if closed else "", observed_at=moment, recorded_at=moment, observer=home.provider,
                confirmed_unchanged=back == 0 and n % 4 == 0,
            )
        )
    return lines


def make_applications(homes: list[Home], beds: dict[int, list[Bed]], taken: dict[int, set[int]], holders: dict[str, Stakeholder]) -> None:
    """Applications in every state, made by the actions themselves, some of them in the past."""
    citizens = {
        s.user.username: Assured(s, s.user)
        for s in Stakeholder.objects.citizens().filter(user__isnull=False, is_synthetic=True).select_related("user")
    }
    father = Assured(Stakeholder.objects.get(name="李老示"), citizens["daughter"].user)
    first = homes[0]
    free = {
        home.pk: [bed for bed in beds[home.pk] if bed.pk not in taken[home.pk] and bed.state == "open" and bed.room.sex_rule == SexRule.ANY]
        for home in homes
    }

    def ask(who: Assured, home: Home, days: float, **data: Any) -> Reservation:
        with stopped_at(now() - timedelta(days=days)):
            numbers = {"telephone": f"000-0000-{5000 + next(_numbers) % 1000}"}
            wish = numbers | {"arrives_on": today() + timedelta(days=int(days) + 6)} | data
            guest = Guest(wish["arrives_on"], sex=data.get("sex", ""), need=data.get("care_need"))
            fitting = set(Bed.objects.filter(pk__in=[bed.pk for bed in free[home.pk]]).fitting(guest))
            bed = next(bed for bed in free[home.pk] if bed in fitting)
            free[home.pk].remove(bed)
            return actions.ReserveBed.do(who, bed, **wish)

    def answer(home: Home) -> Assured:
        return Assured(home.provider)

    ask(citizens["citizen"], first, 0.2, relation="parent", resident_name=people.MOTHER, resident_born_on=people.MOTHER_BORN, care_need=0, sex="female")
    promised = ask(father, homes[5], 1.2)
    actions.ConfirmReservation.do(answer(homes[5]), promised)
    for n, back in enumerate((3.1, 2.2, 1.1, 0.4), 1):  # due today, tomorrow, later
        ask(citizens[f"citizen{n:02d}"], first, back, sex="female" if n % 2 else "male")
    for n, home in enumerate((first, homes[2], homes[3]), 11):
        actions.ConfirmReservation.do(answer(home), ask(citizens[f"citizen{n:02d}"], home, 1.0))
    refused = ask(citizens["citizen21"], first, 2.0)
    actions.DeclineReservation.do(answer(first), refused, reason="目前没有合适的护理人员，建议联系甲区养老服务指导中心。", decline_ground="level")
    actions.WithdrawReservation.do(citizens["citizen22"], ask(citizens["citizen22"], homes[4], 2.0))
    came = ask(citizens["citizen23"], first, 1.0)
    actions.ConfirmReservation.do(answer(first), came)
    actions.AdmitResident.do(answer(first), came, moved_in_on=today())
    left = ask(citizens["citizen24"], homes[6], 1.0)
    actions.ConfirmReservation.do(answer(homes[6]), left)
    actions.AdmitResident.do(answer(homes[6]), left, moved_in_on=today())
    actions.DischargeResident.do(answer(homes[6]), left, reason="康复后回家居住。", moved_out_on=today())
    actions.TransferResident.do(answer(first), came, bed=free[first.pk].pop(), reason="调到朝南房间。")
    make_overdue(answer(first), ask, citizens, first)
    make_filing(homes, holders)


def make_overdue(runs: Assured, ask: Callable[..., Reservation], citizens: dict[str, Assured], home: Home) -> None:
    """Somebody whose stay was planned to be over, and somebody who should have come: both wait for the home."""
    with stopped_at(now() - timedelta(days=9)):
        guest = ask(citizens["citizen25"], home, 0, arrives_on=today(), leaves_on=today() + timedelta(days=7))
        actions.ConfirmReservation.do(runs, guest)
        actions.AdmitResident.do(runs, guest, moved_in_on=today())
    with stopped_at(now() - timedelta(days=3)):
        actions.ConfirmReservation.do(runs, ask(citizens["citizen26"], home, 0, arrives_on=today() + timedelta(days=2)))


def make_filing(homes: list[Home], holders: dict[str, Stakeholder]) -> None:
    """Two new homes that wait for the office; one of them was visited meanwhile, so its period stood still."""
    with stopped_at(now() - timedelta(days=1)):
        _file(homes[0], holders["home-4"], "示例云台新建护理院", "云台路示例 88 号")
    with stopped_at(now() - timedelta(days=13)):
        visited = _file(homes[0], holders["home-3"], "示例梅溪新建养老院", "梅溪路示例 12 号")
        mandate = Mandate.objects.in_force(today()).for_duty(Duty.APPROVE_HOMES).covering(homes[0].area_id).for_display().first()
    if mandate is None:
        return
    office = Assured(mandate.stakeholder)
    with stopped_at(now() - timedelta(days=11)):
        actions.InspectHome.do(office, visited, reason="现场核对消防设施和无障碍通道")
    with stopped_at(now() - timedelta(days=6)):
        actions.FinishInspection.do(office, visited, report="现场核查记录（示例）第 12 号")


def _file(like: Home, provider: Stakeholder, name: str, address: str) -> Home:
    return actions.RegisterHome.do(
        Assured(provider), name=name, area=like.area, address=address, telephone="000-0000-2999", longitude=None, latitude=None,
        ownership=Ownership.FOR_PROFIT, setting="urban", filing_number="", star_rating=None, stars_valid_until=None, services=["medical"],
    )  # fmt: skip
