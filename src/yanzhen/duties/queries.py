"""Everybody's list of what to do now. The number of queries does not depend on how much there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import dateformat
from django.utils.translation import gettext as _

from yanzhen.access.checks import permits, visible
from yanzhen.access.fields import inside
from yanzhen.duties.levels import SEE, on_list_of, reported_to
from yanzhen.duties.models import Standing
from yanzhen.duties.registry import DUTIES, Duty, Group
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.partial import first_day
from yanzhen.kernel.paths import Subtree
from yanzhen.ledger.wording import spoken_date
from yanzhen.mobility.models import Absence
from yanzhen.org.queries import unit_for
from yanzhen.people.category_lists import since_of
from yanzhen.people.models import Member
from yanzhen.policy.queries import Parameters

PAGE_SIZE = 50
_CHUNK = 1000  # lines of a whole list that are read at a time


@dataclass(frozen=True)
class Item:
    """One line of a list: what is due of whom by when, why, and where it is done."""

    member: Member
    absence: Absence | None
    duty: Duty
    due_on: date
    days: int  # to the due date; negative: overdue by so many
    last_done_on: date | None
    reason: str
    clause: str
    source: str
    reported_to: str  # the role it has gone up to; "" while it is on its own level
    may_act: bool
    has_phone: bool

    @property
    def overdue_days(self) -> int:
        return max(0, -self.days)

    @property
    def place(self) -> str:
        """Where the member is and what he does there, as far as it is known."""
        if self.absence is None:
            return ""
        work = self.member.occupation or self.absence.host_employer
        return " · ".join(part for part in (self.absence.destination, work) if part)


@dataclass(frozen=True)
class Chip:
    """A filter of the list and how many lines stand under it."""

    group: Group
    count: int


@dataclass(frozen=True)
class WorkList:
    """One page of a list, and what stands on all its pages."""

    items: list[Item]
    chips: list[Chip]
    total: int  # under the chosen chip
    everything: int  # under all chips
    overdue: int  # of `everything`
    minutes: int  # to do everything
    page: int
    pages: int
    today: date

    @property
    def later(self) -> int:
        """How many lines are not due yet."""
        return self.everything - self.overdue


def worklist(*, actor: Actor, group: str | None = None, page: int = 1, unit: UUID | None = None) -> WorkList:
    """What `actor` has to do, in all roles held at once, by due date; 50 a page, the last page where `page` is beyond.

    `group` is the key of a chip; `unit` narrows to one unit and below, NotFound outside what the actor may see.
    """
    today, parameters = clock.today(), Parameters()
    listed = _listed(actor, parameters, today)
    if unit is not None:
        path = unit_for(actor=actor, permission=SEE, unit_id=unit).path
        listed = listed.filter(inside(path))
    counts, overdue = _counts(listed, today)
    wanted = [duty.key for duty in DUTIES if group in {None, duty.group.key}]
    total = sum(counts[key] for key in wanted)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    if group is not None:
        listed = listed.filter(duty__in=wanted)
    return WorkList(
        items=_items(actor, _page(listed, page), parameters=parameters, today=today),
        chips=_chips(counts),
        total=total,
        everything=counts.total(),
        overdue=overdue,
        minutes=sum(duty.minutes * counts[duty.key] for duty in DUTIES),
        page=page,
        pages=pages,
        today=today,
    )


@dataclass(frozen=True)
class Everything:
    """All lines of a list on all its pages, how many they are, and of how many people on some ground."""

    count: Callable[[], int]
    people: Callable[[Subtree], int]
    items: Callable[[], Iterator[Item]]


def everything_due(*, actor: Actor, group: str | None, permission: str) -> Everything:
    """The list of `worklist`, of members for whom the actor also holds `permission`; a few queries a thousand lines."""
    today, parameters = clock.today(), Parameters()
    listed = _listed(actor, parameters, today).filter(visible(actor, permission, member="member__"))
    if group is not None:
        listed = listed.filter(duty__in=[duty.key for duty in DUTIES if duty.group.key == group])

    def items() -> Iterator[Item]:
        keys = list(_keys(listed))
        for first in range(0, len(keys), _CHUNK):
            yield from _items(actor, _read(keys[first : first + _CHUNK]), parameters=parameters, today=today)

    def people(ground: Subtree) -> int:
        here = listed.filter(inside(ground.low))
        return here.values("member_id").distinct().count()

    return Everything(listed.count, people, items)


def _listed(actor: Actor, parameters: Parameters, today: date) -> QuerySet[Standing]:
    visible(actor, SEE)  # Asked for here; the levels below are narrower than what it would let through.
    return Standing.objects.filter(on_list_of(actor, parameters=parameters, today=today))


def _counts(listed: QuerySet[Standing], today: date) -> tuple[Counter[str], int]:
    rows = listed.values("duty").annotate(n=Count("path"), late=Count("path", filter=Q(due_on__lt=today)))
    counts: Counter[str] = Counter()
    overdue = 0
    for row in rows:
        counts[row["duty"]] = row["n"]
        overdue += row["late"]
    return counts, overdue


def _chips(counts: Counter[str]) -> list[Chip]:
    by_group: dict[Group, int] = {}
    for duty in DUTIES:
        by_group[duty.group] = by_group.get(duty.group, 0) + counts[duty.key]
    return [Chip(group, count) for group, count in by_group.items()]


def _page(listed: QuerySet[Standing], page: int) -> list[Standing]:
    """The rows of a page in order: found by what one index holds, and only those fifty read whole."""
    first = (page - 1) * PAGE_SIZE
    return _read(list(_keys(listed)[first : first + PAGE_SIZE]))


def _keys(listed: QuerySet[Standing]) -> QuerySet[Standing, tuple[UUID, str]]:
    return listed.order_by("due_on", "member_id", "duty").values_list("member_id", "duty")


def _read(keys: Sequence[tuple[UUID, str]]) -> list[Standing]:
    rows = Standing.objects.filter(member_id__in={member_id for member_id, _duty in keys})
    found = {(row.member_id, row.duty): row for row in rows.select_related("member__unit")}
    return [found[key] for key in keys if key in found]


def _items(actor: Actor, rows: list[Standing], *, parameters: Parameters, today: date) -> list[Item]:
    open_now = Absence.objects.filter(member_id__in=[row.member_id for row in rows], is_open=True)
    absences = {absence.member_id: absence for absence in open_now}
    categories = since_of([row.member_id for row in rows] if parameters.differ_by_category else [])
    items = []
    for row in rows:
        duty, absence = DUTIES[row.duty], absences.get(row.member_id)
        began = row.last_done_on or row.since
        clause = parameters.get(
            duty.clause(done_before=row.last_done_on is not None),
            path=row.path,
            on=began,
            categories=[
                key for key, since in categories[row.member_id].items() if since <= began.isoformat()
            ],
        )
        items.append(
            Item(
                member=row.member,
                absence=absence,
                duty=duty,
                due_on=row.due_on,
                days=(row.due_on - today).days,
                last_done_on=row.last_done_on,
                reason=_reason(row, duty, absence, clause.value, today),
                clause=str(clause.text),
                source=str(clause.source),
                reported_to=reported_to(row, duty, parameters=parameters, today=today),
                may_act=permits(actor, duty.permission, member=row.member),
                has_phone=bool(row.member.phone_sealed),
            )
        )
    return items


def _reason(row: Standing, duty: Duty, absence: Absence | None, limit: str, today: date) -> str:
    """Why this is due, in a sentence; the departure is said as precisely as it was written."""
    since = row.since.isoformat()
    departed = absence.departed_on if absence and absence.departed_on else since
    if row.last_done_on is None:
        return str(duty.first) % {
            "since": _said(since, today),
            "departed": _said(departed, today),
            "limit": limit,
        }
    return str(duty.again) % {"last": _said(row.last_done_on.isoformat(), today), "limit": limit}


def _said(written: str, today: date) -> str:
    """A date as people say it: a day of this year without the year."""
    day = first_day(written)
    if day.year == today.year and written.count("-") == 2:
        return dateformat.format(day, _("n月j日"))
    return spoken_date(written)
