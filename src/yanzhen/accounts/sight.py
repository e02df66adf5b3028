"""谁能看到这位党员, and why: the roles held today on the units above him, his contact person, himself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

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
    """Somebody who may open the record, and why; `unit` is "" where the role is held on none.

    `in_full`: for a reason that is kept he may see the sealed values too; the member himself needs none.
    """

    name: str
    role: str | _StrPromise
    unit: str
    why: str
    in_full: bool


def who_sees(*, actor: Actor, member_id: UUID) -> list[Seer]:
    """Everybody who may open this member's record today: from the topmost unit down, the contact person, himself.

    Three queries. Accounts that are closed see nothing and are left out.
    """
    member = member_for(actor=actor, permission="people.see", member_id=member_id)
    above = [role.key for role in ROLES if role.reach is Reach.SUBTREE and "people.see" in role.permissions]
    held = _in_force(above, member.path).filter(account__is_active=True)
    units = dict(Unit.objects.filter(path__in=ancestors(member.path)).values_list("id", "name"))
    found = [
        _seer(
            one.account,
            one.role,
            units.get(one.unit_id, ""),
            _("在他所在的党组织任职") if one.path == member.path else _("在上级任职，看得到下面每个党组织"),
        )
        for one in held.select_related("account").order_by("path", "role", "id")
    ]
    reasons = {member.keeper_id: _("支部指定由他联系"), member.account_id: _("本人的记录")}
    roles = {member.keeper_id: "contact_person", member.account_id: "member"}
    persons = Account.objects.filter(pk__in=[key for key in reasons if key], is_active=True)
    own = sorted(persons, key=lambda account: account.id == member.account_id)
    return [*found, *(_seer(account, roles[account.id], "", reasons[account.id]) for account in own)]


def _seer(account: Account, role: str, unit: str, why: str) -> Seer:
    declared = ROLES[role]
    return Seer(account.name, declared.label, unit, why, "people.unmask" in declared.permissions)


def appointed_keepers(*, actor: Actor, member_id: UUID) -> QuerySet[Account]:
    """The accounts appointed as contact persons on a unit of this member's: each can be named for him. By name."""
    member = member_for(actor=actor, permission="contact.assign", member_id=member_id)
    held = _in_force(["contact_person"], member.path).values("account_id")
    own = [member.account_id] if member.account_id else []
    return Account.objects.filter(pk__in=held).exclude(pk__in=own).order_by("name", "pk")


def _in_force(roles: list[str], path: str) -> QuerySet[Appointment]:
    today = clock.today()
    return Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        path__in=ancestors(path),
        role__in=roles,
        starts_on__lte=today,
    )
