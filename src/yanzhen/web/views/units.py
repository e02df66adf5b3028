"""支部与小组: the tree, one unit, founding and renaming."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.queries import terms_of_leaders
from yanzhen.contact.queries import persons_without_account
from yanzhen.kernel import clock
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.queries import former_names, trail, unit_for
from yanzhen.org.rules import GROUPED
from yanzhen.org.services import found_unit, rename_unit
from yanzhen.oversight.queries import figures
from yanzhen.oversight.tree import ROOM, Tree, chart, size
from yanzhen.oversight.tree import tree as tree_of
from yanzhen.people.grouping import groupings
from yanzhen.people.groups import in_group
from yanzhen.people.queries import members
from yanzhen.web.pages import done, key_in, need, sent, show, show_form, within


class NameForm(forms.Form):
    """A unit's name."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=100)


class UnitForm(NameForm):
    """A new unit."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=UnitKind.choices)


def asked_tree(request: ActedRequest, room: int = ROOM) -> tuple[Tree, Unit | None, str]:
    """The tree that the address asks for, the unit it begins at, and what was looked for."""
    need(request, "org.see")
    actor, text = request.actor, request.GET.get("q", "").strip()[:100]
    at = request.GET.get("at")
    top = unit_for(actor=actor, permission="org.see", unit_id=key_in(at)) if at else None
    return tree_of(actor=actor, top=top, text=text, page=request.GET.get("page"), room=room), top, text


@require_safe
def tree(request: ActedRequest) -> HttpResponse:
    """The units that the actor may see, as a tree; below the unit `at`, or those that `q` finds."""
    found, top, text = asked_tree(request)
    above = trail(actor=request.actor, unit=top) if top else []
    return show(request, "units.html", tree=found, page=found.page, text=text, top=top, trail=above)


@within("units")
@require_safe
def unit(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """One unit: what it is, how many it has, what is right below it."""
    found = unit_for(actor=request.actor, permission="org.see", unit_id=unit_id)
    if found.kind == UnitKind.GROUP:
        return _group(request, found)
    numbers = figures(actor=request.actor, unit_id=unit_id)
    groups = groupings(actor=request.actor, unit_id=unit_id) if found.kind in GROUPED else None
    return show(
        request,
        "unit.html",
        unit=found,
        figures=numbers,
        below=[row for row in numbers.rows if not row.is_direct],
        groups=groups,
        may_found=any(it.name and it.unit is None for it in groups or ()),
        former=former_names(actor=request.actor, unit_id=unit_id),
        size=size(actor=request.actor, unit=found),
        persons=persons_without_account(actor=request.actor, unit_id=unit_id),
        leaders=terms_of_leaders(actor=request.actor, unit_id=unit_id),
        trail=trail(actor=request.actor, unit=found),
    )


def _group(request: ActedRequest, group: Unit) -> HttpResponse:
    """A group: who is in it."""
    return show(
        request,
        "unit_group.html",
        unit=group,
        members=members(actor=request.actor).filter(in_group(group)).order_by("name_key", "pk"),
        former=former_names(actor=request.actor, unit_id=group.id),
        trail=trail(actor=request.actor, unit=group),
    )


@within("units")
@require_safe
def unit_chart(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """组织结构图, to be printed."""
    found = unit_for(actor=request.actor, permission="org.see", unit_id=unit_id)
    top = chart(actor=request.actor, unit=found)
    above = trail(actor=request.actor, unit=found)
    return show(request, "unit_chart.html", unit=found, leaf=top, trail=above, today=clock.today())


@within("units")
@require_http_methods(["GET", "POST"])
def unit_add(request: ActedRequest, parent_id: UUID) -> HttpResponse:
    """Found a unit below another."""
    parent = unit_for(actor=request.actor, permission="org.change", unit_id=parent_id)
    usual = UnitKind.GROUP if parent.kind in GROUPED else UnitKind.BRANCH
    form = UnitForm(request.POST or None, initial={"kind": usual})
    if sent(request, form):
        founded = found_unit(actor=request.actor, parent_id=parent_id, **form.cleaned_data)
        return done(
            request, _("“%(name)s”已设立。") % {"name": founded.name}, reverse("unit", args=[founded.id])
        )
    above = trail(actor=request.actor, unit=parent)
    return show_form(request, "forms/plain.html", form, title=_("新设党组织"), send=_("设立"), trail=above)


@within("units")
@require_http_methods(["GET", "POST"])
def unit_rename(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """Rename a unit."""
    found = unit_for(actor=request.actor, permission="org.change", unit_id=unit_id)
    form = NameForm(request.POST or None, initial={"name": found.name})
    if sent(request, form):
        rename_unit(actor=request.actor, unit_id=unit_id, name=form.cleaned_data["name"])
        return done(request, _("已改名。"), reverse("unit", args=[unit_id]))
    above = trail(actor=request.actor, unit=found)
    return show_form(request, "forms/plain.html", form, title=_("改名"), send=_("保存"), trail=above)
