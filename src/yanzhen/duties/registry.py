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
    """One duty of one member as it stands: on since when, last done when, next due when.

    `last_done_on`, or else `since`, is the day on which the present step began: its parameters are those of that day.
    """

    since: date
    due_on: date
    last_done_on: date | None = None


Limit = Callable[[str, date], int]
"""The number of a parameter, by its key, in force for the member's unit on the day on which the step began."""


@dataclass(frozen=True)
class Level:
    """Whose list a duty stands on.

    `after` is the parameter that counts the days past the due date; None: as soon as the duty shows at all.
    `at_once_if_unkept`: at once too where no contact person with an account could have it on his list.
    """

    role: str
    after: str | None = None
    at_once_if_unkept: bool = False


@dataclass(frozen=True)
class Group:
    """The filter chip that duties stand under; the key is what the address of the list carries."""

    key: str
    label: str | _StrPromise


@dataclass(frozen=True)
class Duty:
    """Something a member's branch, contact person or the member must do by a day.

    `stands` gives the due date from the member's history, never from today: overdue is a comparison made by whoever
    asks. `parameter` is the clause that "为什么？" shows, `clause_again` the one after the first time where that is
    another. `first` and `again` are the reason in a sentence: %-templates over `since`, `departed`, `last`, `limit`.
    `lead` is the parameter that says how many days ahead the duty shows. `page` is the URL name of the act that does
    it, which takes the member's key, and `permission` what that act asks for. `minutes` is how long it takes.
    """

    key: str
    label: str | _StrPromise
    group: Group
    stands: Callable[[History, Limit], Due | None] = field(compare=False)
    levels: tuple[Level, ...]
    parameter: str
    first: str | _StrPromise
    lead: str
    page: str
    action: str | _StrPromise
    permission: str
    minutes: int
    again: str | _StrPromise = ""
    clause_again: str = ""

    def clause(self, *, done_before: bool) -> str:
        """The key of the parameter whose text and source explain the due date."""
        return self.clause_again if done_before and self.clause_again else self.parameter


DUTIES: Registry[Duty] = Registry("duty")
