"""支部与小组: the tree as the actor sees it, the members below each unit, and what the rules on size say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from yanzhen.access.checks import visible
from yanzhen.access.fields import inside
from yanzhen.access.models import Appointment
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.paths import WIDTH, ancestors
from yanzhen.mobility.models import Absence
from yanzhen.org import rules
from yanzhen.org.models import FormerName, Unit, UnitKind
from yanzhen.org.queries import named, units
from yanzhen.oversight import conditions
from yanzhen.people.models import Member, Stage
from yanzhen.policy.queries import InForce, Parameters

ROOM = 150
"""Units that a page shows at once: as many as a person can look through, drawn in about a tenth of a second."""

CHART_ROOM = 500
"""Units on one chart: some fifteen sheets of A4."""


@dataclass
class Leaf:
    """A unit, and how many members and how many away it has, everything below counted.

    `children` are those of the `below` units right below it that are shown; `formerly` is the former name that it was
    found by.
    """

    unit: Unit
    members: int = 0
    away: int = 0
    below: int = 0
    formerly: str = ""
    secretaries: list[str] = field(default_factory=list)
    sizes: list[InForce] = field(default_factory=list)
    children: list[Leaf] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many right below it are not shown."""
        return self.below - len(self.children)


@dataclass(frozen=True)
class Tree:
    """The topmost units, and which page of what is looked at: of the units right below them, or of those found."""

    leaves: list[Leaf]
    page: Page[str]


@dataclass(frozen=True)
class Size:
    """A unit's size and what the rules say about it (`org.rules`)."""

    members: int
    full: int
    bites: list[InForce]
    committee: InForce | None


def tree(
    *, actor: Actor, top: Unit | None = None, text: str = "", page: str | None = None, room: int = ROOM
) -> Tree:
    """The topmost units that the actor may see, or `top`, with as many levels below as there is `room` for.

    The level right below is paged where it alone is larger. With `text` those whose name, former name or code has it,
    and the units above them. The same few queries however many units there are.
    """
    here = units(actor=actor).filter(ended_on__isnull=True)
    if top is not None:
        here = here.filter(inside(top.path))
    paths = list(here.order_by("path").values_list("path", flat=True))
    below = Counter(path[:-WIDTH] for path in paths)
    if text:
        shown, at = _found(paths, here.filter(named(text)), page, room)
    else:
        shown, at = _levels(paths, page, room)
    leaves = _leaves(actor, here.filter(path__in=shown), top.path if top else "")
    found_by = FormerName.objects.filter(name__contains=text, unit__path__in=shown)
    formerly = dict(found_by.values_list("unit_id", "name")) if text else {}
    for path, leaf in leaves.items():
        leaf.below = below[path]
        leaf.formerly = "" if text in leaf.unit.name else formerly.get(leaf.unit.pk, "")
    return Tree([leaf for path, leaf in leaves.items() if path[:-WIDTH] not in leaves], at)


def chart(*, actor: Actor, unit: Unit) -> Leaf | None:
    """组织结构图: a unit and all below it with their secretaries of today; None where it has ended.

    Of more than `CHART_ROOM` units the deepest levels are left out, and their number told.
    """
    leaves = tree(actor=actor, top=unit, room=CHART_ROOM).leaves
    today = clock.today()
    held = Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        visible(actor, "org.see", member=None),
        conditions.below(unit),
        role="secretary",
        starts_on__lte=today,
    )
    secretaries: dict[UUID, list[str]] = defaultdict(list)
    for unit_id, name in held.order_by("starts_on", "id").values_list("unit_id", "account__name"):
        secretaries[unit_id].append(name)
    for leaf in _all(leaves):
        leaf.secretaries = secretaries[leaf.unit.pk]
    return leaves[0] if leaves else None


def _all(leaves: list[Leaf]) -> Iterator[Leaf]:
    for leaf in leaves:
        yield leaf
        yield from _all(leaf.children)


def size(*, actor: Actor, unit: Unit) -> Size:
    """A unit's size. Whose stage is not known counts as a full member: nothing is called too small by mistake."""
    seen = visible(actor, "org.see", member=None)
    here = Member.objects.filter(seen, inside(unit.path))
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


def _levels(paths: list[str], number: str | None, room: int) -> tuple[list[str], Page[str]]:
    """Of all `paths` the topmost, a page of those right below them, and whole levels while there is room."""
    known, below = set(paths), defaultdict(list)
    for path in paths:
        below[path[:-WIDTH]].append(path)
    shown = [path for path in paths if path[:-WIDTH] not in known]
    level = [child for path in shown for child in below[path]]
    page = Paginator(level, room).get_page(number)
    shown += page.object_list
    while level and len(shown) + len(level := [child for path in level for child in below[path]]) <= room:
        shown += level
    return shown, page


def _found(
    paths: list[str], hits: QuerySet[Unit], number: str | None, room: int
) -> tuple[list[str], Page[str]]:
    """A page of the hits, and of all `paths` those above them."""
    page = Paginator(list(hits.order_by("path").values_list("path", flat=True)), room).get_page(number)
    wanted = {above for path in page for above in ancestors(path)}
    return [path for path in paths if path in wanted], page


def _leaves(actor: Actor, shown: QuerySet[Unit], below: str) -> dict[str, Leaf]:
    """These units by their paths, in the order of the tree, each under the one above it; all are below `below`."""
    seen = visible(actor, "org.see", member=None) & inside(below)
    members = _by_unit(Member.objects.filter(seen))
    probationary = _by_unit(Member.objects.filter(seen, stage=Stage.PROBATIONARY))
    away = _by_unit(Absence.objects.filter(seen, is_open=True))
    limits = _Limits()
    leaves: dict[str, Leaf] = {}
    for unit in shown.order_by("path"):
        path = unit.path
        leaf = leaves[path] = Leaf(unit, members[path], away[path])
        leaf.sizes = limits.bites(unit, members=leaf.members, full=leaf.members - probationary[path])
        if above := leaves.get(path[:-WIDTH]):
            above.children.append(leaf)
    _count_groups([leaf for leaf in leaves.values() if leaf.unit.kind == UnitKind.GROUP])
    return leaves


def _count_groups(leaves: list[Leaf]) -> None:
    """The members of groups, who stand on the ground of their branches; two queries where there are any."""
    if not leaves:
        return
    branches = {leaf.unit.path[:-WIDTH] for leaf in leaves}
    own = Member.objects.filter(path__in=branches).values_list("path", "group")
    gone = Absence.objects.filter(path__in=branches, is_open=True).values_list("path", "member__group")
    members, away = ({(path, name): n for path, name, n in it.annotate(n=Count("pk"))} for it in (own, gone))
    for leaf in leaves:
        named = (leaf.unit.path[:-WIDTH], leaf.unit.name)
        leaf.members, leaf.away = members.get(named, 0), away.get(named, 0)


def _by_unit(rows: QuerySet[Any]) -> Counter[str]:
    """For every unit, by its path, the rows on it and below it."""
    counted: Counter[str] = Counter()
    for path, number in rows.values_list("path").annotate(n=Count("pk")):
        for unit in ancestors(path):
            counted[unit] += number
    return counted
