"""Acts on the tree with everything that stands in it. Each is dated, today or earlier, and shown before it is done
(`queries.preview_*`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES
from yanzhen.kernel import clock, paths
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import record
from yanzhen.ledger.wording import own_words
from yanzhen.org import rules
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.queries import unit_for, units_for
from yanzhen.org.services import end_unit, found_unit, keep_former_name, refuse_taken
from yanzhen.people.grouping import put_into_group
from yanzhen.people.groups import in_group
from yanzhen.people.models import Basis, Member
from yanzhen.people.responsibility import checked
from yanzhen.reorganization.ground import CHUNK, carry_members, carry_people_of, carry_units

_PERMISSION = "org.change"
_LONGEST_PATH = 64  # as the columns are


@act("org.change", facts=("org.unit.moved",), alone=True)
def move_unit(*, actor: Actor, unit_id: UUID, to_id: UUID, on: date | None = None, reason: str = "") -> Unit:
    """Put a unit with everything below it under another. Its code, its members and who holds a role on it stay.

    `org.change` is needed on the unit it leaves and on the one it comes under. DomainError for a root, a day ahead,
    a place below itself or one that has ended; where it stands there already, nothing changes.
    """
    unit, to, on = *_both(actor, unit_id, to_id), _day(on)
    if unit.ended_on is not None:
        raise Conflict(_("“%(name)s”已经撤销。") % {"name": unit.name})
    if unit.parent_id is None:
        raise DomainError(_("“%(name)s”是最上级，不能划到别处。") % {"name": unit.name})
    if UnitKind.GROUP in (unit.kind, to.kind):
        raise DomainError(_("党小组跟着党支部走，下面也不再设党组织；党员换党支部，请转移党员。"), field="to")
    left = unit_for(actor=actor, permission=_PERMISSION, unit_id=unit.parent_id)
    if unit.parent_id == to.id:
        return unit
    _refuse_no_place(unit, to)
    refuse_taken(to, unit.name)
    _reparent([unit], to)
    _tell_moved(unit, left, to, on=on, reason=reason)
    return unit


@act(
    "org.change",
    facts=("org.unit.merged", "org.unit.moved", "people.member.moved", "accounts.appointment.ended"),
    alone=True,
)
def merge_units(
    *, actor: Actor, unit_id: UUID, into_id: UUID, on: date | None = None, reason: str = ""
) -> Unit:
    """Merge a unit into another: its members, contact persons and the units below it go over, and it ends.

    Roles held on it end, but for contact persons, who go along with those they look after. A group merges into another
    of its branch. Returns the other unit.
    """
    unit, into = _both(actor, unit_id, into_id)
    on = _day(on, unit)
    if unit.ended_on is not None:
        raise Conflict(_("“%(name)s”已经撤销。") % {"name": unit.name})
    _refuse_no_place(unit, into)
    children = list(unit.children.filter(ended_on__isnull=True).order_by("path"))
    _refuse_taken_names(children, into)
    _refuse_misplaced_groups(unit, children, into)
    _end_roles(unit, on=on, heir=into)
    _reparent(children, into)
    for child in children:
        _tell_moved(child, unit, into, on=on, reason=reason)
    carry_people_of(unit, into)
    keep_former_name(into, unit.name, until=on)
    if unit.kind == UnitKind.GROUP and unit.parent_id:
        inside = list(Member.objects.filter(in_group(unit)).values_list("pk", flat=True))
        count = (
            put_into_group(actor=actor, unit_id=unit.parent_id, member_ids=inside, group_id=into.id)
            if inside
            else 0
        )
    else:
        groups = [child.name for child in children if child.kind == UnitKind.GROUP]
        count = _carry(unit.members.values_list("pk", flat=True), into, on=on, groups=groups)
    unit.ended_on = on
    unit.save(update_fields=["ended_on"])
    record(
        "org.unit.merged",
        unit=unit,
        subject_id=unit.id,
        on=on,
        name=unit.name,
        to=str(into.id),
        to_name=into.name,
        members=count,
        reason=reason.strip(),
    )
    return into


@act("org.change", facts=("org.unit.founded", "org.unit.split", "people.member.moved"), alone=True)
def split_unit(
    *,
    actor: Actor,
    unit_id: UUID,
    member_ids: Collection[UUID],
    name: str,
    kind: str,
    on: date | None = None,
    reason: str = "",
    basis: str = "",
) -> Unit:
    """Found a unit beside another and let some of the other's own members belong to it. Returns the new unit.

    It is the heir of what the other was responsible for, unless a `basis` says by what it is.
    """
    known = checked(basis, reason) if basis else None
    unit = unit_for(actor=actor, permission=_PERMISSION, unit_id=unit_id)
    if unit.parent_id is None:
        raise DomainError(_("“%(name)s”是最上级，请直接新设下级。") % {"name": unit.name})
    on, chosen = _day(on), _own_members(unit, member_ids)
    new = found_unit(actor=actor, parent_id=unit.parent_id, name=name, kind=kind)
    unit_for(actor=actor, permission=_PERMISSION, unit_id=new.id)
    count = _carry(chosen, new, on=on, reason=reason.strip() if known else "", basis=known)
    record(
        "org.unit.split",
        unit=new,
        subject_id=new.id,
        on=on,
        name=new.name,
        from_unit=str(unit.id),
        from_name=unit.name,
        members=count,
        reason=reason.strip(),
    )
    return new


@act("org.change", facts=("people.member.moved",), alone=True)
def move_members(
    *,
    actor: Actor,
    member_ids: Collection[UUID],
    to_id: UUID,
    on: date | None = None,
    reason: str = "",
    basis: str = Basis.RELATION,
) -> int:
    """Let members belong to another unit, which is responsible for them from then on; how many did not yet.

    Their contact persons stay until others are named. `org.change` is needed on the unit of each and on the other.
    DomainError for nobody, a day ahead, an ended unit or a group, and as in `people.responsibility.checked`.
    """
    known = checked(basis, reason)
    to, on = unit_for(actor=actor, permission=_PERMISSION, unit_id=to_id), _day(on)
    _refuse_ended(to)
    _refuse_group(to)
    chosen = Member.objects.filter(pk__in=list(member_ids))
    from_units = set(chosen.values_list("unit_id", flat=True).distinct())
    if not from_units or chosen.count() < len(set(member_ids)):
        raise DomainError(_("请选党员。"), field="members")
    units_for(actor=actor, permission=_PERMISSION, unit_ids=from_units)
    going = list(chosen.exclude(unit=to).values_list("pk", flat=True))
    return _carry(going, to, on=on, reason=reason.strip(), basis=known)


@act("org.change", facts=("org.unit.ended", "accounts.appointment.ended"), alone=True)
def dissolve_unit(*, actor: Actor, unit_id: UUID, on: date | None = None, reason: str = "") -> Unit:
    """End a unit that is empty by now, and every role held on it. DomainError without a reason."""
    unit = unit_for(actor=actor, permission=_PERMISSION, unit_id=unit_id)
    if unit.ended_on is not None:
        return unit
    if not reason.strip():
        raise DomainError(_("请写明撤销的理由。"), field="reason")
    if unit.parent_id is None:
        raise DomainError(_("“%(name)s”是最上级，不能撤销。") % {"name": unit.name})
    on = _day(on, unit)
    ended = end_unit(actor=actor, unit_id=unit_id, on=on, reason=reason.strip())
    _end_roles(unit, on=on, heir=None)
    return ended


def _both(actor: Actor, unit_id: UUID, to_id: UUID) -> tuple[Unit, Unit]:
    """The two units."""
    found = units_for(actor=actor, permission=_PERMISSION, unit_ids=[unit_id, to_id])
    return found[unit_id], found[to_id]


def _day(on: date | None, ends: Unit | None = None) -> date:
    """The day, today where none is given: not ahead, and no unit `ends` before it was there."""
    today = clock.today()
    if on is not None and on > today:
        raise DomainError(_("日期不能晚于今天。"), field="on")
    if on is not None and ends is not None and ends.started_on is not None and on < ends.started_on:
        told = {"name": ends.name, "day": ends.started_on.isoformat()}
        raise DomainError(_("“%(name)s”是 %(day)s 登记的，日期不能比那天早。") % told, field="on")
    return on or today


def _refuse_group(unit: Unit) -> None:
    if unit.kind == UnitKind.GROUP:
        raise DomainError(_("党员的组织关系在党支部：请选党支部，转过去再编入小组。"), field="to")


def _refuse_ended(unit: Unit) -> None:
    if unit.ended_on is not None:
        raise DomainError(_("“%(name)s”已经撤销，请选别的党组织。") % {"name": unit.name}, field="to")


def _refuse_no_place(unit: Unit, to: Unit) -> None:
    _refuse_ended(to)
    if to.path.startswith(unit.path):
        raise DomainError(_("不能划到自己下面，请选别的党组织。"), field="to")
    deepest = max(map(len, Unit.objects.filter(path__startswith=unit.path).values_list("path", flat=True)))
    if len(to.path) + paths.WIDTH + deepest - len(unit.path) > _LONGEST_PATH:
        raise DomainError(_("层级太多，放不下了。"), field="to")


def _refuse_taken_names(children: Iterable[Unit], into: Unit) -> None:
    names = [child.name for child in children]
    taken = Unit.objects.filter(parent=into, name__in=names, ended_on__isnull=True).values_list(
        "name", flat=True
    )
    if found := "、".join(taken):
        raise DomainError(
            _("“%(into)s”下面已经有同名的%(names)s，请先改名。") % {"into": into.name, "names": found},
            field="to",
        )


def _refuse_misplaced_groups(unit: Unit, children: Iterable[Unit], into: Unit) -> None:
    """A group merges into one beside it. A branch with groups merges into a branch whose records name none of them."""
    if UnitKind.GROUP in (unit.kind, into.kind) and (unit.kind, unit.parent_id) != (
        into.kind,
        into.parent_id,
    ):
        raise DomainError(_("党小组只能并入同一个党支部的党小组。"), field="to")
    groups = [child.name for child in children if child.kind == UnitKind.GROUP]
    if groups and not rules.fits(UnitKind.GROUP, below=into.kind):
        raise DomainError(_("“%(into)s”不是党支部，请先撤销下面的党小组。") % {"into": into.name}, field="to")
    named = into.members.filter(group__in=groups).values_list("group", flat=True).distinct()
    if found := "、".join(sorted(named)):
        raise DomainError(
            _("“%(into)s”的花名册上已经有%(names)s，请先改名。") % {"into": into.name, "names": found},
            field="to",
        )


def _reparent(units: list[Unit], to: Unit) -> None:
    """Carry the units, which are siblings, to free places below `to`."""
    if not units:
        return
    first = Unit.objects.select_for_update().get(pk=to.pk).next_child
    moves = {unit.path: to.path + paths.segment(first + place) for place, unit in enumerate(units)}
    Unit.objects.filter(pk=to.pk).update(next_child=first + len(units))
    carry_units(moves)
    Unit.objects.filter(pk__in=[unit.pk for unit in units]).update(parent=to)
    for unit in units:
        unit.path, unit.parent = moves[unit.path], to


def _carry(
    member_ids: Iterable[UUID],
    to: Unit,
    *,
    on: date,
    reason: str = "",
    groups: Collection[str] = (),
    basis: Basis | None = None,
) -> int:
    """Carry members to `to` and write a fact of each; how many.

    They stay in `groups`, which came there as well. `basis` is why `to` is responsible for them; without one it is
    the heir of the unit that was.
    """
    why: dict[str, Any] = {}
    if basis is not None:
        # That it has the affiliation goes without saying.
        why = {"basis": basis.value, "what": "" if basis is Basis.RELATION else own_words(basis.label)}
    keys, count = iter(list(member_ids)), 0
    while chunk := list(islice(keys, CHUNK)):
        members = list(Member.objects.filter(pk__in=chunk).select_related("unit").order_by("pk"))
        before = [(member, member.unit) for member in members]
        carry_members(members, to, groups=groups)
        if basis is not None:
            Member.objects.filter(pk__in=chunk).update(responsible_basis=basis, responsible_on=on)
        current().ring.fetch(chunk)
        for member, left in before:
            record(
                "people.member.moved",
                member=member,
                on=on,
                from_unit=str(left.id),
                from_name=left.name,
                to_unit=str(to.id),
                to_name=to.name,
                group="" if member.group in groups else member.group,
                reason=reason,
                **why,
            )
        current().flush()
        count += len(members)
    return count


def _own_members(unit: Unit, member_ids: Collection[UUID]) -> list[UUID]:
    chosen = list(unit.members.filter(pk__in=list(member_ids)).values_list("pk", flat=True))
    if not chosen or len(chosen) < len(set(member_ids)):
        raise DomainError(_("请选“%(name)s”的党员。") % {"name": unit.name}, field="members")
    return chosen


def _tell_moved(unit: Unit, left: Unit, to: Unit, *, on: date, reason: str) -> None:
    record(
        "org.unit.moved",
        unit=unit,
        subject_id=unit.id,
        on=on,
        name=unit.name,
        from_unit=str(left.id),
        from_name=left.name,
        to_unit=str(to.id),
        to_name=to.name,
        reason=reason.strip(),
    )


def _end_roles(unit: Unit, *, on: date, heir: Unit | None) -> None:
    """End the roles held on a unit; contact persons go to the heir, where they are not contact persons already."""
    held = Appointment.objects.filter(unit_id=unit.id, ends_on__isnull=True)
    if heir is not None:
        known = Appointment.objects.filter(unit_id=heir.id, ends_on__isnull=True, role="contact_person")
        goes = held.filter(role="contact_person").exclude(account_id__in=known.values("account_id"))
        goes.update(unit_id=heir.id, path=heir.path)
    ended = list(held.all())
    held.update(ends_on=on)
    for one in ended:
        record(
            "accounts.appointment.ended",
            unit=unit,
            subject_id=one.account_id,
            on=on,
            role=one.role,
            role_name=own_words(ROLES[one.role].label),
            unit_name=unit.name,
            ends_on=on.isoformat(),
        )
