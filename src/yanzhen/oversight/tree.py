"""支部与小组: the tree as the actor sees it, with how many members each unit has below it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from yanzhen.access.checks import visible
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.paths import WIDTH, ancestors
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.org.queries import units
from yanzhen.people.models import Member


@dataclass
class Leaf:
    """A unit, the units right below it, and how many members and how many away it has, everything below counted."""

    unit: Unit
    members: int = 0
    away: int = 0
    children: list[Leaf] = field(default_factory=list)


def tree(*, actor: Actor) -> list[Leaf]:
    """The topmost units that the actor may see, each with its own below it; three queries however many units."""
    seen = visible(actor, "org.see", member=None)
    members = _by_unit(Member.objects.filter(seen))
    away = _by_unit(Absence.objects.filter(seen, is_open=True))
    leaves: dict[str, Leaf] = {}
    topmost: list[Leaf] = []
    for unit in units(actor=actor).filter(ended_on__isnull=True).order_by("path"):
        leaf = leaves[unit.path] = Leaf(unit, members[unit.path], away[unit.path])
        above = leaves.get(unit.path[:-WIDTH])
        (above.children if above else topmost).append(leaf)
    return topmost


def _by_unit(rows: QuerySet[Any]) -> Counter[str]:
    """For every unit, by its path, the rows on it and below it."""
    counted: Counter[str] = Counter()
    for path, number in rows.values_list("path").annotate(n=Count("pk")):
        for unit in ancestors(path):
            counted[unit] += number
    return counted
