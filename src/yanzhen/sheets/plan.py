"""What importing a roster would do, row by row, before anything is written: the preview and the import read the same.

Rows come in chunks. A chunk costs the same few queries however large it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.access.fields import inside
from yanzhen.kernel.paths import WIDTH
from yanzhen.org.models import UnitKind
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.sheets import rules
from yanzhen.sheets.comparing import differences
from yanzhen.sheets.decisions import decisions
from yanzhen.sheets.keeping import keepable
from yanzhen.sheets.known import Known
from yanzhen.sheets.models import Batch, Choice
from yanzhen.sheets.places import Doubt, Place, Places, Renamed
from yanzhen.sheets.recognition import Problem, Row
from yanzhen.sheets.records import records
from yanzhen.sheets.unit_names import kind_of

CHUNK = 1000
# What a page shows is made while somebody waits for it: 10,000 rows take a second or two.
LOOKED_AT = 10_000
MAY_FOUND_BELOW = (UnitKind.COMMITTEE, UnitKind.GENERAL_BRANCH)


class Does(StrEnum):
    """What a row does to the base."""

    ADDS = "adds"
    CHANGES = "changes"
    NOTHING = "nothing"
    STAYS_OUT = "stays_out"


class Sort(StrEnum):
    """How a row stands to the base, before anything is decided about it."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    CONTRADICTS = "contradicts"  # its name, ID number and dates do not go together with those of the base
    TWIN = "twin"  # it may speak of a member whom it does not clearly name
    OUT = "out"  # it cannot go in whatever is decided


@dataclass
class Planned:
    """One row and what it does. `values` are those that can be kept, `differences` those that the base has otherwise,
    `changes` those of them that go in. `candidates` are whom it may speak of, where that is to be decided."""

    row: Row
    does: Does
    values: dict[str, Value]
    problems: list[Problem]
    place: Place | None = None
    member: Member | None = None
    differences: dict[str, Value] = field(default_factory=dict)
    known: dict[str, Value] = field(default_factory=dict)  # what the base had in place of the differences
    changes: dict[str, Value] = field(default_factory=dict)
    sort: Sort = Sort.NEW
    candidates: list[Member] = field(default_factory=list)
    may_be_new: bool = True
    doubt: Doubt | None = None

    @property
    def told(self) -> list[Problem]:
        """What is wrong with the row, and whether its unit is to be founded for a slip of the hand: until that is said
        nothing follows from it for the unit."""
        if self.doubt is None or self.place is None or self.place.unit is not None:
            return self.problems
        sentence = _("没有“%(name)s”。") % {"name": self.doubt.written} + self.doubt.question
        others = [it for it in self.problems if it.field != "unit"]
        return [*others, Problem("unit", "unknown_unit", sentence)]

    @property
    def before(self) -> dict[str, Value]:
        """What the base had in place of the changes."""
        return {key: self.known[key] for key in self.changes}


