"""今天要办的事: everybody's first page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yanzhen.access.checks import declare_public
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.duties.queries import worklist
from yanzhen.oversight.queries import kept
from yanzhen.people.queries import members
from yanzhen.web.context import looks_after
from yanzhen.web.pages import number_in, show
from yanzhen.web.views.own import own_home


@require_safe
def home(request: ActedRequest) -> HttpResponse:
    """The work list of whoever looks after others; a member's own first page; a word to who is appointed to nothing."""
    if not request.actor.grants:
        declare_public()
        return show(request, "unappointed.html")
    if not looks_after(request.actor):
        return own_home(request)
    group, page = request.GET.get("group"), number_in(request.GET.get("page", ""))
    work = worklist(actor=request.actor, group=group or None, page=page or 1)
    return show(
        request,
        "worklist.html",
        work=work,
        group=group,
        rest=work.everything - work.overdue,
        side=kept(actor=request.actor) if request.actor.has_role("contact_person") else None,
        here=request.get_full_path(),
        nobody=not work.everything and not members(actor=request.actor).exists(),
    )
