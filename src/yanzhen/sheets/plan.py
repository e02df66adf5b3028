"""What importing a roster would do, row by row, before anything is written: the preview and the import read the same.

Rows come in chunks. A chunk costs the same few queries however large it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from yanzhen.kernel.ids import uuid7
from yanzhen.kernel.paths import ancestors
from yanzhen.org.models import Unit, UnitKind
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.values import digits
from yanzhen.sheets import rules
from yanzhen.sheets.comparing import differences
from yanzhen.sheets.keeping import keepable
from yanzhen.sheets.recognition import Problem, Row
from yanzhen.sheets.records import records
from yanzhen.sheets.unit_names import UnitNames
from yanzhen.vault.sealed import blind_index

CHUNK = 2000
_MAY_FOUND_BELOW = (UnitKind.COMMITTEE, UnitKind.GENERAL_BRANCH)


class Does(StrEnum):
    """What a row does to the base."""

    ADDS = "adds"
    CHANGES = "changes"
    NOTHING = "nothing"
    STAYS_OUT = "stays_out"


@dataclass(eq=False)
class Place:
    """A unit that rows name: one of the tree, or one that would have to be founded (`unit` is None)."""

    name: str
    unit: Unit | None
    id: UUID


@dataclass
class Planned:
    """One row and what it does. `values` are those that can be kept, `changes` those that the base has otherwise."""

    row: Row
    does: Does
    values: dict[str, Value]
    problems: list[Problem]
    place: Place | None = None
    member: Member | None = None
    changes: dict[str, Value] = field(default_factory=dict)
    before: dict[str, Value] = field(default_factory=dict)  # what the base had in place of the changes


class Planner:
    """Plans the rows of one roster for one unit and everything below it.

    Members whose keys are later than `since` were added by earlier rows of the roster: no row speaks of them.
    """

    def __init__(self, unit: Unit, *, today: date, since: UUID | None = None) -> None:
        self._since = since
        self._unit = unit
        self._today = today
        self._root = Q(path__gte=unit.path[:4], path__lt=unit.path[:4] + "~")
        below = Unit.objects.filter(path__gte=unit.path, path__lt=unit.path + "~", ended_on__isnull=True)
        places = [Place(it.name, it, it.id) for it in below]
        self._home = next(it for it in places if it.id == unit.id)
        above = Unit.objects.filter(path__in=ancestors(unit.path)).values_list("name", flat=True)
        self._names: UnitNames[Place] = UnitNames(((it.name, it) for it in places), above=above)
        self._spoken_of: set[UUID] = set()  # members of the base whom earlier rows met
        self.new_places: list[Place] = []

    def plan(self, rows: Sequence[Row]) -> list[Planned]:
        """The next rows of the roster, in their order."""
        known = _Known(self._root, rows)
        planned = self.locate(rows)
        for one in planned:
            if one.does is not Does.STAYS_OUT:
                self._find(one, known)
        self._compare([one for one in planned if one.member is not None])
        return planned

    def locate(self, rows: Sequence[Row]) -> list[Planned]:
        """Find the units of these rows only: it asks nothing of the database."""
        return [self._place(row) for row in rows]

    def _place(self, row: Row) -> Planned:
        """Find the row's unit, or keep the row out."""
        values, faults = keepable(row.values)
        planned = Planned(row, Does.ADDS, values, [*row.problems, *faults])
        if rules.stays_out(values, [it.code for it in planned.problems]):
            planned.does = Does.STAYS_OUT
            return planned
        written = str(values.get("unit", ""))
        found = self._names.find(written) if written else {self._home}
        if len(found) > 1:
            which = "、".join(sorted(it.name for it in found))
            sentence = _("“%(name)s”可能是%(which)s，请写完整的名称。") % {"name": written, "which": which}
            self._keep_out(planned, "unit", "unknown_unit", sentence)
        elif found:
            planned.place = next(iter(found))
        elif self._unit.kind in _MAY_FOUND_BELOW:
            planned.place = Place(written, None, uuid7())
            self._names.add(written, planned.place)
            self.new_places.append(planned.place)
        else:
            told = {"name": written, "unit": self._unit.name}
            self._keep_out(planned, "unit", "unknown_unit", _("“%(name)s”不在“%(unit)s”里。") % told)
        return planned

    def _find(self, planned: Planned, known: _Known) -> None:
        """Find the member whom the row speaks of."""
        row = known.person(planned.values, planned.place)
        bearer = known.by_number.get(row.number)
        if bearer is not None and not self._is_open(bearer):
            self._keep_out(planned, "id_number", "duplicate_in_file", _("前面已有一行说的是同一位党员。"))
            return
        namesakes = [it for it in known.by_name.get(row.name, ()) if self._is_open(it)]
        found = rules.find(row, bearer=bearer, namesakes=namesakes, today=self._today)
        if isinstance(found, rules.Clash):
            at = "name" if found is rules.Clash.SEVERAL else "id_number"
            self._keep_out(planned, at, "conflict", _clash_sentence(found, row.name, bearer))
        elif found is not None and found.id is not None:
            planned.member = known.members[found.id]
            self._spoken_of.add(found.id)
            if not planned.member.path.startswith(self._unit.path):
                sentence = _("%(name)s登记在“%(unit)s”以外的党支部。") % {
                    "name": row.name,
                    "unit": self._unit.name,
                }
                planned.member = None
                self._keep_out(planned, "unit", "conflict", sentence)

    def _is_open(self, person: rules.Person) -> bool:
        """Whether no row spoke of this member yet."""
        if person.id is None or person.id in self._spoken_of:
            return False
        return self._since is None or person.id < self._since

    def _compare(self, found: list[Planned]) -> None:
        """Tell changed rows from those that say what the base says already."""
        before = records([one.member for one in found if one.member])
        for one in found:
            member = one.member
            if member is None:
                continue
            one.changes = differences(one.values, before[member.id])
            one.before = {key: before[member.id].get(key, "") for key in one.changes}
            one.does = Does.CHANGES if one.changes else Does.NOTHING
            if one.place is not None and one.values.get("unit") and one.place.id != member.unit_id:
                told = {"kept": member.unit.name, "written": one.values["unit"]}
                sentence = _("在册的党支部是“%(kept)s”，这里写的是“%(written)s”，党支部没有改动。") % told
                one.problems.append(Problem("unit", "conflict", sentence))

    @staticmethod
    def _keep_out(planned: Planned, at: str, code: str, sentence: str) -> None:
        planned.does = Does.STAYS_OUT
        planned.problems.append(Problem(at, code, sentence))


