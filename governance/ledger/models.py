"""Leaves, their seals, and the tree over them. Rows are added, never changed: triggers refuse it, and the web has no right to."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.clocks.now import now

SALT = 32  # bytes
CODE_BITS = 60  # of what opens a matter without an account
MOST_LEVELS = 7  # of tiles, 256 nodes each: as far as the number of entries goes
MOST_ENTRIES = 2**56


def guards(*, erasable: bool = False) -> list[pgtrigger.Trigger]:
    """No row is changed, deleted or swept away with the table."""
    refused = pgtrigger.Delete if erasable else pgtrigger.Update | pgtrigger.Delete
    return [
        pgtrigger.Protect(name="append_only", operation=refused),
        pgtrigger.Trigger(
            name="never_emptied",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'the ledger is never emptied: %', TG_TABLE_NAME;",
        ),
    ]


class LeafQuerySet(models.QuerySet):
    """The vocabulary of reading leaves."""

    def with_place(self) -> LeafQuerySet:
        """With their number and hash in the log, where they have them already, and what opens them."""
        return self.select_related("entry", "seal")

    def tombstones(self) -> LeafQuerySet:
        """That something was erased, the newest first."""
        return self.with_place().filter(kind="erasure").order_by("-id")


class Leaf(models.Model):
    """What the log says of one thing: that there is one, when, and a commitment that only the salt and the content open."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=32)
    data = models.BinaryField()  # canonical JSON, as it is hashed and published

    objects = LeafQuerySet.as_manager()

    class Meta:
        triggers: ClassVar = [
            *guards(),
            pgtrigger.Trigger(
                name="waits_for_its_number",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="INSERT INTO ledger_waiting (leaf_id, since) VALUES (NEW.id, clock_timestamp()); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Seal(models.Model):
    """What opens a leaf. Erasing it makes the commitment meaningless; the leaf stays, and the tree still verifies."""

    leaf = models.OneToOneField(Leaf, models.PROTECT, primary_key=True)
    salt = models.BinaryField(null=True)  # the first half opens the leaf, the second what the content only digests
    content = models.BinaryField(null=True)  # canonical JSON
    code = models.BigIntegerField(null=True, unique=True)  # 60 random bits: who knows them may follow the matter

    class Meta:
        constraints: ClassVar = [bounds.whole("ledger_seal", "code", most=2**CODE_BITS - 1)]
        triggers: ClassVar = [
            *guards(erasable=True),
            pgtrigger.Protect(
                name="erased_or_kept",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(new__salt=None, new__content=None, new__code=None, new__leaf_id=pgtrigger.F("old__leaf_id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leaf_id}"

    @property
    def is_erased(self) -> bool:
        """Whether nobody can open the leaf any more."""
        return self.salt is None

    @property
    def opens(self) -> bytes:
        """With the content, what the leaf commits to."""
        return bytes(self.salt)[:SALT]

    @property
    def key(self) -> bytes:
        """With a value, what the content seals of it; empty where it seals none."""
        return bytes(self.salt)[SALT:]


class Waiting(models.Model):
    """A leaf that has no number yet; a trigger writes it, numbering takes it away."""

    leaf = models.OneToOneField(Leaf, models.PROTECT, primary_key=True, db_constraint=False)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.leaf_id}"


class Entry(models.Model):
    """A leaf's number in the log, and its hash: the lowest row of the tree."""

    number = models.BigIntegerField(primary_key=True)
    leaf = models.OneToOneField(Leaf, models.PROTECT)
    hash = models.BinaryField()

    class Meta:
        triggers: ClassVar = guards()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="entries_count_from_zero",
                condition=Q(number__gte=0),
                violation_error_message=_("Entries of the log are counted from zero."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Node(models.Model):
    """The root of a complete subtree of 256 ** level leaves, for levels from 1: a published tile is 256 of them."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        triggers: ClassVar = guards()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["level", "number"],
                name="one_node_at_a_place",
                violation_error_message=_("This part of the log is there already."),
            ),
            bounds.whole("ledger_node", "level", least=1, most=MOST_LEVELS),
            bounds.whole("ledger_node", "number", most=MOST_ENTRIES),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class Checkpoint(models.Model):
    """The signed head of the log at one size: whoever keeps one can prove that nothing before it was changed later."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    signed_at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        triggers: ClassVar = guards()

    def __str__(self) -> str:
        return f"{self.size}"


class Witness(models.Model):
    """Somebody outside who keeps our checkpoints and signs that they follow from each other."""

    name = models.CharField(max_length=200, unique=True)
    key = models.CharField(max_length=300)  # a note verifier key, type 4
    address = models.URLField(blank=True)  # where to ask for a signature (tlog-witness); without it the witness comes to us

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """A witness's signature line under a checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="cosignatures")
    line = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = guards()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["checkpoint", "witness"],
                name="one_cosignature_of_a_witness",
                violation_error_message=_("This witness has signed this state of the log already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.witness} {self.checkpoint_id}"


class Watcher(models.Model):
    """Somebody outside who wants every new checkpoint sent: what they keep, we cannot change any more."""

    address = models.CharField(max_length=300, unique=True)  # https://… is posted to, anything else is an e-mail address
    every = models.DurationField()  # not more often than this
    size = models.BigIntegerField(default=0)  # of the checkpoint sent last
    tried_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)  # why the last attempt failed

    class Meta:
        constraints: ClassVar = [bounds.whole("ledger_watcher", "size", most=MOST_ENTRIES)]

    def __str__(self) -> str:
        return self.address
