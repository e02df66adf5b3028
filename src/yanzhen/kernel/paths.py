"""Unit paths: fixed-width segments of digits and capital letters, so that a subtree is one range of an index.

A unit's path is its parent's path and one segment more. `0001` is a committee, `0001000A` the unit below it with the
number 10. A million units fit under one parent.
"""

from __future__ import annotations

from dataclasses import dataclass

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WIDTH = 4
_PAST_LAST = "~"  # sorts behind every digit and capital letter


def segment(number: int) -> str:
    """The segment for the `number`-th child; raises ValueError outside 0 … 36⁴-1."""
    if not 0 <= number < len(DIGITS) ** WIDTH:
        raise ValueError(f"no path segment for {number}")
    out = ""
    for _ in range(WIDTH):
        number, rest = divmod(number, len(DIGITS))
        out = DIGITS[rest] + out
    return out


def ancestors(path: str) -> list[str]:
    """The paths from the root down to `path` itself."""
    return [path[:end] for end in range(WIDTH, len(path) + 1, WIDTH)]


def depth(path: str) -> int:
    """How many segments: 1 for a root."""
    return len(path) // WIDTH


@dataclass(frozen=True)
class Subtree:
    """A unit and everything below it: `low <= path < high`."""

    low: str

    @property
    def high(self) -> str:
        return self.low + _PAST_LAST

    def __contains__(self, path: str) -> bool:
        return path.startswith(self.low)
