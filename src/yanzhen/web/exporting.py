"""Lists on their way out as workbooks: what a list of people is for is asked first, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.kernel import clock
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.paths import Subtree
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.sheets import later
from yanzhen.sheets.export import Chosen, export, members_to_export, name_of, workbook
from yanzhen.sheets.layouts import LAYOUTS, Layout
from yanzhen.sheets.listing import layout_of
from yanzhen.sheets.workbooks import Form, OutColumn, list_xlsx
from yanzhen.web.pages import sent, show_form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
T = TypeVar("T")


class ListForm(forms.Form):
    """What a list of people is for."""

    reason = forms.CharField(
        label=gettext_lazy("导出做什么用"),
        max_length=200,
        help_text=gettext_lazy("会记下来：谁在什么时候导出了多少人，做什么用。"),
    )


class MembersForm(ListForm):
    """The same, and in which layout."""

    layout = forms.ChoiceField(label=gettext_lazy("用哪种表式"), widget=forms.RadioSelect, required=False)

    def __init__(self, data: Mapping[str, object] | None, *, layouts: Iterable[Layout]) -> None:
        """The first of `layouts` is proposed."""
        super().__init__(data)
        offered = cast(forms.ChoiceField, self.fields["layout"])
        offered.choices = [(it.key, it.label) for it in layouts]
        offered.initial = next(iter(layouts)).key


def sheet(content: bytes, name: str) -> HttpResponse:
    """A workbook to be kept under `name`, with its day."""
    name = f"{name}-{clock.today().isoformat()}.xlsx"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def table(form: Form, columns: Sequence[OutColumn[T]], rows: Iterable[T]) -> HttpResponse:
    """A list that names nobody, as it is."""
    with translation.override("zh-hans"):
        name = "-".join(filter(None, (form.sheet, form.title)))
        return sheet(list_xlsx(form, columns, rows), name)


def export_list(
    request: ActedRequest,
    *,
    grounds: Sequence[Unit],
    form: Form,
    columns: Sequence[OutColumn[T]],
    rows: Callable[[], Iterable[T]],
    people: Callable[[Subtree], int],
    back: str,
) -> HttpResponse:
    """The form that asks what the list is for, and then the list: `rows` finds it once it is needed. Of how many
    `people` it tells is kept for each of the grounds that they stand on."""
    actor = request.actor
    for unit in grounds:
        unit_for(actor=actor, permission="sheets.export", unit_id=unit.id)
    asked = ListForm(request.POST or None)
    if sent(request, asked):
        with translation.override("zh-hans"):
            content = list_xlsx(form, columns, rows())
        told = [(unit, people(Subtree(unit.path))) for unit in grounds]
        for unit, count in [it for it in told if it[1]] or told[:1]:
            export(actor=actor, unit_id=unit.id, count=count, described=form.sheet, **asked.cleaned_data)
        return sheet(content, "-".join([form.sheet, *(it.name for it in grounds[:1] if len(grounds) == 1)]))
    return _ask(request, asked, back=back, lead=_("和页面上看到的一样。请妥善保管，用完删除。"))


def export_members(
    request: ActedRequest,
    *,
    unit: Unit,
    chosen: Callable[[], Chosen],
    described: str,
    back: str,
    layouts: Iterable[Layout] = LAYOUTS,
) -> HttpResponse:
    """The same for members, in one of `layouts`, of which the first is proposed. `chosen` finds them once they are
    needed; a long list is written in the background."""
    actor = request.actor
    unit_for(actor=actor, permission="sheets.export", unit_id=unit.id)
    form = MembersForm(request.POST or None, layouts=layouts)
    if sent(request, form):
        layout = layout_of(form.cleaned_data["layout"])
        keys = members_to_export(actor=actor, unit_id=unit.id, chosen=chosen(), layout=layout.key)
        if not keys:
            raise DomainError(_("这张表要列的人，名单里一个也没有，请换一种表式。"), field="layout")
        told = " · ".join(filter(None, (described, layout.title)))
        fact = export(
            actor=actor, unit_id=unit.id, reason=form.cleaned_data["reason"], count=len(keys), described=told
        )
        if len(keys) > later.AT_ONCE:
            later.start(fact, layout=layout.key, keys=keys, unit=unit.name)
            return HttpResponseRedirect(reverse("export", args=[fact.id]))
        return sheet(workbook(layout, keys, unit=unit.name), name_of(layout, unit.name))
    lead = _("和名单上看到的一样，号码是完整的。请妥善保管，用完删除。")
    return _ask(request, form, back=back, lead=lead, exports=later.exports(actor=actor))


def _ask(request: ActedRequest, form: forms.Form, *, back: str, **context: Any) -> HttpResponse:
    title, send = _("导出名单"), _("导出 Excel")
    return show_form(request, "forms/export.html", form, title=title, send=send, default_back=back, **context)
