"""User: somebody who signs in. What they are and may do hangs on their person and their memberships."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.stakeholders import rules


def no_personal_number(text: str) -> None:
    """A name for signing in is chosen, and shows nobody's number."""
    if rules.looks_like_personal_number(text):
        raise ValidationError(_("Choose a name without an identity or telephone number in it."), code="personal")


class Language(models.TextChoices):
    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"


class User(AbstractUser):
    """An account. It holds no name of a person: that is the person's, who acts also without an account."""

    first_name = None
    last_name = None
    username = models.CharField(
        _("sign-in name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator(), no_personal_number]
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    person = models.OneToOneField(
        "stakeholders.Stakeholder", models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    language = models.CharField(_("language"), max_length=10, choices=Language.choices, default=Language.CHINESE)
    contact_confirmed_at = models.DateTimeField(_("contact confirmed"), null=True, blank=True)
    is_synthetic = models.BooleanField(_("made up for demonstration"), default=False)

    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="an_address_belongs_to_one_account",
                violation_error_message=_("This e-mail address belongs to another account."),
            ),
            bounds.one_of("user", "language", Language),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.person.name if self.person else self.username

    def get_short_name(self) -> str:
        return self.get_full_name()
