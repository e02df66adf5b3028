"""Days that figures count by: quarters, and the last day on which an absence of half a year began. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from yanzhen.kernel.partial import add_months, quarter_end, quarter_start

_KEY = re.compile("([1-9][0-9]{3})Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter by its first day."""

    start: date

    @property
    def end(self) -> date:
        return quarter_end(self.start)

    @property
    def number(self) -> int:
        return (self.start.month + 2) // 3

    @property
    def key(self) -> str:
        """As addresses carry it: 2026Q3."""
        return f"{self.start.year}Q{self.number}"

    def back(self, count: int) -> Quarter:
        """The one that was `count` quarters before."""
        return Quarter(add_months(self.start, -3 * count))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that `day` lies in."""
        return cls(quarter_start(day))

    @classmethod
    def parse(cls, key: str) -> Quarter:
        """The quarter of a key; ValueError where it is none."""
        found = _KEY.fullmatch(key)
        if found is None:
            raise ValueError(f"no quarter: {key!r}")
        return cls(date(int(found[1]), int(found[2]) * 3 - 2, 1))


def last_quarters(today: date, count: int) -> list[Quarter]:
    """The quarter of `today` and those before it, the earliest first."""
    return [Quarter.of(today).back(number) for number in reversed(range(count))]


def began_by(today: date, months: int) -> date:
    """The last day from which `months` have passed by `today`: away since then or earlier is away that long.

    A month's end reaches over shorter months: on 28 February six months have passed since 31 August.
    """
    day = add_months(today, -months)
    while add_months(day + timedelta(days=1), months) <= today:
        day += timedelta(days=1)
    return day
