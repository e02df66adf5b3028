"""What people write about an absence, checked: dates at their written precision, texts that fit."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from yanzhen.kernel import clock
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.partial import add_months, first_day, last_day
from yanzhen.mobility.models import Absence

_WRITTEN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_WIDTHS = {"reason": 60}  # of the columns; the others hold 200 characters
EARLIEST = date(1949, 10, 1)
AHEAD_MONTHS = 12  # further ahead nobody reports a departure: the year was mistyped


def filled(text: str, *, field: str, otherwise: str) -> str:
    """The text without blanks around it; refused with the sentence `otherwise` where nothing is left of it."""
    if not text.strip():
        raise DomainError(otherwise, field=field)
    return fitting(text, field=field)


def fitting(text: str, *, field: str) -> str:
    """The text without blanks around it; refused where it is longer than its column."""
    text, width = text.strip(), _WIDTHS.get(field, 200)
    if len(text) > width:
        raise DomainError(_("这里最多写 %(width)d 个字，请写短一些。") % {"width": width}, field=field)
    return text


def departure_day(written: str) -> str:
    """The day, month or year of a departure: not before 1949, not more than a year ahead."""
    written = _written(
        written, field="departed_on", otherwise=_("请写外出日期，例如 2026-03-02；只知道月份也可以。")
    )
    if not EARLIEST <= first_day(written) <= add_months(clock.today(), AHEAD_MONTHS):
        raise DomainError(_("外出日期太早或太晚，请核对年份。"), field="departed_on")
    return written


def expected_day(written: str, *, departed_on: str) -> str:
    """The day on which a return is expected, "" where nobody knows: not before the departure."""
    if not written.strip():
        return ""
    written = _written(
        written, field="expected_return_on", otherwise=_("预计返回日期请写成 2026-12-31 这样。")
    )
    if last_day(written) < first_day(departed_on):
        raise DomainError(_("预计返回日期不能早于外出日期。"), field="expected_return_on")
    return written


def day_of_absence(day: date, *, absence: Absence, field: str) -> date:
    """A day within an absence, up to today: of the arrival, of the return."""
    if day > clock.today():
        raise DomainError(_("日期不能晚于今天。"), field=field)
    if absence.departed_on and day < first_day(absence.departed_on):
        raise DomainError(_("日期不能早于外出日期 %(day)s。") % {"day": absence.departed_on}, field=field)
    return day


def _written(text: str, *, field: str, otherwise: str) -> str:
    text = text.strip()
    try:
        if _WRITTEN.fullmatch(text):
            first_day(text)
            return text
    except ValueError:
        pass
    raise DomainError(otherwise, field=field)
