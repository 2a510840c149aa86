"""Signing in at an identity provider (OpenID Connect), where the environment names one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from governance.settings import environment


def provider() -> dict[str, Any]:
    """django-allauth's setting for the provider of OIDC_ISSUER; empty without one."""
    issuer = environment.text("OIDC_ISSUER", "")
    if not issuer:
        return {}
    app = {
        "provider_id": "id",
        "name": environment.text("OIDC_NAME", "OpenID Connect"),
        "client_id": environment.text("OIDC_CLIENT_ID"),
        "secret": environment.text("OIDC_SECRET"),
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def origin() -> list[str]:
    """Where a form of ours may lead: browsers look at the redirect as well."""
    issuer = urlsplit(environment.text("OIDC_ISSUER", ""))
    return [f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else []


def says_verified(account: Any) -> bool:
    """Whether the provider says that it knows the person: the claim of OIDC_VERIFIED_CLAIM, ``name`` or ``name=value``."""
    name, _, wanted = settings.OIDC_VERIFIED_CLAIM.partition("=")
    claims = account.get_provider_account().get_user_data() or {}
    value = claims.get(name) if name else None
    return value is True or (bool(wanted) and str(value) == wanted)
