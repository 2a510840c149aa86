"""What comes from outside: addresses with anything in them, two windows, lost sessions, presses that come twice, any keyboard."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.db import DataError, IntegrityError, transaction

from governance.actions import Refused
from governance.feedback.models import Matter
from governance.receipts import codes
from tests.factories import care, people
from tests.factories.feedback import World, brought
from tests.feedback.test_pages import ANSWERS, walk

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STEPS = list(ANSWERS)


@pytest.fixture(autouse=True)
def place():
    return care.area()


def filled(client, *, upto="contact", **changed) -> str:
    """The pages up to one, filled in; the key of the draft."""
    for step in STEPS[: STEPS.index(upto) + 1]:
        answer = client.post(f"/feedback/new/{step}/", ANSWERS[step] | changed.get(step, {}))
        assert answer.status_code == 302, answer.context["form"].errors
    return key_of(client.get(answer.url))


def key_of(page) -> str:
    return re.search(r'name="draft" value="([^"]+)"', page.text)[1]


# Addresses -----------------------------------------------------------------------------------------------------------

HOSTILE = [
    "kind=nonsense", "category=zzz", "area=nowhere", "area=", "subject=" + "x" * 300, "named=" + "x" * 300, "subject=%00", "kind=%F0%9F%98%80&category=%E2%80%8B",
    "about=care.home:999999999999999999999", "about=%00", "area=示例市甲区", "draft=unknown", "draft=%00", "subject=%EF%BF%BE&named=%E2%80%AE",
]  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE)
def test_what_stands_in_the_address_never_gets_into_what_is_sent(client, asked):
    filled(client)
    for step in ("kind", "about", "text", "files", "contact"):
        assert client.get(f"/feedback/new/{step}/?{asked}").status_code in {200, 302}, step
        assert client.post(f"/feedback/new/{step}/?{asked}", {}).status_code in {302, 422}, step
    key = filled(client)
    assert client.get(f"/feedback/new/check/?{asked}").status_code in {200, 302}
    answer = client.post(f"/feedback/new/check/?{asked}", {"draft": key})
    matter = Matter.objects.get()
    assert answer.url == f"/feedback/sent/{matter.pk}/"
    told = (matter.kind, matter.category, matter.area_id, matter.subject, matter.named)
    assert told == ("complaint", "care", "990101000000", "取暖费多收了", "")
    for address in ("/feedback/figures/?by=category", "/feedback/figures/?by=category&format=csv", "/api/feedback/figures/?by=category"):
        assert client.get(address).status_code == 200


def test_a_link_fills_in_what_a_form_begins_with_and_begins_another_draft(client):
    key = filled(client, upto="text")
    page = client.get("/feedback/new/?kind=complaint&category=conduct&named=甲区民政局&subject=谁看过我的记录")
    assert page.context["form"].initial["kind"] == "complaint" and key_of(page) != key
    client.post("/feedback/new/kind/", {"kind": "complaint", "draft": key_of(page)})
    about = client.get("/feedback/new/about/")
    assert (about.context["form"].initial["category"], about.context["form"].initial["named"]) == ("conduct", "甲区民政局")
    assert client.get(f"/feedback/new/text/?draft={key}").context["form"].initial["subject"] == "取暖费多收了", "the one begun before is as it was"


def test_the_table_takes_no_kind_and_no_category_that_nobody_knows():
    matter = brought()
    for wrong in ({"kind": "nonsense"}, {"category": "zzz"}, {"channel": "pigeon"}, {"urgency": "now"}, {"round": -1}, {"passed_on": 40}):
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            Matter.objects.filter(pk=matter.pk).update(**wrong)
    for wrong in ({"kind": "nonsense"}, {"category": "zzz"}, {"subject": "x" * 150}, {"named": "x" * 300}, {"subject": "\u200b"}, {"text": "\u200b" * 12}):
        with pytest.raises(Refused):
            brought(**wrong)
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("number", ["²", "-1", "1" * 40, "x", "", "0", "１"])
def test_a_number_of_a_file_or_a_matter_may_be_anything(client, number):
    filled(client)
    assert client.post("/feedback/new/files/", {"remove": number}).status_code == 302
    assert client.post("/feedback/new/check/", {"instead": number}).status_code in {302, 404}


# Codes ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def code(client) -> str:
    sent = client.get(walk(client).url)
    client.session.flush()
    client.logout()
    return sent.context["code"]


def test_one_letter_wrong_or_two_exchanged_is_said_in_words(client, code):
    last = codes.LETTERS[(codes.LETTERS.index(code[-1]) + 1) % 32]
    for wrong in (code[:-1] + last, code[1] + code[0] + code[2:] if code[0] != code[1] else code[:-1] + last):
        answer = client.post("/feedback/follow/", {"code": wrong}, headers={"Accept-Language": "en"})
        assert answer.status_code == 422 and "One letter or figure of this code is wrong" in answer.text
        token = client.get(f"/open311/v2/tokens/{wrong}.json", headers={"Accept-Language": "en"})
        assert token.status_code == 404 and "wrong" in token.text


@pytest.mark.parametrize(
    "written",
    ["{wide}", "{dashed}", "{code}。", "\u200b{code}", "查询码 {code}", "查询码：{code}\r\n", "{code}\u00a0", "（{code}）", "{lower}", "{spaced}", "“{code}”"],
)  # fmt: skip
def test_a_code_is_known_however_a_keyboard_or_a_message_writes_it(client, code, written):
    wide = code.translate({ord(c): ord(c) + 0xFEE0 for c in code})
    told = written.format(code=code, wide=wide, dashed=code.replace("-", "—"), lower=code.lower(), spaced=code.replace("-", "  "))
    assert client.post("/feedback/follow/", {"code": told}).status_code == 302


# Twice, two windows, later -------------------------------------------------------------------------------------------


def test_whoever_sends_it_twice_sees_the_code_twice(client):
    key = filled(client)
    first, second = (client.post("/feedback/new/check/", {"draft": key}) for _ in range(2))
    matter = Matter.objects.get()
    assert first.url == second.url == f"/feedback/sent/{matter.pk}/"
    assert client.get(second.url).context["code"]
    assert client.get(f"/feedback/new/check/?draft={key}").url == first.url, "nor does going back lead to an empty page"
    assert client.post("/feedback/new/text/", ANSWERS["text"] | {"draft": key}).url == first.url


def test_two_windows_do_not_mix(client):
    one = filled(client)
    begun = client.get("/feedback/new/?anew=1&kind=question")  # the other window
    two = key_of(begun)
    assert one != two
    client.get(f"/feedback/new/text/?draft={one}")
    for step in STEPS[:5]:
        told = {"kind": {"kind": "question"}, "about": {"category": "pension", "area": "示例区"}, "text": {"subject": "养老金", "text": "养老金什么时候到账，请告诉我。"}}.get(step, ANSWERS[step])
        two = key_of(client.get(client.post(f"/feedback/new/{step}/", told | {"draft": two}).url))
    client.post("/feedback/new/check/", {"draft": two})
    question = Matter.objects.get()
    assert (question.kind, question.category, question.subject) == ("question", "pension", "养老金")


def test_a_draft_begun_in_one_window_is_sent_as_it_was_whatever_the_other_did(client):
    one = filled(client)
    two = key_of(client.get("/feedback/new/?kind=question"))
    client.post("/feedback/new/kind/", {"kind": "question", "draft": two})
    client.post("/feedback/new/check/", {"draft": one})
    assert (Matter.objects.get().kind, Matter.objects.get().category) == ("complaint", "care")


def test_what_was_typed_outlives_its_session(client):
    key = filled(client, upto="about")
    client.session.flush()
    answer = client.post("/feedback/new/text/", ANSWERS["text"] | {"draft": key}, follow=True, headers={"Accept-Language": "en"})
    assert answer.redirect_chain[-1][0] == "/feedback/new/kind/" and "What you typed here is kept" in answer.text
    for step in ("kind", "about"):
        client.post(f"/feedback/new/{step}/", ANSWERS[step])
    assert client.get("/feedback/new/text/").context["form"].initial["text"] == ANSWERS["text"]["text"]
    assert client.post("/feedback/new/text/", {"subject": "", "text": "短", "draft": "gone"}).status_code == 422


def test_whoever_follows_by_a_code_is_told_to_give_it_again_not_to_sign_in(client):
    client.get(walk(client).url)
    matter = Matter.objects.get()
    client.session.flush()
    told = {"text": "我还想补充一句。", "once": "k"}
    answer = client.post(f"/feedback/matters/{matter.pk}/add-to-matter/", told, headers={"Accept-Language": "en", "Origin": "http://testserver"})
    assert answer.status_code == 401 and "我还想补充一句。" in answer.text
    assert "tracking code" in answer.text and "/feedback/follow/" in answer.text


# Keyboards -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["１３８００００００００", "（010）12345678", "010－12345678", "010-12345678转8001", "+86 138 0000 0000", "138\u200b0000\u200b0000"])
def test_a_telephone_as_a_chinese_keyboard_writes_it(client, written):
    assert walk(client, contact={"telephone": written, "email": "user＠example.cn"}).status_code == 302
    matter = Matter.objects.get()
    assert matter.telephone.isascii() or "转" in matter.telephone
    assert matter.email == "user@example.cn"


@pytest.mark.parametrize("written", ["９９０１０１", "示例区。", "\u200b示例区", "示例区 "])
def test_a_place_as_it_is_written(client, written):
    assert walk(client, about={"area": written}).status_code == 302


def test_line_breaks_count_once_as_in_the_browser(client):
    text = "\r\n".join(["字" * 99] * 50)
    assert len(text.replace("\r\n", "\n")) == 4999
    assert walk(client, text={"text": text}).status_code == 302
    assert "\r" not in Matter.objects.get().text


@pytest.mark.parametrize("nothing", ["\u200b", "\u200e", "\u3164", "\u2800 \u00ad", "。、…"])
def test_what_nobody_can_read_is_no_subject_and_no_text(client, nothing):
    filled(client, upto="about")
    answer = client.post("/feedback/new/text/", {"subject": nothing, "text": nothing * 12})
    assert answer.status_code == 422 and {"subject"} <= set(answer.context["form"].errors)


def test_nothing_turns_the_line_round(client):
    walk(client, text={"subject": "养老院\u202e多收费"})
    assert Matter.objects.get().subject == "养老院多收费"


def test_an_identity_number_is_hidden_and_it_is_said(client):
    filled(client, upto="about")
    answer = client.post("/feedback/new/text/", {"subject": "我的记录", "text": "我的身份证号是１１０１０５１９４９１２３１００２Ｘ，请查。"}, follow=True, headers={"Accept-Language": "en"})
    assert "An identity number stood in what you wrote" in answer.text
    for step in ("files", "contact", "check"):
        client.post(f"/feedback/new/{step}/", ANSWERS[step])
    assert Matter.objects.get().text == "我的身份证号是**************002X，请查。"
    assert brought(text="号码 11010519491231002X，请查一下。").text == "号码 **************002X，请查一下。", "whoever calls"


# Errors lead to their fields -----------------------------------------------------------------------------------------


class Ids(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.targets = {}, []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if "id" in told:
            self.ids[told["id"]] = tag
        if tag == "a" and (told.get("href") or "").startswith("#id_"):
            self.targets.append(told["href"][1:])


@pytest.mark.parametrize(("step", "told"), [("kind", {}), ("about", {}), ("text", {}), ("contact", {"email": "x", "telephone": "y"})])
def test_every_line_of_the_error_summary_leads_to_something_that_takes_the_focus(client, step, told):
    for before in STEPS[: STEPS.index(step)]:
        client.post(f"/feedback/new/{before}/", ANSWERS[before])
    page = Ids()
    answer = client.post(f"/feedback/new/{step}/", told, headers={"Accept-Language": "zh-CN"})
    page.feed(answer.text)
    assert page.targets and all(page.ids.get(target) in {"input", "textarea", "select"} for target in page.targets), page.targets
    assert "该字段是必填项" not in answer.text and "？:" not in answer.text and "？：" not in answer.text
    assert "<title>错误" in answer.text


def test_contact_fields_say_what_a_browser_may_fill_in(client):
    filled(client, upto="files")
    page = client.get("/feedback/new/contact/").text
    for name, told in (("name", "name"), ("email", "email"), ("telephone", "tel")):
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)[0]
        assert f'autocomplete="{told}"' in field
    assert re.search(r'<input[^>]*type="tel"[^>]*name="telephone"', page)


def test_a_signed_in_persons_two_drafts_are_both_kept(client):
    client.force_login(people.user(), backend=BACKEND)
    one = filled(client, upto="text")
    two = key_of(client.get("/feedback/new/?kind=praise"))
    client.post("/feedback/new/kind/", {"kind": "praise", "draft": two})
    assert client.get(f"/feedback/new/text/?draft={one}").context["form"].initial["subject"] == "取暖费多收了"
    assert World() is not None
