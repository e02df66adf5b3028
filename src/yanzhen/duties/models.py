"""Standing: one row for each member and duty that is on. Overdue is a comparison of `due_on` with today."""

from __future__ import annotations

from django.db import models

from yanzhen.access.fields import KeyField, PathField


class Standing(models.Model):
    """What is due of whom: since when, last done when, next due when. Made from facts alone (`duties.projection`)."""

    id = KeyField()
    member = models.ForeignKey("people.Member", models.CASCADE, related_name="standings")
    path = PathField()
    duty = models.CharField(max_length=32)
    since = models.DateField()
    last_done_on = models.DateField(null=True)
    due_on = models.DateField()

    class Meta:
        indexes = [
            # Both hold all that counting asks for: a count of a subtree reads no row.
            models.Index(fields=["path", "due_on", "duty"], name="duties_standing_path"),
            # In the order of every list, so that its first page of a whole town stops after fifty rows.
            models.Index(fields=["due_on", "member", "duty", "path"], name="duties_standing_due"),
        ]
        constraints = [models.UniqueConstraint(fields=["member", "duty"], name="duties_standing_one")]
