"""What a committee sets for its own subtree, dated and with its reason."""

from __future__ import annotations

from django.db import models

from yanzhen.access.fields import KeyField, PathField


class Override(models.Model):
    """One parameter's value for one subtree from a day on. The deepest unit's override holds, then the latest.

    `applies_to` is the category of members that it is for, "" for everybody; a category's own value holds first.
    """

    id = KeyField()
    path = PathField()
    key = models.CharField(max_length=64)
    applies_to = models.CharField(max_length=32, blank=True)
    value = models.CharField(max_length=32, blank=True)  # "": a category has no value of its own from then on
    effective_from = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["path", "key", "applies_to", "effective_from"], name="policy_override_once"
            )
        ]
