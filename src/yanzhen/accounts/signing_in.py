"""Whoever is not signed in, or no longer, is asked to, and is back afterwards on the page where he was, with what he
had typed."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yanzhen.access.checks import declare_public
from yanzhen.accounts import interrupted
from yanzhen.accounts.middleware import refuse
from yanzhen.kernel.errors import NotPermitted


class SignInMiddleware(LoginRequiredMiddleware):
    """What was sent after the session had ended is not done, and said so: its address is often no page to return to."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        reads = request.method in ("GET", "HEAD")
        is_part = bool(getattr(request, "htmx", False))
        if reads and not is_part:
            return super().handle_no_permission(request, view_func)
        page, sign_in = _page(request) or reverse("home"), self.get_login_url(view_func)
        answer = redirect_to_login(request.get_full_path(), sign_in)
        if reads or not interrupted.keep(request, answer, page=page):
            answer["Location"] = redirect_to_login(page, sign_in).url
        if not reads:
            messages.warning(request, _("登录过期了，刚才这一步没有办成。请登录后再办一次。"))
        return _whole(request, answer)


def sent_with_an_old_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Whoever signed in anew meanwhile, in another tab, gets the form that he sent once more as it was filled in
    (`CSRF_FAILURE_VIEW`). What comes from no page of ours is refused."""
    page = _page(request)
    if not page:
        return refuse(request, NotPermitted(_("这一步不是从雁阵的页面上办的，没有办成。请打开雁阵再办。")))
    if not request.COOKIES:
        return refuse(
            request, NotPermitted(_("浏览器没有收下 Cookie，办不了。请允许本网站的 Cookie，再试一次。"))
        )
    answer = HttpResponseRedirect(request.get_full_path())
    is_kept = interrupted.keep(request, answer, page=page)
    if not is_kept:
        answer["Location"] = page
    if not is_kept or not request.user.is_authenticated:
        messages.warning(request, _("登录过期了，刚才这一步没有办成。请再办一次。"))
    return _whole(request, answer)


def _whole(request: HttpRequest, answer: HttpResponseRedirect) -> HttpResponseRedirect:
    """The way to another page for the whole of this one: htmx would put it into the part that it asked for."""
    if getattr(request, "htmx", False):
        declare_public()
        answer.status_code = 204
        answer["HX-Redirect"] = answer.url
        del answer["Location"]
    return answer


def _page(request: HttpRequest) -> str:
    """The page of this host from which something was asked for; "" where it was none."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        place = urlsplit(referer)
        return urlunsplit(("", "", place.path, place.query, ""))
    return ""
