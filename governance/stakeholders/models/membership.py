"""Membership: a person's part in an organisation, from an invitation to the day they leave."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Party, Record, StateField
from governance.stakeholders.querysets import MembershipQuerySet
from governance.stakeholders.responsibilities import Addressed, Own
from governance.stakeholders.vocabulary import MembershipState, Role


def officer() -> list[str]:
    """What a new member is, if nothing else is said."""
    return [Role.OFFICER]


class Membership(Record):
    """Somebody may act for an organisation, in one or more roles."""

    reference_prefix = "MB"
    final_states = frozenset({MembershipState.DECLINED, MembershipState.LEFT, MembershipState.REMOVED})
    about = ("person",)
    sensitive = frozenset({"invited_email"})
    shown = ("stakeholder", "since", "until")
    state_looks = {"invited": "wait", "active": "done", "declined": "off", "left": "off", "removed": "off"}

    stakeholder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="memberships", verbose_name=_("organisation"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="memberships")
    person = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    invited_email = models.EmailField(_("e-mail address"), blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=officer, verbose_name=_("roles"))
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    state = StateField(MembershipState, default=MembershipState.INVITED)

    readers = Party("stakeholder", _("the organisation")) | Own("user") | Addressed("invited_email")

    objects = MembershipQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-id"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["user", "state"], name="memberships_of_a_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder", "user"],
                condition=Q(state=MembershipState.ACTIVE),
                name="one_is_a_member_once",
                violation_error_message=_("This person is already a member."),
            ),
            models.UniqueConstraint(
                "stakeholder",
                models.functions.Lower("invited_email"),
                condition=Q(state=MembershipState.INVITED),
                name="one_is_invited_once",
                violation_error_message=_("This address has already been invited."),
            ),
            models.CheckConstraint(
                condition=~Q(state=MembershipState.ACTIVE) | Q(user__isnull=False),
                name="an_active_member_is_somebody",
                violation_error_message=_("Nobody has accepted this invitation."),
            ),
            models.CheckConstraint(
                condition=Q(roles__len__gte=1), name="a_member_has_a_role", violation_error_message=_("Choose at least one role."),
                violation_error_code="roles",
            ),
            bounds.some_of("membership", "roles", Role),
            bounds.one_of("membership", "state", MembershipState),
            bounds.day("membership", "since"),
            bounds.day("membership", "until"),
            bounds.in_order("membership", "since", "until", _("The last day comes before the first.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.person or self.reference)

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:membership-detail", args=[self.pk])

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """With the roles in words, and to whom an invitation went."""
        more = [(self._meta.get_field("roles").verbose_name, str(_(", ")).join(self.role_labels))]
        return [*super().facts, *more, *([(self._meta.get_field("invited_email").verbose_name, self.invited_email)] if self.invited_email else [])]

    @property
    def role_labels(self) -> list[str]:
        """The roles in words."""
        return [str(Role(role).label) for role in self.roles]
