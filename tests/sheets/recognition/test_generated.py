"""Written by the generator = read by the program: every column, every cell, every planted error, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheets.recognition.clerks import TODAY
from tests.sheets.recognition.generator import make
from tests.sheets.recognition.layouts.writing import xls, xlsx
from yanzhen.sheets.recognition import open_roster


def check(seed: int, data: bytes) -> None:
    made = make(seed)
    roster = open_roster(data, "x", today=TODAY)
    assert {column.letter: column.field for column in roster.columns} == made.fields
    assert roster.header_rows == made.header_rows
    rows = list(roster.rows())
    assert {row.row: row.values for row in rows} == made.rows
    assert {
        (row.row, problem.field, problem.code) for row in rows for problem in row.problems
    } == made.problems
    assert {skip.row: skip.reason for skip in roster.skipped} == made.skipped


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_what_was_written_is_read(seed: int) -> None:
    check(seed, xlsx(make(seed).grid))


@pytest.mark.parametrize("seed", range(12))
def test_what_was_written_in_an_old_workbook_is_read(seed: int) -> None:
    check(seed, xls(make(seed).grid))
