"""What a worker does all the time: on a thread of its own, whether the broker is there or not."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import structlog
from celery.signals import celeryd_after_setup, worker_shutdown, worker_shutting_down
from django.db import connection

log = structlog.get_logger(__name__)
PATIENCE = 30.0  # seconds that a worker which is ending waits for each of them


class Steadily(Thread):
    """Does something every so many seconds until ``ended`` is set; after a fault the next turn is another try."""

    def __init__(self, name: str, every: float, work: Callable[[], Any]) -> None:
        super().__init__(name=name, daemon=True)
        self.every, self.work = every, work
        self.ended = Event()

    def run(self) -> None:
        is_more = False
        while not self.ended.wait(0 if is_more else self.every):
            is_more = self.once()

    def once(self) -> bool:
        """Now; whether there is more: then there is no pause, in which others have its connection."""
        try:
            return bool(self.work())
        except Exception:
            log.exception("what a worker does all the time goes on with its next turn", task=self.name)
            return False
        finally:
            connection.close()


_made: list[Callable[[], Steadily]] = []
_running: list[Steadily] = []


def every(seconds: float, name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Decorator: each worker does this, on a thread of its own, from its start to its end."""

    def remember(work: Callable[[], Any]) -> Callable[[], Any]:
        _made.append(lambda: Steadily(name, seconds, work))
        return work

    return remember


@celeryd_after_setup.connect
def begin(**_: Any) -> None:
    """A worker begins."""
    for make in _made:
        _running.append(make())
        _running[-1].start()


@worker_shutting_down.connect
def end(**_: Any) -> None:
    """Nothing more is begun."""
    for thread in _running:
        thread.ended.set()


@worker_shutdown.connect
def finish(**_: Any) -> None:
    """What has begun is finished: a letter that was sent and not noted would be sent again."""
    while _running:
        _running.pop().join(PATIENCE)
