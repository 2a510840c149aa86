"""What the register says of a bed is corrected by its home, by hand or by file, while nobody lives there."""

import pytest

from governance.actions import NotResponsible, NotVisible, Refused
from programs.care import actions
from programs.care.models import Bed
from tests.factories import care, imports

pytestmark = pytest.mark.django_db


def test_a_home_corrects_an_empty_bed_and_nobody_else_does():
    home = care.home()
    bed = care.beds(home)[0]
    actions.ChangeBed.do(care.Acting(home.provider), bed, category="nursing", care_level=3)
    bed.refresh_from_db()
    assert (bed.category, bed.care_level, bed.state) == ("nursing", 3, "open")
    with pytest.raises((NotResponsible, NotVisible)):
        actions.ChangeBed.do(care.provider(), bed, category="general", care_level=1)
    with pytest.raises(Refused):
        actions.ChangeBed.do(care.Acting(home.provider), bed, category="nursing", care_level=77)


def test_a_file_corrects_what_the_action_corrects_and_moves_no_bed_to_another_room():
    home = care.home(filing_number="示备-0001")
    runs = care.Acting(home.provider)
    imports.apply(runs, imports.hand_in(runs, imports.file_of(imports.beds(2, unit="一层", room="101")), actions.ImportBeds))
    rows = imports.beds(2, unit="一层", room="101")
    done = imports.apply(runs, imports.hand_in(runs, imports.file_of([rows[0] | {"care_level": "3"}, rows[1]]), actions.ImportBeds))
    assert (done.state, done.applied_count) == ("applied", 1), imports.problems(done)
    bed = Bed.objects.get(label="101-1")
    assert (bed.care_level, bed.events.order_by("-done_at", "-id").first().action) == (3, "care.change-bed")
    moved = imports.hand_in(runs, imports.file_of([rows[0] | {"care_level": "3", "room": "102"}]), actions.ImportBeds)
    assert imports.problems(moved) == {(2, "room", "says-otherwise")}


def test_neither_hand_nor_file_changes_a_bed_in_which_somebody_lives():
    stay = care.admitted()
    bed, runs = stay.bed, care.Acting(stay.bed.home.provider)
    type(bed.home).objects.filter(pk=bed.home_id).update(filing_number="示备-0001")
    level = {2: 3, 3: 2}.get(bed.care_level, 2)
    with pytest.raises(Refused):
        actions.ChangeBed.do(runs, bed, category=bed.category, care_level=level)
    row = {"home": "示备-0001", "label": bed.label, "care_level": str(level)}
    assert imports.problems(imports.hand_in(runs, imports.file_of([row]), actions.ImportBeds)) == {(2, "label", "lived-in")}
    assert imports.hand_in(runs, imports.file_of([row | {"care_level": str(bed.care_level)}]), actions.ImportBeds).unchanged_count == 1
