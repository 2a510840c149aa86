"""What people attach: judged by what it is, bounded before it is opened, and silent about its maker."""

from __future__ import annotations

import base64
import random
import struct
import zlib
from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader, PdfWriter

from governance.feedback import cleaning, files
from tests import together
from tests.feedback.papers import paper, stream


def added(name, data):
    return files.checked(SimpleUploadedFile(name, data), "draft")


def refused(name, data) -> str:
    with pytest.raises(forms.ValidationError) as problem:
        added(name, data)
    return problem.value.messages[0]


def drawn(kind="PNG", mode="RGB", size=(40, 20), **options) -> bytes:
    into = BytesIO()
    Image.new(mode, size, 1 if mode in "1L" else None).save(into, kind, **options)
    return into.getvalue()


def promised(width, height) -> bytes:
    """A PNG that only says how large it is."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


# Pictures ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(50_000, 50_000), (20_000, 20_000), (14_000, 14_000), (9_000, 10_000), (7_750, 7_750)])
def test_too_many_pixels_are_refused_by_their_header_and_it_is_said_why(size):
    assert "60 megapixels" in refused("plan.png", promised(*size))


def test_a_colour_png_is_refused_before_it_is_decoded_and_a_grey_one_is_not():
    assert "16 megapixels" in refused("a.png", promised(4_001, 4_000))
    assert Image.open(BytesIO(added("a.png", drawn(mode="L", size=(4_001, 4_000))).content)).size == (4_001, 4_000)


def test_a_photo_of_fifty_nine_megapixels_is_read_at_half_its_size():
    kept = Image.open(BytesIO(added("a.jpg", drawn("JPEG", size=(8_000, 7_400))).content))
    assert kept.size == (4_000, 3_700)


def test_of_twelve_at_once_one_is_opened_at_a_time_and_never_in_this_process(monkeypatch):
    """A picture of 64 MB in memory costs the process that serves pages nothing: measured once, 32 hostile uploads took 129 MB more."""
    real, opened, most, kept = files.subprocess.run, [], [], []

    def counted(*args, **options):
        opened.append(1)
        most.append(len(opened))
        done = real(*args, **options)
        opened.pop()
        return done

    monkeypatch.setattr(files.subprocess, "run", counted)
    monkeypatch.setattr(Image.Image, "load", lambda *_a: pytest.fail("decoded in the process that serves pages"))
    small = bytes(with_header())
    together.run(*[lambda: kept.append(added("a.png", small))] * 12)
    assert len(kept) == 12 and max(most) == 1


def with_header() -> bytes:
    """A PNG of one grey pixel, written by hand."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts)


def test_a_photo_is_turned_as_it_was_meant_and_tells_nothing_of_its_maker():
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Example Camera", 6
    data = drawn("JPEG", exif=exif, comment=b"Li Shi")
    assert b"Example Camera" in data and b"Li Shi" in data
    clean = bytes(added("a.jpg", data).content)
    assert b"Example Camera" not in clean and b"Li Shi" not in clean
    assert Image.open(BytesIO(clean)).size == (20, 40)


def test_a_picture_keeps_how_its_colours_are_meant():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG"):
        assert Image.open(BytesIO(added("a", drawn(kind, icc_profile=profile)).content)).info["icc_profile"] == profile
    see_through = Image.new("P", (4, 4), 0)
    into = BytesIO()
    see_through.save(into, "PNG", transparency=0)
    assert Image.open(BytesIO(added("a.png", into.getvalue()).content)).info["transparency"] == 0


@pytest.mark.parametrize("data", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xff\xe0" + b"\0" * 500, promised(10, 10)])
def test_what_is_broken_is_no_photo(data):
    assert "cannot be read as a photo" in refused("a.jpg", data)


# 64 × 32 red pixels of an “Example Camera”, written by libheif.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAABgAAgAAAAAB+gABAAAAAAAAAEAAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    "cAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAA"
    "ABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAYG1kYXQAAAAUKAGvBBj4ynHX//MhH5+AuGHSEecAAAAGRXhpZgAATU0AKgAAAAgA"
    "AgEPAAIAAAAPAAAAJgESAAMAAAABAAYAAAAAAABFeGFtcGxlIENhbWVyYQAA"
)


def test_what_a_telephone_saves_becomes_a_photo_that_everybody_can_open():
    exif = Image.Exif()
    exif[0x010F] = "Example Camera"
    assert b"Example Camera" in HEIC and b"Example Camera" in drawn("WEBP", exif=exif)
    for name, data, size in (("IMG_0042.HEIC", HEIC, (64, 32)), ("家里.webp", drawn("WEBP", exif=exif), (40, 20))):
        kept = added(name, data)
        assert (kept.media_type, kept.name[-4:]) == ("image/jpeg", ".jpg") and b"Example Camera" not in bytes(kept.content)
        shown = Image.open(BytesIO(kept.content))
        assert (shown.format, shown.size) == ("JPEG", size)