class _Known:
    """The members of the committee whom a chunk of rows may speak of: two queries."""

    def __init__(self, root: Q, rows: Sequence[Row]) -> None:
        self._numbers = {
            str(row.values["id_number"]): blind_index(str(row.values["id_number"]), use="id_number")
            for row in rows
            if row.values.get("id_number")
        }
        names = {str(row.values["name"]) for row in rows if row.values.get("name")}
        # An ID number is one person's in the whole base, a name only within the committee.
        members = Member.objects.select_related("unit")
        self.members = {it.id: it for it in members.filter(root, name__in=names)}
        numbered = members.filter(id_number_index__in=set(self._numbers.values()))
        self.members |= {it.id: it for it in numbered}
        self.by_number: dict[str, rules.Person] = {}
        self.by_name: dict[str, list[rules.Person]] = {}
        for member in self.members.values():
            person = rules.Person(
                name=member.name,
                number=member.id_number_index,
                phone=member.phone_index,
                birth_on=member.birth_on,
                joined_on=member.joined_on,
                gender=member.gender,
                unit_id=member.unit_id,
                id=member.id,
            )
            self.by_name.setdefault(member.name, []).append(person)
            if member.id_number_index:
                self.by_number[member.id_number_index] = person

    def person(self, values: Mapping[str, Value], place: Place | None) -> rules.Person:
        """The row as somebody to be found."""
        age = values.get("age")
        phone = str(values.get("phone", ""))
        name = str(values["name"])
        return rules.Person(
            name=name,
            number=self._numbers.get(str(values.get("id_number", "")), ""),
            phone=blind_index(digits(phone), use="phone") if name in self.by_name else "",
            birth_on=str(values.get("birth_on", "")),
            joined_on=str(values.get("joined_on", "")),
            gender=str(values.get("gender", "")),
            age=age if isinstance(age, int) else None,
            unit_id=place.id if place and values.get("unit") else None,
        )


def _clash_sentence(clash: rules.Clash, name: str, bearer: rules.Person | None) -> str:
    if clash is rules.Clash.OTHER_NAME:
        other = bearer.name if bearer else ""
        return _("这个公民身份号码已登记给%(other)s，这里写的是%(name)s。") % {"other": other, "name": name}
    if clash is rules.Clash.OTHER_NUMBER:
        return _("在册的%(name)s出生和入党时间相同，公民身份号码却不同。") % {"name": name}
    return _("在册有几位%(name)s，看不出这一行是哪一位，请补上公民身份号码。") % {"name": name}
