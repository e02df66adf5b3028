"""Dates in words, addresses with one parameter changed, own files by their content's hash."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from tablericons.templatetags.tablericons import icon as tablericons_icon

from yanzhen.access.checks import permits
from yanzhen.access.registry import ROLES
from yanzhen.kernel import clock
from yanzhen.ledger.wording import spoken_date

register = template.Library()


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, with a mark that changes with its content: browsers may keep it for good."""
    return f"{static(path)}?{_mark(path)}"


@lru_cache(maxsize=32)
def _mark(path: str) -> str:
    found = finders.find(path)
    if found is None:
        raise LookupError(path)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10]


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: int = 24, stroke_width: float = 2) -> str:
    """One of Tabler's outline icons, inline; a sign beside words, so screen readers pass it over."""
    return tablericons_icon(f"outline/{name}", size=size, stroke_width=stroke_width, aria_hidden="true")


@register.filter
def day(value: date | str | None) -> str:
    """A day in a sentence: 2026年11月23日, or as precise as it was written."""
    if not value:
        return ""
    return spoken_date(value.isoformat()[:10] if isinstance(value, date) else value)


@register.filter
def moment(value: datetime) -> str:
    """When it was written down: 2026-11-23 09:12."""
    return value.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")


@register.filter
def due(value: date) -> str:
    """How far a due date is: 超期 8 天, 今天到期, 还有 38 天."""
    days = (value - clock.today()).days
    if days < 0:
        return ngettext("超期 %(days)d 天", "超期 %(days)d 天", -days) % {"days": -days}
    if days == 0:
        return _("今天到期")
    return ngettext("还有 %(days)d 天", "还有 %(days)d 天", days) % {"days": days}


@register.filter
def hours(minutes: int) -> str:
    """A length of time as one says it: 25 分钟, 3 小时."""
    if minutes < 60:
        return _("%(n)d 分钟") % {"n": minutes}
    return _("%(n)d 小时") % {"n": round(minutes / 60)}


@register.filter
def share(part: int, whole: int) -> int:
    """`part` of `whole` in hundredths, for a bar; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


@register.filter
def last_part(heading: str) -> str:
    """The lowest line of a heading that has several; the letter beside it says which column it is."""
    return heading.rsplit("/", 1)[-1]


@register.filter
def spaced(number: str) -> str:
    """A mobile number as it is read aloud: 199 0000 0001."""
    return f"{number[:3]} {number[3:7]} {number[7:]}" if len(number) == 11 and number.isdigit() else number


# What browsers and systems call themselves, the particular before the general: Edge calls itself Chrome as well.
_BROWSERS = {
    "MicroMessenger": gettext_lazy("微信"),
    "HuaweiBrowser": gettext_lazy("华为浏览器"),
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.filter
def device(agent: str) -> str:
    """A browser's line about itself as its owner knows it: Chrome · Windows; the line itself where nothing is known."""
    known = [
        next((str(name) for sign, name in names.items() if sign in agent), "")
        for names in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(filter(None, known)) or agent[:80]


@register.filter
def is_late(value: date) -> bool:
    """Whether the day has passed."""
    return value < clock.today()


@register.filter
def item(values: dict[Any, Any], key: Any) -> Any:
    """One value of a mapping, "" where it has none."""
    return values.get(key, "")


@register.filter
def anchor(value: UUID) -> str:
    """A key as an element's id."""
    return f"i{value.hex}"


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], permission: str, unit: Any = None, member: Any = None) -> bool:
    """Whether the signed-in person may: for buttons that are shown or not."""
    actor = context["request"].actor
    if unit is None and member is None:
        return any(actor.grants_for(permission))
    return permits(actor, permission, unit=unit, member=member)


@register.filter
def role_label(role: str) -> str:
    """A role in people's words."""
    return str(ROLES[role].label)
