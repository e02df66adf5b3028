"""Lists on their way out as workbooks: what a list of people is for is asked first, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.models import Account
from yanzhen.kernel import clock
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.paths import Subtree
from yanzhen.org.models import Unit
from yanzhen.org.queries import units_for
from yanzhen.sheets import later
from yanzhen.sheets.export import Chosen, export, members_to_export, name_of, workbook
from yanzhen.sheets.layouts import LAYOUTS, Layout
from yanzhen.sheets.listing import layout_of
from yanzhen.sheets.plan import CHUNK
from yanzhen.sheets.progress import Report, Reporter
from yanzhen.sheets.workbooks import Form, OutColumn, list_xlsx
from yanzhen.web.listed import LONG, Lines
from yanzhen.web.pages import sent, show_form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMED = 2  # grounds that a list and its file are called by
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
    lines: Lines[T],
    *,
    grounds: Sequence[Unit],
    back: str,
    again: tuple[str, str] | None = None,
) -> HttpResponse:
    """The form that asks what the list is for, and then the list. Of how many people it tells is kept for each of the
    grounds that they stand on. A long one is written in the background, where `again` says which of `LONG` it is, and
    how narrowed."""
    actor = request.actor
    units_for(actor=actor, permission="sheets.export", unit_ids=[it.id for it in grounds])
    asked = ListForm(request.POST or None)
    if sent(request, asked):
        told = _on_each(grounds, lines.people)
        fact, *_others = export(actor=actor, people=told, described=lines.form.sheet, **asked.cleaned_data)
        title = f"{lines.form.sheet}-{_named(grounds, told)}"
        if again and sum(told.values()) > later.AT_ONCE:
            name, narrowed = again
            order = {"list": name, "narrowed": narrowed, "for": str(actor.id)}
            later.begin(fact, write_lines, name=title, **order)
            return HttpResponseRedirect(reverse("export", args=[fact.id]))
        return sheet(_written(lines), title)
    exports = later.exports(actor=actor) if again else []
    return _ask(
        request, asked, back=back, lead=_("和页面上看到的一样。请妥善保管，用完删除。"), exports=exports
    )


@task()
def write_lines(*, export_id: str) -> None:
    """Write one of `LONG` as it is now, for whom it was asked for and may see it still."""

    def made(order: later.Order, reporter: Reporter) -> bytes:
        actor = actor_for(Account.objects.get(pk=order["for"]))
        lines = LONG[order["list"]](actor, order["narrowed"])
        reporter.total = lines.count() if lines.count else None
        reporter(0)
        return _written(lines, reporter)

    later.write(export_id, made)


def _written(lines: Lines[T], report: Report | None = None) -> bytes:
    def rows() -> Iterator[T]:
        for number, row in enumerate(lines.rows(), start=1):
            yield row
            if report and number % CHUNK == 0:
                report(number)

    with translation.override("zh-hans"):
        return list_xlsx(lines.form, lines.columns, rows())


def export_members(
    request: ActedRequest,
    *,
    grounds: Sequence[Unit],
    chosen: Callable[[], Chosen],
    described: str,
    back: str,
    layouts: Iterable[Layout] = LAYOUTS,
) -> HttpResponse:
    """The same for members, in one of `layouts`, of which the first is proposed. `chosen` finds them once they are
    needed; a long list is written in the background."""
    actor = request.actor
    units_for(actor=actor, permission="sheets.export", unit_ids=[it.id for it in grounds])
    form = MembersForm(request.POST or None, layouts=layouts)
    if sent(request, form):
        layout = layout_of(form.cleaned_data["layout"])
        found = members_to_export(actor=actor, grounds=grounds, chosen=chosen(), layout=layout.key)
        if not found:
            raise DomainError(_("这张表要列的人，名单里一个也没有，请换一种表式。"), field="layout")
        told = " · ".join(filter(None, (described, layout.title)))
        reason = form.cleaned_data["reason"]
        fact, *_others = export(actor=actor, people=found.people, reason=reason, described=told)
        unit = _named(grounds, found.people)
        if len(found) > later.AT_ONCE:
            later.start(fact, layout=layout.key, keys=found.keys, unit=unit)
            return HttpResponseRedirect(reverse("export", args=[fact.id]))
        return sheet(workbook(layout, found.keys, unit=unit), name_of(layout, unit))
    lead = _("和名单上看到的一样，号码是完整的。请妥善保管，用完删除。")
    return _ask(request, form, back=back, lead=lead, exports=later.exports(actor=actor))


def _on_each(grounds: Sequence[Unit], people: Callable[[Subtree], int]) -> dict[UUID, int]:
    """How many people there are on each ground; those of nobody are left out, unless nobody is on any."""
    told = {unit.id: people(Subtree(unit.path)) for unit in grounds}
    return {key: count for key, count in told.items() if count} or {grounds[0].id: 0}


def _named(grounds: Sequence[Unit], told: Mapping[UUID, int]) -> str:
    """Whose list it is, in the Chinese of a sheet and short enough for the name of a file."""
    names = [unit.name for unit in grounds if unit.id in told]
    more = f"等{len(names)}个党组织" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _ask(request: ActedRequest, form: forms.Form, *, back: str, **context: Any) -> HttpResponse:
    title, send = _("导出名单"), _("导出 Excel")
    return show_form(request, "forms/export.html", form, title=title, send=send, default_back=back, **context)
