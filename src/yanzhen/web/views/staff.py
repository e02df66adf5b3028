"""账号与任职: who may do what in the units below, and letting somebody in."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES
from yanzhen.accounts import queries
from yanzhen.accounts.factors import take_factors_away
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.models import Account
from yanzhen.accounts.queries import (
    account_for,
    accounts,
    appointment_for,
    by_unit,
    called,
    others_with_factor,
)
from yanzhen.accounts.services import end_appointment, hand_over
from yanzhen.accounts.starting import engage, hand_over_to_member, reset_password
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, Reach
from yanzhen.ledger.wording import spoken_date
from yanzhen.org.queries import units
from yanzhen.people.models import Member
from yanzhen.people.queries import members
from yanzhen.people.search import search
from yanzhen.web.choosing import Choosing, some
from yanzhen.web.forms import NOBODY, DayInput
from yanzhen.web.pages import asked, came_from, done, need, paged, sent, show, show_form, within
from yanzhen.web.views.start import paper

OTHERS = "none"


class EngageForm(Choosing):
    """A person, a user name, a role and the unit it is held on."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("登录时用。不填就用姓名的拼音。"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("职务"))
    unit = forms.TypedChoiceField(label=gettext_lazy("在哪个党组织"), coerce=UUID)
    starts_on = forms.DateField(
        label=gettext_lazy("从哪一天起"),
        initial=clock.today,
        widget=DayInput(),
        help_text=gettext_lazy("可以写以后的日子，到那一天才生效。"),
    )
    field_order = ("name", "username", "role", "q", "unit")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.key, role.label) for role in ROLES if role.reach is not Reach.SELF]
        cast(forms.ChoiceField, self.fields["role"]).choices = roles
        among = units(actor=actor, permission="accounts.appoint").filter(ended_on__isnull=True)
        self.offer_units(among, first_is_chosen=True)


