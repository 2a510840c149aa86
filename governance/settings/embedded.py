"""One machine, embedded servers, synthetic data: what ``manage.py demo`` runs on."""

import os

from governance.embedded import PROJECT as _PROJECT
from governance.embedded.processes import state_dir
from governance.settings.base import *  # noqa: F403

DEMONSTRATION = True
LEDGER_ORIGIN = "gongzhi.example.invalid/ledger"  # the port may be another one tomorrow, the log's name must not
_FOLDER = state_dir(_PROJECT, os.environ.get("EMBEDDED_NAME", "demo"))
STATIC_ROOT = str(_FOLDER / "static")
MEDIA_ROOT = str(_FOLDER / "media")
TEXTS = str(_FOLDER / "texts")  # compiled ones, since one may have no right to write beside the source
LOCALE_PATHS = sorted(str(_FOLDER / "texts" / app.parent.name) for app in _PROJECT.glob("*/*/apps.py"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "governance.web.static_files.PlainStorage"},
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # a security key can be tried at http://localhost
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(_FOLDER / "mail")
SMS_CARRIER, SMS_FILE = "governance.notices.sms.File", str(_FOLDER / "sms.jsonl")
