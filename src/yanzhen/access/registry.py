"""Permissions and roles, as the rooms declare them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yanzhen.kernel.actor import Reach
from yanzhen.kernel.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Permission:
    """A name that reads as a sentence (`mobility.departure.report`) and what it allows, in people's words."""

    key: str
    allows: str | _StrPromise


@dataclass(frozen=True)
class Role:
    """A role, how far it reaches from its unit, and what it may do there.

    A deputy names the role that he `stands_for`: what that role is asked to do is on his list as well.
    """

    key: str
    label: str | _StrPromise
    reach: Reach
    permissions: frozenset[str]
    stands_for: str = ""


PERMISSIONS: Registry[Permission] = Registry("permission")
ROLES: Registry[Role] = Registry("role")
