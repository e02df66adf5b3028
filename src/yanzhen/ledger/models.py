"""Facts and the chain that seals them. The database refuses to change or delete either (see migration 0002)."""

from __future__ import annotations

from typing import Any

from django.db import models

from yanzhen.access.fields import KeyField, PathField


class Fact(models.Model):
    """One thing that happened. Its key orders it among all facts; personal values stand sealed in `secret`."""

    id = KeyField()
    act_id = models.UUIDField()
    kind = models.CharField(max_length=64)
    path = PathField()
    member_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)  # what it is about where that is not the member: a unit, a batch
    actor_id = models.UUIDField(null=True)  # the account; null for a system actor
    system_name = models.CharField(max_length=64, blank=True)
    door = models.CharField(max_length=16)
    on = models.DateField()  # the day the thing happened; `at` is when it was written down
    at = models.DateTimeField()
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    secret = models.TextField(blank=True)
    batch_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["member_id", "id"], name="ledger_fact_member"),
            models.Index(fields=["act_id"], name="ledger_fact_act"),
            models.Index(fields=["path", "id"], name="ledger_fact_path"),
            # Facts about no member are few and found by their kind: which batches were undone, what a committee set.
            models.Index(
                fields=["kind"], name="ledger_fact_unit", condition=models.Q(member_id__isnull=True)
            ),
            models.Index(
                fields=["batch_id", "member_id"],
                name="ledger_fact_batch",
                condition=models.Q(batch_id__isnull=False),
            ),
        ]


class Seal(models.Model):
    """One act's link in its committee's chain: the digest covers the link before it and all the act's facts."""

    id = KeyField()
    chain = PathField(max_length=4)  # the first path segment: one chain a committee
    number = models.PositiveBigIntegerField()
    act_id = models.UUIDField(unique=True)
    facts = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="ledger_seal_number")]


class ChainHead(models.Model):
    """The last link of each chain, locked while an act adds to it."""

    chain = PathField(primary_key=True, max_length=4)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class MemberKey(models.Model):
    """The key under which one member's personal values stand in facts, itself sealed. Deleting it is the redaction."""

    member_id = models.UUIDField(primary_key=True)
    sealed = models.TextField()
