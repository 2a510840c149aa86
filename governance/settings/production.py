"""A public installation: refuses to start without what keeps it safe."""

from governance.settings import environment

_KEY = r"[0-9a-f]{64}"
environment.demand(
    {
        "SECRET_KEY": (r".{50,}", "at least 50 random characters; signs sessions and links"),
        "FIELD_KEYS": (rf"\w+:{_KEY}(,\w+:{_KEY})*", "number:64 hexadecimal digits, newest first; encrypts identity numbers"),
        "INDEX_KEY": (_KEY, "64 hexadecimal digits; finds an identity number without decrypting it"),
        "LEDGER_KEY": (_KEY, "64 hexadecimal digits; signs the public ledger"),
        "ALLOWED_HOSTS": (r"[^*]+", "the names the site is reached by, separated by commas; no *"),
        "SITE_ADDRESS": (r"https://[^/\s]+/?", "the public address, beginning with https://"),
        "DATABASE_URL": (r"postgres(ql)?://.+", "postgresql://user:password@host:5432/name"),
        "REDIS_URL": (r"(rediss?|unix)://.+", "redis://:password@host:6379/0"),
        "DEFAULT_FROM_EMAIL": (r".+@.+", "the address that e-mails come from"),
    }
)

from governance.settings.base import *  # noqa: E402, F403
from governance.settings.base import ALLAUTH_TRUSTED_PROXY_COUNT, LOGGING  # noqa: E402

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # a supervisor asks on the inner side, without TLS
if ALLAUTH_TRUSTED_PROXY_COUNT:  # without a proxy of ours anybody could send this header
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
# Not by default: it binds every other name under this one too, which may be somebody else's to decide.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = environment.flag("HSTS_WHOLE_DOMAIN")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10

LOGGING["root"]["level"] = "INFO"
LOGGING["loggers"]["django.security.DisallowedHost"] = {"handlers": [], "propagate": False}  # strangers try names all day long
