"""编组: the members of a branch put into its groups, and groups founded as its roster names them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.acts import act
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.queries import unit_for
from yanzhen.org.services import NewUnit, found_units
from yanzhen.people.groups import PRESENT, groups_of
from yanzhen.people.models import Member
from yanzhen.people.services import change_members

_NUMERALS = str.maketrans("一二三四五六七八九十", "123456789:")


@dataclass(frozen=True)
class Grouping:
    """One group of a branch, or a name that its records bear and no group does (`unit` is None), with how many are in
    it. Those in none have the name "".
    """

    name: str
    unit: Unit | None
    members: int


def groupings(*, actor: Actor, unit_id: UUID) -> list[Grouping]:
    """How the members of a branch are grouped: its groups, the names without a group, those in none; three queries."""
    unit = unit_for(actor=actor, permission="people.see", unit_id=unit_id)
    counted = Member.objects.filter(unit=unit).values_list("group").annotate(Count("pk"))
    counts: dict[str, int] = dict(counted)
    alone = counts.pop("", 0)
    known = [Grouping(it.name, it, counts.pop(it.name, 0)) for it in groups_of(unit)]
    return [
        *known,
        *(Grouping(name, None, counts[name]) for name in sorted(counts, key=_in_order)),
        *([Grouping("", None, alone)] if alone else []),
    ]


def _in_order(name: str) -> str:
    """第一, 第二, 第三, which their characters are not."""
    return name.translate(_NUMERALS)


@act("org.change", facts=("org.unit.founded",))
def found_groups(*, actor: Actor, unit_id: UUID, names: Collection[str]) -> list[Unit]:
    """按花名册设立小组: found the groups that the records of a branch name. Who bears a name is in that group at once.

    DomainError for none, or for a name that no record bears without a group.
    """
    unit = unit_for(actor=actor, permission="org.change", unit_id=unit_id)
    offered = [it.name for it in groupings(actor=actor, unit_id=unit.id) if it.name and it.unit is None]
    if not names or not set(names) <= set(offered):
        raise DomainError(_("请选花名册上写了、还没有设立的党小组。"), field="names")
    wanted = [NewUnit(unit.id, name, UnitKind.GROUP) for name in offered if name in names]
    return found_units(actor=actor, wanted=wanted)


@act("people.change", facts=("people.member.changed",))
def put_into_group(
    *, actor: Actor, unit_id: UUID, member_ids: Collection[UUID], group_id: UUID | None
) -> int:
    """编组: put members of a branch into one of its groups, or with None into none; how many were not there yet.

    DomainError for nobody, for members of another unit and for a group that is not the branch's.
    """
    unit = unit_for(actor=actor, permission="people.change", unit_id=unit_id)
    name = ""
    if group_id is not None:
        group = Unit.objects.filter(PRESENT, parent=unit, pk=group_id).first()
        if group is None:
            raise DomainError(_("请选“%(name)s”的党小组。") % {"name": unit.name}, field="group")
        name = group.name
    chosen = dict(Member.objects.filter(unit=unit, pk__in=list(member_ids)).values_list("pk", "group"))
    if not chosen or len(chosen) < len(set(member_ids)):
        raise DomainError(_("请选“%(name)s”的党员。") % {"name": unit.name}, field="members")
    changes = [(key, {"group": name}) for key, before in chosen.items() if before != name]
    if changes:
        change_members(actor=actor, changes=changes)
    return len(changes)
