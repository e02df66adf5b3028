"""编组: the members of a branch put into its groups, and groups founded as the roster names them."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.org.queries import trail, unit_for
from yanzhen.people.grouping import Grouping, found_groups, groupings, put_into_group
from yanzhen.people.queries import members as visible_members
from yanzhen.web.choosing import OFFERED, Choosing, Finder
from yanzhen.web.pages import done, sent, show, within
from yanzhen.web.ticking import WHOM, Ticking

NO_GROUP = "-"


class GroupForm(Ticking):
    """Which members, and into which group of their branch, or into none."""

    q = forms.CharField(label=WHOM, required=False, max_length=100, widget=Finder())
    group = forms.TypedChoiceField(
        label=gettext_lazy("编入哪个党小组"),
        coerce=lambda key: None if key == NO_GROUP else UUID(key),
        empty_value=None,
        widget=forms.RadioSelect,
    )
    sought = "members"

    def __init__(self, *args: Any, groups: list[Grouping], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = [(str(it.unit.pk), it.name) for it in groups if it.unit]
        group = cast(forms.TypedChoiceField, self.fields["group"])
        group.choices = [*present, (NO_GROUP, _("不编入小组"))]
        group.help_text = "" if present else _("这里还没有设立党小组，请组织干事先设立。")


class NamesForm(Choosing):
    """Which of the names on the roster become groups: all of them, where they are few."""

    q = forms.CharField(
        label=gettext_lazy("按名称查找党小组"), required=False, max_length=100, widget=Finder()
    )
    names = forms.MultipleChoiceField(
        label=gettext_lazy("设立哪些党小组"), widget=forms.CheckboxSelectMultiple
    )
    sought = "names"

    def __init__(self, data: QueryDict | None, *, groups: list[Grouping]) -> None:
        named = [it for it in groups if it.name and it.unit is None]
        ticked = data.getlist("names") if data else [it.name for it in named[:OFFERED]]
        super().__init__(data, initial={"names": ticked})
        found = [it for it in named if self.text in it.name]
        shown = found[:OFFERED]
        offered = [*shown, *(it for it in named if it.name in ticked and it not in shown)]
        self.offer(
            [(it.name, _("%(name)s（%(n)d 名）") % {"name": it.name, "n": it.members}) for it in offered],
            has_more=len(found) > len(shown),
            none="" if found or not named else _("没有找到，请换一个名字。"),
        )


@within("units")
@require_http_methods(["GET", "POST"])
def unit_groups(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """编组. `from` shows those of one group only."""
    actor = request.actor
    unit = unit_for(actor=actor, permission="people.change", unit_id=unit_id)
    groups = groupings(actor=actor, unit_id=unit_id)
    among = visible_members(actor=actor).filter(unit=unit).order_by("name_key", "pk")
    left = request.GET.get("from")
    form = GroupForm(request.POST or None, groups=groups)
    form.offer_members(among, actor=actor, first=None if left is None else among.filter(group=left))
    if sent(request, form):
        given = form.cleaned_data
        count = put_into_group(
            actor=actor, unit_id=unit_id, member_ids=given["members"], group_id=given["group"]
        )
        told = _("%(n)d 名党员已经编好了。") % {"n": count}
        return done(request, told, reverse("unit", args=[unit_id]))
    return show(
        request,
        "unit_groups.html",
        unit=unit,
        form=form,
        groups=groups,
        may_found=any(it.name and it.unit is None for it in groups) and not any(it.unit for it in groups),
        left=left,
        trail=trail(actor=actor, unit=unit),
        back=reverse("unit", args=[unit_id]),
    )


@within("units")
@require_http_methods(["GET", "POST"])
def unit_groups_found(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """按花名册设立小组: the names with how many bear each, and the groups are there."""
    actor = request.actor
    unit = unit_for(actor=actor, permission="org.change", unit_id=unit_id)
    form = NamesForm(request.POST or None, groups=groupings(actor=actor, unit_id=unit_id))
    if sent(request, form):
        founded = found_groups(actor=actor, unit_id=unit_id, names=form.cleaned_data["names"])
        told = _("设立了 %(n)d 个党小组，党员都在里面了。") % {"n": len(founded)}
        return done(request, told, reverse("unit", args=[unit_id]))
    return show(
        request,
        "unit_groups_found.html",
        unit=unit,
        form=form,
        trail=trail(actor=actor, unit=unit),
        here=request.path,
        back=reverse("unit", args=[unit_id]),
    )
