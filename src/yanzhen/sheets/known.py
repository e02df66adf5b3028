"""The members of the base whom rows of a roster may speak of, and the rows as somebody to be found among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Concat, Left, Length

from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.values import digits
from yanzhen.sheets import rules
from yanzhen.sheets.recognition import Row
from yanzhen.vault.sealed import blind_index

_MONTH = len("2010-07")


_FOUND_BY = ("name", "path", "unit_id", "id_number_index", "phone_index", "birth_on", "joined_on", "gender")


class Known:
    """The members of one committee whom a chunk of rows may speak of, with no more than they are found by: four
    queries."""

    def __init__(self, root: Q, rows: Sequence[Row]) -> None:
        self._numbers = _indexed(rows, "id_number")
        self._phones = _indexed(rows, "phone")
        told = [row.values for row in rows if row.values.get("name")]
        dated = [values for values in told if _is_dated(values)]
        names = {str(values["name"]) for values in told if not _is_dated(values)}
        # An ID number is one person's in the whole base, a name or a phone only within the committee.
        members = Member.objects.only(*_FOUND_BY)
        self.members = {it.id: it for it in members.filter(root, name__in=names)}
        self.members |= {it.id: it for it in _namesakes(members.filter(root), dated)}
        numbered = members.filter(id_number_index__in=set(self._numbers.values()))
        self.members |= {it.id: it for it in numbered}
        reached = members.filter(root, phone_index__in=set(self._phones.values()))
        self.members |= {it.id: it for it in reached}
        self.by_number: dict[str, rules.Person] = {}
        self.by_name: dict[str, list[rules.Person]] = {}
        self.by_phone: dict[str, list[rules.Person]] = {}
        for member in self.members.values():
            person = _person(member)
            self.by_name.setdefault(member.name, []).append(person)
            if member.phone_index:
                self.by_phone.setdefault(member.phone_index, []).append(person)
            if member.id_number_index:
                self.by_number[member.id_number_index] = person

    def person(self, values: Mapping[str, Value], unit_id: UUID | None) -> rules.Person:
        """A row as somebody to be found. `unit_id` is None where it names no unit."""
        age = values.get("age")
        return rules.Person(
            name=str(values["name"]),
            number=self._numbers.get(str(values.get("id_number", "")), ""),
            phone=self._phones.get(str(values.get("phone", "")), ""),
            birth_on=str(values.get("birth_on", "")),
            joined_on=str(values.get("joined_on", "")),
            gender=str(values.get("gender", "")),
            age=age if isinstance(age, int) else None,
            unit_id=unit_id,
        )


def _is_dated(values: Mapping[str, Value]) -> bool:
    """Whether a row says the birth month, and the month of joining if it says anything of it."""
    birth, joined = (len(str(values.get(key, ""))) for key in ("birth_on", "joined_on"))
    return birth >= _MONTH and (joined >= _MONTH or not joined)


def _namesakes(members: QuerySet[Member], rows: Sequence[Mapping[str, Value]]) -> QuerySet[Member]:
    """Those who bear the name of a dated row and may be meant by it: in a million a name has a hundred bearers.

    Whoever was born in another month is somebody else to `rules.find`, and no twin to `rules.twins` unless he joined
    in the same month (or has the row's phone, by which he is found anyway).
    """

    def as_written(date: str) -> set[str]:
        return {f"{row['name']}{str(row[date])[:_MONTH]}" for row in rows if row.get(date)}

    dates = {
        "born": Concat("name", Left("birth_on", _MONTH)),
        "joined": Concat("name", Left("joined_on", _MONTH)),
        "birth_length": Length("birth_on"),
        "joined_length": Length("joined_on"),
    }
    same = Q(born__in=as_written("birth_on")) | Q(joined__in=as_written("joined_on"))
    unclear = Q(birth_length__lt=_MONTH) | Q(joined_length__gt=0, joined_length__lt=_MONTH)
    return members.filter(name__in={str(row["name"]) for row in rows}).alias(**dates).filter(same | unclear)


def _person(member: Member) -> rules.Person:
    return rules.Person(
        name=member.name,
        number=member.id_number_index,
        phone=member.phone_index,
        birth_on=member.birth_on,
        joined_on=member.joined_on,
        gender=member.gender,
        unit_id=member.unit_id,
        id=member.id,
    )


def _indexed(rows: Sequence[Row], key: str) -> dict[str, str]:
    """The blind indexes of a field's values, by the value as the row writes it."""
    written = {str(row.values[key]) for row in rows if row.values.get(key)}
    as_kept = digits if key == "phone" else str
    return {it: blind_index(as_kept(it), use=key) for it in written}
