"""IdentityDocument: the number of a person, sealed, and its blind index."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.stakeholders import ciphers, rules

LABEL = "identity-number"


class IdentityDocumentQuerySet(models.QuerySet):
    """Reading numbers without reading them."""

    def with_number(self, number: str) -> IdentityDocumentQuerySet:
        """Whose number this is."""
        return self.filter(blind=ciphers.blind(rules.normalised(number), label=LABEL))


class IdentityDocument(models.Model):
    """A person's number, kept apart from the person so that no list ever loads it."""

    class Scheme(models.TextChoices):
        CITIZEN = "citizen", _("citizen identity number")
        RESIDENT = "resident", _("residence permit of Hong Kong, Macau and Taiwan residents")
        FOREIGNER = "foreigner", _("foreigner's permanent residence card")
        EXAMPLE = "example", _("example number for demonstration")

    stakeholder = models.OneToOneField("stakeholders.Stakeholder", models.PROTECT, primary_key=True, related_name="identity")
    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme.choices)
    sealed = models.CharField(max_length=200)
    blind = models.CharField(max_length=64)

    objects = IdentityDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity document")
        verbose_name_plural = _("identity documents")
        constraints = [
            models.UniqueConstraint(
                fields=["blind"],
                name="a_number_belongs_to_one_person",
                violation_error_message=_("This number already belongs to another account. Look it up together with the person."),
            ),
            bounds.one_of("identitydocument", "scheme", [scheme.value for scheme in rules.Scheme]),
        ]

    def __str__(self) -> str:
        return self.get_scheme_display()

    @classmethod
    def of(cls, stakeholder: object, read: rules.CitizenNumber) -> IdentityDocument:
        """The sealed document of a number that was read (unsaved)."""
        return cls(
            stakeholder=stakeholder,
            scheme=read.scheme.value,
            sealed=ciphers.seal(read.number, label=LABEL),
            blind=ciphers.blind(read.number, label=LABEL),
        )

    def number(self) -> str:
        """The number in the clear: for handing over to another authority, never for a page."""
        return ciphers.unseal(self.sealed, label=LABEL)

    @property
    def masked(self) -> str:
        """The number with the birth date hidden."""
        return rules.masked_number(self.number())

    def born_on(self, today: date) -> date:
        """The date of birth the number tells."""
        return rules.citizen_number(self.number(), today=today).born_on
