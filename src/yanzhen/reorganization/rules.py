"""Which registrations may be of one person, and what is proposed where they are made one. Pure: values in, answers out.

Two people merged into one cost both their history, a pair that is shown and is none costs a click: the rule shows what
speaks for one person and never decides. No national text says how; two registrations are compared as the import
compares a roster with the base (`sheets.rules`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from yanzhen.people.columns import Column, Value

_MONTH = len("2010-07")
_LEAST = 3  # characters of a name of which one may be another: of two it would be half the name


class Why(StrEnum):
    """What speaks for one person. The first two ask for the very same name."""

    BIRTH = "birth"  # born in the same month
    JOINED = "joined"  # joined in the same month
    PHONE = "phone"  # one phone, and a name that is the same or nearly
    READING = "reading"  # one unit, and a name that is read the same: 韦志强 and 韦志強


@dataclass(frozen=True)
class Registration:
    """A registration as far as twins go. "" is not known; `number` and `phone` are blind indexes, `reading` pinyin."""

    name: str
    reading: str
    unit_id: UUID
    number: str = ""
    phone: str = ""
    birth_on: str = ""
    joined_on: str = ""
    gender: str = ""


def keys(one: Registration) -> dict[Why, Hashable]:
    """What another registration must have in common for each reason; none for a reason of which nothing is known."""
    found: dict[Why, Hashable] = {Why.READING: (one.unit_id, one.reading)}
    if month := _month(one.birth_on):
        found[Why.BIRTH] = (one.name, month)
    if month := _month(one.joined_on):
        found[Why.JOINED] = (one.name, month)
    if one.phone:
        found[Why.PHONE] = one.phone
    return found


def reasons(one: Registration, other: Registration) -> tuple[Why, ...]:
    """What speaks for one person; nothing where two ID numbers or two genders speak for two.

    Where the names differ, or agree alone, dates that contradict each other say the same.
    """
    if (one.number and other.number) or (one.gender and other.gender and one.gender != other.gender):
        return ()
    mine, its = keys(one), keys(other)
    shared = [why for why in Why if why in mine and mine[why] == its.get(why)]
    contradicted = _differ(one.birth_on, other.birth_on) or _differ(one.joined_on, other.joined_on)
    if one.name != other.name and not (one.reading == other.reading or _near(one.name, other.name)):
        shared = [why for why in shared if why is not Why.PHONE]
    if contradicted:
        strong = {Why.BIRTH, Why.JOINED} | ({Why.PHONE} if one.name == other.name else set())
        shared = [why for why in shared if why in strong]
    return tuple(shared)


def takes_other(column: Column, kept: Value | None, others: Value | None) -> bool:
    """Whether the other registration's value is proposed: where the one that stays has none, or a date less exact."""
    if others is None or others == "":
        return False
    if kept is None or kept == "":
        return True
    is_date = column.kind in ("date", "month")
    return is_date and len(str(others)) > len(str(kept)) and str(others).startswith(str(kept))


def absence_from_other(kept: tuple[date | None, bool], others: tuple[date | None, bool]) -> bool:
    """Whose open absence stays, each told as the day of arrival and whether there is one: the one whose whereabouts are
    known, else that of the registration that stays."""
    (arrived, is_away), (other_arrived, other_is_away) = kept, others
    return other_is_away and (not is_away or (arrived is None and other_arrived is not None))


def _month(written: str) -> str:
    return written[:_MONTH] if len(written) >= _MONTH else ""


def _differ(one: str, other: str) -> bool:
    """Whether two dates cannot be of one month, or of one year where one says no more."""
    length = min(len(one), len(other), _MONTH)
    return one[:length] != other[:length]


def _near(one: str, other: str) -> bool:
    """Whether one character is another, or one is missing."""
    if len(one) == len(other):
        return len(one) >= _LEAST and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
