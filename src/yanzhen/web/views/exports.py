"""Lists out: each page's list as a workbook, exactly as it is shown; and the long ones, written in the background."""

from __future__ import annotations

import sys
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.queries import by_unit, grounds, staff
from yanzhen.contact.queries import suggest
from yanzhen.kernel import clock
from yanzhen.ledger.facts import tell
from yanzhen.org.queries import unit_for
from yanzhen.people.queries import member_for
from yanzhen.people.timeline import recorded
from yanzhen.policy.queries import clauses
from yanzhen.sheets import later, progress
from yanzhen.sheets.workbooks import Form
from yanzhen.web import listed
from yanzhen.web.exporting import export_list, sheet, table
from yanzhen.web.listed import Lines
from yanzhen.web.pages import need, show, within
from yanzhen.web.views.past import year_of
from yanzhen.web.views.units import asked_tree

_PEOPLE = ["GET", "POST"]


@within("away")
@require_http_methods(_PEOPLE)
def away_export(request: ActedRequest) -> HttpResponse:
    """在外的, under the chip of the page."""
    return _list(request, "away", request.GET.get("f", ""), page="away")


@within("home")
@require_http_methods(_PEOPLE)
def work_export(request: ActedRequest) -> HttpResponse:
    """要办的事, all pages of it, under the chip of the page."""
    return _list(request, "work", request.GET.get("group", ""), page="home")


def _list(request: ActedRequest, name: str, narrowed: str, *, page: str) -> HttpResponse:
    need(request, "sheets.export")
    return export_list(
        request,
        listed.LONG[name](request.actor, narrowed),
        grounds=grounds(request.actor, "sheets.export"),
        back=f"{reverse(page)}?{request.GET.urlencode()}",
        again=(name, narrowed),
    )


@within("away")
@require_http_methods(_PEOPLE)
def suggest_export(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """Who might keep in touch with whom, and for whom nobody has room."""
    found = suggest(actor=request.actor, unit_id=unit_id)
    return export_list(
        request,
        Lines(
            form=Form("分配联系人"),
            columns=listed.SUGGESTED,
            rows=lambda: [*found.pairs, *found.left],
            people=lambda _ground: len(found.pairs) + len(found.left),
        ),
        grounds=[unit_for(actor=request.actor, permission="sheets.export", unit_id=unit_id)],
        back=reverse("contact_suggest", args=[unit_id]),
    )


@within("members")
@require_http_methods(_PEOPLE)
def timeline_export(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """A member's 经过, narrowed as on the page."""
    member = member_for(actor=request.actor, permission="sheets.export", member_id=member_id)
    facts = recorded(
        actor=request.actor,
        member_id=member_id,
        group=request.GET.get("group", ""),
        year=year_of(request.GET.get("year", "")),
    )
    return export_list(
        request,
        Lines(
            form=Form("经过", f"{member.name}的经过", (member.unit.name,)),
            columns=listed.TIMELINE,
            rows=lambda: tell(facts),
            people=lambda _ground: 1,
        ),
        grounds=[member.unit],
        back=f"{reverse('member_timeline', args=[member_id])}?{request.GET.urlencode()}",
    )


@within("mine")
@require_http_methods(_PEOPLE)
def staff_export(request: ActedRequest) -> HttpResponse:
    """Who holds a role, narrowed as on the page, unit by unit."""
    need(request, "accounts.see")
    text, role = request.GET.get("q", "").strip()[:60], request.GET.get("f", "")
    found = staff(actor=request.actor, text=text, role=role)
    held = [(it.unit, appointment) for it in by_unit(found) for appointment in it.appointments]
    return export_list(
        request,
        Lines(
            form=Form("账号与任职"),
            columns=listed.STAFF,
            rows=lambda: held,
            people=lambda it: len({one.account_id for unit, one in held if unit.path in it}),
        ),
        grounds=grounds(request.actor, "sheets.export"),
        back=f"{reverse('staff')}?{request.GET.urlencode()}",
    )


@within("units")
@require_safe
def units_export(request: ActedRequest) -> HttpResponse:
    """The tree, narrowed as on the page, all levels of it."""
    found, _top, _text = asked_tree(request, room=sys.maxsize)
    return table(Form("支部与小组"), listed.UNITS, listed.branches(found.leaves))


@within("rules")
@require_safe
def rules_export(request: ActedRequest) -> HttpResponse:
    """The clauses in force."""
    return table(Form("制度"), listed.RULES, clauses(actor=request.actor, on=clock.today()))


@within("members")
@require_safe
def export(request: ActedRequest, export_id: UUID) -> HttpResponse:
    """A long list: how far it is, or where to fetch it."""
    found = later.export_for(actor=request.actor, export_id=export_id)
    return show(request, "export.html", export=found)


@within("members")
@require_safe
def export_progress(request: ActedRequest, export_id: UUID) -> HttpResponse:
    """How far it is; when it has ended, the whole page anew."""
    found = later.export_for(actor=request.actor, export_id=export_id)
    if found.going and found.going.is_under_way:
        return show(request, "parts/going.html", going=found.going, at=request.path)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = reverse("export", args=[export_id])
    return answer


@within("members")
@require_POST
def export_stop(request: ActedRequest, export_id: UUID) -> HttpResponse:
    """Give it up."""
    progress.ask_to_stop(later.export_for(actor=request.actor, export_id=export_id).fact.id)
    return HttpResponseRedirect(reverse("export", args=[export_id]))


@within("members")
@require_safe
def export_file(request: ActedRequest, export_id: UUID) -> HttpResponse:
    """The workbook."""
    name, content = later.content(actor=request.actor, export_id=export_id)
    return sheet(content, name)
