"""What every installation shares."""

import os
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF

from governance.settings import environment, logs
from governance.signin import openid

PROJECT = Path(__file__).resolve().parent.parent.parent
SECRET_KEY = environment.text("SECRET_KEY")
FIELD_KEYS = environment.text("FIELD_KEYS")  # "2:hex,1:hex": the first encrypts, all decrypt (AES-256-GCM)
INDEX_KEY = environment.text("INDEX_KEY")  # keyed blind index of identity numbers (HMAC-SHA-256)
LEDGER_KEY = environment.text("LEDGER_KEY")  # Ed25519 seed that signs checkpoints
DEBUG = False
DEMONSTRATION = False
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
SITE_NAME = environment.text("SITE_NAME", "")
SITE_ADDRESS = environment.text("SITE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")  # where e-mails lead
LEDGER_ORIGIN = environment.text("LEDGER_ORIGIN", SITE_ADDRESS.partition("://")[2] + "/ledger")  # the log's name; never changed
LEDGER_FILE = environment.text("LEDGER_FILE", "")  # where the newest checkpoint is written every minute, for others to fetch

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_linear_migrations",
    "pgtrigger",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "governance.clocks",
    "governance.ledger",
    "governance.outbox",
    "governance.actions",
    "governance.web",
    "governance.api",
    "governance.stakeholders",
    "governance.catalogue",
    "governance.imports",
    "governance.matching",
    "governance.signin",
    "governance.notices",
    "governance.promises",
    "governance.receipts",
    "governance.access",
    "governance.determinations",
    "governance.feedback",
    "governance.entitlements",
    "governance.learning",
    "governance.development",
    "programs.annuities",
    "programs.care",
    "programs.insurance",
    "programs.policies",
    "django_filters",  # from here on behind our apps, so that where a text is the same our translation counts
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "governance.api.problems.ProblemsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "governance.web.answers.AnswersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "governance.stakeholders.actors.ActorMiddleware",
    "governance.access.recording.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "governance.signin.sessions.LifetimeMiddleware",
    "governance.stakeholders.sending.PartyMiddleware",
    "governance.signin.second_factor.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "governance.urls"
WSGI_APPLICATION = "governance.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "governance.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "governance.web.templatetags.marks",
            ],
        },
    }
]
COTTON_SNAKE_CASED_NAMES = False  # components are named in kebab-case
FORM_RENDERER = "governance.web.forms.Renderer"

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.text("REDIS_URL")
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1")[2:]) + 1  # each test worker has databases of its own


def redis_database(number: int) -> str:
    """The URL of one of our three databases."""
    base, _slash, first = REDIS_URL.rpartition("/")
    first = int(first) if first.isdigit() else 0
    return f"{base if first or REDIS_URL.endswith('/0') else REDIS_URL}/{first + number + 3 * _WORKER}"


# Everything in it begins with our name, so that only what is ours is ever thrown away.
CACHES = {"default": {"BACKEND": "governance.servers.keeping.Cache", "LOCATION": redis_database(2), "KEY_PREFIX": "gongzhi"}}
CELERY_BROKER_URL = redis_database(0)
CELERY_RESULT_BACKEND = redis_database(1)
# Tasks are acknowledged as they begin: what is to be done stands in PostgreSQL and is looked for again within seconds. Messages that
# are still open when the broker dies make Kombu's clean-up fail, and the worker with it.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Shanghai"
# Kombu looks for tasks of dead workers every hundred seconds by default; here within about ten.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "unacked_mutex_expire": 60,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "give the log's newest checkpoint to those who keep it": {"task": "ledger.publish", "schedule": 60.0, "options": {"expires": 60.0}},
    "do what ended clocks say": {"task": "actions.sweep", "schedule": 15.0},
    "forget ended sessions": {"task": "signin.tidy", "schedule": 3600.0},
    "read the registers again for matching": {"task": "matching.refresh", "schedule": crontab(minute="*/10"), "options": {"expires": 600.0}},
    "look for those who are alike": {"task": "matching.look", "schedule": 60.0, "options": {"expires": 60.0}},
    "count every date anew": {"task": "promises.recount", "schedule": crontab(hour=2, minute=10)},
    "remind of dates": {"task": "promises.remind", "schedule": crontab(minute="*/10")},
    "forget old drafts": {"task": "feedback.tidy", "schedule": crontab(hour=3, minute=20)},
    "send the morning's overviews": {"task": "promises.overviews", "schedule": crontab(hour=8, minute=40)},
}