class HandOverForm(Choosing):
    """Who takes over, and from which day on: an account, or a member of the unit who has none yet."""

    successor = forms.ChoiceField(
        label=gettext_lazy("由谁接任"),
        help_text=gettext_lazy("还没有账号的党员，会给他开好账号和首次登录的验证码。"),
    )
    on = forms.DateField(label=gettext_lazy("从哪一天起"), initial=clock.today, widget=DayInput())
    field_order = ("q", "successor", "on")
    sought = "successor"

    def __init__(self, *args: Any, actor: Actor, held: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("按姓名查找")
        people, more_people = successors(actor=actor, held=held, text=self.text, picked=self._key("account"))
        without, more = newcomers(actor=actor, held=held, text=self.text, picked=self._key("member"))
        words = _("%(what)s（%(more)s）")
        self.offer(
            [
                ("", _("请选择")),
                (_("这里的党员，还没有账号"), [(f"member:{one.pk}", one.name) for one in without]),
                (
                    _("已经有账号的"),
                    [
                        (f"account:{one.pk}", words % {"what": one.name, "more": one.username})
                        for one in people
                    ],
                ),
            ],
            has_more=more_people or more,
            none="" if people or without else NOBODY,
        )

    def _key(self, kind: str) -> str:
        given, _colon, key = self.picked.partition(":")
        return key if given == kind else ""

    def chosen(self) -> tuple[str, UUID]:
        """`account` or `member`, and its key."""
        kind, _colon, key = self.cleaned_data["successor"].partition(":")
        return kind, UUID(key)


def successors(*, actor: Actor, held: Appointment, text: str, picked: str) -> tuple[list[Account], bool]:
    """The accounts that may take over, those of the same unit first; some of them, and whether there are more."""
    among = accounts(actor=actor).exclude(pk=held.account_id).filter(is_active=True)
    found = among.filter(*map(called, text.split()))
    near, more = some(found.filter(path=held.path))
    rest, more_rest = some(found.exclude(path=held.path), picked=picked, among=among)
    return list(dict.fromkeys([*near, *rest])), more or more_rest


def newcomers(*, actor: Actor, held: Appointment, text: str, picked: str) -> tuple[list[Member], bool]:
    """The unit's own members without an account, by name, likewise."""
    among = members(actor=actor, permission="accounts.invite").filter(account_id__isnull=True)
    among = among.filter(unit_id=held.unit_id).exclude(name=held.account.name)
    found = search(actor=actor, text=text, among=among) if text else among.order_by("name_key", "pk")
    return some(found, picked=picked, among=among)


@within("mine")
@require_safe
def staff(request: ActedRequest) -> HttpResponse:
    """Who holds a role in the actor's units, unit by unit, 50 a page; or who holds none and has a second factor."""
    need(request, "accounts.see")
    actor, text, role = request.actor, request.GET.get("q", "").strip()[:60], request.GET.get("f", "")
    if role == OTHERS:
        others, held = paged(request, others_with_factor(actor=actor, text=text)), None
    else:
        others, held = None, paged(request, queries.staff(actor=actor, text=text, role=role))
    chips = [("", _("全部")), *((one.key, one.label) for one in ROLES if one.reach is not Reach.SELF)]
    return show(
        request,
        "staff.html",
        page=others or held,
        others=others,
        units=by_unit(held or ()),
        text=text,
        chip=role,
        chips=[*chips, (OTHERS, _("没有任职、有第二道验证的"))],
    )


@within("mine")
@require_http_methods(["GET", "POST"])
def staff_add(request: ActedRequest) -> HttpResponse:
    """Open an account with a role; the code for it is shown once, to be handed over on paper."""
    need(request, "accounts.create")
    form = EngageForm(request.actor, request.POST or None)
    if sent(request, form):
        told = form.cleaned_data
        invitation = engage(
            actor=request.actor,
            unit_id=told["unit"],
            role=told["role"],
            name=told["name"],
            username=told["username"],
            starts_on=told["starts_on"],
        )
        return paper(request, invitation, back=reverse("staff"))
    title, send = _("新开账号"), _("开设账号")
    return show_form(request, "forms/plain.html", form, title=title, send=send, default_back=reverse("staff"))


@within("mine")
@require_http_methods(["GET", "POST"])
def staff_reset(request: ActedRequest, account_id: UUID) -> HttpResponse:
    """A code for somebody who forgot his password; shown once."""
    if asked(request):
        invitation = reset_password(actor=request.actor, account_id=account_id)
        return paper(request, invitation, back=reverse("staff"))
    account = account_for(actor=request.actor, permission="accounts.create", account_id=account_id)
    lead = _("给%(name)s开一个验证码，他用它自己定新密码。原来的密码马上作废。") % {"name": account.name}
    title, send = _("重设密码"), _("开验证码")
    form, back = forms.Form(), reverse("staff")
    return show_form(request, "forms/plain.html", form, title=title, lead=lead, send=send, default_back=back)


class LostForm(forms.Form):
    """Why a second factor is taken away."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("例如：手机丢了，本人来过办公室。会记下来，本人下次登录时看到。"),
    )


@within("mine")
@require_http_methods(["GET", "POST"])
def staff_factor(request: ActedRequest, account_id: UUID) -> HttpResponse:
    """取消丢失的第二道验证, after meeting the person."""
    account = account_for(actor=request.actor, permission="accounts.create", account_id=account_id)
    form = LostForm(request.POST or None)
    if sent(request, form):
        take_factors_away(actor=request.actor, account_id=account_id, **form.cleaned_data)
        said = _("%(name)s的第二道验证已取消，所有设备都已退出。他现在用密码登录，再重新设置。")
        return done(request, said % {"name": account.name}, reverse("staff"))
    lead = _("先当面核实是%(name)s本人。取消后他登录只要密码，备用码作废，所有设备都退出。") % {
        "name": account.name
    }
    title, send = _("取消丢失的第二道验证"), _("已当面核实，取消")
    return show_form(
        request, "forms/plain.html", form, title=title, lead=lead, send=send, default_back=reverse("staff")
    )


@within("mine")
@require_http_methods(["GET", "POST"])
def staff_hand_over(request: ActedRequest, appointment_id: UUID) -> HttpResponse:
    """交接: one step, from a day on."""
    held = appointment_for(actor=request.actor, permission="accounts.appoint", appointment_id=appointment_id)
    form = HandOverForm(request.POST or None, actor=request.actor, held=held)
    told, back = {"name": held.account.name, "role": ROLES[held.role].label}, reverse("staff")
    if sent(request, form):
        (kind, key), on = form.chosen(), form.cleaned_data["on"]
        if kind == "member":
            invitation = hand_over_to_member(
                actor=request.actor, appointment_id=appointment_id, member_id=key, on=on
            )
            return paper(request, invitation, back=came_from(request, back))
        successor = hand_over(
            actor=request.actor, appointment_id=appointment_id, account_id=key, on=on
        ).account
        words = _("%(name)s的“%(role)s”从%(day)s起交给%(successor)s。")
        said = words % {**told, "day": spoken_date(on.isoformat()), "successor": successor.name}
        return done(request, said, came_from(request, back))
    lead = _("%(name)s的“%(role)s”从这一天起由接任的人担任。") % told
    title, send = _("交接"), _("交接")
    return show_form(request, "forms/plain.html", form, title=title, lead=lead, send=send, default_back=back)


@within("mine")
@require_http_methods(["GET", "POST"])
def staff_end(request: ActedRequest, appointment_id: UUID) -> HttpResponse:
    """End an appointment; the account stays."""
    if asked(request):
        ended = end_appointment(actor=request.actor, appointment_id=appointment_id)
        return done(request, _("%(name)s的职务已解除。") % {"name": ended.account.name}, reverse("staff"))
    held = appointment_for(actor=request.actor, permission="accounts.appoint", appointment_id=appointment_id)
    lead = _("解除%(name)s的“%(role)s”。从现在起他看不到这里的党员，账号还在。") % {
        "name": held.account.name,
        "role": ROLES[held.role].label,
    }
    title, send, form = _("解除职务"), _("解除"), forms.Form()
    return show_form(
        request, "forms/plain.html", form, title=title, lead=lead, send=send, default_back=reverse("staff")
    )
