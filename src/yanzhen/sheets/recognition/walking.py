"""All rows of a sheet from its first heading down: persons, lines that are none, and tables with another heading."""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from . import evidence, headings, lines
from .reading import Pass, Row, RowReader, Seen, Skipped
from .section import SAMPLE, Block, Section, Surroundings, Window, find_columns, key_of, section
from .tables import Cells, column_index

# No sheet seen has more tables with headings of their own; what stands below further ones is read as before.
_MAX_HEADINGS = 30
_AHEAD = headings.MAX_HEADING_ROWS + SAMPLE
# Under a heading that says 姓名, at least this share of the cells are names; else it is a table about something else.
_NAMES = 0.5


class _Rows:
    """Numbered rows, some of which can be looked at before their turn."""

    def __init__(self, rows: Iterator[tuple[int, Cells]]) -> None:
        self._rows = rows
        self._waiting: deque[tuple[int, Cells]] = deque()

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        while (row := self._waiting.popleft() if self._waiting else next(self._rows, None)) is not None:
            yield row

    def ahead(self, count: int) -> list[Cells]:
        self._waiting.extend(islice(self._rows, max(0, count - len(self._waiting))))
        return [cells for _number, cells in islice(self._waiting, count)]


class Walk:
    """One walk over a sheet. What it remembers grows only with the number of persons."""

    def __init__(
        self, first: Section, around: Surroundings, skipped: list[Skipped], below: list[Section]
    ) -> None:
        self._first = first
        self._around = around
        self._skipped = skipped
        self._tables = below
        self._seen = Seen()
        # The lines right above that are no person: upper rows of a heading may be among them.
        self._above: deque[tuple[int, Cells]] = deque(maxlen=headings.MAX_HEADING_ROWS)
        self._headings: dict[tuple[str, ...], Section | None] = {}
        self._rows = _Rows(islice(enumerate(around.table.walk()), first.last + 1, None))

    def rows(self) -> Iterator[Row]:
        """The persons in order; rows that are none are added to `skipped`."""
        table: Section | None = self._first
        unit: str | None = None
        while table is not None:
            passes = [reader.begin(self._skipped, self._seen, unit) for reader in table.readers]
            table = yield from self._until_heading(table, passes)
            for state in passes:
                self._skipped.extend(Skipped(row.row, "empty") for row in state.doubtful)
                unit = state.unit or unit
            if table and all(it.key != table.key for it in (self._first, *self._tables)):
                self._tables.append(table)
        self._skipped.sort(key=lambda skip: skip.row)

    def _until_heading(self, table: Section, passes: list[Pass]) -> Generator[Row, None, Section | None]:
        """The persons of this table; returns the table that begins below it, if one does."""
        precision = self._around.table.precision
        lists = list(zip(table.blocks, table.readers, passes, strict=False))
        for number, own in self._rows:
            people: list[Row] = []
            reason = None if lists else _other_table(own)
            for reader, state, cells in _of_each(lists, own):
                line = reader.line(number, cells, state, precision.get(number + 1))
                if isinstance(line, Row):
                    line.part = sum(one.row == line.row for one in people)
                    people += [*state.doubtful, line]
                    state.doubtful.clear()
                else:
                    reason = reason or line
                if len(lists) > 1 and state.doubtful:
                    # Beside another list nothing waits for who follows.
                    state.doubtful.clear()
                    reason = reason or "empty"
            if people:
                yield from people
            elif reason is not None:
                following = self._begins(table, number, own) if reason == "heading" else None
                self._skipped.append(Skipped(number + 1, reason))
                self._above.append((number, own))
                if following is not None:
                    return following
        return None

    def _begins(self, table: Section, number: int, own: Cells) -> Section | None:
        """The table whose heading this row belongs to; None where it only repeats the one above."""
        words = tuple(headings.heading_text(cell) for cell in own)
        if table.repeats(own):
            return None
        if words not in self._headings:
            if len(self._headings) >= _MAX_HEADINGS:
                return None
            self._headings[words] = self._below(number, own)
        found = self._headings[words]
        return None if found is None or found.says == table.says else found

    def _below(self, number: int, own: Cells) -> Section | None:
        """The table under a heading in this row, found by the rows around it."""
        above = [cells for place, cells in self._above if number - place <= len(self._above)]
        start = number - len(above)
        top = [*above, own, *self._rows.ahead(_AHEAD)]
        regions = [
            (first - start, left, last - start, right)
            for first, left, last, right in self._around.regions
            if start <= first < start + headings.LOOK_AT
        ]
        heading = headings.find(top[: len(above) + headings.MAX_HEADING_ROWS], regions)
        if heading is None or not heading.first <= len(above) <= heading.last:
            return None
        window = Window(top, heading, start)
        found = find_columns(window, self._around.today)
        letters = {it.letter for block in found for it in block.columns}
        wanted = self._around.corrections.get(key_of(found), {})
        said = {letter: key for letter, key in wanted.items() if letter in letters}
        table = section(window, found, self._around, said)
        people = all(_names_people(window.of(block), block) for block in table.blocks)
        return table if people else replace(table, readers=())


def _of_each(
    lists: Sequence[tuple[Block, RowReader, Pass]], own: Cells
) -> Iterator[tuple[RowReader, Pass, Cells]]:
    """A row for each person that it may hold: of each list its cells, once for everybody whom one cell names."""
    for block, reader, state in lists:
        for cells in reader.one_by_one(block.cells(own)):
            yield reader, state, cells


def _other_table(own: Cells) -> str | None:
    """What a row is below a heading that names nobody."""
    if all(cell in ("", None) for cell in own):
        return None
    return "heading" if lines.names_columns(own) else "other_table"


def _names_people(window: Window, block: Block) -> bool:
    name = next((column_index(it.letter) for it in block.columns if it.field == "name"), None)
    if name is None:
        return False
    cells = [cells[name] for cells in window.sample() if name < len(cells) and cells[name] != ""]
    return sum(map(evidence.is_person, cells)) >= _NAMES * len(cells) > 0
