"""The public register with very many rows, against a page without any: python -m benchmarks.register [--rows N].

A page costs as many statements whatever there is, and stays within four times of an empty one, also far down, narrowed and by words.
Full and empty pages are asked for in turn, so that both meet the same load.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

from benchmarks.measuring import Client, cpu, family, postgres, prepare, served

_MATTERS = """
    INSERT INTO feedback_matter (reference, area_id, created_at, kind, stage, category, channel, subject, text, name, email, telephone, may_publish,
        named, words, answer_digest, is_ruled, passed_on, round, urgency, barred, is_shared, office_id, public_subject, public_text, public_answer, published_at, state)
    SELECT 'TS-B-' || n, '990101000000', now() - n * interval '1 minute', (ARRAY['question','suggestion','complaint','praise'])[1 + n %% 4], 'handling',
        (ARRAY['care','pension','medical','assistance'])[1 + n %% 4], 'online', '示例', '示例', '', '', '', true, '',
        '取暖费 ' || (ARRAY['养老院','养老金','门诊','低保','食堂','探视','押金','认证'])[1 + n %% 8] || ' w' || n %% 1000, '', false, 0, 1, 'ordinary', '{}', false,
        %(office)s, '示例问题 ' || n, '示例', '示例答复', now() - n * interval '1 minute', 'answered'
    FROM generate_series(%(first)s, %(last)s) n"""
EMPTY = "/feedback/register/?month=1990-01"
PAGES = {
    "the first page": "", "narrowed to a kind": "?kind=suggestion", "narrowed to a kind and an area": "?kind=question&area=990101000000",
    "by a word of 125,000": "?q=%E4%BD%8E%E4%BF%9D", "by a word of all": "?q=%E5%8F%96%E6%9A%96%E8%B4%B9", "by a word of 1,000": "?q=w123",
    "by a word of nobody": "?q=%E9%A6%99%E8%95%89", "by two words": "?q=%E9%97%A8%E8%AF%8A+%E5%8F%96%E6%9A%96%E8%B4%B9", "by a word and a kind": "?q=%E4%BD%8E%E4%BF%9D&kind=praise",
}  # fmt: skip


def fill(rows: int) -> None:
    """Published matters of one office."""
    from django.db import connection

    from tests.factories.feedback import office

    who = office()
    with connection.cursor() as cursor:
        for first in range(1, rows + 1, 50_000):
            cursor.execute(_MATTERS, {"office": who.pk, "first": first, "last": min(first + 49_999, rows)})
        cursor.execute("ANALYZE feedback_matter")


def statements(address: str) -> int:
    """How many statements a page costs."""
    from django.db import connection
    from django.test import Client as Browser
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = Browser(headers={"host": "127.0.0.1"}).get(address)
    assert answer.status_code == 200, address
    return len(captured)


def times(client: Client, addresses: tuple[str, ...], count: int) -> list[list[float]]:
    """Milliseconds of each, the addresses asked for in turn; of each address in order of length."""
    found: list[list[float]] = [[] for _ in addresses]
    for _ in range(count):
        for told, address in zip(found, addresses, strict=True):
            began = time.perf_counter()
            status, _body = client.get(address)
            told.append((time.perf_counter() - began) * 1000)
            assert status == 200, address
    return [sorted(told) for told in found]


def far_down(client: Client) -> str:
    """The address of a page far down, as the pager gives it."""
    import re

    address = "/feedback/register/"
    for _ in range(20):
        _status, body = client.get(address)
        found = re.search(rb'href="(\?[^"]*after=[^"]+)"', body)
        assert found, "no next page"
        address = f"/feedback/register/{found[1].decode().replace('&amp;', '&')}"
    return address


def main() -> None:
    """Empty first, then full."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--each", type=int, default=100)
    options = asked.parse_args()
    prepare()
    with served("benchmarks.ours") as (port, ours):
        client = Client(port, {"Accept-Language": "zh-CN"})
        began = time.perf_counter()
        fill(options.rows)
        print(f"  {options.rows:,} rows in {time.perf_counter() - began:.0f} s")
        times(client, (EMPTY, "/feedback/register/"), 100)
        addresses: dict[str, Any] = {name: f"/feedback/register/{query}" for name, query in PAGES.items()} | {"a thousand rows down": far_down(client)}
        for name, address in addresses.items():
            times(client, (address,), 30)
            found, empty = times(client, (address, EMPTY), options.each)
            spent = cpu(family(ours.pid) | family(postgres()))
            times(client, (address,), options.each)
            spent = (cpu(family(ours.pid) | family(postgres())) - spent) / options.each * 1000
            told = f"median {median(found):6.1f} of {median(empty):6.1f} ms  p99 {p99(found):6.1f} of {p99(empty):6.1f} ms = {p99(found) / p99(empty):4.1f} ×"
            print(f"  {name:32} {statements(address)} statements  {told}  processor {spent:5.1f} ms", flush=True)


def median(found: list[float]) -> float:
    """Of those in order."""
    return found[len(found) // 2]


def p99(found: list[float]) -> float:
    """Of those in order."""
    return found[min(len(found) - 1, int(len(found) * 0.99))]


if __name__ == "__main__":
    main()
