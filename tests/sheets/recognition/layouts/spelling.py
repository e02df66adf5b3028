"""A layout spelled out by columns: heading, field, what stands in the cells, what must be read from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.sheets.recognition.layouts.writing import Cell, Grid, padded
from yanzhen.people.id_number import check_character
from yanzhen.sheets.recognition.outcome import Value
from yanzhen.sheets.recognition.tables import column_letter

SAME = object()


def id_number(born: str, gender: str = "女", order: int = 1) -> str:
    """An invented number with a valid check character; its county (522699) does not exist."""
    first = f"522699{born}{order:02d}{1 if gender == '男' else 2}"
    return first + check_character(first)


@dataclass
class Spelled:
    """One column. `read` are the values expected, None for none; left out, the cells are read as they stand."""

    heading: str
    field: str | None
    cells: Sequence[Cell]
    read: Sequence[Value | None] | None = None


@dataclass
class Layout:
    """A fixture with everything that must come out of it. Rows and regions are from 0, as grids count."""

    name: str
    grids: list[Grid]
    header_rows: list[int]
    columns: dict[str, tuple[str, str | None]]
    rows: dict[int, dict[str, Value]]
    problems: set[tuple[int, str, str]]
    skipped: dict[int, str]
    sheet: str = "Sheet1"
    ask_for: str | None = None
    options: dict[str, object] = field(default_factory=dict)


def heading_lines(
    columns: Sequence[Spelled], at: int
) -> tuple[list[list[Cell]], list[tuple[int, int, int, int]]]:
    """The heading rows of these columns, upper headings before "/", and what is merged in them, from row `at`."""
    parts = [column.heading.split("/") if column.heading else [""] for column in columns]
    depth = max(len(part) for part in parts)
    lines: list[list[Cell]] = [[None] * len(columns) for _row in range(depth)]
    merged: list[tuple[int, int, int, int]] = []
    for column, part in enumerate(parts):
        for row, text in enumerate(part):
            if row < len(part) - 1 and column and parts[column - 1][: row + 1] == part[: row + 1]:
                continue
            lines[row][column] = text or None
            right = column
            if row < len(part) - 1:
                while right + 1 < len(parts) and parts[right + 1][: row + 1] == part[: row + 1]:
                    right += 1
                if right > column:
                    merged.append((at + row, column, at + row, right))
            elif row < depth - 1 and text:
                merged.append((at + row, column, at + depth - 1, column))
    return lines, merged


def spell(
    name: str,
    columns: Sequence[Spelled],
    *,
    above: Sequence[Sequence[Cell]] = (),
    below: Sequence[Sequence[Cell]] = (),
    between: dict[int, tuple[Sequence[Cell], str]] | None = None,
    problems: Sequence[tuple[int, str, str]] = (),
    skipped: dict[int, str] | None = None,
    merged: Sequence[tuple[int, int, int, int]] = (),
    merge_titles: bool = True,
    then: Callable[[Layout], None] | None = None,
    sheet: str = "Sheet1",
) -> Layout:
    """A layout from its columns. `between` puts a line before the person with that number; `problems` name persons
    from 0; `skipped` names Excel rows, besides the lines put in between."""
    heads, spans = heading_lines(columns, len(above))
    count = max(len(column.cells) for column in columns)
    lines: list[list[Cell]] = [*map(list, above), *heads]
    skip = dict(skipped or {})
    row_of: dict[int, int] = {}
    for person in range(count):
        if between and person in between:
            line, reason = between[person]
            lines.append(list(line))
            skip[len(lines)] = reason
        lines.append([column.cells[person] if person < len(column.cells) else None for column in columns])
        row_of[person] = len(lines)
    lines += map(list, below)
    titles = [
        (row, 0, row, len(columns) - 1) for row, line in enumerate(above) if len(line) == 1 and merge_titles
    ]
    rows = {}
    for person, row in row_of.items():
        values: dict[str, Value] = {}
        for column in columns:
            if column.field is None or person >= len(column.cells):
                continue
            value = column.read[person] if column.read is not None else column.cells[person]
            if value is not None and value != "":
                assert isinstance(value, (str, bool, int))
                values[column.field] = value
        rows[row] = values
    layout = Layout(
        name=name,
        grids=[Grid(padded(lines), [*titles, *spans, *merged], sheet)],
        header_rows=list(range(len(above) + 1, len(above) + len(heads) + 1)),
        columns={
            column_letter(place): ("".join(column.heading.split()).replace("\n", ""), column.field)
            for place, column in enumerate(columns)
        },
        rows=rows,
        problems={(row_of[person], key, code) for person, key, code in problems},
        skipped=skip,
        sheet=sheet,
    )
    if then is not None:
        then(layout)
    return layout
