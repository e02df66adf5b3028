"""党员: the list."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.contact.models import Assignment
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.people.models import Member
from yanzhen.people.queries import members as visible_members
from yanzhen.people.search import search
from yanzhen.web.pages import paged, show

SORTS = {"name": ("name_key",), "unit": ("path", "name_key"), "joined": ("joined_on", "name_key")}
FILTERS = {
    "away": Q(absences__is_open=True),
    "unknown": Q(absences__is_open=True, absences__arrived_on__isnull=True),
    "alone": Q(absences__is_open=True) & ~Q(assignments__ends_on__isnull=True, assignments__isnull=False),
}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: a text, a filter, a unit, an order."""

    text: str
    chip: str
    sort: str
    unit: Unit | None

    @classmethod
    def of(cls, request: ActedRequest) -> Wanted:
        given = request.GET
        unit = given.get("unit", "")
        return cls(
            text=given.get("q", "").strip(),
            chip=given.get("f", "") if given.get("f") in FILTERS else "",
            sort=given.get("sort", "") if given.get("sort") in SORTS else "",
            unit=unit_for(actor=request.actor, permission="people.see", unit_id=UUID(unit)) if unit else None,
        )


def wanted_members(request: ActedRequest, wanted: Wanted) -> QuerySet[Member]:
    """The members that are asked for, in the order asked for: relevance for a text, else the name."""
    found = search(actor=request.actor, text=wanted.text) if wanted.text else visible_members(actor=request.actor)
    if wanted.unit is not None:
        found = found.filter(path__gte=wanted.unit.path, path__lt=wanted.unit.path + "~")
    if wanted.chip:
        found = found.filter(FILTERS[wanted.chip])
    if wanted.sort or not wanted.text:
        found = found.order_by(*SORTS[wanted.sort or "name"], "pk")
    return found


@require_safe
def members(request: ActedRequest) -> HttpResponse:
    """The list: searched, filtered, sorted, 50 a page."""
    wanted = Wanted.of(request)
    rows = wanted_members(request, wanted).select_related("unit").prefetch_related(
        Prefetch("absences", Absence.objects.filter(is_open=True), to_attr="away_now"),
        Prefetch(
            "assignments", Assignment.objects.filter(ends_on__isnull=True).select_related("person"), to_attr="kept_by"
        ),
    )
    chips = [("", _("全部")), ("away", _("外出")), ("unknown", _("去向不清")), ("alone", _("没有联系人"))]
    return show(request, "members.html", page=paged(request, rows), wanted=wanted, chips=chips)
