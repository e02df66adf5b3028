"""Figures of a unit and of each unit right below it, counted set-wise: one query a table, whatever the size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from yanzhen.access.checks import visible
from yanzhen.duties.models import Standing
from yanzhen.duties.registry import DUTIES
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.paths import WIDTH
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.queries import unit_for
from yanzhen.oversight import conditions
from yanzhen.oversight.behind import NOWHERE, narrowed
from yanzhen.oversight.conditions import Days
from yanzhen.oversight.rules import Quarter, last_quarters
from yanzhen.people.models import Member
from yanzhen.people.queries import members

SEE = "oversight.see"
QUARTERS = 8


@dataclass
class Row:
    """The figures of one unit with everything below it; of its own members alone where `is_direct`."""

    unit: Unit
    is_direct: bool = False
    members: int = 0
    away: int = 0
    mobile: int = 0
    known: int = 0
    contacted: int = 0
    overdue: dict[str, int] = field(default_factory=lambda: {duty.key: 0 for duty in DUTIES})

    @property
    def unknown(self) -> int:
        return self.away - self.known

    @property
    def not_contacted(self) -> int:
        return self.away - self.contacted

    @property
    def late(self) -> int:
        """Overdue things, not people: one member may have several."""
        return sum(self.overdue.values())

    def behind(self, **condition: str) -> dict[str, str]:
        """The parameters of the list behind one of these figures: `behind(known="0")`."""
        direct = {"direct": "1"} if self.is_direct else {}
        return {"unit": str(self.unit.id), **direct, **condition}


@dataclass(frozen=True)
class Figures:
    """A unit's figures, those of the units right below it, and the day they are of."""

    total: Row
    rows: list[Row]
    today: date


@dataclass(frozen=True)
class Cell:
    """One quarter of one unit: how many were to be contacted and how many of them were."""

    quarter: Quarter
    due: int
    reached: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nobody was to be contacted."""
        return self.reached / self.due if self.due else None


@dataclass(frozen=True)
class Strip:
    """A unit's last quarters, the earliest first."""

    unit: Unit
    is_direct: bool
    cells: list[Cell]

    def behind(self, **condition: str) -> dict[str, str]:
        """The parameters of the list behind a cell: `behind(missed="2026Q3")`."""
        return Row(self.unit, self.is_direct).behind(**condition)


@dataclass(frozen=True)
class Kept:
    """A contact person's own figures: those he keeps in touch with who are away."""

    away: int
    known: int
    contacted: int


def figures(*, actor: Actor, unit_id: UUID) -> Figures:
    """The figures of a unit and of each unit right below it, whole subtrees. NotFound outside the actor's ground."""
    unit = unit_for(actor=actor, permission=SEE, unit_id=unit_id)
    days = Days.of(unit.path, clock.today())
    rows = _rows(unit)
    for count in _by_child(Member, unit).annotate(n=Count("path")):
        rows[count["child"]].members += count["n"]
    absences = _by_child(Absence, unit).filter(conditions.away())
    for count in absences.annotate(n=Count("path"), known=Count("path", filter=conditions.known())):
        row = rows[count["child"]]
        row.away += count["n"]
        row.known += count["known"]
    standing = _by_child(Standing, unit, "duty").annotate(
        mobile=Count("path", filter=conditions.mobile(days)),
        contacted=Count("path", filter=conditions.contacted(days)),
        late=Count("path", filter=conditions.overdue(days.today)),
    )
    for count in standing:
        row = rows[count["child"]]
        row.mobile += count["mobile"]
        row.contacted += count["contacted"]
        row.overdue[count["duty"]] = count["late"]
    return Figures(_sum(unit, rows.values()), _shown(rows), days.today)


