"""What people attach: judged by what it is, bounded before it is opened, and silent about its maker."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO

import pikepdf
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name
from PIL import Image

from governance.feedback import cleaning, files
from tests import together


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


# Papers --------------------------------------------------------------------------------------------------------------


def paper(fill=lambda pdf: None, **save) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    fill(pdf)
    into = BytesIO()
    pdf.save(into, **save)
    return into.getvalue()


def with_stream(data):
    def fill(pdf):
        pdf.pages[0].obj["/Contents"] = pdf.make_stream(data)

    return fill


def test_bytes_that_look_like_a_name_by_chance_make_no_program():
    noise = random.Random(4).randbytes(200_000) + b"]/JS\xa4 /JavaScript (x) /Launch " + random.Random(5).randbytes(200_000)
    assert added("scan.pdf", paper(with_stream(noise), compress_streams=False)).size > 400_000


def test_a_program_is_found_however_its_name_is_written():
    def opens(pdf):
        pdf.Root["/OpenAction"] = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))

    plain = paper(opens, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    packed = paper(opens, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" in plain and b"JavaScript" not in packed
    escaped = plain.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")
    for data in (plain, packed, escaped):
        assert "holds a program" in refused("a.pdf", data)


@pytest.mark.parametrize(
    "active",
    [
        Dictionary(S=Name.Launch, F="cmd.exe"), Dictionary(S=Name.ImportData), Dictionary(S=Name.SubmitForm), Dictionary(Subtype=Name.RichMedia),
        Dictionary(Subtype=Name.FileAttachment), Dictionary(Inside=Array([Dictionary(Deep=Dictionary(S=Name.Launch))])), Dictionary(XFA=Array([])),
        Dictionary(Type=Name.Filespec, EF=Dictionary()),
    ],
)  # fmt: skip
def test_nothing_that_does_something_passes(active):
    assert "holds a program" in refused("a.pdf", paper(lambda pdf: pdf.Root.__setitem__("/Extra", active)))


def test_a_paper_tells_nothing_of_its_maker():
    exif = Image.Exif()
    exif[0x010F] = "Example Camera"

    def told(pdf):
        pdf.docinfo["/Author"], pdf.docinfo["/Title"], pdf.docinfo["/Keywords"] = "Wang Xiaoming", "Complaint of Wang Xiaoming.docx", "Wang Xiaoming"
        with pdf.open_metadata() as about:
            about["dc:creator"] = ["Wang Xiaoming"]
        page = pdf.pages[0].obj
        page["/PieceInfo"] = Dictionary(Word=Dictionary(Private="Wang Xiaoming"))
        page["/Annots"] = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents="A note", T="Wang Xiaoming"))])
        scan = pikepdf.Stream(pdf, drawn("JPEG", exif=exif), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode, Width=40, Height=20)
        page["/Resources"] = Dictionary(XObject=Dictionary(Scan=pdf.make_indirect(scan)))

    for mode in (pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate):
        data = paper(told, object_stream_mode=mode)
        clean = bytes(added("a.pdf", data).content)
        pdf = pikepdf.open(BytesIO(clean))
        into = BytesIO()
        pdf.save(into, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
        assert b"Wang" not in into.getvalue() and b"Wang" not in clean and b"Example Camera" not in clean
        assert len(pdf.pages) == 1 and "A note" in str(pdf.pages[0].Annots[0].Contents)
        assert bytes(pdf.pages[0].Resources.XObject.Scan.read_raw_bytes()).startswith(b"\xff\xd8\xff")


def test_what_stands_before_and_behind_a_paper_is_gone():
    clean = bytes(added("a.pdf", paper() + b"\n<script>alert(1)</script>").content)
    assert b"script" not in clean


def test_a_locked_paper_and_a_broken_one_are_refused_in_words():
    locked = paper(encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "password" in refused("a.pdf", locked)
    assert "cannot be read as a PDF" in refused("a.pdf", b"%PDF-1.7\nnothing")


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
