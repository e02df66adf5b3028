"""Standing: one row for each member and duty that is on. Overdue is a comparison of `due_on` with today."""

from __future__ import annotations

from django.db import models

from yanzhen.access.fields import KeyField, PathField


class Standing(models.Model):
    """What is due of whom: since when, last done when, next due when. Made from facts alone (`duties.projection`)."""

    id = KeyField()
    # The constraint's index begins with the member: it needs none of its own.
    member = models.ForeignKey("people.Member", models.CASCADE, related_name="standings", db_index=False)
    path = PathField()
    duty = models.CharField(max_length=32)
    since = models.DateField()
    last_done_on = models.DateField(null=True)
    due_on = models.DateField()

    class Meta:
        # Holds all that a list or a count asks for: neither reads a row that it does not show.
        indexes = [models.Index(fields=["path", "due_on", "duty", "member"], name="duties_standing_path")]
        constraints = [models.UniqueConstraint(fields=["member", "duty"], name="duties_standing_one")]
