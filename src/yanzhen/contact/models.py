"""联系人, who looks after whom, and each contact that was logged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanzhen.access.fields import KeyField, PathField


class ContactPerson(models.Model):
    """Somebody at home who keeps in touch with members away. An account is optional: a roster names people only."""

    id = KeyField()
    path = PathField()
    name = models.CharField(max_length=60)
    phone_sealed = models.CharField(max_length=120, blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    account_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["path"], name="contact_person_path")]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """一人一挂钩: the one contact person of a member, from a day to a day."""

    id = KeyField()
    member = models.ForeignKey("people.Member", models.CASCADE, related_name="assignments")
    path = PathField()
    person = models.ForeignKey(ContactPerson, models.PROTECT, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(ends_on__isnull=True), name="contact_assignment_one"
            )
        ]


class Means(models.TextChoices):
    PHONE = "phone", _("电话")
    WECHAT = "wechat", _("微信")
    VISIT = "visit", _("见面")
    LETTER = "letter", _("来信")
    OTHER = "other", _("其他")


class Contact(models.Model):
    """One contact, or one attempt at it: only a contact that reached the member takes the duty off the list."""

    id = KeyField()
    member = models.ForeignKey("people.Member", models.CASCADE, related_name="contacts")
    path = PathField()
    on = models.CharField(max_length=10)  # at the precision that a roster gives
    means = models.CharField(max_length=10, choices=Means.choices)
    reached = models.BooleanField()
    by_name = models.CharField(max_length=60, blank=True)
    note_sealed = models.TextField(blank=True)  # thoughts, work, opinions, needs

    class Meta:
        indexes = [models.Index(fields=["member", "on"], name="contact_contact_member")]
