"""The forms of signing in, in our words: every box has a label above it and nothing written inside it."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.signin.codes import may_be_used_again

PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AGAIN = _("The same password again")
ADDRESS = _("E-mail address")
HOW_TO_CHOOSE = _("At least 10 characters. Several words that only you connect are easy to remember and hard to guess.")


class Plain:
    """Takes a form's labels and hints from ``words``: field -> (label, hint)."""

    words: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class SignIn(Plain, account.LoginForm):
    words = {"login": (_("Sign-in name or e-mail address"), ""), "password": (PASSWORD, "")}

    def user_credentials(self) -> dict[str, str]:
        """One name, looked up in one way: a wrong password takes as long for a known name as for an unknown one."""
        login = self.cleaned_data["login"]
        return {"email" if "@" in login else "username": login, "password": self.cleaned_data["password"]}


class SignUp(Plain, account.SignupForm):
    field_order = ["name", "place", "email", "password1"]
    words = {
        "email": (ADDRESS, _("We send a code to it now, and later tell you there that something has changed. You also sign in with it.")),
        "password1": (PASSWORD, HOW_TO_CHOOSE),
    }  # fmt: skip

    def try_save(self, request: Any) -> Any:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # so that it takes as long as for a new address
        with transaction.atomic():  # the account and its person, or neither
            return super().try_save(request)


class SocialSignUp(Plain, social.SignupForm):
    field_order = ["name", "place", "email"]
    words = {"email": (ADDRESS, "")}

    def try_save(self, request: Any) -> Any:
        with transaction.atomic():
            return super().try_save(request)


class ConfirmPassword(Plain, account.ReauthenticateForm):
    words = {"password": (PASSWORD, "")}


class ChangePassword(Plain, account.ChangePasswordForm):
    words = {"oldpassword": (_("Present password"), ""), "password1": (NEW_PASSWORD, HOW_TO_CHOOSE), "password2": (AGAIN, "")}


class SetPassword(Plain, account.SetPasswordForm):
    words = {"password1": (PASSWORD, HOW_TO_CHOOSE), "password2": (AGAIN, "")}


class ForgottenPassword(Plain, account.ResetPasswordForm):
    words = {"email": (ADDRESS, "")}


class NewPassword(Plain, account.ResetPasswordKeyForm):
    words = {"password1": (NEW_PASSWORD, HOW_TO_CHOOSE), "password2": (AGAIN, "")}


class ChangeAddress(Plain, account.AddEmailForm):
    words = {"email": (_("New e-mail address"), _("We send a code to it. Until you have typed the code here, the present address stays."))}


class OtherAddress(Plain, account.ChangeEmailForm):
    words = {"email": (_("The right e-mail address"), "")}


SENT_CODE = {"code": (_("Code from the e-mail"), _("Eight letters; capitals and the dash do not matter."))}


class AddressCode(Plain, account.ConfirmEmailVerificationCodeForm):
    words = SENT_CODE


class PasswordCode(Plain, account.ConfirmPasswordResetCodeForm):
    words = SENT_CODE


APP_CODE = {"code": (pgettext_lazy("of an app", "Code"), _("The six digits in your authenticator app, or one of your recovery codes."))}


class SecondFactor(Plain, mfa.AuthenticateForm):
    words = APP_CODE

    def clean_code(self) -> str:
        may_be_used_again(self.user, self.cleaned_data["code"])
        return super().clean_code()


class ConfirmSecondFactor(Plain, mfa.ReauthenticateForm):
    words = APP_CODE

    def clean_code(self) -> str:
        may_be_used_again(self.user, self.cleaned_data["code"])
        return super().clean_code()


class ActivateApp(Plain, totp.ActivateTOTPForm):
    words = {"code": (_("Code from the app"), _("Six digits. The app shows new ones every 30 seconds."))}


KEY_NAME = {"name": (_("Name of the key"), _("For example “blue key on my key ring”."))}


class AddKey(Plain, webauthn.AddWebAuthnForm):
    words = KEY_NAME


class RenameKey(Plain, webauthn.EditWebAuthnForm):
    words = KEY_NAME
