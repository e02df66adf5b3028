"""Members ticked in a list: who was merged into another meanwhile is the one who stays."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.people.queries import present


def keys_in(ticked: Iterable[str]) -> list[UUID]:
    """The keys that were sent. DomainError for what is none."""
    try:
        return [UUID(key) for key in ticked]
    except ValueError:
        raise DomainError(_("没有看懂勾选的内容，请再选一次。")) from None


def members_in(ticked: Iterable[str], *, actor: Actor) -> set[UUID]:
    """The members that were ticked, each by the key that he has now."""
    return set(present(actor=actor, member_ids=keys_in(ticked)).values())


def pairs_in(ticked: Iterable[str], *, actor: Actor) -> list[tuple[UUID, UUID]]:
    """The lines that were ticked, each a member's key, a colon, and that of what is to be his; a member once."""
    lines = [line.partition(":") for line in ticked]
    members, others = keys_in(it[0] for it in lines), keys_in(it[2] for it in lines)
    now = present(actor=actor, member_ids=members)
    return list({now[member]: other for member, other in zip(members, others, strict=True)}.items())
