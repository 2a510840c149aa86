"""A file of homes, from the hand of the office into the register and back."""

import pytest

from governance.imports import actions as import_actions
from governance.imports.models import Import, ImportRow
from programs.care import actions
from programs.care.models import Home
from tests.factories import care, imports

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    imports.runs_homes()
    return imports.keeps_register()


def test_new_homes_come_into_the_register(office):
    rows = imports.homes(3, services="medical, rehabilitation", star_rating="3.0", price_from="2,600", price_to="4200")
    batch = imports.hand_in(office, imports.file_of(rows))
    assert (batch.state, batch.fault, batch.row_count, batch.new_count, batch.encoding) == ("ready", None, 3, 3, "utf-8"), (
        imports.problems(batch)
    )
    assert not Home.objects.exists()
    done = imports.apply(office, batch)
    assert (done.state, done.applied_count, done.fault) == ("applied", 3, None)
    home = Home.objects.get(filing_number="示备-0002")
    assert (home.name, home.state, home.star_rating, home.setting, home.price_from_amount) == ("示例松风养老院2", "open", 3, "urban", 2600)
    assert home.services == ["medical", "rehabilitation"]
    assert home.pinyin.startswith("shilisongfeng")
    assert home.reference.startswith("JG-")
    assert list(Import.objects.touching("homes", home.pk)) == [done]
    assert done.events.first().changes["applied_count"] == "3"


def test_what_is_there_already_is_compared_field_by_field(office):
    imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(3))))
    rows = imports.homes(4)
    rows[0] |= {"name": "示例改名养老院", "address": "新址 9 号"}
    batch = imports.hand_in(office, imports.file_of(rows))
    assert (batch.new_count, batch.changed_count, batch.unchanged_count, batch.untouched_count) == (1, 1, 2, 0)
    changed = ImportRow.objects.of(batch).that_are("changed").get()
    assert {k: v for k, v in changed.changes.items() if k != "pinyin"} == {
        "name": ["示例松风养老院1", "示例改名养老院"], "address": ["松风路示例 1 号", "新址 9 号"],
    }  # fmt: skip
    before = Home.objects.get(filing_number="示备-0001")
    imports.apply(office, batch)
    after = Home.objects.get(filing_number="示备-0001")
    assert (after.pk, after.reference, after.name) == (before.pk, before.reference, "示例改名养老院")
    assert after.pinyin != before.pinyin


def test_the_same_file_again_changes_nothing(office):
    rows = imports.homes(3, services="medical", longitude="1.25", latitude="1.5", stars_valid_until="2027/1/5", star_rating="5", price_from="9.5")
    imports.apply(office, imports.hand_in(office, imports.file_of(rows)))
    again = imports.hand_in(office, imports.file_of(rows))
    assert (again.state, again.new_count, again.changed_count, again.unchanged_count) == ("ready", 0, 0, 3)
    assert import_actions.ApplyImport not in Import.objects.with_actions(office).get(pk=again.pk).available


def test_a_column_that_is_not_in_the_file_is_left_alone(office):
    imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(1, telephone="000-1", services="medical"))))
    batch = imports.hand_in(office, imports.file_of(imports.homes(1, telephone="")))
    assert ImportRow.objects.of(batch).get().changes == {"telephone": ["000-1", ""]}
    imports.apply(office, batch)
    assert Home.objects.get().services == ["medical"]


def test_undoing_puts_everything_back(office):
    first = imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(2, services="medical", star_rating="2"))))
    kept = list(Home.objects.order_by("pk").values())
    rows = imports.homes(3, services="hospice, meals", star_rating="", name="示例新名养老院")
    second = imports.apply(office, imports.hand_in(office, imports.file_of(rows)))
    assert Home.objects.count() == 3
    undone = imports.undo(office, second)
    assert (undone.state, undone.undone_count) == ("undone", 3)
    assert list(Home.objects.order_by("pk").values()) == kept
    assert imports.undo(office, first).state == "undone"
    assert not Home.objects.exists()


def test_what_was_changed_or_used_since_stays(office):
    batch = imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(4))))
    one, two, three, _four = Home.objects.order_by("filing_number")
    runs = care.Acting(one.provider)
    actions.ChangeHomeDetails.do(runs, one, name="示例自改养老院", address=one.address, area=one.area)
    care.beds(two)
    actions.SuspendHome.do(care.office(), three, reason="消防整改")
    stays = imports.undo(office, batch)
    assert (stays.state, stays.fault) == ("applied", {"code": "in-part", "rows": 3, "undone": 1})
    assert {(2, "name", "changed-since"), (3, "", "rests:care.bed"), (4, "", "used-since")} <= imports.problems(stays)
    assert set(Home.objects.all()) == {one, two, three}


def test_a_register_that_moved_on_after_the_preview_stops_the_import(office):
    imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(2))))
    batch = imports.hand_in(office, imports.file_of(imports.homes(2, address="新址 9 号")))
    home = Home.objects.get(filing_number="示备-0001")
    actions.ChangeHomeDetails.do(care.Acting(home.provider), home, name=home.name, address="别处 3 号", area=home.area)
    stopped = imports.apply(office, batch)
    assert (stopped.state, stopped.fault) == ("failed", {"code": "register-changed", "rows": 1})
    assert not Home.objects.filter(address="新址 9 号").exists()
    import_actions.CheckImportAgain.do(office, stopped)
    imports.work()
    assert imports.apply(office, Import.objects.get(pk=batch.pk)).state == "applied"
    assert Home.objects.filter(address="新址 9 号").count() == 2


def test_a_crash_in_the_middle_leaves_nothing(office, monkeypatch):
    from governance.imports import applying

    batch = imports.hand_in(office, imports.file_of(imports.homes(3)))
    make = applying._make

    def crash(*args):
        make(*args)
        raise RuntimeError("power cut")

    monkeypatch.setattr(applying, "_make", crash)
    stopped = imports.apply(office, batch)
    assert (stopped.state, stopped.fault["code"]) == ("failed", "unexpected")
    assert not Home.objects.exists()


def test_a_file_that_is_not_needed_is_discarded(office):
    batch = imports.hand_in(office, imports.file_of(imports.homes(2)))
    assert import_actions.DiscardImport.do(office, batch).state == "discarded"
    assert not ImportRow.objects.filter(batch=batch).exists() and not Home.objects.exists()