def compliance(*, actor: Actor, unit_id: UUID) -> list[Strip]:
    """Contact in the last eight quarters, for each unit right below: of those away then, how many were reached."""
    unit = unit_for(actor=actor, permission=SEE, unit_id=unit_id)
    days = Days.of(unit.path, clock.today())
    quarters = last_quarters(days.today, QUARTERS)
    counts: dict[str, Count] = {}
    for quarter in quarters:
        due = conditions.to_contact(quarter, days)
        counts[f"due_{quarter.key}"] = Count("path", filter=due)
        counts[f"reached_{quarter.key}"] = Count("path", filter=due & Q(conditions.reached_in(quarter, days)))
    found = {row["child"]: row for row in _by_child(Absence, unit).annotate(**counts)}
    return [
        Strip(
            row.unit,
            row.is_direct,
            [
                Cell(each, found[path][f"due_{each.key}"], found[path][f"reached_{each.key}"])
                if path in found
                else Cell(each, 0, 0)
                for each in quarters
            ],
        )
        for path, row in _rows(unit).items()
        if path in found or not (row.is_direct or _is_group(row))
    ]


def provinces(*, actor: Actor, unit_id: UUID) -> dict[str, int]:
    """How many are away in each province (two digits of GB/T 2260, 99 abroad, `behind.NOWHERE`), for the tile map."""
    unit = unit_for(actor=actor, permission=SEE, unit_id=unit_id)
    away = Absence.objects.filter(conditions.below(unit), conditions.away())
    counted = away.values("province").annotate(n=Count("path")).order_by("province")
    return {count["province"] or NOWHERE: count["n"] for count in counted}


def kept(*, actor: Actor) -> Kept:
    """The figures of the members whose contact person the actor is."""
    visible(actor, SEE, member="member__")  # asked for here; one's own are narrower than that
    days = Days.of("", clock.today())
    if actor.id is None:
        return Kept(0, 0, 0)
    own = Member.objects.filter(keeper_id=actor.id).values("pk")
    absences = Absence.objects.filter(conditions.away(), member_id__in=own)
    counts = absences.aggregate(away=Count("path"), known=Count("path", filter=conditions.known()))
    reached = Standing.objects.filter(conditions.contacted(days), member_id__in=own).count()
    return Kept(counts["away"], counts["known"], reached)


def listed(*, actor: Actor, unit_id: UUID, given: dict[str, str]) -> QuerySet[Member]:
    """The members behind a figure, by the parameters of its link (`Row.behind`); as many as the figure says."""
    unit = unit_for(actor=actor, permission="people.see", unit_id=unit_id)
    days = Days.of(unit.path, clock.today())
    return narrowed(members(actor=actor), given, unit=unit, days=days)


def _rows(unit: Unit) -> dict[str, Row]:
    """A row for each unit right below and one for the unit's own members, by their paths, as the tree orders them."""
    found = {unit.path: Row(unit, is_direct=True)}
    for child in Unit.objects.filter(parent=unit).order_by("path"):
        found[child.path] = Row(child)
    return found


def _shown(rows: dict[str, Row]) -> list[Row]:
    """The unit's own members have a row where there are any; a unit that has ended and is empty has none, nor a group:
    its members are the branch's own."""
    return [
        row
        for row in rows.values()
        if row.members or not (row.is_direct or row.unit.ended_on or _is_group(row))
    ]


def _is_group(row: Row) -> bool:
    return row.unit.kind == UnitKind.GROUP


def _by_child(model: Any, unit: Unit, *more: str) -> QuerySet[Any, dict[str, Any]]:
    """Rows of the unit's ground, to be counted by the child they lie under (the unit's own path for its own)."""
    rows = model.objects.filter(conditions.below(unit))
    grouped: QuerySet[Any, dict[str, Any]] = rows.annotate(
        child=Substr("path", 1, len(unit.path) + WIDTH)
    ).values("child", *more)
    return grouped


def _sum(unit: Unit, rows: Iterable[Row]) -> Row:
    total = Row(unit)
    for row in rows:
        total.members += row.members
        total.away += row.away
        total.mobile += row.mobile
        total.known += row.known
        total.contacted += row.contacted
        for duty, count in row.overdue.items():
            total.overdue[duty] += count
    return total
