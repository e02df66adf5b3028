"""A file opened as a roster: its sheet, its heading, its columns, and its rows as a stream."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from . import dictionary, headings, unit_lists
from .column import Column
from .errors import RosterError
from .headings import Heading
from .reading import Row, Skipped
from .section import SAMPLE, Section, Surroundings, Window, by_table, find_columns, section
from .source import open_tables
from .tables import Cells, Region, Table
from .units import UnitNames
from .walking import Walk

# Of two tables, the smaller is a roster of its own when it has this share of the other's known columns.
_ALIKE = 0.4
_MIN_ALIKE = 3
# Wider than any list of people; Excel goes on to 16,384.
_MAX_COLUMNS = 400


@dataclass
class Roster:
    """A recognized roster. `skipped` and `below`, the tables with other headings, are complete once `rows()` has been
    walked to its end.

    `columns` are those under the first heading. A table with another heading below is read by its own; of two lists
    side by side each row has two persons.
    """

    _section: Section
    _around: Surroundings = field(repr=False)
    _above: list[Skipped] = field(repr=False)
    skipped: list[Skipped] = field(default_factory=list)
    below: list[Section] = field(default_factory=list)

    @property
    def sheet(self) -> str | None:
        return self._around.table.name

    @property
    def header_rows(self) -> list[int]:
        return list(range(self._section.first + 1, self._section.last + 2))

    @property
    def columns(self) -> list[Column]:
        return self._section.columns

    @property
    def is_of_units(self) -> bool:
        """Whether its rows are units, not people."""
        return unit_lists.is_list([column.field for column in self.columns])

    def rows(self) -> Iterator[Row]:
        """Every person, in order, one at a time. May be called again; each call starts from the top."""
        self.skipped[:], self.below[:] = self._above, []
        yield from Walk(self._section, self._around, self.skipped, self.below).rows()

    def source_rows(self, numbers: Collection[int]) -> Iterator[tuple[int, Cells]]:
        """Some rows as they stand in the file, with their numbers as Excel counts them, from the top."""
        for number, cells in enumerate(self._around.table.walk(), start=1):
            if number in numbers:
                yield number, cells

    def heading_regions(self) -> list[Region]:
        """The merged cells of the heading, rows and columns from 0."""
        top, bottom = self.header_rows[0] - 1, self.header_rows[-1] - 1
        return [it for it in self._around.table.merged() if top <= it[0] and it[2] <= bottom]


@dataclass(frozen=True)
class _Candidate:
    table: Table
    heading: Heading
    top: tuple[Cells, ...]
    regions: tuple[Region, ...]
    people: int

    @property
    def known(self) -> int:
        """How many columns have a known heading; 0 for a table that is no roster."""
        return self.heading.known


def open_roster(
    data: bytes,
    filename: str,
    *,
    sheet: str | None = None,
    fields: Mapping[str, str | None] | None = None,
    today: date,
    units: Collection[str] | None = None,
) -> Roster:
    """Recognize a roster in a file; the content decides what kind of file it is, never `filename`.

    `sheet` picks a table by name. `fields` are an officer's corrections: column letter to field key, or to None for
    no field; with the key of its table in front (`Section.key`, a colon) for one below. `units` are the known unit
    names: given, a row whose unit is not among them has the problem `unknown_unit`. Raises RosterError with a sentence
    for people, and nothing else, for any bytes whatever.
    """
    tables = open_tables(data)
    candidate = _choose(tables, sheet)
    corrections = by_table(fields or {})
    window = Window(candidate.top, candidate.heading)
    found = find_columns(window, today)
    around = Surroundings(
        candidate.table,
        candidate.regions,
        dictionary.collect([table for table in tables if table is not candidate.table]),
        today,
        UnitNames(units) if units is not None else None,
        corrections,
    )
    return Roster(section(window, found, around, corrections.get("")), around, _above(candidate))


def _choose(tables: Sequence[Table], sheet: str | None) -> _Candidate:
    if sheet is not None:
        tables = [table for table in tables if table.name == sheet]
        if not tables:
            raise RosterError("unknown_sheet", _("文件里没有名为“%(sheet)s”的工作表。") % {"sheet": sheet})
    found = _candidates(tables, visible=None if sheet is not None else True)
    # Hidden sheets count only where no visible one is a roster.
    return _only(found or _candidates(tables, visible=False))


def _candidates(tables: Sequence[Table], *, visible: bool | None) -> list[_Candidate]:
    looked_at = (_look_at(table) for table in tables if visible is None or table.visible is visible)
    return [candidate for candidate in looked_at if candidate is not None]


def _only(found: list[_Candidate]) -> _Candidate:
    """The one table that is a roster. Raises RosterError when there is none, or when several could be meant."""
    with_heading = [candidate for candidate in found if candidate.known]
    if not with_heading:
        if not found:
            raise RosterError("empty", _("文件里没有内容。"))
        raise RosterError("no_heading", _("没有找到表头：请确认表里有一行写着“姓名”等栏目名称，再试一次。"))
    with_people = [candidate for candidate in with_heading if candidate.people] or with_heading
    best = max(with_people, key=lambda candidate: (candidate.known, candidate.people))
    enough = max(_MIN_ALIKE, best.known * _ALIKE)
    alike = [
        candidate
        for candidate in with_people
        if candidate is best or (candidate.known >= enough and candidate.heading.name_column is not None)
    ]
    if len(alike) > 1:
        names = [candidate.table.name or "" for candidate in alike]
        raise RosterError(
            "several_sheets",
            _("文件里有几张工作表都像名册，请选一张：%(sheets)s。") % {"sheets": "、".join(names)},
            candidates=names,
        )
    return best


def _look_at(table: Table) -> _Candidate | None:
    """The table as a roster, as far as it reads like one; None when nothing is in it at all."""
    top = tuple(table.rows(headings.LOOK_AT + SAMPLE))
    if not any(headings.heading_text(cell) or not isinstance(cell, str) for row in top for cell in row):
        return None
    if any(len(row) > _MAX_COLUMNS and any(cell != "" for cell in row[_MAX_COLUMNS:]) for row in top):
        top = tuple(row[:_MAX_COLUMNS] for row in top)
    regions = tuple(table.merged())
    heading = headings.find(top, [region for region in regions if region[0] < headings.LOOK_AT])
    if heading is None:
        return _Candidate(table, headings.NO_HEADING, top, regions, 0)
    name = heading.name_column
    people = sum(
        1
        for row in top[heading.last + 1 :]
        if any(cell != "" for cell in row) and (name is None or (len(row) > name and row[name] != ""))
    )
    return _Candidate(table, heading, top, regions, people)


def _above(candidate: _Candidate) -> list[Skipped]:
    """The lines above the heading."""
    above: list[Skipped] = []
    for number, cells in enumerate(islice(candidate.top, candidate.heading.first)):
        reason = headings.line_reason(cells, first=not above)
        if reason is not None:
            above.append(Skipped(number + 1, reason))
    return above
