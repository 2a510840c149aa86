"""Whether the system lives, and whether it can work: for load balancers and supervisors."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis

from governance.servers.keeping import client_options


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
    """Asked on a connection of its own: the pool's would wait for the server, and who supervises wants to know at once."""
    wanted = {"connect_timeout": 2}  # seconds, the least that libpq knows
    try:
        with connection.Database.connect(**connection.get_connection_params() | wanted) as own:
            own.execute("SELECT 1")
        return True
    except connection.Database.Error:
        return False


def _client() -> Redis:
    return Redis.from_url(settings.CELERY_BROKER_URL, **client_options())


def _redis() -> bool:
    try:
        return bool(_client().ping())
    except Exception:  # whatever comes out of the client: it does not answer
        return False


def _worker() -> bool:
    """The first worker that answers is enough."""
    from governance.celery import app

    try:
        return bool(app.control.ping(timeout=1, limit=1))
    except Exception:  # as above, by way of Celery
        return False
