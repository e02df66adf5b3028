"""Registrations that were made one: whose facts belong together, read from the facts that say so."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from yanzhen.ledger.models import Fact
from yanzhen.ledger.registry import FACT_KINDS


def registrations(member_id: UUID) -> set[UUID]:
    """The member's own key, and those of all registrations that were made one with his, and still are, at any depth."""
    kinds = [kind.key for kind in FACT_KINDS if kind.joins is not None]
    found: set[UUID] = set()
    met = {member_id}
    while met:
        found |= met
        inside: set[tuple[UUID | None, UUID]] = set()
        facts = Fact.objects.filter(member_id__in=met, kind__in=kinds).order_by("id")
        for holder, kind, data in facts.values_list("member_id", "kind", "data"):
            (inside.add if FACT_KINDS[kind].joins else inside.discard)((holder, UUID(data["other"])))
        met = {other for _holder, other in inside} - found
    return found


def part_of(member_id: UUID) -> UUID:
    """The registration that this one became part of and still is, at any depth; itself where it is on its own."""
    kinds = [kind.key for kind in FACT_KINDS if kind.leaves or kind.joins is False]
    met: set[UUID] = set()
    while member_id not in met:
        met.add(member_id)
        last = Fact.objects.filter(member_id=member_id, kind__in=kinds).order_by("-id").first()
        if last is not None and FACT_KINDS[last.kind].leaves:
            member_id = UUID(last.data["into"])
    return member_id


def ever_left(member_ids: Collection[UUID | None]) -> set[UUID]:
    """Of these registrations those that became part of another one at some time, whether they still are or not."""
    kinds = [kind.key for kind in FACT_KINDS if kind.leaves]
    left = Fact.objects.filter(member_id__in=member_ids, kind__in=kinds)
    return {key for key in left.values_list("member_id", flat=True) if key}
