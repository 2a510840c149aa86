"""Signing in to the interface for programs: an access token that acts for one stakeholder."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header

from governance.clocks.now import today
from governance.stakeholders.actors import Actor, way_to
from governance.stakeholders.models import AccessToken


class ByToken(BaseAuthentication):
    """``Authorization: Bearer gz_…``. The token does nothing that its user may not do for that stakeholder today."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        text = words[1].decode("latin-1") if len(words) == 2 else ""
        return self.known(request, text)

    def known(self, request: Any, text: str) -> tuple[Any, Any]:
        """The user of a token, who from now on acts in this request."""
        token = AccessToken.objects.opening(text, today())
        actor = self.actor(token) if token else None
        if actor is None:
            raise exceptions.AuthenticationFailed(_("This access token is not valid, or not any more."))
        request._request.actor = actor
        return token.user, token

    def actor(self, token: AccessToken) -> Actor | None:
        """Who acts, if the user may still act for that stakeholder."""
        if not token.user.is_active:
            return None
        if token.user.person_id == token.stakeholder_id:
            return Actor(token.user, token.stakeholder)
        way = way_to(token.user, token.stakeholder)
        return Actor(token.user, token.stakeholder, way) if way else None

    def authenticate_header(self, request: Any) -> str:
        return "Bearer"


class ByTokenDescribed(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = ByToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
