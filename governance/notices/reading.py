"""What a notice is about, and who reads it: asked anew each time, because who may see a record changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from governance.actions import registry
from governance.actions.models import Event
from governance.clocks.now import today
from governance.notices.models import Dispatch, Notice
from governance.stakeholders.actors import Actor
from governance.stakeholders.models import Delegation, Membership, Stakeholder, User

MOST_LETTERS = 200


def told(event: Event) -> list[Stakeholder]:
    """The stakeholders whom the event's action tells, without whoever did it."""
    action, record = event.act, event.record
    if action is None or record is None:
        return []
    found = {target.pk: target for path in action.tells if (target := _at(record, path)) is not None}
    if not event.right.get("delegation"):  # whoever was acted for by somebody else is told
        found.pop(event.stakeholder_id, None)
    return list(found.values())


def _at(record: Any, path: str) -> Any:
    for step in path.split("__"):
        record = record if step == "pk" or record is None else getattr(record, step)
    return record


def may_see(actor: Any, about: Any) -> bool:
    """Whether this actor may read the record of this event or clock now."""
    return about.record_type.model_class().objects.visible_to(actor).filter(pk=about.record_id).exists()


def with_records(notices: Iterable[Notice], actor: Any) -> list[tuple[Notice, Any]]:
    """Each notice with its record, or None if this actor may no longer see it: one statement for each kind of record."""
    notices = list(notices)
    ids: dict[Any, set[int]] = {}
    for notice in notices:
        ids.setdefault(notice.about.record_type, set()).add(notice.about.record_id)
    found = {
        (kind.pk, record.pk): record
        for kind, keys in ids.items()
        for record in kind.model_class().objects.visible_to(actor).filter(pk__in=keys).for_display()
    }
    return [(notice, found.get((notice.about.record_type_id, notice.about.record_id))) for notice in notices]


def public_events(most: int = 50) -> list[Event]:
    """The newest events of records that anybody may read and that are about no person."""
    anybody, public = Actor(None, None), Q(pk=None)
    for model in {action.record for action in registry.actions() if action.record and not action.record.about}:
        seen = model.objects.visible_to(anybody).values("pk")
        public |= Q(record_type=ContentType.objects.get_for_model(model), record_id__in=seen)
    found = Event.objects.filter(public).for_display().order_by("-id")[:most].prefetch_related("record")
    return [event for event in found if event.act is not None and event.record is not None]


def letters(actor: Any) -> list[Dispatch]:
    """What this counter has to print, the oldest first."""
    return list(Dispatch.objects.to_print_by(actor).for_display()[:MOST_LETTERS])


def itself(recipient: Stakeholder) -> Actor:
    """The recipient, where nobody with an account reads for them."""
    return Actor(None, recipient)


def readers(recipient: Stakeholder, action: Any) -> list[Actor]:
    """Everybody who has confirmed an address and may act for this stakeholder in such a matter."""
    if recipient.is_citizen:
        own = [Actor(user, recipient) for user in User.objects.filter(person=recipient)]
        delegations = Delegation.objects.in_force(today()).filter(principal=recipient).select_related("delegate__user")
        others = [Actor(d.delegate.user, recipient, d) for d in delegations if hasattr(d.delegate, "user")]
        found = own + others
    else:
        memberships = Membership.objects.active().filter(stakeholder=recipient).select_related("user")
        found = [Actor(membership.user, recipient, membership) for membership in memberships]
    reached = [a for a in found if a.user.is_active and a.user.email and a.user.contact_confirmed_at]
    return [a for a in reached if action is None or not a.may_use(action)]
