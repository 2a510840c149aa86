"""A retry does nothing twice: one-time keys and their answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.crypto import salted_hmac

from governance.actions.models import AnsweredKey
from governance.actions.refusals import KeyReused

LONGEST_KEY = 200


@dataclass(frozen=True)
class Once:
    """A key that the sender chose, good for one effect within a scope (an actor, or a session without an account).

    ``digest`` stands for the request's content, so that the same key with another content is refused.
    """

    scope: str
    key: str
    digest: str

    @classmethod
    def by(cls, actor: Any, where: str, key: str, content: Any) -> Once:
        """A key of whoever acts, for whom and by which way they act: the same key for somebody else is another one."""
        return cls.of(f"{where}:{actor.party}", key, content)

    @classmethod
    def of(cls, scope: str, key: str, content: Any) -> Once:
        """A key for this content (anything JSON can hold, other things by their text)."""
        text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
        # Keyed: content may be little more than an identity number, which can be found out from a plain digest by trying.
        return cls(scope, key[:LONGEST_KEY], salted_hmac("governance.actions.once", text, algorithm="sha256").hexdigest())

    def row(self, action: str, outcome: Any) -> AnsweredKey:
        """What is written in the transaction of the effect; its unique constraint lets only one copy through."""
        return AnsweredKey(
            scope=self.scope,
            key=self.key,
            digest=self.digest,
            action=action,
            outcome_type=ContentType.objects.get_for_model(outcome),
            outcome_id=outcome.pk,
        )

    def answer(self, action: str) -> Any:
        """What came of the first copy, None if there was none. Raises KeyReused when that was another request."""
        earlier = AnsweredKey.objects.filter(scope=self.scope, key=self.key).first()
        if earlier is None:
            return None
        if (earlier.digest, earlier.action) != (self.digest, action):
            raise KeyReused
        return earlier.outcome
