"""PDFs written by hand, so that a test says what stands in one: names with escapes, objects packed into a stream."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO


def paper(*more: bytes, root: bytes = b"", page: bytes = b"", info: bytes = b"", packed: bool = False) -> bytes:
    """One page. ``more`` objects are numbered from 4; ``packed`` puts all but streams into one compressed object."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + root + b">>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]" + page + b">>", *more,
    ]  # fmt: skip
    trailer = b"/Root 1 0 R"
    if info:
        objects.append(b"<<" + info + b">>")
        trailer += b"/Info %d 0 R" % len(objects)
    return _packed(objects, trailer) if packed else _plain(objects, trailer)


def stream(data: bytes, about: bytes = b"") -> bytes:
    """An object with bytes."""
    return b"<<" + about + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream"


def _plain(objects: list[bytes], trailer: bytes) -> bytes:
    into, places = BytesIO(), []
    into.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(into.tell())
        into.write(b"%d 0 obj" % number + body + b"\nendobj\n")
    start = into.tell()
    into.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places))
    into.write(b"trailer<</Size %d" % (len(objects) + 1) + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start)
    return into.getvalue()


def _packed(objects: list[bytes], trailer: bytes) -> bytes:
    into, entries = BytesIO(), {0: (0, 0, 65535)}
    into.write(b"%PDF-1.7\n")
    inside = [(number, body) for number, body in enumerate(objects, 1) if b"stream\n" not in body]
    holder, table = len(objects) + 1, len(objects) + 2
    head, bodies = b"", b""
    for place, (number, body) in enumerate(inside):
        head += b"%d %d " % (number, len(bodies))
        bodies += body + b" "
        entries[number] = (2, holder, place)
    for number, body in enumerate(objects, 1):
        if number not in entries:
            entries[number] = (1, into.tell(), 0)
            into.write(b"%d 0 obj" % number + body + b"\nendobj\n")
    entries[holder] = (1, into.tell(), 0)
    about = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(inside), len(head))
    into.write(b"%d 0 obj" % holder + stream(zlib.compress(head + bodies), about) + b"\nendobj\n")
    entries[table] = (1, start := into.tell(), 0)
    rows = b"".join(struct.pack(">BII", *entries[number]) for number in range(table + 1))
    into.write(b"%d 0 obj" % table + stream(rows, b"/Type/XRef/W[1 4 4]/Size %d" % (table + 1) + trailer) + b"\nendobj\n")
    into.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return into.getvalue()
