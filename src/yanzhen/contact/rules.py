"""Spreading members over contact persons evenly. Pure."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from yanzhen.kernel.paths import ancestors


@dataclass(frozen=True)
class Waiting:
    """A member who needs a contact person. `own` is the account of the member, who cannot be his own."""

    member_id: UUID
    path: str
    own: UUID | None = None


@dataclass(frozen=True)
class Candidate:
    """A contact person: the unit's path, how many members are held, and how many may be."""

    person_id: UUID
    path: str
    held: int
    most: int
    account_id: UUID | None = None


@dataclass(frozen=True)
class Match:
    """Who is proposed for a member, and how many that person then holds."""

    member_id: UUID
    person_id: UUID
    holds: int


def spread(waiting: Iterable[Waiting], candidates: Iterable[Candidate]) -> Iterator[Match]:
    """A proposal for each member for whom there is room, in the order of `waiting`.

    The nearest unit's persons come first, the member's own before those above it; among them who holds fewest, then
    who was named first. Nobody is given more than `most`. A heap a unit keeps that cheap: no list is searched through.
    """
    free: dict[str, list[tuple[int, int, Candidate]]] = defaultdict(list)
    for order, candidate in enumerate(candidates):
        if candidate.held < candidate.most:
            free[candidate.path].append((candidate.held, order, candidate))
    for heap in free.values():
        heapq.heapify(heap)
    for member in waiting:
        for path in reversed(ancestors(member.path)):
            if found := _take(free[path], member):
                yield found
                break


def _take(heap: list[tuple[int, int, Candidate]], member: Waiting) -> Match | None:
    """The person at the top of the heap, who goes back into it with one member more while there is room."""
    if not heap:
        return None
    held, order, candidate = heapq.heappop(heap)
    if candidate.account_id is not None and candidate.account_id == member.own:
        found = _take(heap, Waiting(member.member_id, member.path))
        heapq.heappush(heap, (held, order, candidate))
        return found
    if held + 1 < candidate.most:
        heapq.heappush(heap, (held + 1, order, candidate))
    return Match(member.member_id, candidate.person_id, held + 1)
