"""Whoever is not signed in, or no longer, is asked to, and is back afterwards on the page where he was, with what he
had typed."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yanzhen.access.checks import declare_public
from yanzhen.accounts import interrupted


class SignInMiddleware(LoginRequiredMiddleware):
    """What was sent after the session had ended is not done, and said so: its address is often no page to return to."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        reads = request.method in ("GET", "HEAD")
        is_part = bool(getattr(request, "htmx", False))
        if reads and not is_part:
            return super().handle_no_permission(request, view_func)
        page, sign_in = _page(request), self.get_login_url(view_func)
        answer = redirect_to_login(request.get_full_path(), sign_in)
        if reads or not interrupted.keep(request, answer, page=page):
            answer["Location"] = redirect_to_login(page, sign_in).url
        if not reads:
            messages.warning(request, _("登录过期了，刚才这一步没有办成。请登录后再办一次。"))
        if is_part:  # htmx would put the page to sign in into the part
            declare_public()
            answer.status_code = 204
            answer["HX-Redirect"] = answer.url
            del answer["Location"]
        return answer


def _page(request: HttpRequest) -> str:
    """The page of this host from which something was asked for."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        place = urlsplit(referer)
        return urlunsplit(("", "", place.path, place.query, ""))
    return reverse("home")
