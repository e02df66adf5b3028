"""党组织: the units of the tree, and the former names they are still found by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanzhen.access.fields import KeyField, PathField

CODE_WIDTH = 32  # characters


class UnitKind(models.TextChoices):
    """Kinds of units (支部工作条例 2018; 2024 意见 for mobile_unit)."""

    COMMITTEE = "committee", _("党委")
    GENERAL_BRANCH = "general_branch", _("党总支")
    BRANCH = "branch", _("党支部")
    JOINT_BRANCH = "joint_branch", _("联合党支部")
    TEMPORARY_BRANCH = "temporary_branch", _("临时党支部")
    MOBILE_UNIT = "mobile_unit", _("流动党员党组织")
    GROUP = "group", _("党小组")


class Unit(models.Model):
    """One Party organization. Its path is its place in the tree; `code` stays when it moves or is renamed."""

    id = KeyField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = PathField(unique=True)
    code = models.CharField(max_length=CODE_WIDTH, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    next_child = models.PositiveIntegerField(default=1)  # the number of the next segment below this unit

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """A name that a unit bore until a day, its own or that of a unit merged into it: it is still found by it."""

    id = KeyField()
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=100)
    until = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="org_formername_once")]
        indexes = [models.Index(fields=["name"], name="org_formername_name")]
