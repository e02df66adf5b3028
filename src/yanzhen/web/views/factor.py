"""登录与安全: one's own second factor, and signing in by passkey."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from yanzhen.access.checks import declare_public
from yanzhen.accounts.factors import (
    add_app,
    add_passkey,
    ask_for_factor,
    factors,
    forget_pending,
    make_recovery_codes,
    oneself,
    pending_secret,
    recovery_codes,
    remove_factor,
)
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.models import Account
from yanzhen.kernel import clock
from yanzhen.kernel.errors import NotFound
from yanzhen.web.forms_factor import AppForm, NewPasskeyForm, PasskeySignInForm
from yanzhen.web.pages import F, asked, came_from, done, sent, show, show_form, within


def _sure(view: F) -> F:
    """Ask for the password or the factor once more; for five minutes that holds."""
    return cast(F, reauthentication_required(view, app="allauth.mfa"))


@within("mine")
@require_safe
def security(request: ActedRequest) -> HttpResponse:
    """What one has, and the way to each of it."""
    declare_public()
    return show(request, "security.html", factors=factors(account=_own(request)))


@within("mine")
@never_cache
@require_http_methods(["GET", "POST"])
@_sure
def app_add(request: ActedRequest) -> HttpResponse:
    """手机验证器: the key as a QR code and in words, and a first code to see that it was taken."""
    declare_public()
    account, form = _own(request), AppForm(request.POST or None)
    secret = pending_secret(request.session, account=account)
    if sent(request, form):
        before = factors(account=account)
        add_app(actor=oneself(account), account=account, secret=secret, code=form.cleaned_data["code"])
        forget_pending(request.session)
        return _added(request, _("手机验证器已启用。以后登录，输完密码再输手机上的验证码。"), had=before.any)
    adapter = get_adapter()
    drawn = SafeString(adapter.build_totp_svg(adapter.build_totp_url(account, secret)))  # segno's own path
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    return show(request, "factor_app.html", form=form, drawn=drawn, groups=groups)


@within("mine")
@never_cache
@require_http_methods(["GET", "POST"])
@_sure
def passkey_add(request: ActedRequest) -> HttpResponse:
    """通行密钥: made by the browser, and named."""
    declare_public()
    account = _own(request)
    form = NewPasskeyForm(request.POST or None, user=account)
    if sent(request, form):
        before = factors(account=account)
        given = form.cleaned_data
        add_passkey(
            actor=oneself(account), account=account, name=given["name"], credential=given["credential"]
        )
        return _added(request, _("通行密钥已保存。"), had=before.any)
    return show(request, "factor_passkey.html", form=form, options=begin_registration(account, True))


@within("mine")
@require_http_methods(["GET", "POST"])
@_sure
def factor_off(request: ActedRequest, factor_id: int) -> HttpResponse:
    """Give up the app or a passkey."""
    declare_public()
    account = _own(request)
    if asked(request):
        remove_factor(actor=oneself(account), account=account, factor_id=factor_id)
        ask_for_factor(request.session, account=account)
        return done(request, _("已停用。"), reverse("security"))
    had = factors(account=account)
    named = {one.instance.pk: one.name for one in had.passkeys}
    if had.app is not None:
        named[had.app.pk] = _("手机验证器")
    if factor_id not in named:
        raise NotFound(_("没有找到，可能已经停用了。"))
    lead = _("停用“%(name)s”。") % {"name": named[factor_id]}
    if len(named) == 1:
        lead += _("这是最后一个，停用后登录只要密码，备用码一起作废。")
    title, back = _("停用第二道验证"), reverse("security")
    return show_form(
        request, "forms/plain.html", forms.Form(), title=title, lead=lead, send=_("停用"), default_back=back
    )


@within("mine")
@never_cache
@require_http_methods(["GET", "POST"])
@_sure
def recovery_codes_page(request: ActedRequest) -> HttpResponse:
    """备用码: shown to be printed; sent, ten new ones."""
    declare_public()
    account = _own(request)
    if asked(request):
        make_recovery_codes(actor=oneself(account), account=account)
        return done(request, _("已换成新的备用码，旧的作废。"), reverse("recovery_codes"))
    codes = recovery_codes(account=account)
    if not factors(account=account).any:
        return HttpResponseRedirect(reverse("security"))
    return show(request, "factor_codes.html", codes=codes, today=clock.today())


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def passkey_sign_in(request: ActedRequest) -> HttpResponse:
    """Signing in by passkey alone: the device has asked for a finger, a face or its own code."""
    declare_public()
    form = PasskeySignInForm(request.POST or None)
    if sent(request, form):
        form.save()
        used = cast(Authenticator, form.cleaned_data["credential"])
        return cast(HttpResponse, perform_login(request, used.user, redirect_url=came_from(request)))
    return show(request, "passkey_sign_in.html", form=form, options=begin_authentication(None))


def _own(request: ActedRequest) -> Account:
    return cast(Account, request.user)


def _added(request: ActedRequest, sentence: str, *, had: bool) -> HttpResponse:
    """On to the codes for when it is lost, where these are the first."""
    ask_for_factor(request.session, account=_own(request))
    return done(request, sentence, reverse("security" if had else "recovery_codes"))
