"""党组织调整: units moved, merged and ended, members moved or split off; what goes along is shown before the yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.queries import trail, unit_for
from yanzhen.people.models import Basis
from yanzhen.reorganization.queries import destinations, own_members, preview_members, preview_unit
from yanzhen.reorganization.services import dissolve_unit, merge_units, move_members, move_unit, split_unit
from yanzhen.web.choosing import Choosing, Finder, beside
from yanzhen.web.forms import DayInput
from yanzhen.web.pages import done, key_in, sent, show, within
from yanzhen.web.ticking import WHOM, Ticking


class DatedForm(forms.Form):
    """When it was decided, and why."""

    on = forms.DateField(label=gettext_lazy("从哪一天起"), initial=clock.today, widget=DayInput())
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("例如依据哪份文件。"),
    )


class BasisForm(DatedForm):
    """Also why the other unit is the one that is responsible."""

    basis = forms.ChoiceField(
        label=gettext_lazy("为什么由那里管"),
        choices=Basis.choices,
        initial=Basis.RELATION,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("谁有利谁负责。"),
    )
    field_order: tuple[str, ...] = ("basis", "on", "reason")


class EndForm(DatedForm):
    """撤销."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class PlaceForm(Choosing, DatedForm):
    """Another unit, looked for among those that the actor may change and that do not lie below `unit`."""

    to = forms.TypedChoiceField(
        label=gettext_lazy("到哪个党组织"), coerce=UUID, empty_value=None, widget=forms.RadioSelect
    )
    field_order: tuple[str, ...] = ("q", "to")
    sought = "to"
    read_through = 10  # each stands on a line of its own
    members_only = False

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, unit: Unit) -> None:
        super().__init__(data)
        offered, has_more = destinations(
            actor=actor,
            unit=unit,
            text=self.text,
            chosen=key_in(self.picked) if self.picked else None,
            members_only=self.members_only,
        )
        none = "" if offered else _("没有叫这个名称的党组织，请换一个名称。")
        self.offer([(str(it.pk), beside(it)) for it in offered], has_more=has_more, none=none)


class MembersForm(Ticking, PlaceForm, BasisForm):
    """Which members, and to which unit: one that is there, or a new one beside the present one."""

    who = forms.CharField(label=WHOM, required=False, max_length=100, widget=Finder())
    looked_for = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("或者分出一个新的，名称"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=gettext_lazy("新党组织的类别"),
        choices=UnitKind.choices,
        initial=UnitKind.BRANCH,
        required=False,
    )
    field_order = ("q", "to", "name", "kind", "basis", "on", "reason")
    finders = {"q": "found", "who": "looked_for"}
    whom = "who"
    instead = ("name",)
    members_only = True

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, unit: Unit) -> None:
        super().__init__(data, actor=actor, unit=unit)
        self.fields["to"].required = False
        self.offer_members(own_members(actor=actor, unit_id=unit.id), actor=actor)

    def clean(self) -> dict[str, Any]:
        """One of the two: a unit that is there, or a name."""
        given = super().clean() or {}
        if bool(given.get("to")) == bool(given.get("name")):
            self.add_error("to", _("请选一个党组织，或者写下新党组织的名称。"))
        return given

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """All but the members, who stand in a list of their own."""
        return [field for field in self if field.name not in ("members", "who", "looked_for")]


@within("units")
@require_http_methods(["GET", "POST"])
def unit_move(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """划到别处."""

    def act(**given: Any) -> str:
        moved = move_unit(actor=request.actor, unit_id=unit_id, to_id=given.pop("to"), **given)
        return _("“%(name)s”已经划过去了。") % {"name": moved.name}

    lead = _("它下面的党组织、党员、联系人和任职都跟着走；编号不变。")
    return _regroup(request, unit_id, act, PlaceForm, title=_("划到别处"), lead=lead, send=_("划过去"))


@within("units")
@require_http_methods(["GET", "POST"])
def unit_merge(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """并入别处."""

    def act(**given: Any) -> str:
        into = merge_units(actor=request.actor, unit_id=unit_id, into_id=given.pop("to"), **given)
        return _("已经并入“%(name)s”。") % {"name": into.name}

    lead = _("党员、联系人和下面的党组织都转过去，它自己撤销；除联系人外，在它那里的任职同时结束。")
    return _regroup(request, unit_id, act, PlaceForm, title=_("并入别处"), lead=lead, send=_("并入"))


@within("units")
@require_http_methods(["GET", "POST"])
def unit_end(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """撤销."""

    def act(**given: Any) -> str:
        ended = dissolve_unit(actor=request.actor, unit_id=unit_id, **given)
        return _("“%(name)s”已经撤销。") % {"name": ended.name}

    lead = _("下面没有党组织和党员了才能撤销；在它那里的任职同时结束，记录都保留。")
    return _regroup(request, unit_id, act, EndForm, title=_("撤销党组织"), lead=lead, send=_("撤销"))


def _regroup(
    request: ActedRequest,
    unit_id: UUID,
    act: Callable[..., str],
    form_class: type[DatedForm],
    **words: str,
) -> HttpResponse:
    """A page with what goes along, the form below it, and the act when it is sent."""
    actor = request.actor
    unit = unit_for(actor=actor, permission="org.change", unit_id=unit_id)
    has_place = issubclass(form_class, PlaceForm)
    more: dict[str, Any] = {"actor": actor, "unit": unit} if has_place else {}
    form = form_class(request.POST or None, **more)
    if sent(request, form):
        given = {key: value for key, value in form.cleaned_data.items() if key not in ("q", "found")}
        return done(request, act(**given), reverse("unit", args=[unit_id]))
    return show(
        request,
        "reorganize.html",
        unit=unit,
        form=form,
        body="forms/plain.html",
        preview=preview_unit(actor=actor, unit_id=unit_id),
        trail=trail(actor=actor, unit=unit),
        here=request.path,
        back=reverse("unit", args=[unit_id]),
        **words,
    )


@within("units")
@require_http_methods(["GET", "POST"])
def unit_members(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """转移党员: choose, look at what goes along, say yes."""
    actor = request.actor
    unit = unit_for(actor=actor, permission="org.change", unit_id=unit_id)
    form = MembersForm(request.POST or None, actor=actor, unit=unit)
    ready = sent(request, form)
    if ready and "yes" in request.POST:
        given = form.cleaned_data
        told = {key: given[key] for key in ("on", "reason", "basis")} | {"member_ids": given["members"]}
        if given["to"]:
            count = move_members(actor=actor, to_id=given["to"], **told)
        else:
            split_unit(actor=actor, unit_id=unit_id, name=given["name"], kind=given["kind"], **told)
            count = len(given["members"])
        return done(request, _("%(n)d 名党员已经转过去了。") % {"n": count}, reverse("unit", args=[unit_id]))
    chosen = form.cleaned_data["members"] if ready else []
    return show(
        request,
        "reorganize_members.html",
        unit=unit,
        form=form,
        preview=preview_members(actor=actor, unit_id=unit_id, member_ids=chosen) if ready else None,
        trail=trail(actor=actor, unit=unit),
        back=reverse("unit", args=[unit_id]),
    )
