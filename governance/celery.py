"""The Celery application: workers do what the outbox and the clocks ask for."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_after_setup, setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.production")

app = Celery("governance")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_after_setup.connect
def keep_what_is_loaded(**_: Any) -> None:
    """Nothing of it is thrown away before the end, so nobody looks for it."""
    gc.freeze()


@setup_logging.connect
def leave_the_log_as_it_is(**_: Any) -> None:
    """Celery would give it another form, with the words of errors in it; Django's is in force already."""