AUTH_USER_MODEL = "stakeholders.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["governance.signin.passwords.Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "governance.signin.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("NUM_PROXIES", 0)
ALLAUTH_USER_CODE_FORMAT = {"length": 8, "numeric": False, "dashed": True}
ACCOUNT_ADAPTER = "governance.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "governance.signin.signup.PersonForm"
ACCOUNT_FORMS = {
    "login": "governance.signin.forms.SignIn",
    "signup": "governance.signin.forms.SignUp",
    "reauthenticate": "governance.signin.forms.ConfirmPassword",
    "change_password": "governance.signin.forms.ChangePassword",
    "set_password": "governance.signin.forms.SetPassword",
    "reset_password": "governance.signin.forms.ForgottenPassword",
    "reset_password_from_key": "governance.signin.forms.NewPassword",
    "confirm_password_reset_code": "governance.signin.forms.PasswordCode",
    "add_email": "governance.signin.forms.ChangeAddress",
    "change_email": "governance.signin.forms.OtherAddress",
    "confirm_email_verification_code": "governance.signin.forms.AddressCode",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 900
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, or earlier
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Wrong attempts lock the account for everybody and the address for every account; people who sign in do not count.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "60/15m/ip,5/15m/key", "signup": "20/m/ip"}
MFA_ADAPTER = "governance.signin.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": "governance.signin.forms.SecondFactor",
    "reauthenticate": "governance.signin.forms.ConfirmSecondFactor",
    "activate_totp": "governance.signin.forms.ActivateApp",
    "add_webauthn": "governance.signin.forms.AddKey",
    "edit_webauthn": "governance.signin.forms.RenameKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
SOCIALACCOUNT_ADAPTER = "governance.signin.adapters.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "governance.signin.forms.SocialSignUp"}
SOCIALACCOUNT_AUTO_SIGNUP = False  # a new account always asks for the name and the place
SOCIALACCOUNT_PROVIDERS = openid.provider()
OIDC_VERIFIED_CLAIM = environment.text("OIDC_VERIFIED_CLAIM", "")
SESSION_COOKIE_AGE = 60 * environment.number("SESSION_IDLE_MINUTES", 60)
SESSION_LONGEST = 60 * environment.number("SESSION_LONGEST_MINUTES", 600)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = environment.text("STATIC_ROOT", str(PROJECT / "staticfiles"))
STATICFILES_FINDERS = ["governance.web.static_files.Finder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "governance.web.static_files.Storage"},
}
MEDIA_ROOT = environment.text("MEDIA_ROOT", str(PROJECT / "var" / "media"))

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "governance.stakeholders.authentication.ByToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [],  # who may do what is the actions' and the records' business
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["governance.api.parsing.ShallowJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["governance.api.throttling.Rates"],
    "DEFAULT_THROTTLE_RATES": {
        "address": environment.text("RATE_BY_ADDRESS", "600/min"),
        "account": environment.text("RATE_BY_ACCOUNT", "120/min"),
    },
    "NUM_PROXIES": environment.number("NUM_PROXIES", 0),  # how many of our own proxies stand in front
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "governance.api.problems.handler",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Gongzhi 共治",
    "DESCRIPTION": "Records are read, actions are posted. Every action says who may do it, from which state, and what follows.",
    "VERSION": "0.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/",
    "POSTPROCESSING_HOOKS": [],  # choices stay where they are used, under no invented names
    "COMPONENT_SPLIT_REQUEST": True,
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "governance.web.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *openid.origin()],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SEARCH_KEPT_SECONDS = 5  # how long an answer of a public search is given to others who ask the same
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "governance.web.uploads.WholeOnly",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
EMAIL_SUBJECT_PREFIX = ""
SMS_CARRIER = environment.text("SMS_CARRIER", "")  # a class like governance.notices.sms.Http; without it there are no text messages
SMS_URL, SMS_TOKEN = environment.text("SMS_URL", ""), environment.text("SMS_TOKEN", "")
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "gongzhi@example.invalid")

LOGGING = logs.configured()
