"""What stood in a field before: read from the facts of each change, with the values under the member's own key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.ledger.facts import tell, values
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import KeyRing
from yanzhen.people.columns import OWN, Column, Value
from yanzhen.people.queries import member_for

_KINDS = ("people.member.changed",)


@dataclass(frozen=True)
class Change:
    """One change of one field. Both values are None where they were redacted."""

    before: Value | None
    after: Value | None
    at: datetime
    actor: str
    door: str
    redacted: bool


def own_column(field: str) -> Column:
    """The column of the member's own row with this key; NotFound where there is none."""
    column = next((column for column in OWN if column.key == field), None)
    if column is None:
        raise NotFound(_("没有这一项。"))
    return column


def changed_fields(*, actor: Actor, member_id: UUID) -> frozenset[str]:
    """The keys of the columns that were changed since the member was added; one query."""
    found = _changes(actor, member_id).values_list("data", flat=True)
    return frozenset(key for data in found for key in data.get("fields", ()))


def changes_of(*, actor: Actor, member_id: UUID, field: str) -> tuple[Column, list[Change]]:
    """The column, and its changes, newest first. NotFound for a column that is not the member's own."""
    column = own_column(field)
    facts = [fact for fact in _changes(actor, member_id) if field in fact.data.get("fields", ())]
    ring = KeyRing()
    ring.fetch([member_id])
    found = []
    for entry in tell(facts):
        told, redacted = values(entry.fact, ring)
        before, after = told.get("before", {}).get(field), told.get("after", {}).get(field)
        found.append(Change(before, after, entry.fact.at, entry.actor, entry.fact.door, redacted))
    return column, found


def _changes(actor: Actor, member_id: UUID) -> QuerySet[Fact]:
    member = member_for(actor=actor, permission="people.see", member_id=member_id)
    return Fact.objects.filter(member_id=member.id, kind__in=_KINDS).order_by("-id")
