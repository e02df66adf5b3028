"""The lists that everybody works from, narrowed by a chip: the conditions are those that the figures count by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from yanzhen.contact.models import Assignment
from yanzhen.duties.models import Standing
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.mobility.models import Absence
from yanzhen.mobility.queries import absences
from yanzhen.oversight import conditions
from yanzhen.people.models import Basis, Member
from yanzhen.people.queries import members

_KEPT = Q(ends_on__isnull=True)


def _has(rows: QuerySet[Any], condition: Q, member: str) -> Q:
    return Q(Exists(rows.filter(condition, member=OuterRef(member))))


def _away(member: str) -> Q:
    return _has(Absence.objects.all(), conditions.away(), member)


def _unclear(member: str) -> Q:
    return _away(member) & ~_has(Absence.objects.all(), conditions.known(), member)


def _alone(member: str) -> Q:
    return _away(member) & ~_has(Assignment.objects.all(), _KEPT, member)


def _late(member: str) -> Q:
    past = Q(duty=conditions.CONTACT) & conditions.overdue(clock.today())
    return _has(Standing.objects.all(), past, member)


def _by(basis: Basis) -> Callable[[str], Q]:
    def responsible(member: str) -> Q:
        ahead = "" if member == "pk" else f"{member}__"
        return Q(**{f"{ahead}responsible_basis": basis, f"{ahead}responsible_on__isnull": False})

    return responsible


BASES = (Basis.EMPLOYER, Basis.RESIDENCE, Basis.AGREED)
"""What a unit may be responsible by, besides having the affiliation: the chips of these keys."""

CHIPS: dict[str, Callable[[str], Q]] = {
    "away": _away,
    "unclear": _unclear,
    "alone": _alone,
    "late": _late,
    **{basis.value: _by(basis) for basis in BASES},
}
"""The chips by their keys; each takes the name of the column that holds the member's key."""


def bases_borne(*, actor: Actor) -> list[Basis]:
    """Those of `BASES` that members on the actor's list bear; one query of an index that holds only these members."""
    borne = members(actor=actor).filter(responsible_on__isnull=False, responsible_basis__in=BASES)
    found = set(borne.values_list("responsible_basis", flat=True).distinct())
    return [basis for basis in BASES if basis in found]


def chosen_members(members: QuerySet[Member], chip: str) -> QuerySet[Member]:
    """`members` under a chip; under none where `chip` is not one."""
    return members.filter(CHIPS[chip]("pk")) if chip in CHIPS else members


def with_absence(members: QuerySet[Member]) -> QuerySet[Member]:
    """`members` with their unit and `away_now`, the present absence; two queries for a page."""
    away_now = Prefetch("absences", Absence.objects.filter(conditions.away()), to_attr="away_now")
    return members.select_related("unit").prefetch_related(away_now)


def away(*, actor: Actor, chip: str = "") -> QuerySet[Absence]:
    """Everybody who is away, branch by branch, with `kept_by` and `contact_due` of the member; three queries a page."""
    rows = absences(actor=actor).filter(conditions.away())
    if chip in CHIPS:
        rows = rows.filter(CHIPS[chip]("member"))
    contact_due = Standing.objects.filter(duty=conditions.CONTACT)
    rows = rows.select_related("member__unit").order_by("path", "member__name_key", "pk")
    return rows.prefetch_related(
        Prefetch("member__assignments", _kept(), to_attr="kept_by"),
        Prefetch("member__standings", contact_due, to_attr="contact_due"),
    )


def _kept() -> QuerySet[Assignment]:
    return Assignment.objects.filter(_KEPT).select_related("person")
