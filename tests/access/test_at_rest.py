"""Identity numbers are unreadable at rest: what came in through every door is looked for in dump, heap, write-ahead log, Valkey, logs and files.

The search is tried out first on a number that does lie there in the clear, and must find it in each of these places.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from redis import Redis

from governance.clocks.now import today
from governance.embedded import PROJECT, is_ours
from governance.embedded.postgres import installation
from governance.embedded.processes import state_dir
from governance.outbox import deliver_due
from governance.stakeholders import rules
from governance.stakeholders.models import IdentityDocument
from governance.stakeholders.vocabulary import Duty
from programs.annuities.models import Account
from programs.policies.models import Policy
from tests.factories import annuities, care, imports, people, policies

pytestmark = pytest.mark.django_db(transaction=True)
DIGESTS = ("md5", "sha1", "sha256", "sha512")


def number(serial: int) -> str:
    """A number that no other test has, and nobody anywhere: the region does not exist."""
    body = f"99000019310517{serial:03d}"
    return body + rules.person_check(body)


def spellings(text: str) -> Iterator[bytes]:
    """A text as it may lie somewhere: in any encoding, and as a digest without a key."""
    for plain in {text, text.lower()}:
        yield from (plain.encode(), plain.encode("utf-16-le"), plain.encode("utf-16-be"), plain.encode().hex().encode(), plain.encode().hex().upper().encode())
        yield from (base64.b64encode(b"\0" * shift + plain.encode())[4 if shift else 0 : -4] for shift in range(3))
        for name in DIGESTS:
            digest = hashlib.new(name, plain.encode()).digest()
            yield from (digest, digest.hex().encode(), base64.b64encode(digest).rstrip(b"="))


def searched(texts: dict[str, str], contents: tuple[str, ...] = ()) -> re.Pattern[bytes]:
    """One pattern for all of it; of ``contents`` only the digest is looked for, as a request with nothing but a number in it has one."""
    wanted = {spelt for text in texts.values() for spelt in spellings(text)} | {hashlib.sha256(one.encode()).hexdigest().encode() for one in contents}
    return re.compile(b"|".join(re.escape(one) for one in sorted(wanted)))


class Places:
    """Everything that outlasts a request, from the moment this was made."""

    def __init__(self) -> None:
        self.began = time.time() - 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_switch_wal()")  # what others wrote before lies in another file
            cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn()), current_setting('data_directory'), (SELECT oid FROM pg_database WHERE datname = current_database())")
            self.segment, data, self.database = cursor.fetchone()
        self.data = Path(data)

    def found(self, pattern: re.Pattern[bytes], logs: str) -> set[str]:
        """The places in which the pattern is."""
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
            self.last_segment = cursor.fetchone()[0]
            cursor.execute("SELECT pg_switch_wal()")  # the rest of it is nought, not what lay in the file before it was used again
        places = {"dump": self.dump(), "heap": self.heap(), "write-ahead log": self.wal(), "valkey": self.valkey(), "logs": self.logs(logs), "files": self.files()}
        return {name for name, contents in places.items() if any(pattern.search(one) for one in contents)}

    def dump(self) -> Iterator[bytes]:
        home = installation(state_dir(PROJECT, "test"))
        asked = connection.get_connection_params()
        address = [f"--dbname={asked['dbname']}", f"--host={asked['host']}", f"--username={asked['user']}"]
        yield subprocess.run([home / "bin" / "pg_dump", "--inserts", "--no-owner", *address], check=True, capture_output=True).stdout

    def heap(self) -> Iterator[bytes]:
        """Every table, index and TOAST file that was written to since."""
        for file in (self.data / "base" / str(self.database)).iterdir():
            with suppress(FileNotFoundError):  # dropped, or written anew, in this moment
                if file.stat().st_mtime >= self.began:
                    yield file.read_bytes()

    def wal(self) -> Iterator[bytes]:
        for file in (self.data / "pg_wal").iterdir():
            if len(file.name) == 24 and self.segment <= file.name <= self.last_segment:
                yield file.read_bytes()

    def valkey(self) -> Iterator[bytes]:
        """What is in memory, in whatever database, and what was written down."""
        server = Redis.from_url(settings.REDIS_URL)
        for database in server.info("keyspace"):
            yield from _kept(Redis.from_url(settings.REDIS_URL.rpartition("/")[0] + "/" + database.removeprefix("db")))
        folder = Path(server.config_get("dir")["dir"])
        yield from (file.read_bytes() for file in folder.rglob("*") if file.is_file())

    def logs(self, said: str) -> Iterator[bytes]:
        yield said.encode()
        for file in state_dir(PROJECT, "test").glob("*.log"):
            yield file.read_bytes()

    def files(self) -> Iterator[bytes]:
        waiting = [""]
        while waiting:
            here = waiting.pop()
            folders, names = default_storage.listdir(here)
            waiting += [f"{here}/{one}".lstrip("/") for one in folders]
            yield from (default_storage.open(f"{here}/{one}".lstrip("/")).read() for one in names)


def _kept(server: Redis) -> Iterator[bytes]:
    for key in server.scan_iter(count=1000):
        yield key
        read = {
            b"string": lambda k: [server.get(k)], b"list": lambda k: server.lrange(k, 0, -1), b"set": server.smembers, b"zset": lambda k: server.zrange(k, 0, -1),
            b"hash": lambda k: [part for pair in server.hgetall(k).items() for part in pair],
        }.get(server.type(key), lambda k: [server.dump(k)])  # fmt: skip
        yield from (one for one in read(key) if one is not None)


@pytest.fixture
def places() -> Places:
    if not is_ours("DATABASE_URL"):
        pytest.skip("the server's files are somebody else's: they are not read here")
    assert settings.MEDIA_ROOT is not None
    return Places()


def test_the_search_finds_what_lies_there_in_the_clear(places):
    """Each place once with the number itself or a plain digest of it: else the test below would prove nothing."""
    clear = number(900)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE lies_there (a text)")
        try:
            cursor.execute("INSERT INTO lies_there VALUES (%s)", [hashlib.sha256(clear.encode()).hexdigest()])
            Redis.from_url(settings.REDIS_URL).set("lies-there", clear.encode("utf-16-le"))
            name = default_storage.save("lies-there.txt", ContentFile(base64.b64encode(b"x" + clear.encode())))
            assert places.found(searched({"clear": clear}), f"somebody logged {clear}") == {"dump", "heap", "write-ahead log", "valkey", "logs", "files"}
        finally:
            cursor.execute("DROP TABLE lies_there")
            Redis.from_url(settings.REDIS_URL).delete("lies-there")
            default_storage.delete(name)


def sent(client: Any, user: Any, address: str, data: dict[str, Any], **headers: Any) -> Any:
    """A form, as a member of an organisation sends it."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["acting_for"] = f"m{user.memberships.get().pk}"
    session.save()
    answer = client.post(address, data, headers=headers)
    while deliver_due():
        pass
    return answer


