"""A program of its own: reads a picture or a PDF, writes it clean. Started by ``files.py`` for one file and then gone.

What strangers send is taken apart here, in a process that may use little memory and little time and holds nobody's data;
the web process only sees what comes out. It imports nothing of this project.

A picture comes out without what it tells of place, time and camera (EXIF, XMP, comments), turned as it was meant. A PDF
comes out without the names of its makers (Info, XMP, authors of notes, EXIF of scans in it); one that would run
something or holds other files does not come out at all. What a PDF does is judged by its parsed structure (names with
escapes, compressed objects), never by bytes that look like a name: in compressed scans they stand by chance.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

MOST_PIXELS = 60_000_000  # of a file
MOST_DECODED = 64_000_000  # bytes of what is held in memory: 16 megapixels in colour, 60 in grey
MOST_AS_JPEG = 32_000_000  # pixels of what is decoded whole and becomes a JPEG
LARGEST = 20 * 1024 * 1024  # bytes of what comes out
MOST_OBJECTS = 100_000  # of a PDF
DEEPEST = 10_000  # of what stands inside each other in a PDF: long tables of contents are chains
MEMORY, SECONDS = 640 * 1024 * 1024, 20
DONE, TOO_LARGE, TOO_MANY_COLOURS, UNREADABLE, ACTIVE, LOCKED, TOO_SHARP = 0, 10, 11, 12, 13, 14, 15

_AS_JPEG = frozenset({"WEBP", "HEIF"})
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
    """A picture drawn anew: a PNG as PNG, everything else as JPEG. Its pixels are counted before anything is decoded.

    A large JPEG is read at half, a quarter or an eighth of its size; a WebP or HEIC cannot be.
    """
    from PIL import Image, ImageOps

    if kind == "HEIF":
        from pi_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # counted here
    with Image.open(BytesIO(data), formats=[kind]) as shown:
        _bound(shown, kind)
        shown.load()
        told = {name: shown.info[name] for name in ("transparency", "icc_profile") if name in shown.info}
        ImageOps.exif_transpose(shown, in_place=True)
        drawn = _on_white(shown) if kind in _AS_JPEG else shown
        shown.info, drawn.info = {}, {}
        into = BytesIO()
        if kind == "PNG":
            drawn.save(into, kind, **told)
        else:
            drawn.save(into, "JPEG", quality=90, icc_profile=told.get("icc_profile"))
        return into.getvalue()


def _bound(shown: Any, kind: str) -> None:
    """Raises Refused if decoding it would take too much; asks for a large JPEG at a part of its size."""
    pixels = shown.width * shown.height
    if pixels > MOST_PIXELS:
        raise Refused(TOO_LARGE)
    if kind in _AS_JPEG and pixels > MOST_AS_JPEG:
        raise Refused(TOO_SHARP)
    size = pixels * (1 if shown.mode in _ONE_BYTE else 4)
    if size > MOST_DECODED and kind == "PNG":
        raise Refused(TOO_MANY_COLOURS)
    part = next((part for part in (1, 2, 4) if size <= MOST_DECODED * part**2), 8)
    if part > 1 and kind == "JPEG":
        shown.draft(shown.mode, (shown.width // part, shown.height // part))


def _on_white(drawn: Any) -> Any:
    """As a JPEG can show it: where it was see-through, white."""
    from PIL import Image

    if not drawn.has_transparency_data:
        return drawn.convert("RGB")
    white = Image.new("RGB", drawn.size, "white")
    white.paste(drawn.convert("RGB"), mask=drawn.convert("RGBA").getchannel("A"))
    return white


def paper(data: bytes) -> bytes:
    """A PDF written anew, with every page as it was; what no page leads to stays behind."""
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(LOCKED)
    if not len(reader.pages):
        raise Refused(UNREADABLE)
    for part in _parts(reader.root_object):
        _judge(part)
        _forget_makers(part)
    writer, into = PdfWriter(), BytesIO()
    writer.clone_reader_document_root(reader)  # neither who made it (Info) nor which file it was (ID)
    writer.write(into)
    return into.getvalue()


def _parts(root: Any) -> Iterator[Any]:
    """Every dictionary and stream that can be reached, each once."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting, met = [root], set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in met:
                continue
            met.add(one.idnum)
            if len(met) > MOST_OBJECTS:
                raise Refused(UNREADABLE)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield one
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))


def _judge(part: Any) -> None:
    """Raises Refused if this would run something in the reader's program, or holds a file."""
    if not _RUNS.isdisjoint(part):
        raise Refused(ACTIVE)
    for key, active in (("/S", _ACTIONS), ("/Subtype", _HOLDS), ("/Type", _HOLDS)):
        if key in part and str(part[key]) in active:
            raise Refused(ACTIVE)


def _forget_makers(part: Any) -> None:
    from pypdf.generic import StreamObject

    for name in _MAKERS:
        if name in part:
            del part[name]
    if "/T" in part and str(part.get("/Subtype", "")) != "/Widget" and "/Contents" in part and "/Rect" in part:
        del part["/T"]  # who wrote a note on the page
    if isinstance(part, StreamObject) and part.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        # as it stands there: the stream of a subclass would want to pack it
        StreamObject.set_data(part, without_makers(part.get_data()))


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
    sys.setrecursionlimit(DEEPEST)
    logging.disable()  # of what a broken paper is made of, nobody reads
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
