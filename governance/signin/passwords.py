"""How passwords are kept: Argon2, costly to guess and cheap enough that many can sign in at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _

AT_ONCE = 4  # hashes under way in one process: at most 4 x 46 MiB, however many people knock


class Hasher(Argon2PasswordHasher):
    """Argon2id with 46 MiB and one pass (the OWASP recommendation), a few at a time."""

    time_cost = 1
    memory_cost = 47104
    parallelism = 1
    turns = BoundedSemaphore(AT_ONCE)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until one of the others is done."""
        with self.turns:
            yield

    def encode(self, password: str, salt: str) -> str:
        with self.turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> Any:
        with self.turn():
            return super().verify(password, encoded)


class LongEnough(MinimumLengthValidator):
    """Says in our words how long a password has to be."""

    def get_error_message(self) -> str:
        return _("This password is too short. Choose one with at least %(n)s characters.") % {"n": self.min_length}
