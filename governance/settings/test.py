"""The tests' settings. The servers start here: the test runner reads settings before any conftest."""

from governance.embedded import ensure_servers

ensure_servers("test", durable=False)

from governance.settings.base import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
