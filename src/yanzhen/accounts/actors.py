"""The Actor of a signed-in account: its appointments in force today, and its own record where it has one."""

from __future__ import annotations

from django.db.models import Q

from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES
from yanzhen.accounts.models import Account
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, Door, Grant
from yanzhen.people.models import Member


def actor_for(account: Account, *, door: Door = Door.PAGE) -> Actor:
    """Who `account` is today; three roles or thirty, it is two queries."""
    today = clock.today()
    held = Appointment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), account=account)
    grants = [_grant(one.role, one.path) for one in held.filter(starts_on__lte=today)]
    own_path = Member.objects.filter(account_id=account.id).values_list("path", flat=True).first()
    if own_path is not None:
        grants.append(_grant("member", own_path))
    return Actor(name=account.name, id=account.id, grants=tuple(grants), door=door)


def _grant(role: str, path: str) -> Grant:
    declared = ROLES[role]
    return Grant(role=role, permissions=declared.permissions, reach=declared.reach, path=path)
