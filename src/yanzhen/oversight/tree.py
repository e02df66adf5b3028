"""支部与小组: the tree as the actor sees it, the members below each unit, and what the rules on size say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from yanzhen.access.checks import visible
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.paths import WIDTH, ancestors
from yanzhen.mobility.models import Absence
from yanzhen.org import rules
from yanzhen.org.models import Unit
from yanzhen.org.queries import called, units
from yanzhen.people.models import Member, Stage
from yanzhen.policy.queries import InForce, Parameters


@dataclass
class Leaf:
    """A unit, the units right below it, and how many members and how many away it has, everything below counted."""

    unit: Unit
    members: int = 0
    away: int = 0
    sizes: list[InForce] = field(default_factory=list)
    children: list[Leaf] = field(default_factory=list)


@dataclass(frozen=True)
class Size:
    """A unit's size and what the rules say about it (`org.rules`)."""

    members: int
    full: int
    bites: list[InForce]
    committee: InForce | None


def tree(*, actor: Actor, text: str = "") -> list[Leaf]:
    """The topmost units that the actor may see, each with its own below it; five queries however many units.

    With `text` only those whose name, former name or code has it, and the units above them.
    """
    seen = visible(actor, "org.see", member=None)
    members = _by_unit(Member.objects.filter(seen))
    probationary = _by_unit(Member.objects.filter(seen, stage=Stage.PROBATIONARY))
    away = _by_unit(Absence.objects.filter(seen, is_open=True))
    limits = _Limits()
    leaves: dict[str, Leaf] = {}
    topmost: list[Leaf] = []
    for unit in _shown(actor, text.strip()):
        path = unit.path
        leaf = leaves[path] = Leaf(unit, members[path], away[path])
        leaf.sizes = limits.bites(unit, members=leaf.members, full=leaf.members - probationary[path])
        above = leaves.get(path[:-WIDTH])
        (above.children if above else topmost).append(leaf)
    return topmost


def size(*, actor: Actor, unit: Unit) -> Size:
    """A unit's size. Whose stage is not known counts as a full member: nothing is called too small by mistake."""
    seen = visible(actor, "org.see", member=None)
    here = Member.objects.filter(seen, path__gte=unit.path, path__lt=unit.path + "~")
    counted = here.aggregate(
        members=Count("pk"), probationary=Count("pk", filter=Q(stage=Stage.PROBATIONARY))
    )
    members, full = counted["members"], counted["members"] - counted["probationary"]
    limits = _Limits()
    return Size(
        members,
        full,
        limits.bites(unit, members=members, full=full),
        limits.clause(unit, rules.COMMITTEE) if limits.asks_committee(unit, full=full) else None,
    )


class _Limits:
    """The parameters on size, for any unit, today."""

    def __init__(self) -> None:
        self._parameters = Parameters()
        self._today = clock.today()

    def clause(self, unit: Unit, key: str) -> InForce:
        return self._parameters.get(key, path=unit.path, on=self._today)

    def bites(self, unit: Unit, *, members: int, full: int) -> list[InForce]:
        """The clauses that bite."""
        keys = rules.sizes(unit.kind, members=members, full=full, limit=self._limit(unit))
        return [self.clause(unit, key) for key in keys]

    def asks_committee(self, unit: Unit, *, full: int) -> bool:
        """Whether it is to have a branch committee."""
        return rules.needs_committee(unit.kind, full=full, limit=self._limit(unit))

    def _limit(self, unit: Unit) -> Callable[[str], int]:
        return lambda key: self.clause(unit, key).number


def _shown(actor: Actor, text: str) -> Iterable[Unit]:
    found = units(actor=actor).filter(ended_on__isnull=True).order_by("path")
    if not text:
        return found
    hits = found.filter(called(text) | Q(code=text)).values_list("path", flat=True)
    wanted = {above for path in hits for above in ancestors(path)}
    return [unit for unit in found if unit.path in wanted]


def _by_unit(rows: QuerySet[Any]) -> Counter[str]:
    """For every unit, by its path, the rows on it and below it."""
    counted: Counter[str] = Counter()
    for path, number in rows.values_list("path").annotate(n=Count("pk")):
        for unit in ancestors(path):
            counted[unit] += number
    return counted
