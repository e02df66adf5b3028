"""Who acts, through which door, and what was granted to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from yanzhen.kernel.paths import Subtree


class Reach(StrEnum):
    """How far a role reaches from the unit it is held on."""

    SUBTREE = "subtree"  # everybody in the unit and below
    ASSIGNED = "assigned"  # the members whose contact person one is
    SELF = "self"  # oneself


class Door(StrEnum):
    """The way an act came in; kept with every fact."""

    PAGE = "page"
    SHEET = "sheet"
    COMMAND = "command"
    JOB = "job"


@dataclass(frozen=True)
class Grant:
    """One role, held on one unit, today."""

    role: str
    permissions: frozenset[str]
    reach: Reach
    path: str


@dataclass(frozen=True)
class Actor:
    """Who acts. Jobs and commands act under a name of their own, never as nobody."""

    name: str
    id: UUID | None = None  # the account; None for a named system actor
    grants: tuple[Grant, ...] = field(default=())
    door: Door = Door.PAGE
    is_system: bool = False  # may do everything everywhere; only commands and jobs make one

    def grants_for(self, permission: str) -> Iterator[Grant]:
        """The grants that carry `permission`."""
        return (grant for grant in self.grants if permission in grant.permissions)

    def subtrees(self, permission: str) -> list[Subtree]:
        """The subtrees on which `permission` was granted."""
        if self.is_system:
            return [Subtree("")]
        return [Subtree(g.path) for g in self.grants_for(permission) if g.reach is Reach.SUBTREE]

    def has_role(self, *roles: str) -> bool:
        """Whether one of `roles` is held on any unit."""
        return any(grant.role in roles for grant in self.grants)


def system(name: str, *, door: Door = Door.COMMAND) -> Actor:
    """The named system actor for a command or a job."""
    return Actor(name=name, door=door, is_system=True)
