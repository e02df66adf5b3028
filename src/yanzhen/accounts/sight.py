"""谁能看到这位党员, and why: the roles held today on the units above him, his contact person, himself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES
from yanzhen.accounts.models import Account
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, Reach
from yanzhen.kernel.paths import ancestors
from yanzhen.org.models import Unit
from yanzhen.people.queries import member_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Seer:
    """Somebody who may open the record, and the role that lets him; `unit` is "" where none is held."""

    name: str
    role: str | _StrPromise
    unit: str


def who_sees(*, actor: Actor, member_id: UUID) -> list[Seer]:
    """Everybody who may open this member's record today, from the topmost unit down, three queries at most."""
    member = member_for(actor=actor, permission="people.see", member_id=member_id)
    above = [role.key for role in ROLES if role.reach is Reach.SUBTREE and "people.see" in role.permissions]
    held = _in_force(above, member.path)
    units = dict(Unit.objects.filter(path__in=ancestors(member.path)).values_list("id", "name"))
    found = [
        Seer(one.account.name, ROLES[one.role].label, units.get(one.unit_id, ""))
        for one in held.select_related("account").order_by("path", "role", "id")
    ]
    keeper = Account.objects.filter(pk=member.keeper_id).first() if member.keeper_id else None
    return [*found, *([Seer(keeper.name, ROLES["contact_person"].label, "")] if keeper else [])]


def appointed_keepers(*, actor: Actor, member_id: UUID) -> list[Account]:
    """The accounts appointed as contact persons on a unit of this member's: each can be named for him."""
    member = member_for(actor=actor, permission="contact.assign", member_id=member_id)
    held = _in_force(["contact_person"], member.path).select_related("account").order_by("path", "id")
    found = {one.account_id: one.account for one in held}
    return [account for account in found.values() if account.id != member.account_id]


def _in_force(roles: list[str], path: str) -> QuerySet[Appointment]:
    today = clock.today()
    return Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        path__in=ancestors(path),
        role__in=roles,
        starts_on__lte=today,
    )
