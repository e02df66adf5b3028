"""A roster against the base, before it is imported: what differs, what is decided about it, and who is not in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.people.columns import COLUMNS
from yanzhen.people.models import Member
from yanzhen.sheets.against import comparison
from yanzhen.sheets.missing import missing
from yanzhen.sheets.models import BatchState, Rule
from yanzhen.sheets.plan import Sort
from yanzhen.sheets.queries import batch_for
from yanzhen.sheets.services import decide
from yanzhen.web.exporting import export_members
from yanzhen.web.forms import MeantForm
from yanzhen.web.pages import PAGE, asked, came_from, done, number_in, sent, show, show_form, within

_ROW, _FIELD, _EVERY, _UNIT = "row-", "field-", "every-", "unit-"


def sorts() -> dict[Sort, str]:
    """The sorts of rows in the order in which they are looked at."""
    return {
        Sort.CHANGED: _("和名册不一样"),
        Sort.TWIN: _("可能是同一位"),
        Sort.CONTRADICTS: _("对不上"),
        Sort.NEW: _("新登记"),
        Sort.SAME: _("没有变化"),
        Sort.OUT: _("不能导入"),
    }


def rules() -> list[tuple[Rule, str]]:
    """What can be done with everybody of whom the roster says something else."""
    return [
        (Rule.TAKE, _("用名册上写了的")),
        (Rule.FILL, _("只补在册空着的")),
        (Rule.KEEP, _("都不改")),
    ]


def choices() -> list[tuple[str, str]]:
    """What can be done with one field."""
    return [("", _("照总的办法")), (Rule.TAKE, _("用名册的")), (Rule.KEEP, _("留在册的"))]


def _decided(request: ActedRequest) -> dict[str, Any]:
    """The fields of the form by what they decide: `row-7`, `field-7-phone`, `every-phone`, `unit-` and a name."""
    rows: dict[int, str] = {}
    fields: dict[int, dict[str, str]] = {}
    every: dict[str, str] = {}
    units: dict[str, str] = {}
    for name, said in request.POST.items():
        digits, _hyphen, key = name.removeprefix(_ROW).removeprefix(_FIELD).partition("-")
        row = number_in(digits)
        if name.startswith(_EVERY):
            every[name.removeprefix(_EVERY)] = str(said)
        elif name.startswith(_UNIT):
            units[name.removeprefix(_UNIT)] = str(said)
        elif name.startswith(_ROW) and row is not None:
            rows[row] = str(said)
        elif name.startswith(_FIELD) and row is not None:
            fields.setdefault(row, {})[key] = str(said)
    return {"rows": rows, "fields": fields, "every": every, "units": units}


@within("mine")
@require_http_methods(["GET", "POST"])
def batch_rows(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """One sort of the batch's rows, 50 a page, each beside the base; what is decided about them."""
    here = request.get_full_path()
    if asked(request):
        rule = request.POST.get("rule", "")
        left = decide(actor=request.actor, batch_id=batch_id, rule=rule, **_decided(request))
        told = _("已记下您的决定，导入时照办。")
        if left:
            told = _("第 %(rows)s 行选的那位刚才并入了别处的登记，请再看这一行；别的决定都记下了。")
            told %= {"rows": "、".join(map(str, left))}
        return done(request, told, came_from(request, here))
    found = batch_for(actor=request.actor, batch_id=batch_id)
    if found.state != BatchState.STAGED:
        return show(request, "batch_closed.html", batch=found)
    labels = sorts()
    sort = next((it for it in Sort if it == request.GET.get("s")), Sort.CHANGED)
    compared = comparison(actor=request.actor, batch_id=batch_id, sort=sort)
    page = Paginator(compared.rows, PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "batch_rows.html",
        batch=found,
        sort=sort,
        label=labels[sort],
        chips=[(key, label, compared.counts[key]) for key, label in labels.items()],
        rules=rules(),
        choices=choices(),
        fields=[
            (key, COLUMNS[key].label, count, found.field_rules.get(key, ""))
            for key, count in compared.fields.most_common()
        ],
        page=page,
        lines=compared.lines(list(page)),
        is_whole=compared.is_whole,
        back=reverse("batch", args=[batch_id]),
    )


@within("mine")
@require_http_methods(["GET", "POST"])
def batch_name(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """Which unit a name means that no unit bears, where it is none of the near ones."""
    batch_for(actor=request.actor, batch_id=batch_id)
    written = request.GET.get("name", "")
    form, back = MeantForm(request.POST or None, actor=request.actor), reverse("batch", args=[batch_id])
    if sent(request, form):
        meant = {written: str(form.cleaned_data["unit"])}
        decide(actor=request.actor, batch_id=batch_id, units=meant)
        return done(request, _("已记下您的决定，导入时照办。"), f"{back}#names")
    return show_form(
        request,
        "forms/plain.html",
        form,
        default_back=back,
        title=_("“%(name)s”是在册的哪一个党组织？") % {"name": written},
        lead=_("写这个名称的各行都按它办，以后的名册也照办。"),
        send=_("就是它"),
    )


@within("mine")
@require_safe
def batch_missing(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """If this is everybody: the members of the units it names who are not in it."""
    found = batch_for(actor=request.actor, batch_id=batch_id)
    if found.state in (BatchState.UNDONE, BatchState.DISCARDED):
        return show(request, "batch_closed.html", batch=found)
    absent = Paginator(missing(actor=request.actor, batch_id=batch_id), PAGE)
    page = absent.get_page(request.GET.get("page"))
    shown = Member.objects.select_related("unit").in_bulk(page.object_list)
    members = [shown[key] for key in page if key in shown]
    return show(request, "batch_missing.html", batch=found, page=page, members=members)


@within("mine")
@require_http_methods(["GET", "POST"])
def batch_missing_export(request: ActedRequest, batch_id: UUID) -> HttpResponse:
    """The same list as a workbook."""
    found = batch_for(actor=request.actor, batch_id=batch_id)
    return export_members(
        request,
        grounds=[found.unit],
        chosen=lambda: missing(actor=request.actor, batch_id=batch_id),
        described=_("不在“%(file)s”里的") % {"file": found.file_name},
        back=reverse("batch_missing", args=[batch_id]),
    )
