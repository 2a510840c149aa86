"""The pages of imports: who sees what, in both languages, with and without script."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from governance.imports.models import Import
from programs.care.models import Home
from tests.factories import care, imports, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    imports.runs_homes()
    return imports.keeps_register()


@pytest.fixture
def visit(client):
    """Look at a page as somebody of an organisation, signed in."""
    users = {}

    def as_(who, address, method="get", **options):
        if who.stakeholder_id not in users:
            users[who.stakeholder_id] = people.member(who.stakeholder)
            for held in who.duties:
                people.mandate(who.stakeholder, held.duty, held.start)
        user = users[who.stakeholder_id]
        if client.session.get("_auth_user_id") != str(user.pk):
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            session = client.session
            session["acting_for"] = f"m{user.memberships.get().pk}"
            session.save()
        return getattr(client, method)(address, **options)

    return as_


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_import_is_shown_in_every_state(visit, office, client, language):
    client.cookies["django_language"] = language
    batch = imports.hand_in(office, imports.file_of(imports.homes(3)))
    seen = [visit(office, batch.get_absolute_url())]
    batch = imports.apply(office, batch)
    seen.append(visit(office, batch.get_absolute_url()))
    changed = imports.hand_in(office, imports.file_of(imports.homes(3, address="新址 9 号")))
    seen += [visit(office, changed.get_absolute_url()), visit(office, reverse("imports:import-rows", args=[changed.pk, "changed"]))]
    wrong = imports.hand_in(office, imports.file_of(imports.homes(2, ownership="?")))
    seen += [visit(office, wrong.get_absolute_url()), visit(office, reverse("imports:import-problems", args=[wrong.pk]))]
    unreadable = imports.hand_in(office, imports.raw("名称,地址\n".encode()))
    seen += [visit(office, unreadable.get_absolute_url()), visit(office, reverse("imports:import-list"))]
    seen.append(visit(office, reverse("care:act", args=["import-homes"])))
    assert [page.status_code for page in seen] == [200] * len(seen)
    assert "新址 9 号" in seen[2].content.decode()


def test_strangers_do_not_see_it(visit, office):
    batch = imports.hand_in(office, imports.file_of(imports.homes(2)))
    stranger = care.provider()
    for address in (batch.get_absolute_url(), f"{batch.get_absolute_url()}?part=progress", reverse("imports:import-problems", args=[batch.pk])):
        assert visit(stranger, address).status_code == 404


def test_the_file_is_handed_in_by_a_form(visit, office):
    address = reverse("care:act", args=["import-homes"])
    answer = visit(office, address, "post", data={"area": care.CITY, "file": imports.file_of(imports.homes(2)), "once": "k1"})
    batch = Import.objects.get()
    assert (answer.status_code, answer.url) == (302, batch.get_absolute_url())
    waiting = visit(office, answer.url).content.decode()
    assert "<progress" in waiting
    assert 'hx-get="' in waiting
    assert b"<progress" in visit(office, f"{answer.url}?part=progress").content
    imports.work()
    assert visit(office, f"{answer.url}?part=progress").headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("content", [b"", b"x" * 10])
def test_an_empty_file_is_refused_at_the_form(visit, office, content, monkeypatch):
    monkeypatch.setattr("governance.imports.actions.MOST_BYTES", 5)
    answer = visit(office, reverse("care:act", args=["import-homes"]), "post", data={"area": care.CITY, "file": imports.raw(content)})
    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_mistakes_are_downloaded_and_no_spreadsheet_runs_them(visit, office):
    wrong = imports.hand_in(office, imports.file_of(imports.homes(2, telephone="=1+1", star_rating="-7")))
    answer = visit(office, reverse("imports:import-problems", args=[wrong.pk]) + "?format=csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == ["2", "2", "2", "3", "3", "3"]
    assert {line[3] for line in lines[1:]} == {"'=1+1", "'-7"}


@pytest.mark.parametrize("kind", ["homes", "beds"])
def test_the_templates_can_be_handed_in_as_they_are(visit, office, kind):
    text = visit(office, reverse("imports:import-template", args=[kind, "csv"]))
    book = visit(office, reverse("imports:import-template", args=[kind, "xlsx"]))
    assert load_workbook(io.BytesIO(book.content)).sheetnames[1]
    for name, content in (("a.csv", text.content), ("a.xlsx", book.content)):
        action = getattr(__import__("programs.care.actions", fromlist=["x"]), "ImportHomes" if kind == "homes" else "ImportBedsOfArea")
        batch = imports.hand_in(office, imports.raw(content, name), action)
        assert (batch.state, batch.fault) == ("refused", {"code": "no-rows"})


def test_pages_cost_the_same_for_three_rows_and_for_thirty(visit, office):
    done = imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(3))))
    many = imports.hand_in(office, imports.file_of(imports.homes(30, address="新址 9 号")))
    wrong = imports.hand_in(office, imports.file_of(imports.homes(30, ownership="?")))
    for address, most in (
        (done.get_absolute_url(), 4), (many.get_absolute_url(), 4), (wrong.get_absolute_url(), 4), (reverse("imports:import-list"), 3),
        (reverse("imports:import-rows", args=[many.pk, "changed"]), 3), (reverse("imports:import-problems", args=[wrong.pk]), 3),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            visit(office, address)
        own = [q["sql"] for q in asked if "imports_import" in q["sql"] or "_event" in q["sql"] or "_clock" in q["sql"]]
        assert len(own) <= most, "\n".join(own)


def test_a_home_leads_to_the_imports_that_touched_it(visit, office):
    imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(2))))
    imports.hand_in(office, imports.file_of(imports.homes(2)), area=care.CITY)
    home = Home.objects.first()
    assert len(visit(office, f"{reverse('imports:import-list')}?kind=homes&touched={home.pk}").context["page"].rows) == 1
