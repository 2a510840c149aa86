"""Tidying: sessions that have ended leave nothing behind."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session


@shared_task(name="signin.tidy", ignore_result=True)
def tidy() -> None:
    """Forget ended sessions, and from where they were opened."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
