"""外出与联系: who is away, whether his whereabouts are known, who keeps in touch and when they last spoke."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanzhen.access.checks import visible
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.contact.models import Assignment
from yanzhen.duties.models import Standing
from yanzhen.kernel import clock
from yanzhen.mobility.queries import absences
from yanzhen.org.queries import units
from yanzhen.oversight.conditions import CONTACT
from yanzhen.web.pages import paged, show

_KEPT = Exists(Assignment.objects.filter(member=OuterRef("member"), ends_on__isnull=True))


def _late() -> Q:
    due = Standing.objects.filter(member=OuterRef("member"), duty=CONTACT, due_on__lt=clock.today())
    return Q(Exists(due))


@require_safe
def away(request: ActedRequest) -> HttpResponse:
    """Everybody who is away, those whose contact is due first."""
    chips = {"unclear": Q(arrived_on__isnull=True), "alone": ~Q(_KEPT), "late": _late()}
    chip = request.GET.get("f", "")
    kept_now = Assignment.objects.filter(ends_on__isnull=True).select_related("person")
    rows = absences(actor=request.actor).filter(chips.get(chip, Q()), is_open=True)
    rows = rows.select_related("member__unit").order_by("path", "member__name_key", "pk")
    rows = rows.prefetch_related(
        Prefetch("member__assignments", kept_now, to_attr="kept_by"),
        Prefetch("member__standings", Standing.objects.filter(duty=CONTACT), to_attr="contact_due"),
    )
    may_suggest = visible(request.actor, "contact.assign", member=None)
    return show(
        request,
        "away.html",
        page=paged(request, rows),
        chip=chip,
        chips=[
            ("", _("全部")),
            ("late", _("联系超期")),
            ("unclear", _("去向不清")),
            ("alone", _("没有联系人")),
        ],
        ground=units(actor=request.actor).filter(may_suggest).order_by("path").first(),
    )
