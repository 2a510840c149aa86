"""Who may do what: written down, and refused to everybody else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db.models import Q

from governance.actions import Refusal, Starts, registry
from governance.actions.models import Event
from governance.development import procedures
from governance.stakeholders.actors import NOBODY, actor_for
from tests import doing
from tests.architecture.examples import EXAMPLES
from tests.factories import care, people

ANYBODY_MAY = {"feedback.submit-matter"}  # without an account
ANY_CITIZEN_MAY = {
    "care.ask-for-place",
    "care.reserve-bed",
    "determinations.ask-for-determination",
    "entitlements.issue-statement",
    "feedback.support-matter",  # with an invitation only
    "stakeholders.declare-household",
    "stakeholders.let-somebody-act",
    "stakeholders.register-organisation",
}


def test_every_change_of_who_may_do_what_is_written_down():
    written = procedures.TABLE.read_text(encoding="utf-8")
    assert written == "\n".join(procedures.lines()) + "\n", "run manage.py actions --write and look at the difference"


def test_every_record_has_an_example():
    assert set(registry.records()) == set(EXAMPLES)


@pytest.mark.django_db
@pytest.mark.parametrize("action", registry.actions(), ids=lambda action: action.key)
def test_strangers_are_refused(action):
    """Nobody without an account and no unrelated citizen may do it, unless it stands in the short lists above."""
    citizen = actor_for(people.user(), "")
    record = EXAMPLES[action.record]() if action.record else None
    for stranger, allowed in ((NOBODY, ANYBODY_MAY), (citizen, ANY_CITIZEN_MAY | ANYBODY_MAY)):
        may = action.possible_at_all(stranger) and (record is None or type(record).objects.filter(action.by.q(stranger), pk=record.pk).exists())
        assert may == (action.key in allowed), f"{action.key} by {stranger}"
        if not may:
            done = Event.objects.filter(action=action.key).count()
            with pytest.raises(Refusal):
                action.do(stranger, record, reason="示例")
            assert Event.objects.filter(action=action.key).count() == done


@pytest.mark.parametrize("model", registry.records(), ids=lambda model: model._meta.label)
def test_every_state_is_reached_and_left_or_final(model):
    field = model._meta.get_field("state")
    states = {value for value, _label in field.choices}
    here = [a for a in registry.actions() if (a.makes or a.record) is model or a.record is model]
    reached = {str(field.default)} | {str(a.end) for a in here if a.end and (a.makes or a.record) is model}
    left = {str(s) for a in here if a.record is model and a.makes is None and a.end for s in (a.start or states)}
    moved = {str(s) for s in getattr(model, "moved_by_other_actions", ())}
    assert states - reached - moved == set(), "no action leads there"
    final = {str(s) for s in model.final_states}
    assert (states - left - moved) <= final, "neither left by an action nor declared final"


def test_what_no_test_carries_out_is_named():
    """The whole suite is asked at its end (``tests/doing.py``): a word in a test is no deed, only what the kernel concluded is."""
    assert doing.never_done(["care.ask", "care.give", "care.take"], ["care.give"]) == ["care.ask", "care.take"]
    assert doing.never_done(["care.ask"], ["care.ask", "catalogue.gone"]) == []


@pytest.mark.django_db
def test_an_action_is_remembered_only_when_it_is_concluded(monkeypatch):
    monkeypatch.setattr(doing, "done", set())
    request = care.asks()
    assert doing.done == {"care.reserve-bed"}
    with pytest.raises(Refusal):
        registry.action("care.confirm-reservation").do(NOBODY, request)
    assert doing.done == {"care.reserve-bed"}


@pytest.mark.parametrize(
    ("source", "narrowed", "skipped", "is_whole"),
    [
        ("TESTPATHS", {}, [], True),
        ("ARGS", {}, [], False),
        ("INVOCATION_DIR", {}, [], False),
        ("TESTPATHS", {"keyword": "care"}, [], False),
        ("TESTPATHS", {"deselect": ["tests/care"]}, [], False),
        ("TESTPATHS", {}, ["no browser here"], False),
    ],
)
def test_only_the_whole_suite_is_asked(source, narrowed, skipped, is_whole):
    config = SimpleNamespace(
        args_source=pytest.Config.ArgsSource[source], getoption=lambda name, default=None: narrowed.get(name, default)
    )
    assert doing.is_whole(config, skipped=skipped) == is_whole


def test_the_diagram_of_a_record_is_drawn():
    from programs.care.models import Reservation

    drawn = procedures.diagram(Reservation)
    assert drawn.startswith("stateDiagram-v2") and drawn.count("-->") > 10


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("provided", Q(state="never")),
        ("voids", ("care.never",)),
        ("hands_on", ("care.never",)),
        ("seals", ("never",)),
        ("place", 77),
        ("starts", Starts("care.answer-reservation", since="never")),
        ("starts", Starts("care.answer-reservation", where=("kind", frozenset({"never"})))),
        ("start", {"never"}),
        ("tells", ("never",)),
    ],
)
def test_whatever_decides_is_a_difference_in_the_table(monkeypatch, name, value):
    """Who may say that all is paid, or when, cannot change without a line that a reviewer reads."""
    before = list(procedures.lines())
    action = next(one for one in registry.actions() if one.key == "care.withdraw-reservation")
    monkeypatch.setattr(action, name, value)
    changed = [line for line in procedures.lines() if line not in before]
    assert len(changed) == 1 and changed[0].startswith(action.key) and ("never" in changed[0] or "77" in changed[0])
