"""外出与联系: who is away, whether his whereabouts are known, who keeps in touch and when they last spoke."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanzhen.access.checks import visible
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.org.queries import units
from yanzhen.oversight.lists import away as away_list
from yanzhen.web.pages import paged, show


@require_safe
def away(request: ActedRequest) -> HttpResponse:
    """Everybody who is away, branch by branch."""
    chip = request.GET.get("f", "")
    may_suggest = visible(request.actor, "contact.assign", member=None)
    return show(
        request,
        "away.html",
        page=paged(request, away_list(actor=request.actor, chip=chip)),
        chip=chip,
        chips=[
            ("", _("全部")),
            ("late", _("联系超期")),
            ("unclear", _("去向不清")),
            ("alone", _("没有联系人")),
        ],
        ground=units(actor=request.actor).filter(may_suggest).order_by("path").first(),
    )
