"""The program's clock. `YANZHEN_TODAY` (ISO date) sets it for tests and demonstrations; `set_to` for one block."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[date | None] = ContextVar("fixed_today", default=None)


def today() -> date:
    """Today's date in China."""
    fixed = _fixed.get()
    if fixed:
        return fixed
    told = os.environ.get("YANZHEN_TODAY")
    return date.fromisoformat(told) if told else datetime.now(ZONE).date()


def now() -> datetime:
    """The present moment, on the day that `today` names."""
    wall = datetime.now(ZONE)
    return wall + timedelta(days=(today() - wall.date()).days)


@contextmanager
def set_to(day: date) -> Iterator[None]:
    """Let the program's clock stand on `day` inside the block (the demonstration town lives through two years so)."""
    token = _fixed.set(day)
    try:
        yield
    finally:
        _fixed.reset(token)
