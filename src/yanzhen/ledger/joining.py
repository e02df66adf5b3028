"""Registrations that were made one: whose facts belong together, read from the facts that say so."""

from __future__ import annotations

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
