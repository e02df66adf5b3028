"""Dated appointments: who held which role on which unit, from when to when."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yanzhen.access.fields import KeyField, PathField


class Appointment(models.Model):
    """One person's role on one unit. It is ended, never deleted."""

    id = KeyField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=32)
    unit_id = models.UUIDField()
    path = PathField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "ends_on"], name="access_appointment_account"),
            models.Index(fields=["path"], name="access_appointment_path"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "unit_id"],
                condition=models.Q(ends_on__isnull=True),
                name="access_appointment_once",
            )
        ]
