"""Stakeholder: a government body, enterprise, social organisation or citizen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Length
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance import bounds, text
from governance.actions import Holds, Party, Record, StateField
from governance.stakeholders import rules
from governance.stakeholders.fields import PinyinField
from governance.stakeholders.querysets import StakeholderQuerySet
from governance.stakeholders.responsibilities import Published
from governance.stakeholders.validators import valid_credit_code
from governance.stakeholders.vocabulary import Duty, Level, StakeholderKind, StakeholderState, Subkind

ORGANISATIONS = [kind for kind in StakeholderKind if kind != StakeholderKind.CITIZEN]


class Stakeholder(Record):
    """Whoever can be a party to something. People act for one: for themselves, for an office, for their father.

    No duty reads people by browsing: an officer at a counter meets one by the reference they bring along.
    """

    reference_prefix = "ST"
    final_states = frozenset({StakeholderState.REJECTED, StakeholderState.ENDED})
    about = ("pk",)
    sensitive = frozenset({"name", "name_en", "name_pinyin", "asked_name", "asked_name_en", "phone", "email", "address"})
    shown = ("subkind", "area", "uscc", "phone", "email", "address")
    state_looks = {"registered": "wait", "approved": "done", "rejected": "off", "ended": "off"}

    kind = models.CharField(_("kind"), max_length=20, choices=StakeholderKind.choices)
    subkind = models.CharField(_("type"), max_length=40, choices=Subkind.choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, null=True, blank=True)
    name = text.NameColumn(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_pinyin = PinyinField("name")
    asked_name = text.NameColumn(_("new name, not yet approved"), max_length=200, blank=True, editable=False)
    asked_name_en = text.NameColumn(_("new name in English, not yet approved"), max_length=200, blank=True, editable=False)
    uscc = models.CharField(
        _("unified social credit code"), max_length=18, blank=True, validators=[valid_credit_code],
        help_text=_("18 characters, as on the certificate."),
    )  # fmt: skip
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    registered_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    reads_personal_data = models.BooleanField(_("reads personal data"), default=True)
    identity_verified_at = models.DateTimeField(_("identity verified"), null=True, blank=True, editable=False)
    identity_verified_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    is_synthetic = models.BooleanField(_("made up for demonstration"), default=False, editable=False)
    state = StateField(StakeholderState, default=StakeholderState.REGISTERED)

    readers = (
        Party("pk", _("the one concerned"))
        | Party("registered_by", _("whoever registered it"))
        | Published(state=StakeholderState.APPROVED, kind__in=ORGANISATIONS)
        | Holds(Duty.APPROVE_ORGANISATIONS) & Published(kind__in=ORGANISATIONS)
    )

    objects = StakeholderQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["name_pinyin", "id"]
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        indexes = [models.Index(fields=["area", "kind", "state"], name="stakeholders_of_an_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~Q(uscc="") & ~Q(state__in=[StakeholderState.REJECTED, StakeholderState.ENDED]),
                name="a_credit_code_belongs_to_one_organisation",
                violation_error_message=_("An organisation with this credit code is already registered. Ask its administrator for an invitation."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Left("subkind", Length("kind"))),
                name="the_type_of_a_stakeholder_suits_its_kind",
                violation_error_message=_("The type does not suit the kind."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=StakeholderKind.CITIZEN) | Q(uscc=""),
                name="a_citizen_has_no_credit_code",
                violation_error_message=_("People have no credit code."),
            ),
            bounds.one_of("stakeholder", "kind", StakeholderKind),
            bounds.one_of("stakeholder", "subkind", Subkind),
            bounds.one_of("stakeholder", "state", StakeholderState),
            bounds.one_of("stakeholder", "level", Level),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:stakeholder-detail", args=[self.pk])

    @property
    def label(self) -> str:
        """The name in the reader's language, where there is one."""
        return self.name_en if self.name_en and not (get_language() or "zh").startswith("zh") else self.name

    is_renaming: bool = False  # whether a new name has just been asked for

    @property
    def is_citizen(self) -> bool:
        """Whether this is a person."""
        return self.kind == StakeholderKind.CITIZEN

    @property
    def masked_name(self) -> str:
        """The name as a public page may show it."""
        return rules.masked_name(self.name) if self.is_citizen else self.label
