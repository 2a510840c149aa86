"""The pages: bringing something without an account, following it by its code, handling it in an office."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from governance.feedback import actions, following
from governance.feedback.models import Attachment, Matter
from tests.factories import care, people
from tests.factories.feedback import World, brought

pytestmark = pytest.mark.django_db
ANSWERS = {
    "kind": {"kind": "complaint"}, "about": {"category": "care", "area": "示例区", "named": ""},
    "text": {"subject": "取暖费多收了", "text": "九月起每月多收一百八十元取暖费，事先没有告知。"}, "files": {}, "contact": {"name": "", "email": "", "telephone": ""}, "check": {},
}  # fmt: skip


@pytest.fixture
def place():
    return care.area()


def walk(client, **changed):
    for step, data in ANSWERS.items():
        answer = client.post(f"/feedback/new/{step}/", data | changed.get(step, {}))
        if answer.status_code != 302:
            return answer
    return answer


def photo() -> SimpleUploadedFile:
    """A picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Example Camera"
    into = BytesIO()
    Image.new("RGB", (40, 20), "red").save(into, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_1.jpg", into.getvalue(), "image/jpeg")


def test_without_an_account_and_followed_by_its_code(client, place):
    sent = client.get(walk(client).url)
    matter = Matter.objects.get()
    code = sent.context["code"]
    assert code in sent.text
    client.logout()
    client.session.flush()
    assert client.get(matter.get_absolute_url()).status_code == 404
    assert client.post("/feedback/follow/", {"code": "0000-0000-0000"}).status_code == 422
    followed = client.post("/feedback/follow/", {"code": code.lower().replace("-", " ")}, follow=True)
    assert matter.subject in followed.text
    assert client.post(f"/feedback/matters/{matter.pk}/withdraw-matter/", {"once": "one"}, follow=True).status_code == 200
    matter.refresh_from_db()
    assert matter.state == "withdrawn"


@pytest.mark.parametrize(
    ("step", "wrong", "says"),
    [
        ("kind", {"kind": "war"}, "kind"), ("about", {"area": "没有这个地方"}, "area"), ("about", {"category": ""}, "category"),
        ("text", {"text": "短"}, "text"), ("text", {"subject": "x" * 101}, "subject"), ("contact", {"email": "nobody"}, "email"),
        ("contact", {"telephone": "call me"}, "telephone"),
    ],
)  # fmt: skip
def test_bad_input_is_said_at_its_field_and_nothing_is_written(client, place, step, wrong, says):
    answer = walk(client, **{step: wrong})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {says}
    assert f'id="id_{says}_error"' in answer.text
    assert not Matter.objects.exists()


def test_no_page_is_skipped_and_a_second_press_sends_nothing_twice(client, place):
    assert client.get("/feedback/new/check/").url == "/feedback/new/kind/"
    assert client.get("/feedback/new/elsewhere/").status_code == 404
    walk(client)
    assert client.post("/feedback/new/check/").url == f"/feedback/sent/{Matter.objects.get().pk}/"
    assert Matter.objects.count() == 1


def test_files_are_what_they_are_and_tell_nothing_of_their_maker(client, place):
    for step in ("kind", "about", "text"):
        client.post(f"/feedback/new/{step}/", ANSWERS[step])
    for name, content in (("a.jpg", b"MZ\x90\x00"), ("b.png", b"\x89PNG\r\n\x1a\nbroken"), ("c.svg", b"<svg onload='x()'>")):
        answer = client.post("/feedback/new/files/", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422, name
    assert client.post("/feedback/new/files/", {"file": SimpleUploadedFile("big.pdf", b"%PDF-" + b"x" * 10_485_760)}).status_code == 422
    assert not Attachment.objects.exists()
    for _ in range(5):
        assert client.post("/feedback/new/files/", {"file": photo()}).status_code == 302
    assert client.post("/feedback/new/files/", {"file": photo()}).status_code == 422
    kept = Attachment.objects.first()
    assert not Image.open(BytesIO(kept.content)).getexif()
    client.post("/feedback/new/files/", {"remove": kept.pk})
    for step in ("files", "contact", "check"):
        client.post(f"/feedback/new/{step}/", ANSWERS[step])
    matter = Matter.objects.get()
    assert matter.files.count() == 4
    got = client.get(f"/feedback/files/{matter.files.first().pk}/")
    assert (got["Content-Type"], got["Content-Security-Policy"]) == ("application/octet-stream", "sandbox")
    assert got["Content-Disposition"].startswith("attachment")
    client.session.flush()
    assert client.get(f"/feedback/files/{matter.files.first().pk}/").status_code == 404


def test_several_at_once_are_judged_one_by_one_and_the_right_ones_stay(client, place):
    for step in ("kind", "about", "text"):
        client.post(f"/feedback/new/{step}/", ANSWERS[step])
    page = client.get("/feedback/new/files/").content.decode()
    assert " multiple" in page[page.index('type="file"') - 200 : page.index('type="file"') + 300]
    wrong = SimpleUploadedFile("a.exe", b"MZ\x90")
    answer = client.post("/feedback/new/files/", {"file": [photo(), wrong, photo()]}, headers={"accept-language": "en"})
    assert answer.status_code == 422 and "a.exe" in answer.text and Attachment.objects.count() == 2
    wrong, empty = SimpleUploadedFile("b.exe", b"MZ\x90"), SimpleUploadedFile("c.pdf", b"")
    answer = client.post("/feedback/new/files/", {"file": [empty, photo(), wrong]}, headers={"accept-language": "en"})
    assert "2 things need your attention" in answer.text and "b.exe" in answer.text and "“c.pdf” is empty" in answer.text and Attachment.objects.count() == 3
    client.post("/feedback/new/files/", {"remove": Attachment.objects.first().pk})
    answer = client.post("/feedback/new/files/", {"file": [photo() for _ in range(4)]}, headers={"accept-language": "en"})
    assert answer.status_code == 422 and "room for 3 more" in answer.text and Attachment.objects.count() == 2
    assert client.post("/feedback/new/files/", {"file": [photo() for _ in range(3)]}).status_code == 302
    for step in ("files", "contact", "check"):
        client.post(f"/feedback/new/{step}/", ANSWERS[step])
    assert Matter.objects.get().files.count() == 5


def test_what_others_were_answered_is_shown_before_sending(client, place):
    world = World()
    matter = world.answered()
    actions.PublishMatter.do(world.writer, matter, public_subject="取暖费怎么收", public_text="取暖费多收了怎么办", public_answer="应当退还")
    for step in list(ANSWERS)[:-1]:
        client.post(f"/feedback/new/{step}/", ANSWERS[step])
    assert "取暖费怎么收" in client.get("/feedback/new/check/").text
    assert "取暖费怎么收" in client.get("/feedback/register/?q=取暖费").text
    assert "取暖费怎么收" not in client.get("/feedback/register/?q=床位").text
    assert "应当退还" in client.get(f"/feedback/register/{matter.pk}/").text
    assert client.get(f"/feedback/register/{brought().pk}/").status_code == 404


def test_the_office_sees_its_queue_and_the_citizen_no_internal_notes(client, sign_in):
    world = World()
    citizen = people.user()
    matter = world.accepted(following.Follower(_actor(citizen), []))
    actions.AddNote.do(world.writer, matter, text="内部备注示例")
    client = sign_in(people.member(world.office))
    assert matter.subject in client.get("/feedback/matters/").text
    page = client.get(matter.get_absolute_url())
    assert "内部备注示例" in page.text
    assert "为什么是这个单位？" in page.text
    client = sign_in(citizen, "")
    page = client.get(matter.get_absolute_url())
    assert "内部备注示例" not in page.text
    assert "写内部备注" not in page.text
    assert matter.subject in client.get("/feedback/matters/").text
    client = sign_in(people.user(), "")
    assert client.get(matter.get_absolute_url()).status_code == 404


def _actor(user):
    from governance.stakeholders.actors import actor_for

    return actor_for(user, "")
