"""导入花名册: hand it in, look at what was recognized, import, take back. One page for a batch, whatever its state."""

from __future__ import annotations

import re
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.sheets import outcome, progress
from yanzhen.sheets.correcting import correction_xlsx
from yanzhen.sheets.models import BatchState
from yanzhen.sheets.preview import preview
from yanzhen.sheets.queries import batch_for
from yanzhen.sheets.queries import batches as visible_batches
from yanzhen.sheets.recognition import FIELDS, UNIT_FIELDS
from yanzhen.sheets.services import correct, discard, recognize_anew, stage, undo
from yanzhen.sheets.tasks import start
from yanzhen.sheets.undoing import in_the_way
from yanzhen.web.exporting import sheet
from yanzhen.web.forms import RosterForm
from yanzhen.web.pages import PAGE, asked, done, need, paged, sent, show, within

_COLUMN = "column-"
_ITS_DAY = re.compile(r"-\d{4}-\d{2}-\d{2}$")  # what `sheet` adds to a name


@within("mine")
@require_http_methods(["GET", "POST"])
def batches(request: ActedRequest) -> HttpResponse:
    """The field to drop a roster in, and those handed in before."""
    need(request, "sheets.import")
    form = RosterForm(request.POST or None, request.FILES or None, actor=request.actor)
    if sent(request, form):
        file = form.cleaned_data["file"]
        batch = stage(
            actor=request.actor, unit_id=form.cleaned_data["unit"], file_name=file.name, data=file.read()
        )
        return HttpResponseRedirect(reverse("batch", args=[batch.id]))
    rows = visible_batches(actor=request.actor)
    return show(request, "batches.html", form=form, page=paged(request, rows))


@within("mine")
@require_safe
def batch(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """A batch as it stands: what it would do, how far it is, or what it did."""
    return _page(request, batch_id)


def _page(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    found = batch_for(actor=request.actor, batch_id=batch_id)
    going = progress.read(batch_id)
    if found.state == BatchState.APPLIED:
        return show(request, "batch_done.html", batch=found, outcome=outcome.fetch(batch_id))
    if found.state != BatchState.STAGED:
        return show(request, "batch_closed.html", batch=found)
    if going and going.is_under_way:
        return show(request, "batch_going.html", batch=found, going=going)
    seen = preview(actor=request.actor, batch_id=batch_id)
    if seen.is_of_units:
        page = Paginator(seen.units, PAGE).get_page(request.GET.get("page"))
        fields = (*FIELDS, *UNIT_FIELDS)
        return show(
            request, "batch_units.html", batch=found, preview=seen, going=going, page=page, fields=fields
        )
    return show(request, "batch.html", batch=found, preview=seen, going=going, fields=FIELDS)


@within("mine")
@require_POST
def batch_columns(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """What the columns mean, as the officer corrected it; or which sheet is the roster."""
    if asked(request):
        columns = [name for name in request.POST if name.startswith(_COLUMN)]
        fields = {name.removeprefix(_COLUMN): request.POST[name] or None for name in columns}
        correct(actor=request.actor, batch_id=batch_id, fields=fields, sheet=request.POST.get("sheet"))
        return done(request, _("已按您的更正重新认过。"), reverse("batch", args=[batch_id]))
    return _page(request, batch_id)


@within("mine")
@require_POST
def batch_anew(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """Forget what was corrected about the columns, of this roster and of those before it."""
    if asked(request):
        recognize_anew(actor=request.actor, batch_id=batch_id)
        return done(request, _("以前的更正不再用了，列已重新认过。"), reverse("batch", args=[batch_id]))
    return _page(request, batch_id)


@within("mine")
@require_POST
def batch_apply(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """Import it in the background."""
    if asked(request):
        start(actor=request.actor, batch_id=batch_id, confirm_new_units=bool(request.POST.get("new_units")))
        return HttpResponseRedirect(reverse("batch", args=[batch_id]))
    return _page(request, batch_id)


@within("mine")
@require_safe
def batch_progress(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """How far it is; when it has ended, the whole page anew."""
    found, going = batch_for(actor=request.actor, batch_id=batch_id), progress.read(batch_id)
    if found.state == BatchState.STAGED and going and going.is_under_way:
        return show(request, "parts/going.html", going=going, at=request.path)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = reverse("batch", args=[batch_id])
    return answer


@within("mine")
@require_POST
def batch_stop(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """Ask the import to stop before it commits."""
    found = batch_for(actor=request.actor, batch_id=batch_id)
    progress.ask_to_stop(found.id)
    return done(request, _("正在停下；还没写进去的都不会改动。"), reverse("batch", args=[batch_id]))


@within("mine")
@require_safe
def batch_corrections(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """The rows that need work as a workbook that comes in again, and may go out again under the same name."""
    content = correction_xlsx(actor=request.actor, batch_id=batch_id)
    stem = batch_for(actor=request.actor, batch_id=batch_id).file_name.rpartition(".")[0]
    called = _("要改的行-%(file)s")
    if stem.startswith(ours := called % {"file": ""}):
        stem = _ITS_DAY.sub("", stem.removeprefix(ours))
    return sheet(content, called % {"file": stem})


@within("mine")
@require_http_methods(["GET", "POST"])
def batch_undo(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """Take an import back whole; first say exactly what that means."""
    if asked(request):
        undo(actor=request.actor, batch_id=batch_id)
        return done(request, _("这次导入已经撤销，名册回到导入以前。"), reverse("batch", args=[batch_id]))
    found = batch_for(actor=request.actor, batch_id=batch_id)
    if found.state != BatchState.APPLIED:
        return _page(request, batch_id)
    return show(
        request,
        "batch_undo.html",
        batch=found,
        obstacle=in_the_way(actor=request.actor, batch_id=batch_id),
    )


@within("mine")
@require_POST
def batch_discard(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """Drop a batch that was never imported."""
    if asked(request):
        discard(actor=request.actor, batch_id=batch_id)
        return done(request, _("已放弃，名册没有改动。"), reverse("batches"))
    return _page(request, batch_id)
