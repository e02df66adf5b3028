"""Each request gets its Actor, and fails where nobody asked whether it may, or where it writes outside an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from yanzhen.access.checks import collecting
from yanzhen.access.errors import PermissionUnchecked
from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.kernel.actor import Actor
from yanzhen.ledger.guard import acts_only

# Pages of libraries that show nothing of anybody's: sign-in and one's own sessions.
_PUBLIC_NAMESPACES = ("/accounts/", "/static/", "/healthz")


class ActedRequest(HttpRequest):
    """A request with its Actor."""

    actor: Actor


class ActorMiddleware:
    """Build the Actor; afterwards hold the request to having asked for permission or having said it is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            cast(ActedRequest, request).actor = actor_for(cast(Account, request.user))
        with collecting() as clearances, acts_only():
            response = self.get_response(request)
        answered = response.status_code < 300
        if answered and not clearances.permissions and not request.path.startswith(_PUBLIC_NAMESPACES):
            raise PermissionUnchecked(f"{request.method} {request.path} asked for no permission")
        return response
