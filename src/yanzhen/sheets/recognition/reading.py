"""The rows of a roster, one after the other: values read, problems named, lines that are no person skipped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import choices, lines, messages
from .dates import NO_HABIT, Habit
from .evidence import is_unit
from .fields import ANY_FIELD
from .headings import Heading
from .keepers import one_by_one
from .merging import Filling, Merging
from .outcome import Bad, Value
from .relations import Rules
from .tables import Cells
from .text import cell_text
from .unit_lists import is_list
from .units import UnitNames
from .values import Reader, Setting, reader

# Values seen before are not read again; beyond this many, a column is no longer one of few values.
_REMEMBER = 4096
_UNSEEN = object()
# Signs that a cell says what the one above it says.
_DITTO = object()
_DITTO_SIGNS = frozenset(["〃", "″", '"', "“", "”", "''", "同上", "同上行", "同前", "ditto", "—〃—"])
# Kinds of values with a form of their own, that an explanation does not have.
_FORMED = frozenset(
    ["date", "month", "id_number", "phone", "gender", "ethnicity", "whole", "yes_no", "stage"]
)
_MORE_THAN_ROWS = 2**21  # a sheet ends at row 1,048,576
# No list has more lines in a row that are filled in ahead and followed by somebody.
_DOUBTFUL = 20
# What alone does not make a row a person: it is often filled in ahead for empty lines.
_FILLED_AHEAD = frozenset(
    [
        "unit",
        "group",
        "is_lost",
        "is_mobile",
        "has_certificate",
        "membership_status",
        "stage",
        "ethnicity",
        "note",
        "direction",
    ]
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one value: the field it is named at, a code of the contract, a sentence for people."""

    field: str
    code: str
    message: str


@dataclass
class Row:
    """One person: the row as Excel numbers it, the values that could be read, and the problems.

    `part` counts, from 0, the people of a row that holds several: of lists side by side, or named in one cell.
    `by_name` says that the list only names whom its rows are about (`keepers`): it registers nobody.
    """

    row: int
    values: dict[str, Value]
    problems: list[Problem]
    part: int = 0
    by_name: bool = False

    @property
    def key(self) -> int:
        """What tells this row from all others of its sheet: its number, but for the second of a row's people on."""
        return self.row + self.part * _MORE_THAN_ROWS


@dataclass(frozen=True)
class Skipped:
    """A row that is no person, and why (the words are in lines.py)."""

    row: int
    reason: str


# Field, what is wrong, the other field of a contradiction, and what stands in the cell.
_Fault = tuple[str, Bad, str, object]


@dataclass
class Seen:
    """The persons that a walk over the rows has met, by the hashes of what tells them apart."""

    numbers: dict[int, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)


@dataclass
class Pass:
    """What one walk over the rows remembers: values read before, who was there, the unit named on a line of its own."""

    skipped: list[Skipped]
    merging: Filling | None
    columns: list[tuple[int, str, Reader, dict[object, Any]]]
    seen: Seen
    unit: str | None
    begun: bool = False
    doubtful: list[Row] = field(default_factory=list)
    above: dict[str, Value] = field(default_factory=dict)


