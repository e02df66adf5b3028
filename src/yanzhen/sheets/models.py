"""Batches: a roster that was handed in, what became of it, and what is needed to take it back whole."""

from __future__ import annotations

from typing import Any

from django.db import models

from yanzhen.access.fields import KeyField, PathField

# The facts of an import and of its undo: of a list of members, and of one of units.
APPLIED = ("sheets.batch.applied", "sheets.units.founded")
UNDONE = ("sheets.batch.undone", "sheets.units.taken_back")


class BatchState(models.TextChoices):
    STAGED = "staged"  # handed in, looked at, nothing changed yet
    APPLIED = "applied"
    UNDONE = "undone"
    DISCARDED = "discarded"


class Added(models.TextChoices):
    UNIT = "unit"
    CONTACT_PERSON = "contact_person"


class Rule(models.TextChoices):
    """What is done with a member of whom the roster says something else than the base."""

    TAKE = "take"  # what the roster says, where it says anything
    FILL = "fill"  # only what the base has empty
    KEEP = "keep"


class Choice(models.TextChoices):
    """What the officer decided about one row. The rule holds for every other."""

    TAKE = "take"
    KEEP = "keep"
    SKIP = "skip"  # nothing of the row goes in
    SAME = "same"  # it speaks of this member of the base
    OTHER = "other"  # it speaks of nobody in the base


class Batch(models.Model):
    """One sheet on its way in. The file itself lies sealed in the data folder under the batch's key."""

    id = KeyField()
    path = PathField()
    unit = models.ForeignKey("org.Unit", models.PROTECT)
    file_name = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.STAGED)
    handed_in_by = models.UUIDField(null=True)
    handed_in_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    fields: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict
    )  # corrected columns
    recalled = models.BooleanField(default=False)  # whether `fields` are those of an earlier roster
    rule = models.CharField(max_length=4, choices=Rule.choices, default=Rule.TAKE)
    # For single fields otherwise, take or keep by the field's key.
    field_rules: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    # The units, by key, that names mean which no unit bears.
    unit_names: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    counts: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)

    @property
    def is_of_units(self) -> bool:
        """Whether what was imported was a list of units: it counted them."""
        return "units" in self.counts


class KnownLayout(models.Model):
    """What an officer corrected about the columns of a layout: the next roster of the committee with the same headings
    is read so. `path` is the committee's root."""

    id = KeyField()
    path = PathField()
    fingerprint = models.CharField(max_length=64)
    fields: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "fingerprint"], name="sheets_knownlayout_once")
        ]


class KnownUnitName(models.Model):
    """Which unit an officer said that a name means which no unit bears: the committee's next rosters take it so. `path`
    is the committee's root."""

    id = KeyField()
    path = PathField()
    written = models.CharField(max_length=100)
    unit = models.ForeignKey("org.Unit", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "written"], name="sheets_knownunitname_once")]


class BatchDecision(models.Model):
    """What was decided about one row before it is imported."""

    id = KeyField()
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="decisions")
    row = models.PositiveIntegerField()
    choice = models.CharField(max_length=5, choices=Choice.choices, blank=True)
    member_id = models.UUIDField(null=True)  # whom the row speaks of, where it is SAME
    # Take or keep by the field's key: it goes before everything else.
    fields: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="sheets_batchdecision_once")]


class BatchAddition(models.Model):
    """Something besides members that a batch added, so that undoing the batch can take it away again."""

    id = KeyField()
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="additions")
    what = models.CharField(max_length=16, choices=Added.choices)
    row_id = models.UUIDField()


class BatchMember(models.Model):
    """What one row of a batch did to one member. `before_sealed` holds the rows of a changed member as they were, under
    his own key, until the batch is undone."""

    id = KeyField()
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="members")
    member_id = models.UUIDField()
    row = models.PositiveIntegerField()
    added = models.BooleanField()
    before_sealed = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "member_id"], name="sheets_batchmember_batch")]
