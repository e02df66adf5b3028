"""The nine quarters that the town lived through: two whole years, and the present one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yanzhen.kernel.partial import add_months, quarter_end, quarter_start

QUARTERS = 9


@dataclass(frozen=True)
class Calendar:
    """The days of the town's history, counted back from the day it is built."""

    today: date

    @property
    def opened(self) -> date:
        """The first day: the program is set up."""
        return quarter_start(add_months(quarter_start(self.today), -3 * (QUARTERS - 1)))

    @property
    def imported(self) -> date:
        """The day on which the town's roster was taken in."""
        return self.opened + timedelta(days=2)

    def quarters(self) -> list[tuple[date, date]]:
        """First and last day of each of the quarters."""
        starts = [quarter_start(add_months(self.opened, 3 * n)) for n in range(QUARTERS)]
        return [(start, quarter_end(start)) for start in starts]

    def ago(self, days: int) -> date:
        """A day before today, never before the town's first."""
        return max(self.today - timedelta(days=days), self.opened)


def between(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included; `first` where they are the wrong way round."""
    return first + timedelta(days=rng.randint(0, max((last - first).days, 0)))
