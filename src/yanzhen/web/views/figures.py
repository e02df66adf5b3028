"""情况: a unit's figures, each a link into the list behind it; as a page and as Excel."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.queries import home_unit
from yanzhen.duties.registry import DUTIES
from yanzhen.kernel.actor import Reach
from yanzhen.mobility.places import ABROAD
from yanzhen.mobility.places import provinces as province_names
from yanzhen.org.queries import trail
from yanzhen.oversight.behind import NOWHERE
from yanzhen.oversight.queries import compliance, figures, kept, provinces
from yanzhen.web import charts
from yanzhen.web.exporting import table
from yanzhen.web.listed import figures_columns, figures_form
from yanzhen.web.pages import need, show, within


@within("figures")
@require_safe
def figures_page(request: ActedRequest, unit_id: UUID | None = None) -> HttpResponse:
    """The figures of one unit; of the topmost the actor has a role on where none is named."""
    need(request, "oversight.see")
    if not any(grant.reach is Reach.SUBTREE for grant in request.actor.grants_for("oversight.see")):
        return show(request, "figures_own.html", kept=kept(actor=request.actor))
    unit_id = unit_id or home_unit(request.actor, "oversight.see").id
    found = figures(actor=request.actor, unit_id=unit_id)
    strips = compliance(actor=request.actor, unit_id=unit_id)
    places = provinces(actor=request.actor, unit_id=unit_id)
    names = province_names()
    return show(
        request,
        "figures.html",
        figures=found,
        trail=trail(actor=request.actor, unit=found.total.unit),
        duties=list(DUTIES),
        strips=[(strip, charts.strip_cells(strip)) for strip in strips],
        strip_width=charts.strip_width(strips),
        tiles=charts.tiles(places),
        by_province=sorted(
            ((names.get(code, code), code, count) for code, count in places.items()), key=lambda p: -p[2]
        ),
        abroad=places.get(ABROAD, 0),
        nowhere=places.get(NOWHERE, 0),
    )


@require_safe
def figures_export(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """The table of figures as a workbook."""
    found = figures(actor=request.actor, unit_id=unit_id)
    return table(figures_form(found), figures_columns(found), [*found.rows, found.total])
