"""账号与任职: who may do what in the units below, and letting somebody in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.queries import account_for, accounts, appointment_for, staff_by_unit
from yanzhen.accounts.services import end_appointment, engage, hand_over, reset_password
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, Reach
from yanzhen.org.queries import units
from yanzhen.web.forms import DayInput
from yanzhen.web.pages import asked, done, need, sent, show, show_form, within

# Without characters that are mistaken for each other when the code is read out or copied from paper.
_CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE_LENGTH = 12


class EngageForm(forms.Form):
    """A person, a user name, a role and the unit it is held on."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        help_text=gettext_lazy("登录时用，例如姓名的拼音。"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.key, role.label) for role in ROLES if role.reach is not Reach.SELF]
        found = (
            units(actor=actor, permission="accounts.appoint").filter(ended_on__isnull=True).order_by("path")
        )
        places = [(unit.pk, unit.name) for unit in found]
        self.fields["role"] = forms.ChoiceField(label=_("职务"), choices=roles)
        self.fields["unit"] = forms.ChoiceField(label=_("在哪个党组织"), choices=places)
        self.fields["starts_on"] = forms.DateField(
            label=_("从哪一天起"),
            initial=clock.today,
            widget=DayInput(),
            help_text=_("可以写以后的日子，到那一天才生效。"),
        )


class HandOverForm(forms.Form):
    """Who takes over, and from which day on."""

    on = forms.DateField(label=gettext_lazy("从哪一天起"), initial=clock.today, widget=DayInput())
    field_order = ("account", "on")

    def __init__(self, *args: Any, actor: Actor, held: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = accounts(actor=actor).exclude(pk=held.account_id).filter(is_active=True)
        words = _("%(what)s（%(more)s）")
        people = [(str(one.pk), words % {"what": one.name, "more": one.username}) for one in offered]
        self.fields["account"] = forms.TypedChoiceField(
            label=_("由谁接任"),
            coerce=UUID,
            choices=[("", _("请选择")), *people],
            help_text=_("还没有账号的，先给他新开一个。"),
        )
        self.order_fields(self.field_order)


@within("mine")
@require_safe
def staff(request: ActedRequest) -> HttpResponse:
    """Everybody who holds a role in the actor's units, unit by unit."""
    need(request, "accounts.see")
    return show(request, "staff.html", units=staff_by_unit(actor=request.actor))


@within("mine")
@require_http_methods(["GET", "POST"])
def staff_add(request: ActedRequest) -> HttpResponse:
    """Open an account with a role; its first password is shown once, to be handed over on paper."""
    need(request, "accounts.create")
    form = EngageForm(request.actor, request.POST or None)
    if sent(request, form):
        told = form.cleaned_data
        code = get_random_string(_CODE_LENGTH, _CODE_CHARACTERS)
        account = engage(
            actor=request.actor,
            unit_id=UUID(told["unit"]),
            role=told["role"],
            name=told["name"],
            username=told["username"],
            password=code,
            starts_on=told["starts_on"],
        )
        return show(request, "staff_code.html", account=account, code=code)
    title, send = _("新开账号"), _("开设账号")
    return show_form(request, "forms/plain.html", form, title=title, send=send)


@within("mine")
@require_http_methods(["GET", "POST"])
def staff_reset(request: ActedRequest, account_id: UUID) -> HttpResponse:
    """A new password for somebody who forgot his; shown once."""
    if asked(request):
        code = get_random_string(_CODE_LENGTH, _CODE_CHARACTERS)
        account = reset_password(actor=request.actor, account_id=account_id, password=code)
        return show(request, "staff_code.html", account=account, code=code)
    account = account_for(actor=request.actor, permission="accounts.create", account_id=account_id)
    lead = _("给%(name)s换一个新密码，原来的密码马上作废。") % {"name": account.name}
    return show_form(
        request, "forms/plain.html", forms.Form(), title=_("重设密码"), lead=lead, send=_("换新密码")
    )


@within("mine")
@require_http_methods(["GET", "POST"])
def staff_hand_over(request: ActedRequest, appointment_id: UUID) -> HttpResponse:
    """交接: one step, from a day on."""
    held = appointment_for(actor=request.actor, permission="accounts.appoint", appointment_id=appointment_id)
    form = HandOverForm(request.POST or None, actor=request.actor, held=held)
    told = {"name": held.account.name, "role": ROLES[held.role].label}
    if sent(request, form):
        successor = hand_over(
            actor=request.actor,
            appointment_id=appointment_id,
            account_id=form.cleaned_data["account"],
            on=form.cleaned_data["on"],
        ).account
        said = _("%(name)s的“%(role)s”已经交给%(successor)s。") % {**told, "successor": successor.name}
        return done(request, said, reverse("staff"))
    lead = _("%(name)s的“%(role)s”从这一天起由接任的人担任。") % told
    return show_form(request, "forms/plain.html", form, title=_("交接"), lead=lead, send=_("交接"))


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
    return show_form(
        request, "forms/plain.html", forms.Form(), title=_("解除职务"), lead=lead, send=_("解除")
    )
