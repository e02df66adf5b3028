"""Days and reasons in the words that a work list shows."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yanzhen.kernel.partial import first_day


def day(value: date, *, today: date) -> str:
    """A day in a sentence; the year is said where it is not this one: 8月12日, 2025年8月12日."""
    return date_format(value, _("n月j日") if value.year == today.year else _("Y年n月j日"))


def written_day(written: str, *, today: date) -> str:
    """A date at the precision at which it was written: 2024年, 2024年3月, 8月12日."""
    value = first_day(written)
    if len(written) == len("2026"):
        return date_format(value, _("Y年"))
    if len(written) == len("2026-01"):
        return date_format(value, _("Y年n月"))
    return day(value, today=today)
