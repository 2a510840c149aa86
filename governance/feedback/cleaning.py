"""A program of its own: reads a picture or a PDF, writes it clean. Started by ``files.py`` for one file and then gone.

What strangers send is taken apart here, in a process that may use little memory and little time and holds nobody's data;
the web process only sees what comes out. It imports nothing of this project.

A picture comes out without what it tells of place, time and camera (EXIF, XMP, comments), turned as it was meant. A PDF
comes out without the names of its makers (Info, XMP, authors of notes, EXIF of scans in it); one that would run
something or holds other files does not come out at all. What a PDF does is judged by its parsed structure (names with
escapes, compressed objects), never by bytes that look like a name: in compressed scans they stand by chance.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

MOST_PIXELS = 60_000_000  # of a file
MOST_DECODED = 64_000_000  # bytes of what is held in memory: 16 megapixels in colour, 60 in grey
LARGEST = 20 * 1024 * 1024  # bytes of what comes out
MOST_OBJECTS = 100_000  # of a PDF
MEMORY, SECONDS = 640 * 1024 * 1024, 20
DONE, TOO_LARGE, TOO_MANY_COLOURS, UNREADABLE, ACTIVE, LOCKED = 0, 10, 11, 12, 13, 14

_ONE_BYTE = frozenset({"1", "L", "P"})
_RUNS = frozenset({"/JS", "/JavaScript", "/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent"})  # keys
_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute"})
_HOLDS = frozenset({"/RichMedia", "/FileAttachment", "/Movie", "/Sound", "/3D", "/Screen", "/EmbeddedFile"})
_MAKERS = ("/Metadata", "/PieceInfo")
# Segments of a JPEG that say how it is drawn; every other application segment and comment says who made it and where.
_APPLICATION, _COMMENT, _START_OF_SCAN, _KEPT = range(0xE0, 0xF0), 0xFE, 0xDA, {0xE0: b"JFIF", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}


class Refused(Exception):
    """With the code that says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def picture(data: bytes, kind: str) -> bytes:
    """A JPEG or PNG drawn anew; a large photo is read at half, a quarter or an eighth of its size."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    with Image.open(BytesIO(data), formats=[kind]) as shown:
        if shown.width * shown.height > MOST_PIXELS:
            raise Refused(TOO_LARGE)
        size = shown.width * shown.height * (1 if shown.mode in _ONE_BYTE else 4)
        if size > MOST_DECODED and kind != "JPEG":
            raise Refused(TOO_MANY_COLOURS)
        part = next((part for part in (1, 2, 4) if size <= MOST_DECODED * part**2), 8)
        if part > 1:
            shown.draft(shown.mode, (shown.width // part, shown.height // part))
        shown.load()
        ImageOps.exif_transpose(shown, in_place=True)
        told = {name: shown.info[name] for name in ("transparency", "icc_profile") if name in shown.info}
        shown.info = {}
        options: dict[str, Any] = {"quality": 90} if kind == "JPEG" else {}
        into = BytesIO()
        shown.save(into, kind, **options, **(told if kind == "PNG" else {"icc_profile": told.get("icc_profile")}))
        return into.getvalue()


def paper(data: bytes) -> bytes:
    """A PDF written anew, with every page as it was."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if len(pdf.objects) > MOST_OBJECTS or not len(pdf.pages):
                raise Refused(UNREADABLE)
            for thing in pdf.objects:
                for part in _parts(thing, pikepdf):
                    _judge(part)
                    _forget_makers(part, pikepdf)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            into = BytesIO()
            pdf.save(
                into, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none, encryption=False,
                object_stream_mode=pikepdf.ObjectStreamMode.preserve, deterministic_id=True,
            )  # fmt: skip
            return into.getvalue()
    except pikepdf.PasswordError as problem:
        raise Refused(LOCKED) from problem
    except pikepdf.PdfError as problem:
        raise Refused(UNREADABLE) from problem


def _parts(thing: Any, pikepdf: Any) -> Iterator[Any]:
    """An object and whatever dictionaries stand inside it; what it only points to comes by itself."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            inside = [value for _name, value in one.items()]
        elif isinstance(one, pikepdf.Array):
            inside = list(one)
        else:
            continue
        waiting.extend(value for value in inside if isinstance(value, pikepdf.Object) and not value.is_indirect)


def _judge(part: Any) -> None:
    """Raises Refused if this would run something in the reader's program, or holds a file."""
    if not _RUNS.isdisjoint(part.keys()):
        raise Refused(ACTIVE)
    for key, active in (("/S", _ACTIONS), ("/Subtype", _HOLDS), ("/Type", _HOLDS)):
        if key in part and str(part[key]) in active:
            raise Refused(ACTIVE)


def _forget_makers(part: Any, pikepdf: Any) -> None:
    for name in _MAKERS:
        if name in part:
            del part[name]
    if "/T" in part and str(part.get("/Subtype", "")) != "/Widget" and "/Contents" in part and "/Rect" in part:
        del part["/T"]  # who wrote a note on the page
    if isinstance(part, pikepdf.Stream) and part.get("/Filter") in (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode])):
        part.write(without_makers(part.read_raw_bytes()), filter=part["/Filter"], decode_parms=part.get("/DecodeParms"))


def without_makers(data: bytes) -> bytes:
    """A JPEG as it stands in a PDF, without EXIF, XMP and comments; as it was if it is not built like one."""
    if not data.startswith(b"\xff\xd8"):
        return data
    at, kept = 2, [data[:2]]
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _START_OF_SCAN:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at : at + 2 + length]
        names_maker = marker == _COMMENT or (marker in _APPLICATION and not segment[4:].startswith(_KEPT.get(marker, b"\x00\xff")))
        if length < 2 or len(segment) < 2 + length:
            return data
        if not names_maker:
            kept.append(segment)
        at += 2 + length
    return b"".join(kept) + data[at:]


def main() -> int:
    """What comes in on standard input goes out on standard output; the exit code says what was wrong."""
    try:
        import resource
    except ImportError:  # no such limits here; the time is limited from outside
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    kind, data = sys.argv[1], sys.stdin.buffer.read()
    try:
        clean = paper(data) if kind == "PDF" else picture(data, kind)
    except Refused as refused:
        return refused.code
    except Exception:  # whatever a broken file does to a reader: it cannot be read
        return UNREADABLE
    if len(clean) > LARGEST:
        return TOO_MANY_COLOURS if kind == "PNG" else TOO_LARGE
    sys.stdout.buffer.write(clean)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
