"""The members of the base whom rows of a roster may speak of, and the rows as somebody to be found among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.values import digits
from yanzhen.sheets import rules
from yanzhen.sheets.recognition import Row
from yanzhen.vault.sealed import blind_index


class Known:
    """The members of one committee whom a chunk of rows may speak of: three queries."""

    def __init__(self, root: Q, rows: Sequence[Row]) -> None:
        self._numbers = _indexed(rows, "id_number")
        self._phones = _indexed(rows, "phone")
        names = {str(row.values["name"]) for row in rows if row.values.get("name")}
        # An ID number is one person's in the whole base, a name or a phone only within the committee.
        members = Member.objects.select_related("unit")
        self.members = {it.id: it for it in members.filter(root, name__in=names)}
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
