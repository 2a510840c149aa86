"""What django-allauth asks of us: names, texts, where to go, how to keep secrets."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.signin import openid
from governance.signin.people import fresh_username, note_confirmed_contact, note_verified_identity
from governance.signin.second_factor import must_have_one
from governance.stakeholders import ciphers
from governance.stakeholders.models import Membership, User

WRONG = _("The name or the password is not right. Check both; capitals count in the password.")
WAYS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code from the authenticator app"),
    "mfa_reauthenticate:webauthn": _("With the security key"),
}
SECRET = "second-factor"  # noqa: S105 - a label, not a secret


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of people, who sign in with an e-mail address or a name."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": _("There were too many wrong attempts. Wait a quarter of an hour, or choose a new password."),
        "rate_limited": _("That was very often in a short time. Wait a moment."),
        "incorrect_code": _("This code is not right, or not any more. Use the newest one."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your present password."),
        "duplicate_email": _("This is your address already."),
        "same_as_current": _("This is your address already."),
        "account_inactive": _("This account is closed."),
    }

    def generate_unique_username(self, txts: Any, regex: Any = None) -> str:
        return fresh_username()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin with their worklist, citizens with what they need."""
        staff = Membership.objects.of_user(request.user).exists()
        return reverse("web:worklist" if staff else "web:home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("stakeholders:me")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        return [method | {"description": WAYS[method["id"]]} for method in super().get_reauthentication_methods(user)]

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            note_confirmed_contact(email_address.user)
        return confirmed

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        sociallogin = (options.get("signal_kwargs") or {}).get("sociallogin")
        if sociallogin is not None:
            if EmailAddress.objects.filter(user=user, verified=True).exists():
                note_confirmed_contact(user)
            if openid.says_verified(sociallogin.account):
                note_verified_identity(user)
        return super().post_login(request, user, **options)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count of wrong attempts for one account, whichever of its names is tried. There is no public hook for this."""
        email = credentials.get("email", "")
        name = credentials.get("username") or User.objects.filter(email__iexact=email).values_list("username", flat=True).first()
        return f"sign-in:{(name or email).lower()}"


class MfaAdapter(DefaultMFAAdapter):
    """Second factors. Their secrets are sealed like identity numbers."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("You act for an organisation that reads personal data, so you need a second factor. Add another one first."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME or gettext("Gongzhi")

    def encrypt(self, text: str) -> str:
        return ciphers.seal(text, label=SECRET)

    def decrypt(self, encrypted_text: str) -> str:
        return ciphers.unseal(encrypted_text, label=SECRET)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who must have a second factor keeps the last one."""
        codes = Authenticator.Type.RECOVERY_CODES
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk).exclude(type=codes)
        return others.exists() or not must_have_one(authenticator.user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Key %(number)s") % {"number": number}


class SocialAdapter(DefaultSocialAccountAdapter):
    """Accounts that come from an identity provider."""

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        known = sociallogin.account.get_provider_account().get_user_data() or {}
        return super().get_signup_form_initial_data(sociallogin) | {"name": known.get("name", "")}
