"""Who sees what: the rows of standing that belong on an actor's list, by role, level and days past due."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from yanzhen.access.fields import inside
from yanzhen.access.registry import ROLES
from yanzhen.duties.models import Standing
from yanzhen.duties.registry import DUTIES, Duty, Level
from yanzhen.kernel.actor import Actor, Grant, Reach
from yanzhen.people.models import Member
from yanzhen.policy.queries import Parameters

SEE = "duties.see"


def on_list_of(actor: Actor, *, parameters: Parameters, today: date) -> Q:
    """The condition on `Standing` for the list of `actor`: all roles he holds, at once.

    How many days count before something shows or goes up is what the unit on which the role is held has set.
    """
    found = Q(pk__in=[])
    for grant in actor.grants_for(SEE):
        found |= _ground(grant, actor.id) & _shown_to(grant, parameters=parameters, today=today)
    return found


def _ground(grant: Grant, account_id: UUID | None) -> Q:
    """Keys of members, not a join: each way in is then an index of its own, however many roles one person holds."""
    if grant.reach is Reach.SUBTREE:
        return inside(grant.path)
    column = "keeper_id" if grant.reach is Reach.ASSIGNED else "account_id"
    return Q(member_id__in=Member.objects.filter(**{column: account_id}).values("pk"))


def _shown_to(grant: Grant, *, parameters: Parameters, today: date) -> Q:
    def days(key: str) -> timedelta:
        return timedelta(days=parameters.get(key, path=grant.path, on=today).number)

    role = ROLES[grant.role].stands_for or grant.role
    by_day: dict[tuple[date, bool], list[str]] = defaultdict(list)
    for duty in DUTIES:
        for level in duty.levels:
            if level.role == role:
                shows = today + days(duty.lead)
                by_day[today - days(level.after) if level.after else shows, False].append(duty.key)
                if level.at_once_if_unkept:
                    by_day[shows, True].append(duty.key)
    found = Q(pk__in=[])
    for (day, unkept), duties in by_day.items():
        due = Q(due_on__lte=day, duty__in=duties)
        found |= due & Q(_is_unkept()) if unkept else due
    return found


def _is_unkept() -> Exists:
    """Asked of each row by its key: almost every member has no contact person, so nobody may list them all."""
    return Exists(Member.objects.filter(pk=OuterRef("member_id"), keeper_id__isnull=True))


def reported_to(standing: Standing, duty: Duty, *, parameters: Parameters, today: date) -> str:
    """The label of the highest role that this has gone up to because it was not done; "" where it has not."""
    reached = [level for level in duty.levels if _has_reached(level, standing, parameters, today)]
    return str(ROLES[reached[-1].role].label) if reached else ""


def _has_reached(level: Level, standing: Standing, parameters: Parameters, today: date) -> bool:
    if level.after is None or level.role == "inspector":
        return False
    days = parameters.get(level.after, path=standing.path, on=today).number
    return standing.due_on <= today - timedelta(days=days)
