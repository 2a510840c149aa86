"""What an organisation is called is approved; a name has one spelling; a wrong code is said beside its field."""

from __future__ import annotations

import pytest

from governance import text
from governance.actions import NotNow, Refused
from governance.stakeholders import actions
from governance.stakeholders.demonstration import credit_code
from governance.stakeholders.fields import pinyin
from governance.stakeholders.vocabulary import Duty, Role, Subkind
from tests.factories import care, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    class World:
        office = care.office(Duty.APPROVE_ORGANISATIONS)
        home = care.stakeholder("social", "social-care", "示例松风养老服务中心", phone="0000")
        admin = care.Acting(home)

        def change(self, **data):
            told = {"name": self.home.name, "name_en": "", "phone": "0000", "email": "", "address": ""} | data
            return actions.ChangeOrganisationDetails.do(self.admin, self.home, **told)

        def public(self):
            self.home.refresh_from_db()
            return self.home.name

    made = World()
    type(made.admin).roles = property(lambda self: [Role.ADMINISTRATOR, Role.OFFICER] if self is made.admin else [])
    yield made
    del type(made.admin).roles


def test_a_new_name_waits_for_the_office(world):
    was = world.public()
    world.change(name="示例市民政局（测试改名）", phone="1111")
    assert world.public() == was and world.home.phone == "1111", "only the name waits"
    assert world.home.clocks.open().count() == 1
    world.change(name="示例松风养老院")
    assert world.home.clocks.open().count() == 1, "another name asked for meanwhile begins no second period"
    actions.ApproveName.do(world.office, world.home)
    assert world.public() == "示例松风养老院" and world.home.asked_name == "" and not world.home.clocks.open().exists()
    assert world.home.name_pinyin == pinyin("示例松风养老院"), "what is sorted and searched by follows the name"
    with pytest.raises(NotNow):
        actions.ApproveName.do(world.office, world.home)


def test_a_refused_name_is_gone(world):
    was = world.public()
    world.change(name="示例市民政局")
    actions.RefuseName.do(world.office, world.home, reason="不是贵单位的名称")
    assert world.public() == was and world.home.asked_name == ""


def test_the_same_name_written_otherwise_is_no_new_one(world):
    world.change(name=f" {world.home.name[:2]} {world.home.name[2:]}")
    assert world.public() and world.home.asked_name == "" and not world.home.clocks.exists()


def test_a_name_of_whoever_is_not_approved_yet_is_just_corrected(world):
    young = care.stakeholder("social", "social-care", "示例新社", state="registered")
    world.home, world.admin.stakeholder, world.admin.stakeholder_id = young, young, young.pk
    world.change(name="示例新社团")
    assert world.public() == "示例新社团"


@pytest.mark.parametrize(("code", "field"), [("91990000DEM0000159", "uscc"), ("123", "uscc"), ("９１", "uscc"), ("IIIIIIIIIIIIIIIIII", "uscc")])
def test_a_wrong_credit_code_is_said_beside_its_field(code, field):
    told = {"subkind": "enterprise-employer", "place": care.area(), "name": "示例厂", "name_en": "", "phone": "", "email": "", "address": ""}
    person = people.user()
    founder = care.Acting(person.person, user=person)
    with pytest.raises(Refused) as refused:
        actions.RegisterOrganisation.do(founder, uscc=code, **told)
    assert refused.value.field == field
    assert actions.RegisterOrganisation.do(founder, uscc=credit_code(Subkind.EMPLOYER, 4711), **told).uscc


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("张　三", "张 三"), ("张\u200b三", "张三"), (" 张  三 ", "张 三"), ("Ｌｉ　Ｓｉ", "Li Si"), ("示例市（测试）", "示例市（测试）"), ("张\n三", "张 三"), ("﨑", "﨑")],
)
def test_a_name_has_one_spelling(typed, kept):
    assert text.name(typed) == kept
    form = actions.RegisterOrganisation.form(care.citizen(), data={"name": typed})
    form.is_valid()
    assert form.cleaned_data["name"] == kept
