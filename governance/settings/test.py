"""The tests' settings. The servers start here: the test runner reads settings before any conftest."""

from governance.embedded import ensure_servers

ensure_servers("test", durable=False)

from governance.development import messages  # noqa: E402
from governance.settings.base import *  # noqa: E402, F403
from governance.settings.base import REST_FRAMEWORK  # noqa: E402

messages.compile_all()

STATIC_ROOT = None  # nothing is collected: the files are served from where they lie
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A suite sends more in a minute than any person; the tests of throttling set their own rates.
REST_FRAMEWORK |= {"DEFAULT_THROTTLE_RATES": {"address": "1000000/min", "account": "1000000/min"}}
SEARCH_KEPT_SECONDS = 0  # what a test changes, it sees
DATABASES["default"]["OPTIONS"].pop("pool")
DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=300s"  # whoever waits for ever for somebody else's lock fails
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
