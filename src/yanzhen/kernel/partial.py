"""Dates as people write them: a day, a month or only a year, kept at the precision that was written (GB/T 7408)."""

from __future__ import annotations

import calendar
from datetime import date


def first_day(written: str) -> date:
    """The earliest day `written` (`2010`, `2010-07`, `2010-07-01`) can mean; ValueError where it is no date."""
    year, month, day = _parts(written)
    return date(year, month or 1, day or 1)


def last_day(written: str) -> date:
    """The latest day `written` can mean. Periods count from it, so that nothing is called overdue too early."""
    year, month, day = _parts(written)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the month's last day where that day does not exist (31 August + 6 = 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def quarter_end(day: date) -> date:
    """The last day of the calendar quarter that `day` lies in."""
    month = (day.month + 2) // 3 * 3
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


def quarter_start(day: date) -> date:
    """The first day of the calendar quarter that `day` lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _parts(written: str) -> tuple[int, int | None, int | None]:
    numbers = [int(part) for part in written.split("-")]
    year, month, day = (*numbers, None, None)[:3]
    if year is None:
        raise ValueError(f"no date: {written!r}")
    return year, month, day
