"""A roster and a month's contributions of 100,000 members from files, and how much memory: python benchmarks/annuities.py [--people N] [--bad N]."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.contributions import numbers
from benchmarks.import_homes import CITY, memory


def prepare() -> str:
    """An empty database with an employer and its plan in force; returns its name."""
    import django

    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    from governance.stakeholders.demonstration import make_areas

    make_areas()
    return name


def plan_of(body: Any, employer: Any) -> Any:
    """Filed, and in force by the authority's silence."""
    from datetime import timedelta
    from decimal import Decimal

    from governance.actions import CLOCK
    from governance.clocks.now import today
    from programs.annuities import actions

    told = {
        "name": "示例大型企业年金方案", "covers": "全体职工", "people": 100_000, "starts_on": today(), "payroll": Decimal(10_000_000_000), "employer_rate": Decimal(7), "employer_amount": None,
        "staff_rate": Decimal(4), "staff_amount": None, "highest": Decimal(20_000), "average": Decimal(7_000), "vesting": [0, 25, 50, 75, 100], "trustee": "示例", "custodian": "示例",
        "account_manager": "示例", "investment_manager": "示例", "consent": "congress", "agreed_on": today() - timedelta(days=9), "present": 90, "in_favour": 80,
    }  # fmt: skip
    return actions.TakeEffect.do(CLOCK, actions.FilePlan.do(employer, **told))


def handed_in(employer: Any, action: Any, path: Path, timed: Callable[[str, Callable[[], Any]], Any], named: str) -> Any:
    """Hand it in, let it be read, checked and applied; every step timed."""
    from django.core.files import File

    from governance.imports import actions as imports
    from governance.imports.models import Import
    from governance.outbox import deliver_due

    with path.open("rb") as file:
        batch = timed(f"{named}: hand in", lambda: action.do(employer, file=File(file, path.name)))
    timed(f"{named}: read", deliver_due)
    timed(f"{named}: check and compare", deliver_due)
    ready = Import.objects.get(pk=batch.pk)
    if ready.state != "ready":
        return ready
    imports.ApplyImport.do(employer, batch)
    timed(f"{named}: apply", deliver_due)
    return Import.objects.get(pk=batch.pk)


def raw_copy() -> float:
    """Seconds that COPY alone takes for the same entries into a table with the same indexes and keys."""
    from django.db import connection

    columns = "account_id, kind, month, employer_amount, own_amount, booked_amount, made_at"
    with tempfile.TemporaryFile() as kept, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_entry (LIKE annuities_entry INCLUDING ALL)")
        cursor.execute("ALTER TABLE raw_entry ADD FOREIGN KEY (account_id) REFERENCES annuities_account (id) DEFERRABLE INITIALLY DEFERRED")
        with cursor.copy(f"COPY annuities_entry ({columns}) TO STDOUT") as copy:
            for block in copy:
                kept.write(block)
        kept.seek(0)
        began = time.perf_counter()
        with cursor.copy(f"COPY raw_entry ({columns}) FROM STDIN") as copy:
            while block := kept.read(256 * 1024):
                copy.write(block)
        seconds = time.perf_counter() - began
        cursor.execute("DROP TABLE raw_entry")
    return seconds


def measure(people: int, bad: int, folder: Path) -> dict[str, Any]:
    """A roster, a month of contributions, and the same month once more with mistakes, every one of which must be reported."""
    from datetime import timedelta

    from django.db import connection

    from governance.clocks.now import today
    from governance.imports.models import ImportProblem
    from governance.stakeholders.actors import Assured
    from governance.stakeholders.models import Stakeholder
    from programs.annuities import actions
    from programs.annuities.models import Account, Entry

    body = Stakeholder.objects.create(kind="enterprise", subkind="enterprise-employer", name="示例大型企业", area_id=CITY, state="approved", is_synthetic=True)
    employer = Assured(body)
    plan, seconds, before = plan_of(body, employer), {}, memory("VmRSS")

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        try:
            return work()
        finally:
            seconds[name] = round(time.perf_counter() - began, 2)
            print(f"{name}: {seconds[name]} s", file=sys.stderr, flush=True)

    joined = (today() - timedelta(days=400)).isoformat()
    roster = folder / "members.csv"
    with roster.open("w", encoding="utf-8") as file:
        file.write("plan,number,name,joined_on\n")
        for _n, number in zip(range(people), numbers(people), strict=False):
            file.write(f"{plan.reference},{number},示例,{joined}\n")
    done = handed_in(employer, actions.ImportAnnuityMembers, roster, timed, "roster")
    assert (done.state, Account.objects.count()) == ("applied", people), (done.state, done.fault)
    again = folder / "again.csv"
    again.write_text(roster.read_text(encoding="utf-8").replace(",示例,", ",示例改,"), encoding="utf-8")
    done = handed_in(employer, actions.ImportAnnuityMembers, again, timed, "roster, every name changed")
    assert (done.state, done.changed_count) == ("applied", people), (done.state, done.fault)
    month, paid, wrong = f"{today().replace(day=1) - timedelta(days=1):%Y-%m}", folder / "paid.csv", folder / "wrong.csv"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE annuities_account")
    references = list(Account.objects.order_by("id").values_list("reference", flat=True))
    for path, spoilt in ((paid, 0), (wrong, bad)):
        with path.open("w", encoding="utf-8") as file:
            file.write("account,month,employer_amount,own_amount\n")
            file.writelines(f"{one},{month},{'?' if n < spoilt else '560'},320.50\n" for n, one in enumerate(references))
    done = handed_in(employer, actions.ImportAnnuityContributions, paid, timed, "contributions")
    assert (done.state, Entry.objects.count()) == ("applied", people), (done.state, done.fault)
    peak = memory("VmHWM") - before
    raw = raw_copy()
    refused = handed_in(employer, actions.ImportAnnuityContributions, wrong, timed, "with mistakes")
    told = ImportProblem.objects.filter(batch=refused).values("line").distinct().count()
    assert told == bad, (told, bad)
    whole = sum(value for name, value in seconds.items() if name.startswith("contributions"))
    return {"rows": people, "seconds": seconds, "contributions, rows a second": round(people / whole), "raw COPY of the same rows, seconds": round(raw, 2), "ratio to raw COPY": round(raw / whole, 2), "memory above the start, MiB": round(peak, 1), "bad rows, all told": told}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--bad", type=int, default=1_000)
    parser.add_argument("--measured", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if not told.measured:  # in a process of its own, so that memory is the import's
        subprocess.run([sys.executable, __file__, "--measured", "--people", str(told.people), "--bad", str(told.bad)], check=True)
        return
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.test")
    name = prepare()
    from django.db import connection

    try:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(told.people, told.bad, Path(folder)), ensure_ascii=False, indent=1))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
