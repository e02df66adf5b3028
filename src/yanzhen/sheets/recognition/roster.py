"""A file opened as a roster: its sheet, its heading, its columns, and its rows as a stream."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise

from django.utils.translation import gettext as _

from . import columns as assigning
from . import dictionary, evidence, headings, lines
from .columns import Column
from .errors import RosterError
from .fields import FIELD_BY_KEY
from .headings import Heading
from .keepers import names_several, turned
from .merging import Merging
from .reading import Row, RowReader, Skipped
from .source import open_tables
from .tables import Cells, Region, Table, column_index
from .units import UnitNames

# Rows below the heading that bear witness to what the columns are.
_SAMPLE = 200
# Of two tables, the smaller is a roster of its own when it has this share of the other's known columns.
_ALIKE = 0.4
_MIN_ALIKE = 3
# Wider than any list of people; Excel goes on to 16,384.
_MAX_COLUMNS = 400


@dataclass
class Roster:
    """A recognized roster. `skipped` is complete once `rows()` has been walked to its end."""

    sheet: str | None
    header_rows: list[int]
    columns: list[Column]
    skipped: list[Skipped]
    _table: Table = field(repr=False)
    _reader: RowReader = field(repr=False)
    _above: list[Skipped] = field(repr=False)

    def rows(self) -> Iterator[Row]:
        """Every person, in order, one at a time. May be called again; each call starts from the top."""
        self.skipped[:] = self._above
        yield from self._reader.read(self._table, self.skipped)

    def source_rows(self, numbers: Collection[int]) -> Iterator[tuple[int, Cells]]:
        """Some rows as they stand in the file, with their numbers as Excel counts them, from the top."""
        for number, cells in enumerate(self._table.walk(), start=1):
            if number in numbers:
                yield number, cells

    def heading_regions(self) -> list[Region]:
        """The merged cells of the heading, rows and columns from 0."""
        top, bottom = self.header_rows[0] - 1, self.header_rows[-1] - 1
        return [it for it in self._table.merged() if top <= it[0] and it[2] <= bottom]


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
    no field. `units` are the known unit names: given, a row whose unit is not among them has the problem
    `unknown_unit`. Raises RosterError with a sentence for people, and nothing else, for any bytes whatever.
    """
    tables = open_tables(data)
    candidate = _choose(tables, sheet)
    heading = candidate.heading
    title = "".join(headings.heading_text(cell) for row in candidate.top[: heading.first] for cell in row)
    found = _columns(candidate, title, dict(fields or {}), today)
    own_codes = dictionary.collect([table for table in tables if table is not candidate.table])
    return _roster(candidate, found, own_codes, today, UnitNames(units) if units is not None else None)


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
    top = tuple(table.rows(headings.LOOK_AT + _SAMPLE))
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


def _sample(candidate: _Candidate) -> list[Cells]:
    """The first rows that may be persons."""
    heading = candidate.heading
    found: list[Cells] = []
    for cells in candidate.top[heading.last + 1 :]:
        reason = _reason(candidate, cells, before_first=not found)
        if reason is None and sum(1 for cell in cells if cell != "") > 1:
            found.append(cells)
    return found[:_SAMPLE]


def _columns(
    candidate: _Candidate, title: str, corrections: dict[str, str | None], today: date
) -> list[Column]:
    sample = _sample(candidate)
    width = max([len(cells) for cells in sample] + [max(candidate.heading.parts) + 1])
    witness = {
        column: evidence.gather(cells[column] for cells in sample if column < len(cells))
        for column in range(width)
    }
    parts = candidate.heading.parts
    # A column without a heading counts when most rows fill it; a few stray cells beside the table do not.
    witness = {
        column: seen
        for column, seen in witness.items()
        if column in parts or len(seen.cells) * 2 > len(sample)
    }
    inflow = assigning.is_inflow(title, parts)
    found = turned(assigning.assign(parts, witness, today=today, inflow=inflow), witness)
    return _corrected(found, corrections) if corrections else found


