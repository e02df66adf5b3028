"""The list behind each figure, by the parameters of its address: `?unit=…&known=0`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yanzhen.duties.models import Standing
from yanzhen.duties.registry import DUTIES
from yanzhen.kernel.errors import DomainError
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.oversight import conditions
from yanzhen.oversight.conditions import Days
from yanzhen.oversight.rules import Quarter
from yanzhen.people.models import Member

NOWHERE = "unknown"
"""The value of `province` for those whose province is not known."""


def narrowed(
    members: QuerySet[Member], given: Mapping[str, str], *, unit: Unit, days: Days
) -> QuerySet[Member]:
    """`members` of `unit` and below under the conditions that `given` names; other parameters are passed over.

    DomainError for a value that no figure links to.
    """
    members = members.filter(conditions.below(unit))
    for key, condition in CONDITIONS.items():
        if value := given.get(key):
            try:
                members = members.filter(condition(value, unit, days))
            except (LookupError, ValueError):
                raise DomainError(_("没有“%(value)s”这个筛选条件。") % {"value": value}, field=key) from None
    return members


def _absences(condition: Q, unit: Unit) -> Q:
    return _keys(Absence.objects.filter(condition), unit)


def _standing(condition: Q, unit: Unit) -> Q:
    return _keys(Standing.objects.filter(condition), unit)


def _keys(rows: QuerySet[Any], unit: Unit) -> Q:
    """The members of these rows, looked for on the unit's own ground only."""
    return Q(pk__in=rows.filter(conditions.below(unit)).values("member_id"))


def _among_those_away(value: str, yes: Q, unit: Unit) -> Q:
    """With the condition for 1, without it for 0."""
    return {"1": yes, "0": _absences(conditions.away(), unit) & ~yes}[value]


def _direct(value: str, unit: Unit, days: Days) -> Q:
    return Q(path={"1": unit.path}[value])


def _group(value: str, unit: Unit, days: Days) -> Q:
    return Q(unit=unit.pk, group=value)


def _ungrouped(value: str, unit: Unit, days: Days) -> Q:
    return Q(unit=unit.pk, group={"1": ""}[value])


def _away(value: str, unit: Unit, days: Days) -> Q:
    yes = _absences(conditions.away(), unit)
    return {"1": yes, "0": ~yes}[value]


def _mobile(value: str, unit: Unit, days: Days) -> Q:
    return _among_those_away(value, _standing(conditions.mobile(days), unit), unit)


def _known(value: str, unit: Unit, days: Days) -> Q:
    return _among_those_away(value, _absences(conditions.known(), unit), unit)


def _contacted(value: str, unit: Unit, days: Days) -> Q:
    return _among_those_away(value, _standing(conditions.contacted(days), unit), unit)


def _overdue(value: str, unit: Unit, days: Days) -> Q:
    return _standing(conditions.overdue(days.today) & Q(duty=DUTIES[value].key), unit)


def _province(value: str, unit: Unit, days: Days) -> Q:
    return _absences(conditions.away() & Q(province="" if value == NOWHERE else value), unit)


def _reached(value: str, unit: Unit, days: Days) -> Q:
    quarter = Quarter.parse(value)
    return _absences(conditions.to_contact(quarter, days) & Q(conditions.reached_in(quarter, days)), unit)


def _missed(value: str, unit: Unit, days: Days) -> Q:
    due = _absences(conditions.to_contact(Quarter.parse(value), days), unit)
    return due & ~_reached(value, unit, days)


CONDITIONS: dict[str, Callable[[str, Unit, Days], Q]] = {
    "direct": _direct,
    "group": _group,
    "ungrouped": _ungrouped,
    "away": _away,
    "mobile": _mobile,
    "known": _known,
    "contacted": _contacted,
    "overdue": _overdue,
    "province": _province,
    "reached": _reached,
    "missed": _missed,
}
"""The parameters of an address that narrow a list of members, and what each of them asks."""
