"""Tidying: sessions that have ended leave nothing behind."""

from celery import shared_task

from governance.signin import sessions


@shared_task(name="signin.tidy", ignore_result=True)
def tidy() -> None:
    """Forget ended sessions, and from where they were opened."""
    sessions.forget_ended()
