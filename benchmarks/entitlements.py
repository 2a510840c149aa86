"""The page of everything one person is entitled to: thirty years in six programs, warm; and with one program that hangs.

    python -m benchmarks.entitlements [--requests 400]

Basic insurance (360 months in four branches), policies and care answer as they are. Three further programs stand in for those whose registers
are not here yet: each keeps a line for every month of thirty years for every person, and reads the sums by year and the newest line.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.measuring import prepare

PEOPLE, YEARS, LIMIT = 500, 30, 0.6
STAND_INS = ("enterprise-annuity", "occupational-annuity", "minimum-living")
TABLE = """
CREATE TABLE benchmark_month (program text, person bigint, month date, amount numeric(12, 2));
INSERT INTO benchmark_month SELECT program, person, make_date(1996, 1, 1) + make_interval(months => m), 500 + m
FROM unnest(%s::text[]) program, unnest(%s::bigint[]) person, generate_series(0, %s) m;
CREATE INDEX ON benchmark_month (program, person, month);
ANALYZE
"""


def fill() -> Any:
    """People with their months; one of them has a place in a home."""
    from django.db import connection

    from tests.factories import care
    from tests.factories.entitlements import citizen

    user = citizen(date(1964, 5, 1), male=True)
    care.asks(care.Acting(user.person), care_need=3)
    pay_in(user.person)
    others = range(10**9, 10**9 + PEOPLE - 1)
    with connection.cursor() as cursor:
        cursor.execute(TABLE, [list(STAND_INS), [user.person_id, *others], 12 * YEARS - 1])
    return user


def pay_in(person: Any) -> None:
    """Thirty years in four branches of basic insurance, and a policy."""
    from governance.stakeholders.models import Stakeholder
    from programs.insurance.models import Contribution, Insured
    from programs.policies.models import Policy
    from tests.factories import insurance, policies

    account, payer = insurance.insured(), insurance.employer().stakeholder
    Insured.objects.filter(pk=account.pk).update(person=person)
    Contribution.objects.bulk_create(
        Contribution(insured=account, payer=payer, month=date(1996 + n // 12, n % 12 + 1, 1), paid_on=date(1996 + n // 12, n % 12 + 1, 20), branch=branch, base=8000, employer_part=1280, person_part=640)
        for n in range(12 * YEARS) for branch in ("pension", "medical", "unemployment", "injury")
    )  # fmt: skip
    Policy.objects.filter(pk=policies.policy().pk).update(holder=Stakeholder.objects.get(pk=person.pk))


def stand_in(code: str) -> Any:
    """A program with a register of months."""
    from django.db import connection

    from governance.entitlements.contract import ONCE, Amount, Line, Moment, Offer
    from governance.entitlements.vocabulary import Match, Standing

    def read(person: Any, day: date) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(year FROM month)::int, sum(amount), count(*) FROM benchmark_month WHERE program = %s AND person = %s GROUP BY 1 ORDER BY 1", [code, person.stakeholder.pk])
            years = cursor.fetchall()
            cursor.execute("SELECT month, amount FROM benchmark_month WHERE program = %s AND person = %s ORDER BY month DESC LIMIT 1", [code, person.stakeholder.pk])
            return years, cursor.fetchone()

    def lines(asked: Any, held: Any) -> Any:
        years, last = held
        total = sum((amount for _year, amount, _count in years), Decimal(0))
        assert len(years) == YEARS
        estimate = Amount.exactly(round(total / 139, 2))
        yield Line(
            code, code, Standing.ACCRUING, f"{sum(count for *_rest, count in years)} months", source="register", as_of=last[0], match=Match.NUMBER, record=f"XX-{code}",
            accrued=Amount.exactly(total, ONCE), estimate=estimate, trace=tuple(f"{year}: {amount}" for year, amount, _count in years), moments=(Moment(date(2027, 6, 1), code, estimate),),
        )  # fmt: skip

    return Offer(code, code, read, lines, limit=LIMIT)


def measured(client: Any, address: str, count: int) -> list[float]:
    """Seconds of each request, in order of size; the first few warm up."""
    spent = []
    for n in range(count + 10):
        began = time.perf_counter()
        answer = client.get(address)
        if n >= 10:
            spent.append(time.perf_counter() - began)
        assert answer.status_code == 200
    return sorted(spent)


def main() -> None:
    """Fill, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=400)
    count = parser.parse_args().requests
    prepare()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from governance.clocks.now import today
    from governance.entitlements import contract, people

    user = fill()
    for code in STAND_INS:
        contract.offer(stand_in(code))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = "/me/entitlements/?paid_years=30&balance=236000&wage=8000&index=0.8&later=12"
    for one in contract.offers():
        with CaptureQueriesContext(connection) as captured:
            one.read(people.person_of(user.person), today())
        print(f"  {one.key:20} {len(captured) - 1} statements")  # without the one for the number
    began = time.process_time()
    spent = measured(client, address, count)
    ours = (time.process_time() - began) / (count + 10)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    print(f"  six programs, what if: p50 {spent[len(spent) // 2] * 1000:.0f} ms, p99 {spent[int(len(spent) * 0.99)] * 1000:.0f} ms of {count} requests; {len(captured)} statements in all; {ours * 1000:.0f} ms of processor time in Python each")

    def hang(person: Any, day: date) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")

    contract.offer(contract.Offer("hanging", "Hanging", hang, lambda asked, held: [], limit=LIMIT))
    spent = measured(client, address, 10)
    answer = client.get(address, headers={"accept-language": "en"})
    assert "Hanging: did not answer in time" in answer.content.decode()
    print(f"  a seventh that hangs, with a limit of {LIMIT * 1000:.0f} ms: the page answers after {spent[0] * 1000:.0f} to {spent[-1] * 1000:.0f} ms, with its line marked")


if __name__ == "__main__":
    main()
