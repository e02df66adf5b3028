"""Each request gets its Actor, has its refusals put into words once, and fails where nobody asked whether it may."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from yanzhen.access.checks import collecting
from yanzhen.access.errors import PermissionUnchecked
from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.factors import ASKED
from yanzhen.accounts.faults import in_words
from yanzhen.accounts.interrupted import COOKIE, Interrupted, kept_by, remember_whose
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.guard import acts_only
from yanzhen.people.queries import survivor
from yanzhen.sheets.recognition.source import MAX_FILE

_MOST = MAX_FILE + 1_000_000  # bytes of a request: the largest roster and its form
# Pages of libraries that show nothing of anybody's: sign-in and one's own sessions.
_PUBLIC_NAMESPACES = ("/accounts/", "/static/", "/healthz")
# What stays open to somebody who must set up a second factor first.
_ON_THE_WAY = (*_PUBLIC_NAMESPACES, "/mine/security/", "/care", "/language")


class ActedRequest(HttpRequest):
    """A request with its Actor, and with the refusal that the page it shows again must explain."""

    actor: Actor
    htmx: HtmxDetails
    refusal: DomainError | None


class ActorMiddleware:
    """Build the Actor; afterwards hold the request to having asked for permission or having said it is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(ActedRequest, request).refusal = None
        if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST:
            # Before anything of it is read: it would fill memory or the disk for people who are not signed in, too.
            told = {"sentence": _("文件太大，请分成几个文件，或者换一个小一些的再试。")}
            return render(request, "400.html", told, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if request.user.is_authenticated:
            cast(ActedRequest, request).actor = actor_for(request.user)
            if request.session.get(ASKED) and not request.path.startswith(_ON_THE_WAY):
                return redirect("security")
        if "%00" in request.META["QUERY_STRING"]:  # PostgreSQL takes no text with it, and nobody types it
            told = {"sentence": _("地址里有一个不能用的字符，请去掉再试。")}
            return render(request, "400.html", told, status=400)
        unsent = _unsent(cast(ActedRequest, request))
        with collecting() as clearances, acts_only():
            response = self.get_response(request)
        if unsent is not None:
            response = _shown(request, response, unsent)
        if request.user.is_authenticated:
            remember_whose(request, response)
        answered = response.status_code < 300
        if answered and not clearances.permissions and not request.path.startswith(_PUBLIC_NAMESPACES):
            raise PermissionUnchecked(f"{request.method} {request.path} asked for no permission")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refused form is shown once more, as it was filled in; every other refusal has a page of its own."""
        refusal = in_words(error)
        if refusal is None:
            return None
        if isinstance(refusal, NotFound) and (answer := _at_survivor(cast(ActedRequest, request))):
            return answer
        match = request.resolver_match
        again = request.method == "POST" and not isinstance(refusal, NotFound | NotPermitted)
        if again and match is not None:
            return _again(cast(ActedRequest, request), match, refusal)
        return refuse(request, refusal)


def _again(request: ActedRequest, match: ResolverMatch, refusal: DomainError) -> HttpResponse:
    """The view once more, with the refusal that its page explains; where that is refused too, the page that says so."""
    request.refusal = refusal
    try:
        return cast(HttpResponse, match.func(request, *match.args, **match.kwargs))
    except Exception as second:
        if (refused := in_words(second)) is None:
            raise
        return refuse(request, refused)


def _at_survivor(request: ActedRequest) -> HttpResponse | None:
    """The same door of the registration that a member's became part of; None where he is simply not there.

    What was sent to him is not done: its form is shown again, as it was filled in, to be sent to the other.
    """
    match = request.resolver_match
    gone = match.kwargs.get("member_id") if match else None
    stays = survivor(actor=request.actor, member_id=gone) if gone else None
    if match is None or stays is None:
        return None
    match.kwargs["member_id"] = stays.id
    request.path = request.path_info = reverse(match.view_name, kwargs=match.kwargs)
    if request.method != "POST":
        messages.info(request, _("那条登记已经并入这一条。"))
        return redirect(request.get_full_path())
    if request.POST:
        told = {"name": stays.name, "unit": stays.unit.name}
        sentence = _("那条登记刚才并入了%(unit)s的“%(name)s”，这一步还没有办。填的都还在，请看过再办一次。")
        request.method = "GET"  # a door that is only sent to shows nothing, and must not do it either
        answer = _again(request, match, DomainError(sentence % told))
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
    messages.warning(request, _("那条登记刚才并入了这一条，这一步还没有办。请再办一次。"))
    return redirect("member", stays.id)


def _unsent(request: ActedRequest) -> Interrupted | None:
    """What was typed before the session ended, put into its form like a refused one: it is read again, then sent."""
    found = kept_by(request) if request.user.is_authenticated and request.method == "GET" else None
    if found is not None and found.to == request.get_full_path():
        request.POST = cast(Any, found.data)
        request.refusal = DomainError(_("登录过期了，刚才这一步没有办成。填的都还在，请看过再办一次。"))
    return found


def _shown(request: HttpRequest, response: HttpResponse, unsent: Interrupted) -> HttpResponse:
    """The page; where the address is only sent to, the one from which it was. Nothing is kept any longer."""
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and unsent.to == request.get_full_path():
        response = redirect(unsent.page)
    response.delete_cookie(COOKIE)
    return response


def refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page that says why not: 404, 403, or 409 for anything else."""
    status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, NotPermitted) else 409
    template = f"{status}.html" if status != 409 else "400.html"
    return render(request, template, {"sentence": error.sentence}, status=status)
