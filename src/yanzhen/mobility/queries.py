"""The only way to fetch absences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from yanzhen.access.checks import visible
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.partial import first_day, last_day
from yanzhen.mobility.models import Absence
from yanzhen.mobility.rules import Case, Decision, Limits, decide, months_between, purpose_of
from yanzhen.people.models import Stage
from yanzhen.people.queries import member_for
from yanzhen.policy.queries import Parameters


def absences(*, actor: Actor) -> QuerySet[Absence]:
    """The absences that `actor` may see, present and past."""
    return Absence.objects.filter(visible(actor, "mobility.see", member="member__"))


def open_absence(*, actor: Actor, member_id: UUID) -> Absence | None:
    """The present absence of a member; None where he is at home."""
    member = member_for(actor=actor, permission="mobility.see", member_id=member_id)
    return Absence.objects.filter(member=member, is_open=True).first()


def limits_for(*, path: str, on: date) -> Limits:
    """The limits of the decision that are in force for the unit at `path` on a day."""
    parameters = Parameters()
    return Limits.read(lambda key: parameters.get(key, path=path, on=on).number)


def arrival_days(*, path: str) -> int:
    """Within how many days of departing a member of the unit at `path` reports address and phone, today."""
    return Parameters().get("mobility.arrival.days", path=path, on=clock.today()).number


def suggestion(*, actor: Actor, member_id: UUID) -> tuple[Case, Decision] | None:
    """The decision's case as far as the books know it, and what the rules say to that; None where nobody is away.

    The form shows the case and lets people correct it: the months so far or up to the expected return, a fixed place
    where an employer is named, an organization that can accept where one is named, and the full members of the same
    organization who are at the same place.
    """
    member = member_for(actor=actor, permission="mobility.see", member_id=member_id)
    absence = Absence.objects.filter(member=member, is_open=True).first()
    if absence is None:
        return None
    case = Case(
        purpose=purpose_of(absence.reason),
        months=_months(absence),
        fixed_place=bool(absence.host_employer),
        host_can_accept=bool(absence.host_unit),
        group_of_full_members=_together(absence),
    )
    return case, decide(case, limits_for(path=member.path, on=clock.today()))


def _months(absence: Absence) -> Decimal:
    """How long the absence lasts, by what is known today."""
    if not absence.departed_on:
        return Decimal(0)
    departed_on, today = first_day(absence.departed_on), clock.today()
    until = last_day(absence.expected_return_on) if absence.expected_return_on else today
    return months_between(departed_on, max(departed_on, today, until))


def _together(absence: Absence) -> int:
    """How many full members of the member's unit are away at the very place he is."""
    if not absence.destination:
        return 0
    there = Absence.objects.filter(path=absence.path, is_open=True, destination=absence.destination)
    return there.filter(member__stage=Stage.FULL).count()
