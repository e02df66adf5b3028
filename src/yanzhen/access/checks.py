"""Asking whether an actor may. Every answer leaves a trace, so that a forgotten question is found.

`require` guards one unit or one member; `visible` narrows a query to what the actor may see. The ground that was
cleared in the current act is kept: the ledger refuses facts that lie outside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from yanzhen.access.fields import inside
from yanzhen.access.registry import PERMISSIONS
from yanzhen.kernel.actor import Actor, Grant, Reach
from yanzhen.kernel.errors import NotFound, NotPermitted
from yanzhen.kernel.paths import ancestors


class Scoped(Protocol):
    """What stands on a unit's ground: a unit."""

    @property
    def path(self) -> str: ...


class Kept(Scoped, Protocol):
    """What also belongs to one person: a member, with the accounts of the contact person and of the member."""

    @property
    def id(self) -> UUID: ...
    @property
    def keeper_id(self) -> UUID | None: ...
    @property
    def account_id(self) -> UUID | None: ...


@dataclass
class Clearances:
    """What was asked and allowed since `collecting` began."""

    permissions: set[str] = field(default_factory=set)
    subtrees: set[str] = field(default_factory=set)
    members: set[UUID] = field(default_factory=set)

    def cover(self, path: str, member_id: UUID | None) -> bool:
        """Whether a fact at `path` about `member_id` lies on ground that was cleared."""
        return member_id in self.members or not self.subtrees.isdisjoint(ancestors(path))


_clearances: ContextVar[Clearances | None] = ContextVar("clearances", default=None)


@contextmanager
def collecting() -> Iterator[Clearances]:
    """Collect the clearances given inside the block; those of an outer block see them too."""
    outer, inner = _clearances.get(), Clearances()
    token = _clearances.set(inner)
    try:
        yield inner
    finally:
        _clearances.reset(token)
        if outer is not None:
            outer.permissions |= inner.permissions


def require(actor: Actor, permission: str, *, unit: Scoped | None = None, member: Kept | None = None) -> None:
    """Let `actor` go on only where `permission` was granted on `unit` or for `member`.

    Raises NotFound where the ground lies outside everything the actor may see, NotPermitted where the actor may see
    it but holds no such permission, LookupError for an undeclared permission.
    """
    target = member or unit
    if target is None:
        raise TypeError("name the unit or the member")
    if permits(actor, permission, unit=unit, member=member):
        _note(permission, path=target.path if member is None else "", member=member)
        return
    if any(_covers(grant, actor, target.path, member) for grant in actor.grants):
        raise NotPermitted(_("您没有办这件事的权限：%(what)s。") % {"what": PERMISSIONS[permission].allows})
    raise NotFound(_("没有找到，或者不在您管理的范围内。"))


def permits(actor: Actor, permission: str, *, unit: Scoped | None = None, member: Kept | None = None) -> bool:
    """Whether `actor` may: for buttons that are shown or not. It clears nothing."""
    PERMISSIONS[permission]
    target = member or unit
    if target is None:
        raise TypeError("name the unit or the member")
    return actor.is_system or any(
        _covers(grant, actor, target.path, member) for grant in actor.grants_for(permission)
    )


def visible(actor: Actor, permission: str, *, member: str | None = "") -> Q:
    """The condition that keeps a query inside what `actor` may see under `permission`.

    `member` is the lookup prefix of the member row (`"member__"`), "" where the row is the member itself, None for
    rows that belong to units only. The path is always the row's own.
    """
    PERMISSIONS[permission]
    _note(permission)
    if actor.is_system:
        return Q()
    found = Q(pk__in=[])
    for grant in actor.grants_for(permission):
        if grant.reach is Reach.SUBTREE:
            found |= inside(grant.path)
        elif member is not None and actor.id is not None:
            column = "keeper_id" if grant.reach is Reach.ASSIGNED else "account_id"
            found |= Q(**{f"{member}{column}": actor.id})
    return found


def declare_public() -> None:
    """Say that the current request shows nothing of anybody's: sign-in, static text, one's own settings."""
    _note("")


def _covers(grant: Grant, actor: Actor, path: str, member: Kept | None) -> bool:
    if grant.reach is Reach.SUBTREE:
        return path.startswith(grant.path)
    if member is None or actor.id is None:
        return False
    return actor.id == (member.keeper_id if grant.reach is Reach.ASSIGNED else member.account_id)


def _note(permission: str, *, path: str = "", member: Kept | None = None) -> None:
    kept = _clearances.get()
    if kept is None:
        return
    kept.permissions.add(permission)
    if member is not None:
        kept.members.add(member.id)
    elif path:
        kept.subtrees.add(path)
