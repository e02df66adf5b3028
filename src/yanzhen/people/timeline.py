"""A member's timeline: the facts about him as sentences, and nothing else."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.ledger.facts import Entry, tell
from yanzhen.ledger.joining import registrations
from yanzhen.ledger.models import Fact
from yanzhen.ledger.registry import FACT_KINDS
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for

PAGE = 50
MERGED, SPLIT, AWAY = "people.members.merged", "people.members.split", "people.member.merged_away"
APART, NOT_APART = "people.members.apart", "people.members.apart_withdrawn"
LOOKS = ("people.member.seen", "people.field.unmasked")
GROUPS: dict[str, Q] = {
    "record": Q(kind__startswith="people.") & ~Q(kind__in=LOOKS),
    "whereabouts": Q(kind__startswith="mobility."),
    "contact": Q(kind__startswith="contact."),
    "looks": Q(kind__in=LOOKS),
}
"""What a timeline can be narrowed to."""


def timeline(*, actor: Actor, member_id: UUID, page: int = 1) -> list[Entry]:
    """What was recorded about a member, newest first, 50 a page; with who looked at his record.

    A member reads what his own kinds of facts are declared to show him; whoever looks after the unit reads all.
    """
    facts = recorded(actor=actor, member_id=member_id)
    start = (max(page, 1) - 1) * PAGE
    return tell(facts[start : start + PAGE])


def recorded(*, actor: Actor, member_id: UUID, group: str = "", year: int | None = None) -> QuerySet[Fact]:
    """The facts of `timeline`, of one of `GROUPS` and of the year in which they happened where these are given."""
    member = member_for(actor=actor, permission="people.see", member_id=member_id)
    facts = Fact.objects.filter(member_id__in=registrations(member.id))
    if _is_own_only(actor, member):
        facts = facts.filter(kind__in=[kind.key for kind in FACT_KINDS if kind.shown_to_member])
    if group in GROUPS:
        facts = facts.filter(GROUPS[group])
    if year is not None:
        facts = facts.filter(on__year=year)
    return facts.order_by("-id")


def _is_own_only(actor: Actor, member: Member) -> bool:
    in_charge = any(member.path in subtree for subtree in actor.subtrees("people.see"))
    return actor.id == member.account_id and not in_charge


def taken_back(facts: QuerySet[Fact]) -> set[UUID]:
    """The acts among these facts that are as if they had not been: splits, and the merges that they took back."""
    splits = facts.filter(kind=SPLIT).values_list("act_id", "data")
    return {key for act_id, data in splits for key in (act_id, UUID(data["undoes"]))}


def has_looked_today(*, actor: Actor, member: Member) -> bool:
    """Whether this actor's look at the member was written down today already."""
    looks = Fact.objects.filter(member_id=member.id, kind="people.member.seen", on=clock.today())
    return looks.filter(actor_id=actor.id, system_name=actor.name if actor.is_system else "").exists()
