"""Why an action is refused, in words for the person who tried; every edge maps these once."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An action was not done. Nothing has been written.

    ``status`` is the HTTP status the edges answer with; ``slug`` ends the problem type's address (RFC 9457).
    """

    status = 422
    slug = "refused"
    title = _("This was not done")

    def __init__(self, message: Any = "", *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message or self.title
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class Refused(Refusal):
    """The rules do not allow it with these facts."""

    title = _("The rules do not allow this")


class KeyReused(Refused):
    """The same one-time key came with another content."""

    slug = "key-reused"
    title = _("This key was used for something else. Send the request again with a new key.")


class NotNow(Refusal):
    """The record is not in a state in which this can be done."""

    status = 409
    slug = "not-now"
    title = _("This cannot be done now")


class OtherParty(Refusal):
    """It was meant for somebody else than one acts for now."""

    status = 409
    slug = "other-party"
    title = _("This was meant for somebody else")


class NotResponsible(Refusal):
    """Somebody else is responsible for this."""

    status = 403
    slug = "not-responsible"
    title = _("Somebody else is responsible for this")


class NotSignedIn(NotResponsible):
    """One has to sign in first."""

    status = 401
    slug = "not-signed-in"
    title = _("Sign in to do this")


class NotAssured(NotResponsible):
    """The action needs to know better who is acting."""

    slug = "not-assured"
    title = _("We need to know better who you are")


class NotVisible(Refusal):
    """There is no such record, or it is not for these eyes: nobody learns which."""

    status = 404
    slug = "not-found"
    title = _("There is nothing here for you")