class Planner:
    """Plans the rows of one roster for its unit and everything below it, by what was decided of them.

    Members whose keys are later than `since` were added by earlier rows of the roster: no row speaks of them.
    """

    def __init__(
        self,
        batch: Batch,
        *,
        today: date,
        since: UUID | None = None,
    ) -> None:
        self._since = since
        self.decided = decisions(batch)
        unit = self._unit = batch.unit
        self._today = today
        self._root = inside(unit.path[:WIDTH])
        self._places = Places(unit)
        self._doubts: dict[str, Doubt | None] = {}
        self._renamed: dict[str, Renamed] = {}
        self._spoken_of: set[UUID] = set()  # members of the base whom earlier rows met

    @property
    def new_places(self) -> list[Place]:
        """The units that rows named so far and that would have to be founded."""
        return self._places.new

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The names that rows bore so far and that may be slips of the hand; those not decided first."""
        return tuple(sorted(filter(None, self._doubts.values()), key=lambda it: it.taken is not None))

    @property
    def renamed(self) -> tuple[Renamed, ...]:
        """The former names of units that rows bore so far."""
        return tuple(self._renamed.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """Which names rows bore so far that no unit bears, and that were taken for one all the same without a question:
        a sentence each."""
        recalled = [it.recalled for it in self.doubts if it.is_recalled]
        return (*(it.sentence for it in self.renamed), *recalled)

    def plan(self, rows: Sequence[Row]) -> list[Planned]:
        """The next rows of the roster, in their order."""
        planned = self.meet(rows)
        self._load(planned)
        self._compare([one for one in planned if one.member is not None])
        self._skip(planned)
        return planned

    def meet(self, rows: Sequence[Row]) -> list[Planned]:
        """Find units and members of these rows, and do not ask what they would change."""
        known = Known(self._root, rows)
        planned = self.locate(rows)
        for one in planned:
            if one.doubt:
                one.doubt.rows += 1
            if one.does is not Does.STAYS_OUT:
                self._find(one, known)
        return planned

    def locate(self, rows: Sequence[Row]) -> list[Planned]:
        """Find the units of these rows only: it asks nothing of the database."""
        return [self._place(row) for row in rows]

    def of_unknown_units(self, rows: Iterable[Row]) -> list[Row]:
        """Those of the rows that name a unit which is not in the tree."""
        return [row for row in rows if (name := row.values.get("unit")) and not self._places.find(str(name))]

    def _place(self, row: Row) -> Planned:
        """Find the row's unit, or keep the row out."""
        values, faults = keepable(row.values)
        planned = Planned(row, Does.ADDS, values, [*row.problems, *faults])
        if rules.stays_out(values, [it.code for it in planned.problems]):
            planned.does, planned.sort = Does.STAYS_OUT, Sort.OUT
            return planned
        written = str(values.get("unit", ""))
        found = self._named(written) if written else {self._places.home}
        if not any(it.unit for it in found):
            planned.doubt = self._doubt(written)
            found = {planned.doubt.taken} if planned.doubt and planned.doubt.taken else found
        if len(found) > 1:
            which = "、".join(sorted(it.name for it in found))
            sentence = _("“%(name)s”可能是%(which)s，请写完整的名称。") % {"name": written, "which": which}
            self._keep_out(planned, "unit", "unknown_unit", sentence)
        elif found:
            planned.place = next(iter(found))
        elif self._unit.kind in MAY_FOUND_BELOW and kind_of(written) != UnitKind.GROUP:
            planned.place = self._places.add(written)
        else:
            sentence = _("“%(name)s”不在“%(unit)s”里。") % {"name": written, "unit": self._unit.name}
            sentence += planned.doubt.question if planned.doubt else ""
            self._keep_out(planned, "unit", "unknown_unit", sentence)
        return planned

    def _doubt(self, written: str) -> Doubt | None:
        """What a name may mean that no unit bears; each is asked for once."""
        if written not in self._doubts:
            said, known = self.decided.units.get(written), self.decided.known.get(written)
            self._doubts[written] = self._places.doubt(written, said, known)
        return self._doubts[written]

    def _named(self, written: str) -> set[Place]:
        """The units that a name means; where it is the former one of a unit, that is noted."""
        found = self._places.find(written)
        if called := self._places.renamed(written, found):
            self._renamed.setdefault(written, Renamed(written, called)).rows += 1
        return found

    def _find(self, planned: Planned, known: Known) -> None:
        """Find the member whom the row speaks of."""
        place = planned.place.id if planned.place and planned.values.get("unit") else None
        row = known.person(planned.values, place)
        bearer = known.by_number.get(row.number)
        if bearer is not None and not self._is_open(bearer):
            self._keep_out(planned, "id_number", "duplicate_in_file", _said_before())
            return
        namesakes = [it for it in known.by_name.get(row.name, ()) if self._is_open(it)]
        found = rules.find(row, bearer=bearer, namesakes=namesakes, today=self._today)
        if isinstance(found, rules.Person):
            self._meet(planned, known.members, found)
            return
        if found is rules.Clash.OTHER_NAME and bearer is not None:
            may_be = [bearer]
        elif found is rules.Clash.OTHER_NUMBER:
            may_be = rules.other_numbers(row, namesakes)
        elif found is rules.Clash.SEVERAL:
            may_be = rules.fitting(row, namesakes, self._today)
        else:
            reached = [it for it in known.by_phone.get(row.phone, ()) if self._is_open(it)]
            may_be = rules.twins(row, namesakes=namesakes, same_phone=reached, today=self._today)
            if not may_be and not planned.row.by_name:
                may_be = self._met_before(row, known)
        people = [it for it in may_be if it.id and known.members[it.id].path.startswith(self._unit.path)]
        if found is None and not people:
            if planned.row.by_name:
                told = {"name": row.name}
                self._keep_out(
                    planned, "name", "not_registered", _("在册的党员里没有%(name)s，请核对姓名。") % told
                )
            return
        planned.sort = Sort.TWIN if found is None else Sort.CONTRADICTS
        planned.may_be_new = found is not rules.Clash.OTHER_NAME
        planned.candidates = [known.members[it.id] for it in people if it.id]
        self._settle(planned, known.members, people, _open_question(found, row.name, people))

    def _met_before(self, row: rules.Person, known: Known) -> list[rules.Person]:
        """The members whom earlier rows met and this one would be taken for if they had not."""
        met = [it for it in known.by_name.get(row.name, ()) if it.id in self._spoken_of]
        found = rules.find(row, bearer=None, namesakes=met, today=self._today)
        if isinstance(found, rules.Person):
            return [found]
        return rules.fitting(row, met, self._today) if found else []

    def _settle(
        self, planned: Planned, members: Mapping[UUID, Member], people: list[rules.Person], question: Problem
    ) -> None:
        """Do with a row in question what was decided; without a decision it stays out."""
        decided = self.decided.rows.get(planned.row.key)
        choice = decided.choice if decided else None
        if choice is Choice.OTHER and planned.may_be_new:
            return
        same = [it for it in people if decided and choice is Choice.SAME and it.id == decided.member_id]
        if same:
            self._meet(planned, members, same[0])
            return
        planned.does = Does.STAYS_OUT
        planned.problems.append(_skipped() if choice is Choice.SKIP else question)

    def _meet(self, planned: Planned, members: Mapping[UUID, Member], person: rules.Person) -> None:
        """The row speaks of this member."""
        if person.id is None:
            raise LookupError(f"row {planned.row.row} meets nobody")
        member = members[person.id]
        if member.id in self._spoken_of:
            self._keep_out(planned, "name", "duplicate_in_file", _said_before())
            return
        self._spoken_of.add(member.id)
        if member.path.startswith(self._unit.path):
            planned.member = member
            return
        told = {"name": planned.values["name"], "unit": self._unit.name}
        sentence = _("%(name)s登记在“%(unit)s”以外的党支部。") % told
        self._keep_out(planned, "unit", "conflict", sentence)

    def _is_open(self, person: rules.Person) -> bool:
        """Whether no row spoke of this member yet."""
        if person.id is None or person.id in self._spoken_of:
            return False
        return self._since is None or person.id < self._since

    @staticmethod
    def _load(planned: Sequence[Planned]) -> None:
        """Load the members whom rows turned out to speak of: of a common name they are few of those looked at."""
        concerned = [it for one in planned for it in (one.member, *one.candidates) if it]
        whole = Member.objects.select_related("unit").in_bulk([it.id for it in concerned])
        for one in planned:
            one.member = whole[one.member.id] if one.member else None
            one.candidates = [whole[it.id] for it in one.candidates]

    def _compare(self, found: list[Planned]) -> None:
        """Tell changed rows from those that say what the base says already."""
        before = records([one.member for one in found if one.member])
        for one in found:
            member = one.member
            if member is None:
                continue
            one.differences = differences(one.values, before[member.id])
            one.known = {key: before[member.id].get(key, "") for key in one.differences}
            if one.sort is Sort.NEW:
                one.sort = Sort.CHANGED if one.differences else Sort.SAME
            one.changes = self.decided.changes(one.row.key, one.differences, before[member.id])
            one.does = Does.CHANGES if one.changes else Does.NOTHING
            if one.place is not None and one.values.get("unit") and one.place.id != member.unit_id:
                told = {"kept": member.unit.name, "written": one.values["unit"]}
                sentence = _("在册的党支部是“%(kept)s”，这里写的是“%(written)s”，党支部没有改动。") % told
                one.problems.append(Problem("unit", "conflict", sentence))

    def _skip(self, planned: list[Planned]) -> None:
        """Keep out what the officer does not want."""
        for one in planned:
            decided = self.decided.rows.get(one.row.key)
            if decided and decided.choice is Choice.SKIP and one.does is not Does.STAYS_OUT:
                one.does, one.changes = Does.STAYS_OUT, {}
                one.problems.append(_skipped())

    @staticmethod
    def _keep_out(planned: Planned, at: str, code: str, sentence: str) -> None:
        planned.does, planned.sort = Does.STAYS_OUT, Sort.OUT
        planned.problems.append(Problem(at, code, sentence))


def _said_before() -> str:
    return _("前面已有一行说的是同一位党员。")


def _skipped() -> Problem:
    return Problem("name", "skipped", _("按您的决定，这一行没有导入。"))


def _open_question(clash: rules.Clash | None, name: str, people: Sequence[rules.Person]) -> Problem:
    """Why somebody has to decide whom the row speaks of: one of `people`; nobody outside is named."""
    told = {"name": name, "other": "、".join(dict.fromkeys(it.name for it in people)) or _("另一位党员")}
    sentences = {
        rules.Clash.OTHER_NAME: _("这个公民身份号码已登记给%(other)s，这里写的是%(name)s。"),
        rules.Clash.OTHER_NUMBER: _("在册的%(name)s出生和入党时间相同，公民身份号码却不同。"),
        rules.Clash.SEVERAL: _("在册有几位%(name)s，看不出这一行是哪一位，请补上公民身份号码。"),
        None: _("可能就是在册的%(other)s，也可能是另一位，请先确定。"),
    }
    at = "id_number" if clash in (rules.Clash.OTHER_NAME, rules.Clash.OTHER_NUMBER) else "name"
    return Problem(at, "conflict", sentences[clash] % told)
