"""A list of members on its way out as a workbook: what it is for is asked first, and kept."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.kernel import clock
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.people.models import Member
from yanzhen.sheets.export import members_xlsx
from yanzhen.web.forms import ReasonForm
from yanzhen.web.pages import sent, show_form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to be kept under `name`."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def export_members(
    request: ActedRequest,
    *,
    unit: Unit,
    chosen: Callable[[], QuerySet[Member]],
    described: str,
    back: str,
) -> HttpResponse:
    """The form that asks what the list is for, and then the list. `chosen` finds the members once they are needed."""
    unit_for(actor=request.actor, permission="sheets.export", unit_id=unit.id)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].label = _("导出做什么用")
    if sent(request, form):
        content = members_xlsx(
            actor=request.actor,
            unit_id=unit.id,
            chosen=chosen(),
            described=described,
            **form.cleaned_data,
        )
        name = _("党员名册-%(unit)s-%(day)s.xlsx") % {"unit": unit.name, "day": clock.today().isoformat()}
        return workbook(content, name)
    lead = _("和名单上看到的一样，号码是完整的。请妥善保管，用完删除。")
    title, send = _("导出名单"), _("导出 Excel")
    return show_form(request, "forms/plain.html", form, title=title, lead=lead, send=send, default_back=back)
