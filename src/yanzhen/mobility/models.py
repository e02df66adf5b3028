"""外出: one row for each time a member is away."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanzhen.access.fields import KeyField, PathField


class Outcome(models.TextChoices):
    """接转 or 持证: what the branch decided for an absence (regulations: 接转 or 持证)."""

    NOTE = "note", _("开党员证明信")
    CERTIFICATE = "certificate", _("办理流动党员活动证")
    TRANSFER = "transfer", _("接转组织关系")


class Absence(models.Model):
    """A member away from home: from the departure to the return. At most one is open for a member.

    `arrived_on` is set once address and phone at the place were reported: then the whereabouts are known.
    """

    id = KeyField()
    member = models.ForeignKey("people.Member", models.CASCADE, related_name="absences")
    path = PathField()
    direction = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    departed_on = models.CharField(max_length=10, blank=True)
    expected_return_on = models.CharField(max_length=10, blank=True)
    returned_on = models.CharField(max_length=10, blank=True)
    is_open = models.BooleanField(default=True)
    destination = models.CharField(max_length=200, blank=True)
    province = models.CharField(max_length=2, blank=True)  # GB/T 2260; 99 abroad; "" unknown (see `places`)
    address_sealed = models.TextField(blank=True)
    host_employer = models.CharField(max_length=200, blank=True)
    host_unit = models.CharField(max_length=200, blank=True)
    host_contact = models.CharField(max_length=60, blank=True)
    host_contact_phone_sealed = models.CharField(max_length=120, blank=True)
    home_unit = models.CharField(max_length=200, blank=True)
    home_unit_phone_sealed = models.CharField(max_length=120, blank=True)
    arrived_on = models.DateField(null=True)
    has_certificate = models.BooleanField(null=True)
    certificate_number = models.CharField(max_length=60, blank=True)
    certificate_issued_on = models.CharField(max_length=10, blank=True)
    decision = models.CharField(max_length=12, blank=True, choices=Outcome.choices)
    decided_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["path", "is_open"], name="mobility_absence_path")]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(is_open=True), name="mobility_absence_one_open"
            )
        ]
