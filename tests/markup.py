"""Whether what is sent is well made: pages by a strict HTML5 parser, feeds by an XML parser and the words of their standard."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from defusedxml import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
# WHATWG HTML, 2.3.5: a moment has at most three figures after the second.
TOO_FINE = re.compile(r'datetime="[^"]*\.\d{4,}')
UNKNOWN_TO_THE_PARSER = {"unexpected-doctype"}


def faults_of_page(text: str) -> list[str]:
    """Every parse error of a page (WHATWG HTML, 13.2), twice-given ids, and moments that are told too finely."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    wrong = [f"line {where[0]}: {code} {data or ''}" for where, code, data in parser.errors if code not in UNKNOWN_TO_THE_PARSER]
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    wrong += [f"id {one} stands {ids.count(one)} times" for one in sorted(set(ids)) if ids.count(one) > 1]
    return wrong + [f"{found} has more than three figures after the second" for found in TOO_FINE.findall(text)]


def faults_of_feed(content: bytes) -> list[str]:
    """What RFC 4287 forbids: no id, an id that is no IRI, nobody who wrote it, no moment of its last change."""
    feed = ElementTree.fromstring(content)
    entries = feed.findall(f"{ATOM}entry")
    wrong = [fault for one in (feed, *entries) for fault in _faults(one)]
    if feed.find(f"{ATOM}author") is None and not all(one.find(f"{ATOM}author") is not None for one in entries or [feed]):
        wrong.append("nobody has written it (4.1.1)")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    return wrong + [f"two entries are {one}" for one in set(ids) if ids.count(one) > 1]


def _faults(one: Element) -> list[str]:
    id = one.findtext(f"{ATOM}id") or ""
    wrong = [] if urlsplit(id).scheme and not re.search(r"\s", id) else [f"the id “{id}” is no IRI (4.2.6)"]
    return wrong + [f"it has no {name}" for name in ("title", "updated") if not one.findtext(f"{ATOM}{name}")]
