"""Whether the system lives, and whether it can work: for load balancers and supervisors."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """The database and Redis answer, and a worker was seen."""
    found = {"database": _database(), "redis": _redis(), "worker": _worker()}
    return JsonResponse({"status": "ok" if all(found.values()) else "not ready", **found}, status=200 if all(found.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False


def _client() -> Redis:
    return Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=2, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0))


def _redis() -> bool:
    try:
        return bool(_client().ping())
    except RedisError:
        return False


def _worker() -> bool:
    """The first worker that answers is enough."""
    from governance.celery import app

    try:
        return bool(app.control.ping(timeout=1, limit=1))
    except (RedisError, OSError):
        return False
