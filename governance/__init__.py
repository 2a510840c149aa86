"""The common ground: knows no program."""

import os

if "DJANGO_SETTINGS_MODULE" in os.environ and "DATABASE_URL" in os.environ:
    from governance.celery import app as celery_app  # noqa: F401 - shared tasks need the application
