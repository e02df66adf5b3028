"""Standing made anew from all facts, and compared with what is kept. It is derived: this writes no fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from yanzhen.access.rows import insert
from yanzhen.duties.fold import OPENING
from yanzhen.duties.models import Standing
from yanzhen.duties.projection import chunks, standings
from yanzhen.ledger.models import Fact
from yanzhen.people.models import Member
from yanzhen.policy.queries import Parameters


class Line(NamedTuple):
    """One standing, as far as it is compared."""

    duty: str
    path: str
    since: date
    last_done_on: date | None
    due_on: date


@dataclass(frozen=True)
class Difference:
    """One member for whom kept and rebuilt standing are not the same."""

    member_id: UUID
    kept: tuple[Line, ...]
    rebuilt: tuple[Line, ...]


def rebuild() -> int:
    """Make all standing anew from the facts alone, all or nothing; returns how many rows stand."""
    parameters = Parameters()
    count = 0
    with transaction.atomic():
        Standing.objects.all().delete()
        for chunk in chunks(_members_once_due()):
            made = _made(chunk, parameters)
            insert(made)
            count += len(made)
    return count


def check() -> Iterator[Difference]:
    """Each member for whom what is kept differs from what a rebuild would make; nothing where all agrees."""
    parameters = Parameters()
    with transaction.atomic():
        concerned = _members_once_due() | set(Standing.objects.values_list("member_id", flat=True))
        for chunk in chunks(sorted(concerned)):
            kept = _by_member(Standing.objects.filter(member_id__in=chunk))
            rebuilt = _by_member(_made(chunk, parameters))
            for member_id in chunk:
                if kept[member_id] != rebuilt[member_id]:
                    yield Difference(member_id, tuple(kept[member_id]), tuple(rebuilt[member_id]))


def _members_once_due() -> set[UUID]:
    opened = Fact.objects.filter(kind__in=OPENING, member_id__isnull=False)
    return {member_id for member_id in opened.values_list("member_id", flat=True) if member_id}


def _made(chunk: list[UUID], parameters: Parameters) -> list[Standing]:
    return standings(dict(Member.objects.filter(pk__in=chunk).values_list("pk", "path")), parameters)


def _by_member(rows: Iterable[Standing]) -> dict[UUID, list[Line]]:
    lines: dict[UUID, list[Line]] = defaultdict(list)
    for row in rows:
        lines[row.member_id].append(Line(row.duty, row.path, row.since, row.last_done_on, row.due_on))
    for found in lines.values():
        found.sort()
    return lines
