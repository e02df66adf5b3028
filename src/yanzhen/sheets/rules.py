"""Whom a roster row speaks of, and which rows stay out. Pure: values and today in, an answer out.

A row left out costs the officer a minute, two people merged into one cost both their history: where the base and the
row do not clearly speak of one person, nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

# Problems that say whom the row speaks of cannot be known or was said before. Any other bad value is left out of the
# row, listed, and the row goes in (command contract: "all acceptable rows").
KEEPS_OUT = frozenset({"duplicate_in_file"})
# 虚岁 counts up to two years more than the calendar does.
AGE_TOLERANCE = 2


class Clash(StrEnum):
    """Why a row and the base contradict each other."""

    OTHER_NAME = "other_name"  # its ID number is in the base under another name
    OTHER_NUMBER = "other_number"  # the same person by name and dates, with another ID number
    SEVERAL = "several"  # more than one member fits, none better


@dataclass(frozen=True)
class Person:
    """Somebody as far as telling people apart goes: a row, or a member of the base. "" is not known.

    `number` and `phone` are blind indexes. A row's `unit_id` is None where it names no unit.
    """

    name: str
    number: str = ""
    phone: str = ""
    birth_on: str = ""
    joined_on: str = ""
    gender: str = ""
    age: int | None = None
    unit_id: UUID | None = None
    id: UUID | None = None


def stays_out(values: Mapping[str, object], codes: Sequence[str]) -> bool:
    """Whether a row is kept out whole: nobody is named, or it was there before in the same file."""
    return not values.get("name") or not KEEPS_OUT.isdisjoint(codes)


def find(
    row: Person, *, bearer: Person | None, namesakes: Sequence[Person], today: date
) -> Person | Clash | None:
    """The member of the base whom `row` speaks of; None where it is somebody new.

    `bearer` has the row's ID number, `namesakes` have its name. The number decides; without it name, birth month and
    joining month together; a name alone only where one member bears it and nothing contradicts.
    """
    if bearer is not None:
        return bearer if bearer.name == row.name else Clash.OTHER_NAME
    if row.number:
        if other_numbers(row, namesakes):
            return Clash.OTHER_NUMBER
        namesakes = [it for it in namesakes if not it.number]
    ranked = [(_likeness(row, it), it) for it in namesakes if not _contradicts(row, it, today)]
    best = max((likeness for likeness, _ in ranked), default=0)
    found = [it for likeness, it in ranked if likeness == best]
    if not best:
        return None
    return found[0] if len(found) == 1 else Clash.SEVERAL


def other_numbers(row: Person, namesakes: Sequence[Person]) -> list[Person]:
    """Those of the row's name and dates who have another ID number."""
    return [it for it in namesakes if it.number and it.number != row.number and _same_dates(row, it)]


def fitting(row: Person, namesakes: Sequence[Person], today: date) -> list[Person]:
    """Those of the row's name whom nothing in it contradicts."""
    numbered = bool(row.number)
    return [it for it in namesakes if not (numbered and it.number) and not _contradicts(row, it, today)]


def twins(
    row: Person, *, namesakes: Sequence[Person], same_phone: Sequence[Person], today: date
) -> list[Person]:
    """Those who may be the one whom the row speaks of, where `find` found nobody and no ID numbers tell them apart.

    One who bears the name and shares a birth month, a joining month or the phone; or one of another name who has the
    phone and is contradicted by nothing else: a name mistyped, or two of one household.
    """
    alike = [it for it in namesakes if _shares(row, it)]
    alike += [it for it in same_phone if it.name != row.name and not _contradicts(row, it, today)]
    genders = {row.gender, ""}
    return [it for it in alike if not (row.number and it.number) and (not row.gender or it.gender in genders)]


def _shares(row: Person, known: Person) -> bool:
    phone = bool(row.phone) and row.phone == known.phone
    birth, joined = _agree(row.birth_on, known.birth_on), _agree(row.joined_on, known.joined_on)
    return bool(phone or birth or joined)


def _same_dates(row: Person, known: Person) -> bool:
    return bool(_agree(row.birth_on, known.birth_on) and _agree(row.joined_on, known.joined_on))


def _agree(one: str, other: str) -> bool | None:
    """Whether two dates are of one month, or of one year where one says no more; None where one says nothing."""
    if not one or not other:
        return None
    length = min(len(one), len(other), len("2010-07"))
    return one[:length] == other[:length]


def _contradicts(row: Person, known: Person, today: date) -> bool:
    if row.gender and known.gender and row.gender != known.gender:
        return True
    if _agree(row.birth_on, known.birth_on) is False or _agree(row.joined_on, known.joined_on) is False:
        return True
    if row.age and known.birth_on:
        return abs(today.year - int(known.birth_on[:4]) - row.age) > AGE_TOLERANCE
    return False


def _likeness(row: Person, known: Person) -> int:
    """How much besides the name speaks for one person; 0 where it takes two people to explain the row.

    In another unit than the row names, a namesake is somebody else unless both dates or the phone say otherwise: one
    month alone makes a possible twin (`twins`).
    """
    phone = bool(row.phone) and row.phone == known.phone
    evidence = [_agree(row.birth_on, known.birth_on), _agree(row.joined_on, known.joined_on), phone]
    count = sum(map(bool, evidence))
    same_unit = row.unit_id in (None, known.unit_id)
    return 2 * count + same_unit if same_unit or phone or count > 1 else 0
