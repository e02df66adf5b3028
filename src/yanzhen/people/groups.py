"""党小组: who is in which group of his branch. A member is in the group of his own unit whose name his record bears.

A group holds nobody's affiliation: that lies with the branch, so a group has no ground of its own and the column
`group` is all there is to keep (docs/adr/0007). What happens to a group happens to that column.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from yanzhen.ledger.models import Fact
from yanzhen.ledger.registry import Projection
from yanzhen.org.models import FormerName, Unit, UnitKind
from yanzhen.people.models import Member

PRESENT = Q(kind=UnitKind.GROUP, ended_on__isnull=True)


def groups_of(unit: Unit) -> list[Unit]:
    """The groups of a branch today."""
    return list(Unit.objects.filter(PRESENT, parent=unit).order_by("path"))


def in_group(group: Unit) -> Q:
    """On `Member`: is in this group."""
    return Q(unit_id=group.parent_id, group=group.name)


def renamed(named: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], str]:
    """By unit and name: what the groups that were called so once are called today; one query for all.

    A name that a group bears today is that group's.
    """
    bearers = Unit.objects.filter(PRESENT, parent=OuterRef("unit__parent"), name=OuterRef("name"))
    found = FormerName.objects.filter(
        ~Exists(bearers),
        unit__kind=UnitKind.GROUP,
        unit__ended_on__isnull=True,
        unit__parent__in={unit_id for unit_id, _name in named},
        name__in={name for _unit_id, name in named},
    )
    rows = found.order_by("until").values_list("unit__parent_id", "name", "unit__name")
    return {(unit_id, name): today for unit_id, name, today in rows if unit_id}


def ended(named: Set[tuple[UUID, str]]) -> set[tuple[UUID, str]]:
    """By unit and name: those of which the groups that were called so have ended; three queries for all."""
    units, names = {unit_id for unit_id, _name in named}, {name for _unit_id, name in named}
    groups = Unit.objects.filter(kind=UnitKind.GROUP, parent__in=units, name__in=names)
    over = groups.filter(ended_on__isnull=False).values_list("parent_id", "name")
    former = FormerName.objects.filter(
        unit__kind=UnitKind.GROUP, unit__ended_on__isnull=False, unit__parent__in=units, name__in=names
    ).values_list("unit__parent_id", "name")
    there = {*groups.filter(PRESENT).values_list("parent_id", "name"), *renamed(named)}
    ended_ones = {*over, *former} - there
    return {link for link in named if link in ended_ones}


def called_today(unit_id: UUID, name: str) -> str:
    """What a record of long ago says today: the group's present name, "" where the group has ended meanwhile."""
    if not name:
        return ""
    if today := renamed({(unit_id, name)}).get((unit_id, name)):
        return today
    return "" if ended({(unit_id, name)}) else name


def _follow(facts: Sequence[Fact]) -> None:
    groups = Unit.objects.filter(kind=UnitKind.GROUP).in_bulk(
        [it.subject_id for it in facts if it.subject_id]
    )
    for fact in facts:
        group = groups.get(fact.subject_id) if fact.subject_id else None
        if group is None:
            continue
        is_over = fact.kind == "org.unit.ended"
        before, after = (fact.data["name"], "") if is_over else (fact.data["former"], fact.data["name"])
        Member.objects.filter(unit_id=group.parent_id, group=before).update(group=after)


PROJECTIONS = (Projection("people.groups", frozenset({"org.unit.renamed", "org.unit.ended"}), _follow),)