def test_no_number_that_came_in_by_any_door_can_be_read(client, places, caplog, capfd):
    caplog.set_level("INFO")
    numbers = {name: number(n) for n, name in enumerate(("known", "other", "mistyped"), 1)}
    numbers["mistyped"] = numbers["mistyped"][:-1] + ("0" if numbers["mistyped"][-1] != "0" else "1")
    office = care.stakeholder("government", "government-authority", "示例市民政局")
    people.mandate(office, Duty.VERIFY_IDENTITIES)
    citizen = people.user(verified=False)
    seen = {"name": citizen.person.name, "number": numbers["known"]}
    clerk = people.member(office)
    assert sent(client, clerk, "/counter/", {"reference": citizen.person.reference}).status_code == 302
    assert sent(client, clerk, f"/stakeholders/{citizen.person.pk}/verify-identity/", seen | {"once": "a"}).status_code == 302
    assert IdentityDocument.objects.get().number() == numbers["known"]

    plan = annuities.in_force()
    company = people.member(plan.employer)
    day = (today() - timedelta(days=40)).isoformat()
    told = {"name": "示例", "joined_on": day}
    assert sent(client, company, f"{plan.get_absolute_url()}enrol-member/", told | {"number": numbers["known"], "once": "b"}).status_code == 302
    assert sent(client, company, f"{plan.get_absolute_url()}enrol-member/", told | {"number": numbers["mistyped"], "once": "c"}).status_code == 422
    rows = [told | {"plan": plan.reference, "number": numbers["other"]}, told | {"plan": "NJ-0", "number": numbers["mistyped"]}]
    assert sent(client, company, "/annuities/do/import-annuity-members/", {"file": imports.file_of(rows), "once": "d"}).status_code == 302
    done = annuities.actions.ImportAnnuityMembers.do(care.Acting(plan.employer), file=imports.file_of(rows[:1]))
    imports.work()
    done = imports.apply(care.Acting(plan.employer), done)
    assert done.state == "applied" and Account.objects.count() == 2
    keeper = annuities.run_by(plan)["keeper"]
    left = annuities.actions.EndEmployment.do(care.Acting(plan.employer), Account.objects.order_by("id").first(), left_on=today(), cause="death")
    heir = {"heir_name": "李继承", "share": "50", "way": "once", "reason": "公证书", "number": numbers["other"], "once": "e"}
    assert sent(client, people.member(keeper.stakeholder), f"{left.get_absolute_url()}enter-heir/", heir).status_code == 302

    insurer = policies.insurer()
    product, who = policies.on_sale(insurer), people.member(insurer.stakeholder)
    figures = {name: "" if value is None else str(value) for name, value in policies.figures().items()} | {"product": product.pk, "policy_number": "P-RUHE-0001"}
    assert sent(client, who, "/policies/do/register-policy/", figures | {"holder_number": numbers["known"], "once": "f"}).status_code == 302
    row = {"product": product.code, "policy_number": "P-RUHE-0002", "holder_number": numbers["other"], "effective_on": day, "premium": "1", "claims_count": "0", "claims_paid": "0", "as_of": day}
    assert sent(client, who, "/policies/do/import-policies/", {"file": imports.file_of([row]), "once": "g"}).status_code == 302
    correction = {"holder_number": numbers["other"], "reason": "录错"}
    assert sent(client, who, f"{Policy.objects.get().get_absolute_url()}correct-holder/", correction | {"once": "h"}).status_code == 302
    client.get(f"/search/?q={numbers['known']}")

    requests = tuple(json.dumps(one, sort_keys=True, ensure_ascii=False) for one in (seen, correction, {"holder_number": numbers["other"]}))
    said = caplog.text + "".join(capfd.readouterr())
    assert places.found(searched(numbers, requests), said) == set()
