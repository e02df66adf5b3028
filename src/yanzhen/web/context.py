"""What every page's frame shows: who is signed in, where one can go, how it is to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import ROLES
from yanzhen.kernel.actor import Actor, Reach

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CARE_COOKIE = "care"


@dataclass(frozen=True)
class Place:
    """An entry of the navigation. It is shown to who holds `permission` for others than himself."""

    name: str
    label: str | _StrPromise
    short: str | _StrPromise
    icon: str
    permission: str
    on_tabs: bool = True
    units_only: bool = False


_PLACES = (
    Place("home", _("要办的事"), _("要办的事"), "checklist", "duties.see"),
    Place("members", _("党员"), _("党员"), "users", "people.see"),
    Place("away", _("外出与联系"), _("外出"), "map-pin", "mobility.see"),
    Place("units", _("支部与小组"), _("支部"), "sitemap", "org.see", on_tabs=False, units_only=True),
    Place("figures", _("情况"), _("情况"), "chart-bar", "oversight.see"),
    Place("rules", _("制度"), _("制度"), "book-2", "policy.see", on_tabs=False),
)
_OWN_PLACES = (
    Place("home", _("首页"), _("首页"), "home", "people.see"),
    Place("my_record", _("我的记录"), _("我的记录"), "id", "people.see"),
    Place("rules", _("制度"), _("制度"), "book-2", "policy.see"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame's variables; no query."""
    actor: Actor | None = getattr(request, "actor", None)
    match = request.resolver_match
    return {
        "actor": actor,
        "places": places(actor) if actor else [],
        "section": getattr(match.func, "section", match.url_name) if match else "",
        "care": request.COOKIES.get(CARE_COOKIE) == "1",
        "role_label": _role_label(actor),
        "looks_after": looks_after(actor),
        "demo": settings.DEMO,
    }


def looks_after(actor: Actor | None) -> bool:
    """Whether the actor has to do with others than himself."""
    return actor is not None and any(grant.reach is not Reach.SELF for grant in actor.grants)


def places(actor: Actor) -> list[Place]:
    """Where the actor can go."""
    if not looks_after(actor):
        return list(_OWN_PLACES) if actor.grants else []
    return [
        place
        for place in _PLACES
        if any(_counts(grant.reach, place) for grant in actor.grants_for(place.permission))
    ]


def _counts(reach: Reach, place: Place) -> bool:
    return reach is Reach.SUBTREE or (reach is Reach.ASSIGNED and not place.units_only)


def _role_label(actor: Actor | None) -> str | _StrPromise:
    return ROLES[actor.grants[0].role].label if actor and actor.grants else ""
