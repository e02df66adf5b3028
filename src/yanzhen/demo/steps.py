"""What can happen to somebody of the town on a day: the planned steps that `living` turns into acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yanzhen.demo.places import Going
from yanzhen.demo.town import Person
from yanzhen.people.columns import Value


@dataclass(frozen=True)
class Step:
    """Something on a day, by somebody with an account. `who` is the member's number in the town."""

    on: date
    who: int
    by: Person


@dataclass(frozen=True)
class Added(Step):
    """A probationary member comes onto the roster."""


@dataclass(frozen=True)
class AddedAgain(Step):
    """A branch registers by hand whom another branch has on its roster: `who` is his number there."""

    branch: str
    values: dict[str, Value]


@dataclass(frozen=True)
class Changed(Step):
    values: dict[str, Value]


@dataclass(frozen=True)
class Departed(Step):
    going: Going


@dataclass(frozen=True)
class Arrived(Step):
    going: Going
    phone: str


@dataclass(frozen=True)
class Assigned(Step):
    keeper: Person


@dataclass(frozen=True)
class Called(Step):
    means: str
    reached: bool
    note: str


@dataclass(frozen=True)
class Decided(Step):
    outcome: str
    reason: str


@dataclass(frozen=True)
class Returned(Step):
    pass
