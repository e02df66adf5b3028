"""Links from a figure to its list, quarters in words."""

from __future__ import annotations

from datetime import date

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yanzhen.oversight.queries import Row, Strip
from yanzhen.oversight.rules import Quarter

register = template.Library()


@register.simple_tag
def behind(row: Row | Strip, condition: str = "", value: str = "") -> str:
    """The address of the list behind a figure: the members of the row's unit under one condition."""
    given = {condition: value} if condition else {}
    return f"{reverse('members')}?{urlencode(row.behind(**given))}"


@register.filter
def quarter(value: Quarter | date) -> str:
    """A quarter in words: 2026年三季度."""
    found = Quarter.of(value) if isinstance(value, date) else value
    number = (_("一"), _("二"), _("三"), _("四"))[found.number - 1]
    return _("%(year)d年%(number)s季度") % {"year": found.start.year, "number": number}


@register.filter
def percent(part: int, whole: int) -> int:
    """A share in whole hundredths, for a bar; 0 of nothing."""
    return round(100 * part / whole) if whole else 0