def _corrected(found: list[Column], corrections: dict[str, str | None]) -> list[Column]:
    """What the officer says goes first; a field she gives to one column is taken from any other."""
    wanted = {letter.strip().upper(): key for letter, key in corrections.items()}
    unknown = [key for key in wanted.values() if key is not None and key not in FIELD_BY_KEY]
    if unknown:
        raise RosterError("unknown_field", _("没有“%(field)s”这个字段。") % {"field": unknown[0]})
    missing = set(wanted) - {column.letter for column in found}
    if missing:
        raise RosterError("unknown_column", _("表里没有 %(column)s 列。") % {"column": min(missing)})
    given = set(wanted.values())
    result = []
    for column in found:
        if column.letter in wanted:
            result.append(Column(column.letter, column.heading, wanted[column.letter], 1.0))
        else:
            field_key = None if column.field in given else column.field
            result.append(Column(column.letter, column.heading, field_key, column.confidence))
    return result


def _roster(
    candidate: _Candidate,
    found: list[Column],
    own_codes: Mapping[str, Mapping[str, str]],
    today: date,
    units: UnitNames | None,
) -> Roster:
    heading = candidate.heading
    above: list[Skipped] = []
    for number, cells in enumerate(islice(candidate.top, heading.first)):
        reason = headings.line_reason(cells, first=not above)
        if reason is not None:
            above.append(Skipped(number + 1, reason))
    sample = _sample(candidate)
    indexed = {column_index(column.letter): column.field for column in found if column.field is not None}
    witness = {
        column: evidence.gather(cells[column] for cells in sample if column < len(cells))
        for column in indexed
    }
    reader = RowReader(
        heading=heading,
        fields=indexed,
        habits={column: seen.habit for column, seen in witness.items()},
        own_codes=own_codes,
        merging=Merging(
            (region for region in candidate.regions if region[0] > heading.last),
            _carried_down(candidate, indexed, sample),
        ),
        titles=frozenset(
            headings.heading_text(cell)
            for row in candidate.top[: heading.first]
            for cell in row
            if headings.heading_text(cell)
        ),
        unit_above=_unit_above(candidate),
        today=today,
        units=units,
        several=any(key == "name" and names_several(witness[column]) for column, key in indexed.items()),
    )
    rows = list(range(heading.first + 1, heading.last + 2))
    return Roster(candidate.table.name, rows, found, [], candidate.table, reader, above)


def _unit_above(candidate: _Candidate) -> str | None:
    """The unit named right above the heading, where the blocks below are headed by units as well."""
    heading = candidate.heading
    above = candidate.top[heading.first - 1] if heading.first else ()
    texts = {headings.heading_text(cell) for cell in above if cell not in ("", None)}
    if len(texts) != 1 or not evidence.is_unit(text := texts.pop()):
        return None
    below = candidate.top[heading.last + 1 :]
    blocks = any(_reason(candidate, cells, before_first=False) == "unit" for cells in below)
    return lines.unit_of(text) if blocks else None


def _reason(candidate: _Candidate, cells: Cells, *, before_first: bool) -> str | None:
    heading = candidate.heading
    return lines.reason(
        cells,
        headings=heading.parts,
        name_column=heading.name_column,
        unit_column=None,
        before_first=before_first,
    )


def _carried_down(
    candidate: _Candidate, fields: Mapping[int, str], sample: Sequence[Cells]
) -> frozenset[int]:
    """Unit columns of a file that cannot say what was merged, written once above many empty cells."""
    if candidate.table.knows_merges:
        return frozenset()
    found = set()
    for column, key in fields.items():
        if key not in ("unit", "group"):
            continue
        texts = [headings.heading_text(cells[column]) if column < len(cells) else "" for cells in sample]
        filled = [text for text in texts if text]
        repeats = any(earlier and earlier == later for earlier, later in pairwise(texts))
        if (
            texts
            and texts[0]
            and len(filled) <= 0.7 * len(texts)
            and len(set(filled)) == len(filled)
            and not repeats
        ):
            found.add(column)
    return frozenset(found)
