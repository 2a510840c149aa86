"""What a list of fifty rows costs beside a bare template of fifty rows: python -m benchmarks.pages [--profile].

The list is that of a home's reservations, as somebody of the home reads it: with states, promised dates and what may be done.
"""

from __future__ import annotations

import argparse
from typing import Any

from benchmarks.crowd import homes_with_beds
from benchmarks.measuring import Client, per_request, prepare, served

ROWS = 50


def fill() -> Any:
    """Sixty reservations in every state there can be early on; a member of the home."""
    from governance.clocks.now import today
    from programs.care.models import Bed
    from tests.factories import care, people

    (beds,) = homes_with_beds(1, ROWS + 10)
    for n, bed in enumerate(Bed.objects.select_related("home", "area").filter(pk__in=beds)):
        (care.asks, care.confirmed, care.admitted)[n % 3](for_bed=bed, arrives_on=today())
    return people.member(bed.home.provider)


def cookie(user: Any) -> str:
    """A session, as signing in leaves it."""
    from django.test import Client as InProcess

    from governance.stakeholders.actors import SESSION_KEY

    client = InProcess(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[SESSION_KEY] = f"m{user.memberships.get().pk}"
    session.save()
    return f"sessionid={session.session_key}"


def profile(address: str, held: str) -> None:
    """Where the time goes, inside this process."""
    import cProfile
    import pstats

    from django.test import Client as InProcess

    client = InProcess(SERVER_NAME="127.0.0.1")
    name, value = held.split("=")
    client.cookies[name] = value
    for _ in range(5):
        client.get(address)
    with cProfile.Profile() as profiler:
        for _ in range(20):
            client.get(address)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(45)


def main() -> None:
    """Fill, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    prepare()
    address, held = "/care/reservations/", cookie(fill())
    if asked.profile:
        profile(address, held)
        return
    with served("benchmarks.ours") as (port, ours), served("benchmarks.bare") as (bare_port, bare):
        client, other = Client(port, {"Cookie": held, "Accept-Language": "zh-CN"}), Client(bare_port)
        status, body = client.get(address)
        assert status == 200 and body.count(b'<tr role="row"') >= ROWS, (status, body.count(b'<tr role="row"'), body[:300])
        found = per_request({"bare template, 50 rows": (bare, lambda: other.get("/rows/")), "reservations, 50 rows": (ours, lambda: client.get(address))})
    for name, spent in found.items():
        print(f"  {name:24} {spent:8.0f} µs   {found['bare template, 50 rows'] / spent:5.2f} of the bare template; the goal was 0.60")


if __name__ == "__main__":
    main()
