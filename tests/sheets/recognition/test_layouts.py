"""Every fixture layout, read whole: each column, each cell, each problem, each line that is nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.sheets.recognition.layouts import offices, official, towns
from tests.sheets.recognition.layouts.spelling import Layout
from tests.sheets.recognition.layouts.writing import xlsx
from yanzhen.sheets.recognition import open_roster

TODAY = date(2026, 11, 23)
MAKERS: list[Callable[[], Layout]] = [
    official.a, official.b, official.c, official.d, official.e, official.f, *towns.ALL, *offices.ALL,
]  # fmt: skip


def assert_read(layout: Layout, data: bytes, *, sheet: str | None) -> None:
    """The roster in these bytes is the layout, in every column, row, problem and skipped line."""
    roster = open_roster(data, "名册.xlsx", today=TODAY, sheet=layout.ask_for)
    assert roster.sheet == sheet
    assert roster.header_rows == layout.header_rows
    assert {column.letter: (column.heading, column.field) for column in roster.columns} == layout.columns
    rows = list(roster.rows())
    assert {row.row: row.values for row in rows} == layout.rows
    assert {
        (row.row, problem.field, problem.code) for row in rows for problem in row.problems
    } == layout.problems
    assert all(problem.message for row in rows for problem in row.problems)
    assert {skip.row: skip.reason for skip in roster.skipped} == layout.skipped
    assert [row.row for row in roster.rows()] == [row.row for row in rows]


@pytest.mark.parametrize(
    "make", MAKERS, ids=lambda make: f"{make.__module__.rsplit('.', 1)[-1]}-{make.__name__}"
)
def test_layout(make: Callable[[], Layout]) -> None:
    layout = make()
    assert_read(layout, xlsx(*layout.grids), sheet=layout.sheet)
