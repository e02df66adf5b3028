"""首次登录: a code is made and printed; with it somebody signs in and sets a password of his own."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from allauth.account.utils import perform_login
from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yanzhen.access.checks import declare_public
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.models import Account
from yanzhen.accounts.starting import (
    DAYS,
    Invitation,
    free_username,
    invite_contact_person,
    invite_member,
    start,
    starter,
)
from yanzhen.contact.queries import person_for
from yanzhen.people.queries import member_for
from yanzhen.web.pages import sent, show, show_form, within


class InviteForm(forms.Form):
    """The user name of an account that is opened."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        help_text=gettext_lazy("登录时用，可以改。"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )


class StartForm(forms.Form):
    """User name and code from the paper, and the password that is set."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=gettext_lazy("纸条上的验证码"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("给自己定一个密码"),
        help_text=gettext_lazy("至少 10 位，不要全是数字。"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再写一遍密码"), widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        """The same twice."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("两遍写的不一样。"))
        return again


@within("members")
@require_http_methods(["GET", "POST"])
def member_account(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """给党员开通账号: a code to be handed over on paper."""
    member = member_for(actor=request.actor, permission="accounts.invite", member_id=member_id)
    back = reverse("member", args=[member_id])
    form = _invite_form(request, member.name, has_account=member.account_id is not None)
    if sent(request, form):
        username = form.cleaned_data.get("username", "")
        invitation = invite_member(actor=request.actor, member_id=member_id, username=username)
        return paper(request, invitation, back=back)
    return _ask(request, form, member.name, back)


@within("units")
@require_http_methods(["GET", "POST"])
def person_account(request: ActedRequest, person_id: UUID) -> HttpResponse:
    """给联系人开通账号."""
    person = person_for(actor=request.actor, permission="accounts.invite", person_id=person_id)
    form = _invite_form(request, person.name, has_account=person.account_id is not None)
    if sent(request, form):
        username = form.cleaned_data.get("username", "")
        invitation = invite_contact_person(actor=request.actor, person_id=person_id, username=username)
        return paper(request, invitation, back=reverse("units"))
    return _ask(request, form, person.name, reverse("units"))


def _invite_form(request: ActedRequest, name: str, *, has_account: bool) -> forms.Form:
    if has_account:
        return forms.Form(request.POST or None)
    return InviteForm(request.POST or None, initial={"username": free_username(name)})


def _ask(request: ActedRequest, form: forms.Form, name: str, back: str) -> HttpResponse:
    lead = _(
        "开一个验证码，打印或抄在纸上当面交给本人。%(n)d 天内有效，只能用一次；本人登录时自己定密码。"
    ) % {"n": DAYS}
    opens = isinstance(form, InviteForm)
    title = (_("给%(name)s开通账号") if opens else _("给%(name)s重开登录验证码")) % {"name": name}
    return show_form(
        request, "forms/plain.html", form, title=title, lead=lead, send=_("开验证码"), default_back=back
    )


def paper(request: ActedRequest, invitation: Invitation, *, back: str) -> HttpResponse:
    """The code, shown this once to be printed."""
    address = request.build_absolute_uri(reverse("start"))
    return show(request, "start_code.html", invitation=invitation, address=address, back=back)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def start_page(request: ActedRequest) -> HttpResponse:
    """首次登录. Wrong codes are counted like wrong passwords."""
    declare_public()
    form = StartForm(request.POST or None)
    if sent(request, form):
        given = form.cleaned_data
        found = authenticate(request, username=given["username"], code=given["code"])
        if isinstance(found, Account):
            account = start(actor=starter(), account=found, password=given["password"])
            messages.success(request, _("%(name)s，您好！以后用自己定的密码登录。") % {"name": account.name})
            # The code stands for the password only: a second factor is asked for all the same.
            return cast(HttpResponse, perform_login(request, account, redirect_url=reverse("home")))
        form.add_error(
            "code", _("用户名或验证码不对，或者已经过期。请对照纸条再写一次，不行就找支部书记再开一个。")
        )
    return show(request, "start.html", form=form)
