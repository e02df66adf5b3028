"""Departure, arrival and return: reported by the member himself, or by the branch for him."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.kernel.errors import NotFound
from yanzhen.mobility.models import Outcome
from yanzhen.mobility.queries import arrival_days, open_absence, suggestion
from yanzhen.mobility.services import decide_absence, record_return, report_arrival, report_departure
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for
from yanzhen.people.values import value_of
from yanzhen.web.forms import ArrivalForm, DecisionForm, DepartureForm, ReturnForm
from yanzhen.web.pages import came_from, done, sent, show_form, within


@within("away")
@require_http_methods(["GET", "POST"])
def departure_report(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """外出报告."""
    member = member_for(actor=request.actor, permission="mobility.departure.report", member_id=member_id)
    form = DepartureForm(request.POST or None)
    if sent(request, form):
        report_departure(actor=request.actor, member_id=member_id, **form.values())
        told = {"days": arrival_days(path=member.path)}
        return done(
            request, _("外出已登记。到了以后，请在 %(days)d 天内报告住址和电话。") % told, came_from(request)
        )
    title = _("我要外出") if _own(request, member) else _("给%(name)s登记外出") % {"name": member.name}
    return show_form(
        request,
        "forms/departure.html",
        form,
        title=title,
        member=member,
        send=_("登记外出"),
        lead=_("一分钟填完。"),
    )


@within("away")
@require_http_methods(["GET", "POST"])
def arrival_report(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """到达报告; the same form tells a change of address, employer or number."""
    member = member_for(actor=request.actor, permission="mobility.arrival.report", member_id=member_id)
    form = ArrivalForm(request.POST or None, initial=_known(request, member))
    if sent(request, form):
        report_arrival(actor=request.actor, member_id=member_id, **form.cleaned_data)
        return done(request, _("%(name)s的住址和电话已登记。") % {"name": member.name}, came_from(request))
    title = (
        _("报告住址和电话")
        if _own(request, member)
        else _("登记%(name)s的住址和电话") % {"name": member.name}
    )
    return show_form(request, "forms/arrival.html", form, title=title, member=member, send=_("保存"))


@within("away")
@require_http_methods(["GET", "POST"])
def return_record(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """返回登记."""
    member = member_for(actor=request.actor, permission="mobility.return.record", member_id=member_id)
    form = ReturnForm(request.POST or None)
    if sent(request, form):
        record_return(actor=request.actor, member_id=member_id, **form.cleaned_data)
        return done(request, _("%(name)s已登记返回，欢迎回家。") % {"name": member.name}, came_from(request))
    title = _("我回来了") if _own(request, member) else _("登记%(name)s返回") % {"name": member.name}
    return show_form(request, "forms/plain.html", form, title=title, member=member, send=_("登记返回"))


@within("away")
@require_http_methods(["GET", "POST"])
def absence_decide(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """看建议并决定: what the rules suggest and why; people decide."""
    member = member_for(actor=request.actor, permission="mobility.decide", member_id=member_id)
    found = suggestion(actor=request.actor, member_id=member_id)
    if found is None:
        raise NotFound(_("%(name)s没有正在外出的登记，不用决定。") % {"name": member.name})
    case, decision = found
    known = {
        "fixed_place": case.fixed_place,
        "host_can_accept": case.host_can_accept,
        "outcome": decision.outcome,
    }
    form = DecisionForm(request.POST or None, initial=known)
    if sent(request, form):
        told = form.cleaned_data
        case = replace(case, fixed_place=told["fixed_place"], host_can_accept=told["host_can_accept"])
        absence = decide_absence(
            actor=request.actor,
            member_id=member_id,
            outcome=told["outcome"],
            reason=told["reason"],
            case=case,
        )
        sentence = _("已决定：%(name)s%(what)s。") % {
            "name": member.name,
            "what": absence.get_decision_display(),
        }
        return done(request, sentence, came_from(request))
    return show_form(
        request,
        "forms/decision.html",
        form,
        title=_("%(name)s：接转还是持证") % {"name": member.name},
        member=member,
        decision=decision,
        suggested=Outcome(decision.outcome).label,
        months=case.months.normalize(),
        send=_("就这样决定"),
    )


def _own(request: ActedRequest, member: Member) -> bool:
    return member.account_id == request.actor.id


def _known(request: ActedRequest, member: Member) -> dict[str, Any]:
    """What the program knows already; a number only for whom it belongs to."""
    absence = open_absence(actor=request.actor, member_id=member.id)
    known: dict[str, Any] = {"phone": value_of(member, "phone")} if _own(request, member) else {}
    if absence is not None:
        known |= {"destination": absence.destination, "host_employer": absence.host_employer}
    return known