class RowReader:
    """Reads the rows below a heading. It holds no rows; what a walk remembers grows only with the number of persons."""

    def __init__(
        self,
        *,
        heading: Heading,
        fields: Mapping[int, str],
        chosen: Mapping[int, Value],
        habits: Mapping[int, Habit],
        own_codes: Mapping[str, Mapping[str, str]],
        merging: Merging,
        titles: frozenset[str],
        unit_above: str | None,
        today: date,
        units: UnitNames | None,
        several: bool = False,
    ) -> None:
        self._heading = heading
        self._several = several
        self._of_units = is_list(fields.values())
        self._name = next((column for column, key in fields.items() if key == "name"), None)
        self._unit = next((column for column, key in fields.items() if key == "unit"), None)
        self._words = () if self._name is None else heading.parts.get(self._name, ())
        self._readers: list[tuple[int, str, Reader]] = [
            (
                column,
                key,
                choices.reader(chosen[column])
                if column in chosen
                else reader(
                    ANY_FIELD[key], Setting(today, habits.get(column, NO_HABIT), own_codes.get(key, {}))
                ),
            )
            for column, key in sorted(fields.items())
        ]
        self._chosen = {column: fields[column] for column in chosen}
        self._width = max(fields, default=-1) + 1
        self._rules = Rules(frozenset(fields.values()) | {"unit"}, today)
        self._merging = merging
        self._titles = titles
        self._unit_above = unit_above
        self._units = units
        self._unit_faults: dict[str, Bad | None] = {}

    def begin(self, skipped: list[Skipped], seen: Seen, unit: str | None) -> Pass:
        """A walk from the row below the heading. `unit` was named on a line above it."""
        columns: list[tuple[int, str, Reader, dict[object, Any]]] = [
            (*reader, {"": None, None: None}) for reader in self._readers
        ]
        return Pass(skipped, self._merging.start(), columns, seen, self._unit_above or unit)

    def one_by_one(self, own: Cells) -> Iterable[Cells]:
        """The line once for each of those whom one of its cells names (`keepers`)."""
        return one_by_one(own, self._name) if self._several and self._name is not None else (own,)

    def line(
        self, number: int, own: Cells, state: Pass, precision: Mapping[int, int] | None
    ) -> Row | str | None:
        """The person of this line, or why it is none; None where nothing can be said of it (yet)."""
        cells, name_column = own, self._name
        if state.merging is not None:
            cells = state.merging.fill(number, own)
            if state.merging.continues(number, name_column):
                return "continuation"
        name = cells[name_column] if name_column is not None and name_column < len(cells) else ""
        if not lines.is_plain(name, cells, name_column, self._words):
            reason = self._reason(own, state)
            if reason is not None:
                return reason if reason != "empty" else None
        row = self._row(number, cells, own, state, precision)
        if row is None:
            return "empty" if any(cell != "" and cell is not None for cell in own) else None
        if not state.begun and self._explains(own, row):
            return "instruction"
        if "name" not in row.values and not self._is_somebody(own, row):
            return self._doubt(row, state)
        state.begun = True
        state.above = row.values
        return row

    @staticmethod
    def _doubt(row: Row, state: Pass) -> None:
        """Filled in ahead for nobody at the end of the list; in the middle of it a person without a name."""
        state.doubtful.append(row)
        if len(state.doubtful) > _DOUBTFUL:
            state.skipped.append(Skipped(state.doubtful.pop(0).row, "empty"))

    def _reason(self, cells: Cells, state: Pass) -> str | None:
        if self._is_a_unit(cells):
            return None
        reason = lines.reason(
            cells,
            headings=self._heading.parts,
            name_column=self._name,
            unit_column=self._unit,
            before_first=not state.begun,
        )
        filled = [
            text for text in (cell_text(cell) for cell in cells if cell is not None and cell != "") if text
        ]
        if filled and len(set(filled)) == 1 and "".join(filled[0].split()) in self._titles:
            return "title"
        if reason == "unit":
            named = (lines.unit_of("".join(text.split())) for text in filled)
            state.unit = next((unit for unit in named if unit is not None), state.unit)
        return reason

    def _is_a_unit(self, cells: Cells) -> bool:
        """Whether this is a row of a list of units; between people, the name of a unit is a line about those below."""
        return (
            self._of_units
            and self._unit is not None
            and self._unit < len(cells)
            and is_unit(cells[self._unit])
        )

    def _row(
        self,
        number: int,
        cells: Cells,
        own: Cells,
        state: Pass,
        precision: Mapping[int, int] | None,
    ) -> Row | None:
        found: dict[str, Value] = {}
        bad: list[_Fault] = []
        self._read_cells(cells, state, precision, found, bad)
        if self._name is not None and "name" not in found and not any(key == "name" for key, *_rest in bad):
            if not self._tells_anything(own):
                return None
            bad.insert(0, ("name", Bad("required"), "", ""))
        if self._chosen:
            self._choose_once(cells, found, bad)
        if not found and not bad:
            return None
        self._check(number, found, bad, state)
        problems = [self._problem(*item) for item in bad] if bad else []
        return Row(number + 1, found, problems, by_name=self._several)

    def _read_cells(
        self,
        cells: Cells,
        state: Pass,
        precision: Mapping[int, int] | None,
        found: dict[str, Value],
        bad: list[_Fault],
    ) -> None:
        """The values of one row into `found`, what cannot be read into `bad`. Every cell of a roster comes by here."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        for column, key, read, seen in state.columns:
            cell = cells[column]
            # True equals 1 and would be taken for it among the remembered values.
            outcome: Any = _UNSEEN if cell is True or cell is False else seen.get(cell, _UNSEEN)
            if outcome is _UNSEEN:
                outcome = _read(read, cell, seen)
            if outcome.__class__ is Bad:
                bad.append((key, outcome, "", cell))
            elif outcome is _DITTO:
                found.update({key: state.above[key]} if key in state.above else {})
            elif outcome is not None:
                found[key] = outcome
        if precision is not None:
            self._shorten(cells, precision, found)

    def _choose_once(self, cells: Cells, found: dict[str, Value], bad: list[_Fault]) -> None:
        """男 and 女 both ticked say nothing."""
        ticks = [
            key
            for column, key in self._chosen.items()
            if column < len(cells) and choices.ticked(cells[column])
        ]
        for key in {key for key in ticks if ticks.count(key) > 1} & found.keys():
            bad.append((key, Bad("unknown_value"), "", "√√"))
            del found[key]

    def _shorten(self, cells: Cells, precision: Mapping[int, int], found: dict[str, Value]) -> None:
        """Dates as their cells show them: Excel keeps a written 2010年7月 as the first of the month."""
        for column, key, _read in self._readers:
            if column in precision and key in found and isinstance(cells[column], date):
                found[key] = _shown(str(found[key]), precision[column])

    def _own(self, own: Cells) -> set[str]:
        """The fields that this row fills itself, not by a cell merged into it."""
        return {
            key for column, key, _read in self._readers if column < len(own) and own[column] not in ("", None)
        }

    def _tells_anything(self, own: Cells) -> bool:
        return bool(self._own(own) - {"unit", "group"})

    def _explains(self, own: Cells, row: Row) -> bool:
        """Whether a row right under the heading says how to fill it in (18位, 男/女, 年.月) instead of doing so."""
        if lines.is_instruction(str(row.values.get("name", ""))):
            return True
        if any(ANY_FIELD[key].kind in _FORMED for key in row.values):
            return False
        failed = {problem.field for problem in row.problems}
        texts = [
            cell_text(own[column])
            for column, key, _read in self._readers
            if key in failed and ANY_FIELD[key].kind in _FORMED and column < len(own)
        ]
        return sum(map(lines.explains, texts)) >= 2

    def _is_somebody(self, own: Cells, row: Row) -> bool:
        """Whether a row without a name holds what only a person has, not only what is often filled in ahead."""
        told = set(row.values) | {problem.field for problem in row.problems}
        return self._name is None or bool((self._own(own) & told) - _FILLED_AHEAD)

    def _check(self, number: int, found: dict[str, Value], bad: list[_Fault], state: Pass) -> None:
        """Everything about the row as a whole: unit, dates ahead, contradictions, somebody listed twice."""
        if self._unit is None and state.unit is not None:
            found["unit"] = state.unit
        if self._units is not None and "unit" in found:
            fault = self._unit_fault(str(found["unit"]))
            if fault is not None:
                bad.append(("unit", fault, "", found.pop("unit")))
        ahead = list(self._rules.future(found))
        bad.extend((key, Bad("future_date"), "", found.pop(key)) for key in ahead)
        bad.extend(
            (key, Bad(code), other, found[key]) for key, code, other in self._rules.contradictions(found)
        )
        earlier = _seen_before(found, state, number + 1, by_name=self._several)
        if earlier is not None:
            key = "id_number" if "id_number" in found else "name"
            bad.append((key, Bad("duplicate_in_file", str(earlier)), "", found[key]))

    def _unit_fault(self, written: str) -> Bad | None:
        if written not in self._unit_faults:
            known = self._units.find(written) if self._units is not None else ()
            self._unit_faults[written] = (
                None if len(known) == 1 else Bad("unknown_unit", "ambiguous" if known else "")
            )
        return self._unit_faults[written]

    def _problem(self, key: str, bad: Bad, other: str, cell: object) -> Problem:
        return Problem(key, bad.code, messages.sentence(key, bad, other=other, written=cell_text(cell)))


def _read(read: Reader, cell: object, seen: dict[object, Any]) -> object:
    """A cell read for the first time, and remembered."""
    outcome = _DITTO if cell in _DITTO_SIGNS else read(cell)
    if len(seen) < _REMEMBER and not isinstance(cell, bool):
        seen[cell] = outcome
    return outcome


def _shown(iso: str, length: int) -> str:
    return iso[:length] if iso[length:] in ("-01", "-01-01") else iso


def _seen_before(found: Mapping[str, Value], state: Pass, row: int, *, by_name: bool) -> int | None:
    """The earlier row with the same person, if there is one; the person is remembered.

    The identity number decides. Without one, the same name with birth date, joining date or telephone; where a list
    has none of these, only a row that is the same throughout is taken for the same person. `by_name` is for a list
    that gives each member once and by name only.
    """
    number = found.get("id_number")
    if number is not None:
        earlier = state.seen.numbers.setdefault(hash(number), row)
        return earlier if earlier != row else None
    name = found.get("name")
    if name is None:
        return None
    birth, phone, joined = found.get("birth_on"), found.get("phone"), found.get("joined_on")
    if phone is not None or (birth is not None and (len(str(birth)) > len("2010-07") or joined is not None)):
        key: tuple[object, ...] = (name, found.get("gender"), birth, phone, joined)
    elif by_name:
        key = (name, found.get("unit"))
    elif len(found) >= 3:
        key = tuple(found.items())
    else:
        return None
    earlier = state.seen.people.setdefault(hash(key), row)
    return earlier if earlier != row else None
