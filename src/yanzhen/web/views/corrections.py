"""更正: proposed by the member, checked by his branch."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.kernel.errors import Conflict
from yanzhen.people.corrections import CORRECTABLE, decide_correction, last_correction, propose_correction
from yanzhen.people.queries import member_for
from yanzhen.people.values import value_of
from yanzhen.web.forms_people import CorrectionCheckForm
from yanzhen.web.pages import came_from, done, sent, show, show_form, within
from yanzhen.web.record import RecordForm, said


@within("my_record")
@require_http_methods(["GET", "POST"])
def correction_propose(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """我要更正: one's own record as a form, or the one field `only`, with what was proposed and is not decided yet."""
    actor = request.actor
    member = member_for(actor=actor, permission="people.correction.propose", member_id=member_id)
    before = last_correction(actor=actor, member_id=member_id)
    proposed = before.values if before and before.is_open else None
    one = [column for column in CORRECTABLE if column.key == request.GET.get("only")]
    form = RecordForm(request.POST or None, member=member, only=one or CORRECTABLE, proposed=proposed)
    back = reverse("member", args=[member_id])
    if sent(request, form):
        propose_correction(actor=actor, member_id=member_id, values=form.values())
        return done(request, _("已交给支部核对，有结果这里看得到。"), back)
    send = _("交给支部核对")
    if one:
        form.fields[one[0].key].widget.attrs["autofocus"] = True
        title = _("更正我的%(what)s") % {"what": one[0].label}
        return show_form(request, "forms/field.html", form, title=title, send=send, default_back=back)
    title, lead = _("更正我的信息"), _("改您要更正的地方就行，别的不用动。支部核对以后才会改。")
    return show(
        request,
        "member_form.html",
        form=form,
        member=member,
        title=title,
        lead=lead,
        send=send,
        back=back,
    )


@within("members")
@require_http_methods(["GET", "POST"])
def correction_decide(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """核对本人更正: what is registered beside what the member says."""
    actor = request.actor
    member = member_for(actor=actor, permission="people.correction.decide", member_id=member_id)
    correction = last_correction(actor=actor, member_id=member_id)
    if correction is None or not correction.is_open:
        raise Conflict(_("没有要核对的更正，可能已经有人办了。"))
    form = CorrectionCheckForm(request.POST or None, initial={"proposal": correction.id})
    if sent(request, form):
        told = form.cleaned_data
        decided = decide_correction(
            actor=actor,
            member_id=member_id,
            proposal_id=told["proposal"],
            accepted=told["accepted"],
            reason=told["reason"],
        )
        sentence = _("已照改。") if decided.outcome == "accepted" else _("已回复本人：没有采纳。")
        return done(request, sentence, came_from(request, reverse("member", args=[member_id])))
    rows = [
        {
            "column": column,
            "before": said(column, value_of(member, column.key), in_full=False),
            "after": said(column, correction.values[column.key], in_full=True),
        }
        for column in correction.columns
    ]
    title = _("核对%(name)s提出的更正") % {"name": member.name}
    return show_form(request, "forms/correction.html", form, title=title, member=member, rows=rows)
