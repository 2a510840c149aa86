"""One machine, embedded servers, synthetic data: what ``manage.py demo`` runs on."""

from governance.settings.base import *  # noqa: F403

DEMONSTRATION = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
