"""The only way to fetch members."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.checks import require, visible
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.people.models import Member


def members(*, actor: Actor, permission: str = "people.see") -> QuerySet[Member]:
    """The members that `actor` may see."""
    return Member.objects.filter(visible(actor, permission))


def member_for(*, actor: Actor, permission: str, member_id: UUID) -> Member:
    """One member, where `actor` holds `permission` for him; NotFound outside what the actor may see."""
    found = Member.objects.select_related("unit").filter(pk=member_id).first()
    if found is None:
        raise NotFound(_("没有找到，或者不在您管理的范围内。"))
    require(actor, permission, member=found)
    return found
