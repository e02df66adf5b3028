"""Keeping standing up to the facts, in the transaction that writes them.

Whatever happened to a member, his facts are folded anew: a few rows of one index, and no way for what is kept to
drift from what a rebuild would make. Facts of a batch that was undone are void.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from yanzhen.access.fields import inside
from yanzhen.access.rows import insert
from yanzhen.duties.fold import STEPS, Told, fold
from yanzhen.duties.history import History
from yanzhen.duties.models import Standing
from yanzhen.duties.registry import DUTIES
from yanzhen.kernel import clock
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.people.models import Member
from yanzhen.policy.queries import Parameters

ADDED, UNDONE, PARAMETER_SET = "people.member.added", "sheets.batch.undone", "policy.parameter.set"
MOVED = frozenset({"people.member.moved", "org.unit.moved"})
"""Other ground, other parameters: what a committee set counts for who belongs to it now."""
KINDS = frozenset(STEPS) | MOVED | {ADDED, UNDONE, PARAMETER_SET}
CHUNK = 1000
"""Members folded at a time: bounds the memory, and the length of one query's list of keys."""


_added: ContextVar[tuple[UUID | None, set[UUID]]] = ContextVar("members_added", default=(None, set()))
"""The act in progress, and the members that it added last and told nothing more of yet."""


def apply(facts: Sequence[Fact]) -> None:
    """Bring the standing of every member concerned up to these facts, which are stored already."""
    parameters = Parameters()
    told: dict[UUID, list[Fact]] = defaultdict(list)
    new = _new_members(facts)
    for fact in facts:
        if fact.member_id is None:
            _fold_again(_concerned(fact), parameters)
        elif fact.kind != ADDED:
            told[fact.member_id].append(fact)
    # Who was added just now has no facts but these, and nothing is kept of him yet: the database is not asked.
    first = {member_id: told.pop(member_id) for member_id in new & told.keys()}
    new.difference_update(first)
    insert(
        [
            standing
            for member_id, own in first.items()
            for standing in _standing(
                member_id, own[-1].path, (_told(f.kind, f.on, f.at, f.data) for f in own), parameters
            )
        ]
    )
    _fold_again(told, parameters)


def _new_members(facts: Sequence[Fact]) -> set[UUID]:
    """The members that the act added, now or when its facts were last stored, and of whom no duty knows yet."""
    act_id, new = _added.get()
    if added := {fact.member_id for fact in facts if fact.kind == ADDED and fact.member_id}:
        new = added
    elif act_id != facts[0].act_id:
        new = set()
    _added.set((facts[0].act_id, new))
    return new


def standings(members: dict[UUID, str], parameters: Parameters) -> list[Standing]:
    """What stands of these members (key to path) by all their facts in the database; at most `CHUNK` of them."""
    return [
        standing
        for member_id, told in _stored(members).items()
        for standing in _standing(member_id, members[member_id], told, parameters)
    ]


def histories(member_ids: Sequence[UUID]) -> dict[UUID, History]:
    """What duties know of these members by all their facts in the database; at most `CHUNK` of them."""
    told = _stored(member_ids)
    return {member_id: fold(told[member_id]) for member_id in member_ids}


def chunks(member_ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """The keys, `CHUNK` at a time."""
    keys = iter(member_ids)
    while chunk := list(islice(keys, CHUNK)):
        yield chunk


def _concerned(fact: Fact) -> Iterator[UUID]:
    """The members whose standing a fact about a unit can change."""
    if fact.kind == UNDONE:
        voided = Fact.objects.filter(batch_id=UUID(fact.data["batch"]), kind__in=STEPS)
        return iter({key for key in voided.values_list("member_id", flat=True) if key})
    here = inside(fact.path)
    away = Absence.objects.filter(here, is_open=True)
    due = Standing.objects.filter(here)
    return iter({*away.values_list("member_id", flat=True), *due.values_list("member_id", flat=True)})


def _fold_again(member_ids: Iterable[UUID], parameters: Parameters) -> None:
    for chunk in chunks(member_ids):
        # Two acts on one member at once: the second waits here, and then reads the first one's facts too.
        locked = Member.objects.filter(pk__in=chunk).order_by("pk").select_for_update(no_key=True)
        members = dict(locked.values_list("pk", "path"))
        Standing.objects.filter(member_id__in=chunk).delete()
        insert(standings(members, parameters))


def _standing(member_id: UUID, path: str, told: Iterable[Told], parameters: Parameters) -> Iterator[Standing]:
    history = fold(told)

    def limit(key: str, on: date) -> int:
        return parameters.get(key, path=path, on=on, categories=history.categories_on(on)).number

    for duty in DUTIES:
        if due := duty.stands(history, limit):
            yield Standing(
                member_id=member_id,
                path=path,
                duty=duty.key,
                since=due.since,
                last_done_on=due.last_done_on,
                due_on=due.due_on,
            )


def _stored(members: Iterable[UUID]) -> dict[UUID, list[Told]]:
    """The facts in force of these members, each member's in their order."""
    told: dict[UUID, list[Told]] = defaultdict(list)
    undone = _undone_batches()
    rows = Fact.objects.filter(member_id__in=list(members), kind__in=STEPS).order_by("member_id", "id")
    for member_id, kind, on, at, data, batch_id in rows.values_list(
        "member_id", "kind", "on", "at", "data", "batch_id"
    ):
        if member_id is not None and batch_id not in undone:
            told[member_id].append(_told(kind, on, at, data))
    return told


def _undone_batches() -> set[UUID | None]:
    undone = Fact.objects.filter(kind=UNDONE, member_id__isnull=True)
    return {UUID(data["batch"]) for data in undone.values_list("data", flat=True)}


def _told(kind: str, on: date, at: datetime, data: dict[str, Any]) -> Told:
    return Told(kind, on, at.astimezone(clock.ZONE).date(), data)