def test_what_is_see_through_is_white_in_a_jpeg():
    into = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(into, "WEBP")
    assert Image.open(BytesIO(added("a.webp", into.getvalue()).content)).getpixel((4, 4)) == (255, 255, 255)


def test_a_picture_that_is_decoded_whole_is_bounded_first():
    assert "32 megapixels" in refused("a.webp", drawn("WEBP", size=(8_000, 4_001)))
    assert added("a.webp", drawn("WEBP", size=(8_000, 4_000))).size


@pytest.mark.parametrize("data", [HEIC[:300], HEIC[:40] + b"\0" * 500, b"RIFF\x10\0\0\0WEBPVP8 broken"])
def test_half_a_photo_of_a_telephone_is_no_photo(data):
    assert "cannot be read as a photo" in refused("a.heic", data)


# Papers --------------------------------------------------------------------------------------------------------------


def test_bytes_that_look_like_a_name_by_chance_make_no_program():
    noise = random.Random(4).randbytes(200_000) + b"]/JS\xa4 /JavaScript (x) /Launch " + random.Random(5).randbytes(200_000)
    assert added("scan.pdf", paper(stream(noise), page=b"/Contents 4 0 R")).size > 400_000


def test_a_program_is_found_however_its_name_is_written():
    program = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    plain, packed = (paper(program, root=b"/OpenAction 4 0 R", packed=packed) for packed in (False, True))
    assert b"JavaScript" in plain and b"JavaScript" not in packed
    escaped = paper(program.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS"), root=b"/OpenAction 4 0 R")
    for data in (plain, packed, escaped):
        assert "holds a program" in refused("a.pdf", data)


@pytest.mark.parametrize(
    "active",
    [
        b"/S/Launch/F(cmd.exe)", b"/S/ImportData", b"/S/SubmitForm", b"/Subtype/RichMedia", b"/Subtype/FileAttachment",
        b"/Inside[<</Deep<</S/Launch>>>>]", b"/XFA[]", b"/Type/Filespec/EF<<>>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True])
def test_nothing_that_does_something_passes(active, packed):
    assert "holds a program" in refused("a.pdf", paper(root=b"/Extra<<" + active + b">>", packed=packed))


def test_what_no_page_leads_to_is_not_kept():
    clean = bytes(added("a.pdf", paper(b"<</S/Launch/F(cmd.exe)>>")).content)
    assert b"Launch" not in clean and len(PdfReader(BytesIO(clean)).pages) == 1


@pytest.mark.parametrize("packed", [False, True])
def test_a_paper_tells_nothing_of_its_maker(packed):
    exif = Image.Exif()
    exif[0x010F] = "Example Camera"
    told = paper(
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(A note)/T(Wang Xiaoming)>>",
        stream(drawn("JPEG", exif=exif), b"/Type/XObject/Subtype/Image/Filter/DCTDecode/Width 40/Height 20"),
        stream(b"<x:xmpmeta>Wang Xiaoming</x:xmpmeta>", b"/Type/Metadata/Subtype/XML"),
        root=b"/Metadata 6 0 R", info=b"/Author(Wang Xiaoming)/#54itle(Complaint of Wang Xiaoming.docx)/Keywords(Wang Xiaoming)",
        page=b"/PieceInfo<</Word<</Private(Wang Xiaoming)>>>>/Annots[4 0 R]/Resources<</XObject<</Scan 5 0 R>>>>", packed=packed,
    )  # fmt: skip
    assert b"Example Camera" in told and (packed or b"Wang" in told)
    clean = bytes(added("a.pdf", told).content)
    assert b"Wang" not in clean and b"Example Camera" not in clean
    page = PdfReader(BytesIO(clean)).pages[0]
    assert page["/Annots"][0].get_object()["/Contents"] == "A note"
    assert page["/Resources"]["/XObject"]["/Scan"].get_data().startswith(b"\xff\xd8\xff")
    assert PdfReader(BytesIO(clean)).metadata is None


def test_what_stands_before_and_behind_a_paper_is_gone():
    clean = bytes(added("a.pdf", paper() + b"\n<script>alert(1)</script>").content)
    assert b"script" not in clean


def locked(user: str) -> bytes:
    writer, into = PdfWriter(clone_from=BytesIO(paper())), BytesIO()
    writer.encrypt(user, "owner", algorithm="AES-256")
    writer.write(into)
    return into.getvalue()


def test_a_locked_paper_and_a_broken_one_are_refused_in_words():
    assert "password" in refused("a.pdf", locked("user"))
    assert "cannot be read as a PDF" in refused("a.pdf", b"%PDF-1.7\nnothing")


def test_a_paper_that_opens_without_a_password_is_kept_without_one():
    clean = bytes(added("a.pdf", locked("")).content)
    assert not PdfReader(BytesIO(clean)).is_encrypted and len(PdfReader(BytesIO(clean)).pages) == 1


def test_the_same_program_far_down_a_chain_is_found_and_a_long_chain_is_no_fault():
    chain = [b"<</Next %d 0 R>>" % (5 + n) for n in range(1500)]
    assert added("a.pdf", paper(*chain, b"<</End true>>", root=b"/Extra 4 0 R")).size
    assert "holds a program" in refused("a.pdf", paper(*chain, b"<</S/Launch>>", root=b"/Extra 4 0 R"))


def test_more_objects_than_any_paper_has_are_refused():
    many = b"".join(b"%d 0 R " % n for n in range(4, 100_010))
    assert "cannot be read" in refused("a.pdf", paper(*[b"<<>>"] * 100_006, root=b"/Extra[" + many + b"]", packed=True))


def test_a_paper_that_would_fill_the_memory_ends_its_own_process_only():
    """The size of an object's stream is what it says it is, until it is unpacked."""
    packed = zlib.compressobj(9)
    parts = b"".join(packed.compress(b" " * 10_000_000) for _ in range(120)) + packed.flush()
    body = b"%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(parts)).encode() + b">>stream\n" + parts
    body += b"\nendstream\nendobj\n2 0 obj<</Type/Catalog/Pages 3 0 R>>endobj\ntrailer<</Root 2 0 R/Size 4>>\n%%EOF"
    assert "cannot be read" in refused("a.pdf", body)


# Names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "kind", "kept"),
    [
        ("家中照片 2026年.JPG", "image/jpeg", "家中照片 2026年.JPG"), ("a.png.php", "image/png", "a.png"), ("C:\\fake\\b.PDF", "application/pdf", "b.PDF"),
        ("../../etc/passwd", "image/png", "passwd.png"), ("photo\u202egpj.exe", "image/jpeg", "photogpj.jpg"), ("", "image/png", "file.png"),
        ("IMG.heic", "image/jpeg", "IMG.jpg"), ("证件11010519491231002X.jpg", "image/jpeg", "证件**************002X.jpg"), ("a\r\nX-Y: b.png", "image/png", "aX-Y b.png"),
        ("第1.2节", "application/pdf", "第1.2节.pdf"),
    ],
)  # fmt: skip
def test_a_file_is_called_what_it_is(told, kind, kept):
    assert files.name_of(told, kind) == kept


def test_a_picture_in_a_paper_that_is_not_built_like_one_stays_as_it_was():
    for data in (b"", b"no picture", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff short"):
        assert cleaning.without_makers(data) == data


# On the way ----------------------------------------------------------------------------------------------------------

PART = b'--%b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n%b'
CUT_OFF = {
    "no end": (PART % (b"XX", b"\x89PNG"), "XX"), "another boundary": (PART % (b"YY", b"\x89PNG") + b"\r\n--YY--\r\n", "XX"), "half an end": (PART % (b"XX", b"x") + b"\r\n--XX", "XX"),
    "nothing": (b"\r\n", "XX"), "an end that goes on": (PART % (b"XX", b"x") + b"\r\n--XXX--", "XX"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("kind", CUT_OFF)
@pytest.mark.parametrize("address", ["/feedback/new/", "/feedback/follow/", "/verify/", "/api/feedback/matters/", "/open311/v2/requests.json"])
def test_what_was_cut_off_is_told_and_never_taken_for_a_form_without_a_file(client, kind, address):
    body, boundary = CUT_OFF[kind]
    answer = client.generic("POST", address, body, f"multipart/form-data; boundary={boundary}", headers={"Accept-Language": "en"})
    assert answer.status_code in {400, 403, 405, 415}, (answer.status_code, answer.content[:300])
    if address.startswith("/feedback/"):
        assert answer.status_code == 400 and "did not arrive whole" in answer.text


@pytest.mark.django_db
def test_a_file_that_came_as_text_is_no_form_without_a_file(client):
    from tests.factories import care
    from tests.feedback.test_pages import ANSWERS

    care.area()
    for step in ("kind", "about", "text"):
        client.post(f"/feedback/new/{step}/", ANSWERS[step])
    answer = client.post("/feedback/new/files/", {"file": "the bytes of a photo"})
    assert answer.status_code == 422 and "file" in answer.context["form"].errors
