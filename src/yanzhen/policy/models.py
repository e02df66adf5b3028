"""What a committee sets for its own subtree, dated and with its reason."""

from __future__ import annotations

from django.db import models

from yanzhen.access.fields import KeyField, PathField


class Override(models.Model):
    """One parameter's value for one subtree from a day on. The deepest unit's override holds, then the latest."""

    id = KeyField()
    path = PathField()
    key = models.CharField(max_length=64)
    value = models.CharField(max_length=32)
    effective_from = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "key", "effective_from"], name="policy_override_once")
        ]
