"""What was: one field's former values, and the whole timeline, narrowed and printed."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.kernel.actor import Door
from yanzhen.ledger.facts import tell
from yanzhen.people.changes import changes_of
from yanzhen.people.queries import member_for
from yanzhen.people.timeline import recorded
from yanzhen.web.pages import PAGE, number_in, show, within
from yanzhen.web.record import said

_ALL = 2000  # entries on one printed timeline: forty sheets of paper


@within("members")
@require_safe
def field_history(request: ActedRequest, member_id: UUID, field: str) -> HttpResponse:
    """以前: what stood in a field, who changed it when, through which door; masked as the record is."""
    actor = request.actor
    found = member_for(actor=actor, permission="people.see", member_id=member_id)
    column, changes = changes_of(actor=actor, member_id=member_id, field=field)
    own = found.account_id == actor.id
    doors = {
        Door.PAGE: _("网页"),
        Door.SHEET: _("导入花名册"),
        Door.COMMAND: _("命令"),
        Door.JOB: _("后台任务"),
    }
    rows = [
        {
            "change": it,
            "before": said(column, it.before, in_full=own),
            "after": said(column, it.after, in_full=own),
            "door": doors[Door(it.door)],
        }
        for it in changes
    ]
    return show(request, "field_history.html", member=found, column=column, rows=rows)


@within("members")
@require_safe
def member_timeline(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """经过: by kind and year, 50 a page; or all of it, to be printed."""
    actor, given = request.actor, request.GET
    found = member_for(actor=actor, permission="people.see", member_id=member_id)
    group, year = given.get("group", ""), given.get("year", "")
    everything = recorded(actor=actor, member_id=member_id)
    narrowed = recorded(
        actor=actor,
        member_id=member_id,
        group=group,
        year=year_of(year),
    )
    page = Paginator(narrowed, _ALL if given.get("all") else PAGE).get_page(given.get("page"))
    return show(
        request,
        "timeline.html",
        member=found,
        page=page,
        entries=tell(page.object_list),
        group=group,
        year=year,
        groups=[
            ("", _("全部")),
            ("record", _("信息")),
            ("whereabouts", _("去向")),
            ("contact", _("联系")),
            ("looks", _("查看")),
        ],
        years=[str(day.year) for day in everything.dates("on", "year", order="DESC")],
        all=bool(given.get("all")),
    )


def year_of(text: str) -> int | None:
    """A year that an address names; None for anything else."""
    year = number_in(text)
    return year if year is not None and 1900 < year < 2200 else None
