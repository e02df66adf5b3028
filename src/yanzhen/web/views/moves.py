"""按表格转移党员: hand the sheet in, look who goes where, say yes."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.queries import home_unit
from yanzhen.reorganization.by_sheet import move_by_sheet, moves, template
from yanzhen.sheets.opening import Unrecognized
from yanzhen.sheets.queries import batch_for
from yanzhen.sheets.services import stage
from yanzhen.web.exporting import sheet
from yanzhen.web.forms import FileForm
from yanzhen.web.pages import PAGE, done, need, sent, show, within
from yanzhen.web.views.reorganization import BasisForm


class MovesForm(BasisForm):
    """When, by what basis and why; how many were looked at."""

    expected = forms.IntegerField(widget=forms.HiddenInput)


@within("units")
@require_http_methods(["GET", "POST"])
def units_moves(request: ActedRequest) -> HttpResponse:
    """What the sheet must have, and the field to drop it in."""
    need(request, "org.change")
    form = FileForm(request.POST or None, request.FILES or None)
    form.fields["file"].label = _("填好的表")
    if sent(request, form):
        file, home = form.cleaned_data["file"], home_unit(request.actor, "org.change")
        batch = stage(actor=request.actor, unit_id=home.id, file_name=file.name, data=file.read())
        return HttpResponseRedirect(reverse("batch_moves", args=[batch.id]))
    return show(request, "units_moves.html", form=form, back=reverse("units"))


@within("units")
@require_safe
def units_moves_template(request: ActedRequest) -> HttpResponse:
    """The empty sheet."""
    need(request, "org.change")
    return sheet(template(), _("转移党员"))


@within("units")
@require_http_methods(["GET", "POST"])
def batch_moves(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """Who goes where, who does not and why; and the act."""
    actor = request.actor
    batch = batch_for(actor=actor, batch_id=batch_id)
    form = MovesForm(request.POST or None)
    if sent(request, form):
        count = move_by_sheet(actor=actor, batch_id=batch_id, **form.cleaned_data)
        return done(request, _("%(n)d 名党员已经转过去了。") % {"n": count}, reverse("units"))
    try:
        found = moves(actor=actor, batch_id=batch_id)
    except Unrecognized:
        return HttpResponseRedirect(
            reverse("batch", args=[batch_id])
        )  # there it is asked which sheet is meant
    form.fields["expected"].initial = len(found.moves)
    return show(
        request,
        "batch_moves.html",
        batch=batch,
        found=found,
        page=Paginator(found.moves, PAGE).get_page(request.GET.get("page")),
        form=form,
        here=request.path,
        back=reverse("units"),
    )
