"""The only way to fetch members."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.checks import require, visible
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.ledger.acts import is_running
from yanzhen.ledger.joining import ever_left, part_of
from yanzhen.people.models import Member


def members(*, actor: Actor, permission: str = "people.see") -> QuerySet[Member]:
    """The members that `actor` may see."""
    return Member.objects.filter(visible(actor, permission))


def member_for(*, actor: Actor, permission: str, member_id: UUID) -> Member:
    """One member, where `actor` holds `permission` for him; NotFound outside what the actor may see."""
    return members_for(actor=actor, permission=permission, member_ids=[member_id])[member_id]


def members_for(
    *, actor: Actor, permission: str, member_ids: Iterable[UUID], missing_ok: bool = False
) -> dict[UUID, Member]:
    """Many members by their keys, each asked for as in `member_for`. Acts on one member come one after the other."""
    wanted = list(member_ids)
    rows = Member.objects.select_related("unit").filter(pk__in=wanted)
    if is_running():
        rows = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    found = {member.id: member for member in rows}
    if len(found) < len(set(wanted)) and not missing_ok:
        raise NotFound(_("没有找到，或者不在您管理的范围内。"))
    for member in found.values():
        require(actor, permission, member=member)
    if not found:
        visible(actor, permission)  # asked, about nobody
    return found


def survivor(*, actor: Actor, member_id: UUID) -> Member | None:
    """The registration that one which is not there any more became part of; None where it did not, or `actor` may not
    see the other."""
    into = part_of(member_id)
    if into == member_id:
        return None
    return members(actor=actor).select_related("unit").filter(pk=into).first()


def present(*, actor: Actor, member_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """These keys, each with the one to go by now: its own, or its `survivor`'s. For lists in which somebody ticked
    members while others were merging them."""
    stay = {key: survivor(actor=actor, member_id=key) for key in ever_left(member_ids)}
    return {key: key for key in member_ids} | {key: member.id for key, member in stay.items() if member}


def lost(*, actor: Actor, member_ids: Collection[UUID]) -> set[UUID]:
    """Those of these keys that are of registrations which became part of one that `actor` may not see."""
    merged = {key for key in ever_left(member_ids) if part_of(key) != key}
    return {key for key in merged if survivor(actor=actor, member_id=key) is None}
