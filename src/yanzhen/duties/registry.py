"""Duties as the rooms declare them.

A duty is a pure function from what the facts say about one member to one due date, or to nothing. To add a duty:
write that function and one `Duty` in the room it belongs to; lists, figures, escalation and "why?" follow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from yanzhen.kernel.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from yanzhen.duties.history import History


@dataclass(frozen=True)
class Due:
    """One duty of one member as it stands: on since when, last done when, next due when."""

    since: date
    due_on: date
    last_done_on: date | None = None


Limit = Callable[[str], int]
"""The number of a parameter in force for the member's unit, by its key."""


@dataclass(frozen=True)
class Level:
    """Whose list a duty stands on, from how many days after its due date (None: as soon as it shows at all)."""

    role: str
    after: str | None = None  # key of the parameter that counts the days


@dataclass(frozen=True)
class Duty:
    """Something a member's branch, contact person or the member must do by a day.

    `stands` gives the due date from the member's history. `lead` is the parameter that says how many days ahead the
    duty shows. `page` is the URL name of the act that does it; it takes the member's key. `minutes` is how long it
    takes, for "全部办完约需…".
    """

    key: str
    label: str | _StrPromise
    group: str | _StrPromise  # the filter chip it stands under: 联系, 去向, 手续
    stands: Callable[[History, Limit], Due | None] = field(compare=False)
    levels: tuple[Level, ...]
    parameter: str  # the clause that "why?" shows
    lead: str
    page: str
    action: str | _StrPromise
    minutes: int


DUTIES: Registry[Duty] = Registry("duty")
