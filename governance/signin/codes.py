"""The codes of the demonstration: everybody sees them, and several people may use the same one at once."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache


def may_be_used_again(user: Any, code: str) -> None:
    """Elsewhere a code counts once. In the demonstration two visitors sign in with the same account in the same half minute."""
    if settings.DEMONSTRATION and user.is_synthetic:
        for app in Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP):
            cache.delete(app.wrap()._get_used_cache_key(code))
