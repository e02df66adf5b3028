"""What and who would move, before anybody says yes: the same ground that the acts carry, counted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.fields import inside
from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES
from yanzhen.contact.models import ContactPerson
from yanzhen.duties.models import Standing
from yanzhen.kernel.actor import Actor
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.queries import named, unit_for, units
from yanzhen.people.models import Member

NAMED = 20
"""How many members and units a preview names; the numbers are of all."""

OFFERED = 20
"""How many units are offered to choose from: what fits on a page without a search of its own."""


@dataclass(frozen=True)
class Preview:
    """What would move. `held` counts the roles on the ground that moves, `roles` are the first, as people read them."""

    units: int
    unit_names: list[str]
    members: int
    names: list[str]
    away: int
    duties: int
    contact_persons: int
    held: int
    roles: list[str]

    @property
    def more_roles(self) -> int:
        return self.held - len(self.roles)

    @property
    def more_members(self) -> int:
        return self.members - len(self.names)

    @property
    def more_units(self) -> int:
        return self.units - len(self.unit_names)


def preview_unit(*, actor: Actor, unit_id: UUID) -> Preview:
    """What moves, or ends, together with a unit: everything below it, and itself not counted among the units."""
    unit = unit_for(actor=actor, permission="org.change", unit_id=unit_id)
    here = inside(unit.path)
    units = Unit.objects.filter(here, ended_on__isnull=True).exclude(pk=unit.pk)
    held = (
        Appointment.objects.filter(here, ends_on__isnull=True)
        .select_related("account")
        .order_by("path", "role")
    )
    members = Member.objects.filter(here)
    return Preview(
        units=units.count(),
        unit_names=list(units.order_by("path").values_list("name", flat=True)[:NAMED]),
        members=members.count(),
        names=list(members.order_by("name_key", "id").values_list("name", flat=True)[:NAMED]),
        away=Absence.objects.filter(here, is_open=True).count(),
        duties=Standing.objects.filter(here).count(),
        contact_persons=ContactPerson.objects.filter(here).count(),
        held=held.count(),
        roles=[
            _("%(what)s（%(more)s）") % {"what": one.account.name, "more": ROLES[one.role].label}
            for one in held[:NAMED]
        ],
    )


def preview_members(*, actor: Actor, unit_id: UUID, member_ids: Collection[UUID]) -> Preview:
    """What moves together with some of a unit's own members."""
    unit = unit_for(actor=actor, permission="org.change", unit_id=unit_id)
    members = Member.objects.filter(unit=unit, pk__in=list(member_ids))
    own = Q(member_id__in=members.values("pk"))
    return Preview(
        units=0,
        unit_names=[],
        members=members.count(),
        names=list(members.order_by("name_key", "id").values_list("name", flat=True)[:NAMED]),
        away=Absence.objects.filter(own, is_open=True).count(),
        duties=Standing.objects.filter(own).count(),
        contact_persons=0,
        held=0,
        roles=[],
    )


def destinations(
    *, actor: Actor, unit: Unit, text: str = "", chosen: UUID | None = None, members_only: bool = False
) -> tuple[list[Unit], bool]:
    """Where a unit, or its members only, may go: at most `OFFERED`, and whether there are more.

    Those that `text` finds; without it, those nearby: beside the unit and beside the one above it. The one `chosen`
    before is among them. A group goes only into another of its branch, and nothing goes below one.
    """
    found = units(actor=actor, permission="org.change").filter(ended_on__isnull=True)
    if unit.kind == UnitKind.GROUP:
        found = found.filter(kind=UnitKind.GROUP, parent=unit.parent_id).exclude(pk=unit.pk)
    elif members_only:
        found = found.exclude(kind=UnitKind.GROUP).exclude(pk=unit.pk)
    else:
        found = found.exclude(kind=UnitKind.GROUP).exclude(inside(unit.path))
    offered = found.filter(named(text)) if text else found
    has_more = offered.count() > OFFERED
    if has_more and not text and unit.parent:
        offered = found.filter(Q(parent__in=[unit.parent_id, unit.parent.parent_id]) | Q(pk=unit.parent_id))
    rows = list(offered.select_related("parent").order_by("path")[:OFFERED])
    kept = found.filter(pk=chosen).exclude(pk__in=[it.pk for it in rows]) if chosen else []
    return [*kept, *rows], has_more


def own_members(*, actor: Actor, unit_id: UUID) -> QuerySet[Member]:
    """The unit's own members, by name, to choose from."""
    unit = unit_for(actor=actor, permission="org.change", unit_id=unit_id)
    return Member.objects.filter(unit=unit).order_by("name_key", "id")
