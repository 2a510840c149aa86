"""Tidying: drafts that nobody goes on with."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from governance.clocks.now import now
from governance.feedback.models import Attachment, Draft

KEPT = timedelta(days=30)


@shared_task(name="feedback.tidy", ignore_result=True)
def tidy() -> None:
    """Forget drafts and the files of drafts after thirty days."""
    Draft.objects.forget(now() - KEPT)
    Attachment.objects.forget_drafts(now() - KEPT)
