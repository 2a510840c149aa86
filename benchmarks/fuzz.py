"""Many generated requests against the description of the interface, in every role: python -m benchmarks.fuzz [--examples N].

No answer may be a 5xx, and every refusal must be problem details.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.measuring import Client, prepare, served


def operations() -> list[Any]:
    """What the interface says it can do."""
    import schemathesis
    from drf_spectacular.generators import SchemaGenerator

    described = json.loads(json.dumps(SchemaGenerator().get_schema(public=True), default=str))
    return [operation.ok() for operation in schemathesis.openapi.from_dict(described).get_all_operations()]


def roles() -> tuple[dict[str, str], dict[str, int]]:
    """A token for everybody there can be, and numbers of records that exist."""
    from governance.stakeholders.vocabulary import Duty
    from programs.care.vocabulary import Duty as CareDuty
    from tests.factories import care, people

    care.area(care.CITY, "示例市")
    home = care.home()
    citizen, bed = people.user(), care.bed(home)
    reservation = care.asks(care.Acting(citizen.person), bed)
    office = care.stakeholder("government", "government-authority", "示例市民政局")
    for duty in (*Duty, *CareDuty):
        people.mandate(office, duty)
    member = people.member(office, "administrator", "officer")
    held = {
        "anybody": "", "citizen": people.token(citizen), "another citizen": people.token(people.user()),
        "the home": people.token(people.member(home.provider), home.provider), "the office": people.token(member, office),
    }  # fmt: skip
    return held, {"homes": home.pk, "beds": bed.pk, "reservations": reservation.pk, "stakeholders": office.pk}


class Fuzz:
    """Sends, counts the answers, and keeps those that must not be."""

    def __init__(self, port: int, known: dict[str, int]) -> None:
        self.port, self.known, self.client = port, known, Client(port)
        self.answers: Counter[int] = Counter()
        self.wrong: list[tuple[Any, ...]] = []

    def send(self, operation: Any, role: str, token: str, examples: int) -> None:
        """So many requests of one kind."""
        from hypothesis import HealthCheck, given, settings
        from hypothesis import strategies as st

        @settings(max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(), real=st.booleans())
        def check(case: Any, real: bool) -> None:
            self.one(operation, role, token, case, real)

        check()

    def one(self, operation: Any, role: str, token: str, case: Any, real: bool) -> None:
        """A single request."""
        from schemathesis.core import NotSet

        values = dict(case.path_parameters or {})
        if "id" in values and real:
            values["id"] = self.known.get(operation.path.split("/")[3], 1)
        address = operation.path.format(**{name: quote(str(value), safe="") for name, value in values.items()})
        query = {name: value for name, value in dict(case.query or {}).items() if value is not None}
        if query:
            address += "?" + urlencode(query, doseq=True, errors="replace")
        body = case.body if isinstance(case.body, bytes) else b"" if isinstance(case.body, NotSet) else json.dumps(case.body).encode()
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        status, kind, text = self.ask(case.method, address, body, headers)
        self.answers[status] += 1
        if status >= 500 or (status >= 400 and kind != "application/problem+json"):
            self.wrong.append((role, case.method, address[:300], body[:300], status, kind, text[:200]))

    def ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """What the server answers; a connection that it closes is opened again."""
        for attempt in (1, 2):
            try:
                self.client.connection.request(method, address, body=body, headers=headers)
                answer = self.client.connection.getresponse()
                return answer.status, answer.headers.get("Content-Type", ""), answer.read()
            except (ConnectionError, OSError):
                self.client = Client(self.port)
                if attempt == 2:
                    return 599, "no answer", b""
        raise AssertionError


def main() -> None:
    """Every operation, in every role."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=50, help="for each operation and role")
    asked = parser.parse_args()
    prepare()
    held, known = roles()
    every = operations()
    with served("benchmarks.ours") as (port, _server):
        fuzz = Fuzz(port, known)
        for number, operation in enumerate(every, 1):
            for role, token in held.items():
                fuzz.send(operation, role, token, asked.examples)
            if number % 10 == 0:
                print(f"  {number} of {len(every)} operations, {fuzz.answers.total():,} requests, {len(fuzz.wrong)} wrong", flush=True)
    print(f"{len(every)} operations, {len(held)} roles, {fuzz.answers.total():,} requests: {dict(sorted(fuzz.answers.items()))}")
    for one in fuzz.wrong[:20]:
        print("  WRONG", *one)
    sys.exit(f"{len(fuzz.wrong)} wrong answers" if fuzz.wrong else 0)


if __name__ == "__main__":
    main()
