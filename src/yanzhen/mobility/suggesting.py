"""归类建议 (M43): which category what is known of those who are away suggests. It changes nothing; people confirm."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import Q

from yanzhen.access.fields import inside
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.paths import ancestors
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.people.category_lists import SORT
from yanzhen.people.models import Category, Member, MemberCategory
from yanzhen.people.rules import Known, age_on, suggested
from yanzhen.policy.queries import Parameters

MOST = 200
"""Suggestions on one page; once they are confirmed the next ones come."""


@dataclass(frozen=True)
class Suggestion:
    """One member who is in no category yet, the one that fits, and what it was read from."""

    member: Member
    category: Category
    reason: str
    age: int | None


def suggest_categories(*, actor: Actor, unit_id: UUID) -> list[Suggestion]:
    """A category for each member of a unit and below who is away and in none, where one fits; at most `MOST`.

    Five queries, however many members there are.
    """
    unit = unit_for(actor=actor, permission=SORT, unit_id=unit_id)
    below = inside(unit.path)
    offered = {
        (one.path, one.key): one
        for one in Category.objects.filter(below | Q(path__in=ancestors(unit.path)), ended_on=None).exclude(
            key=""
        )
    }
    if not offered:
        return []
    away = Absence.objects.filter(below, is_open=True)
    away = away.exclude(member_id__in=MemberCategory.objects.filter(below).values("member_id"))
    rows = away.select_related("member__unit").order_by("path", "member__name_key", "id")
    limits = _limits(unit)
    found = (_suggestion(absence, offered, limits) for absence in rows.iterator(chunk_size=500))
    return list(islice((one for one in found if one is not None), MOST))


def _limits(unit: Unit) -> dict[str, int]:
    parameters, today = Parameters(), clock.today()

    def years(of: str) -> int:
        return parameters.get(f"people.category.{of}.years", path=unit.path, on=today).number

    return {"graduate_below": years("graduate"), "retired_from": years("retired")}


def _suggestion(
    absence: Absence, offered: dict[tuple[str, str], Category], limits: dict[str, int]
) -> Suggestion | None:
    member = absence.member
    age = age_on(clock.today(), birth_on=member.birth_on, written=member.age)
    work = f"{member.employer} {member.position} {member.occupation}"
    key = suggested(Known(absence.reason, member.education, work, age), **limits)
    paths = reversed(ancestors(member.path))
    category = next((offered[path, key] for path in paths if (path, key) in offered), None)
    return Suggestion(member, category, absence.reason, age) if category else None
