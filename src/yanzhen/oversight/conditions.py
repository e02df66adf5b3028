"""What each figure counts: one condition, which the list behind the figure shows too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from yanzhen.access.fields import inside
from yanzhen.contact.models import Contact
from yanzhen.org.models import Unit
from yanzhen.oversight.intervals import Intervals
from yanzhen.oversight.rules import Quarter, began_by
from yanzhen.policy.queries import Parameters

CONTACT = "contact_quarterly"
"""The duty that every member away has standing of; its `since` is the day from which the absence counts."""


@dataclass(frozen=True)
class Days:
    """The days that the figures of one unit go by."""

    today: date
    mobile_since: date  # away since then or earlier: 流动党员
    arrival_days: int
    intervals: Intervals

    @classmethod
    def of(cls, path: str, today: date) -> Days:
        """By the parameters in force for the unit at `path`."""
        parameters = Parameters()
        months = parameters.get("mobility.mobile.months", path=path, on=today).number
        days = parameters.get("mobility.arrival.days", path=path, on=today).number
        return cls(today, began_by(today, months), days, Intervals.around(path, parameters))


def below(unit: Unit) -> Q:
    """On any row with a path: the unit and everything under it."""
    return inside(unit.path)


def away() -> Q:
    """On `Absence`: a member is away now."""
    return Q(is_open=True)


def known() -> Q:
    """On `Absence`: away, and address and phone at the place were reported."""
    return Q(is_open=True, arrived_on__isnull=False)


def mobile(days: Days) -> Q:
    """On `Standing`: away long enough to be a mobile member (2024 意见: six months)."""
    return Q(duty=CONTACT, since__lte=days.mobile_since)


def contacted(days: Days) -> Q:
    """On `Standing`: away, and reached in the present quarter, or so lately that none is due in it (M43)."""
    return Q(duty=CONTACT, last_done_on__isnull=False, due_on__gt=Quarter.of(days.today).end)


def overdue(today: date) -> Q:
    """On `Standing`: past its due date."""
    return Q(due_on__lt=today)


def to_contact(quarter: Quarter, days: Days) -> Q:
    """On `Absence`: away at the quarter's end, and long enough before it that a contact was due by then.

    No two absences of a member cover the same day, so that rows are members here. An absence whose departure nobody
    wrote down is in no quarter. Dates are text at their written precision: a month
    or a year that the bound falls into has not ended by then.
    """
    gone = Q(pk__in=[])
    for number in days.intervals.numbers:
        by = (quarter.back(number - 1).end - timedelta(days=days.arrival_days)).isoformat()
        left = Q(departed_on__gt="", departed_on__lte=by) & ~Q(departed_on__in=[by[:4], by[:7]])
        gone |= left & days.intervals.is_(number, "departed_on")
    return gone & (Q(is_open=True) | Q(returned_on__gt=quarter.end.isoformat()))


def reached_in(quarter: Quarter, days: Days) -> Exists:
    """On `Absence`: the member was reached on a day, or in a month, of the quarter, or so lately before it that none
    was due in it."""
    lately = Q(pk__in=[])
    for number in days.intervals.numbers:
        first = quarter.back(number - 1).start.isoformat()[: len("2026-01")]
        lately |= Q(on__gte=first) & days.intervals.is_(number, "on")
    own = Contact.objects.filter(member_id=OuterRef("member_id"), reached=True)
    return Exists(own.filter(lately, on__lte=quarter.end.isoformat()))
