"""Times and ratios: medians of several runs, a measure and its floor turn about."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measure:
    """One line of the benchmark. Seconds are medians; `target` is the ratio that must not be passed."""

    key: str
    seconds: float
    floor_seconds: float
    target: float
    megabytes: float | None = None  # peak memory, where it is limited
    megabytes_target: float | None = None
    queries: int | None = None  # where they are counted
    queries_target: int | None = None

    @property
    def ratio(self) -> float:
        return self.seconds / self.floor_seconds

    @property
    def is_met(self) -> bool:
        """Whether the ratio, and the memory and the queries where they are limited, stay within their targets."""
        limited = (
            (self.ratio, self.target),
            (self.megabytes, self.megabytes_target),
            (self.queries, self.queries_target),
        )
        return all(found <= target for found, target in limited if found is not None and target is not None)


def turn_about(
    function: Callable[[], object], floor: Callable[[], object], *, times: int
) -> tuple[float, float]:
    """Median seconds of `function` and of `floor`, run in turns after one run of each that does not count."""
    function()
    floor()
    pairs = [(_seconds(function), _seconds(floor)) for _run in range(times)]
    return median(mine for mine, _floor in pairs), median(bare for _mine, bare in pairs)


def _seconds(function: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    function()
    return time.perf_counter() - began
