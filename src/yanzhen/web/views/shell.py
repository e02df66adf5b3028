"""What belongs to no subject: how pages look, and what is one's own."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanzhen.access.checks import declare_public
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.kernel.errors import NotFound
from yanzhen.people.queries import members
from yanzhen.web.context import CARE_COOKIE
from yanzhen.web.pages import came_from, show, within

_FOR_GOOD = 10 * 365 * 24 * 3600


@login_not_required
@require_POST
def care(request: ActedRequest) -> HttpResponse:
    """关怀版 on or off, kept in a cookie."""
    response = HttpResponseRedirect(came_from(request))
    response.set_cookie(
        CARE_COOKIE, "1" if request.POST.get("care") == "1" else "0", _FOR_GOOD, samesite="Lax"
    )
    return response


@login_not_required
@require_POST
def language(request: ActedRequest) -> HttpResponse:
    """Chinese or English, kept in a cookie."""
    response = HttpResponseRedirect(came_from(request))
    wanted = request.POST.get("language", "")
    if check_for_language(wanted):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, _FOR_GOOD, samesite="Lax")
    return response


@within("mine")
@require_safe
def mine(request: ActedRequest) -> HttpResponse:
    """我的: on a phone, what the account menu holds."""
    declare_public()
    return show(request, "mine.html")


def own_member_id(request: ActedRequest) -> UUID:
    """The key of the record of whoever is signed in; NotFound where there is none."""
    found = (
        members(actor=request.actor).filter(account_id=request.actor.id).values_list("pk", flat=True).first()
    )
    if found is None:
        raise NotFound(_("您的账号还没有和党员信息连起来，请找支部书记。"))
    return found


@require_safe
def my_record(request: ActedRequest) -> HttpResponse:
    """One's own record."""
    return HttpResponseRedirect(reverse("member", args=[own_member_id(request)]))
