"""The same rosters in every kind of file, told apart by content and never by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.sheets.recognition.layouts import offices, official, towns
from tests.sheets.recognition.layouts.spelling import Layout, Spelled, spell
from tests.sheets.recognition.layouts.writing import csv_text, page, xls, xlsx, xml_2003
from tests.sheets.recognition.test_layouts import MAKERS, TODAY, assert_read
from yanzhen.sheets.recognition import open_roster

# What only a real workbook can hold: other sheets, numbers, formats, or merged cells.
_NOT_AS_TEXT = {
    offices.planted,
    towns.by_numbers,
    towns.months_shown,
    offices.two_to_choose,
    offices.hidden_parts,
    official.a,
}
_AS_PAGE = [make for make in MAKERS if make not in {*_NOT_AS_TEXT, towns.explained}]
_AS_CSV = [make for make in _AS_PAGE if make is not towns.merged_down]


def _name(make: Callable[[], Layout]) -> str:
    return make.__name__


@pytest.mark.parametrize("make", MAKERS, ids=_name)
def test_biff(make: Callable[[], Layout]) -> None:
    layout = make()
    if make is offices.hidden_parts:  # The writer of old workbooks cannot hide a sheet.
        layout.grids = layout.grids[:2]
    assert_read(layout, xls(*layout.grids), sheet=layout.sheet)


@pytest.mark.parametrize("make", MAKERS, ids=_name)
def test_xml(make: Callable[[], Layout]) -> None:
    layout = make()
    if make is offices.hidden_parts:
        layout.grids = layout.grids[:2]
    assert_read(layout, xml_2003(*layout.grids), sheet=layout.sheet)


@pytest.mark.parametrize("make", _AS_PAGE, ids=_name)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_page(make: Callable[[], Layout], encoding: str) -> None:
    layout = make()
    assert_read(layout, page(layout.grids[0], encoding=encoding), sheet=None)


@pytest.mark.parametrize("make", _AS_CSV, ids=_name)
@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8-sig", ","), ("utf-8", ";"), ("gb18030", ","), ("gb18030", "\t"), ("utf-16", "\t")],
)
def test_text(make: Callable[[], Layout], encoding: str, separator: str) -> None:
    layout = make()
    assert_read(layout, csv_text(layout.grids[0], encoding=encoding, separator=separator), sheet=None)


@pytest.mark.parametrize("name", ["名册.xls", "名册.xlsx", "名册.et", "名册.csv", "名册", "名册.pdf"])
def test_the_name_of_the_file_says_nothing(name: str) -> None:
    layout = official.b()
    for data in (xlsx(*layout.grids), xls(*layout.grids), csv_text(layout.grids[0]), page(layout.grids[0])):
        rows = list(open_roster(data, name, today=TODAY).rows())
        assert [row.values for row in rows] == list(layout.rows.values())


def test_a_branch_written_once_above_empty_cells_in_a_text_file() -> None:
    """A text file cannot say what was merged: a branch's name that stands once at the head of its people is theirs."""
    layout = towns.merged_down()
    rows = list(open_roster(csv_text(layout.grids[0]), "x.csv", today=TODAY).rows())
    assert [row.values["unit"] for row in rows] == ["青石村党支部"] * 3 + ["白云社区党支部"] * 2


def test_a_branch_left_empty_stays_empty() -> None:
    layout = spell(
        "gaps",
        [
            Spelled("姓名", "name", ["王芳", "李建国", "赵敏", "石敏"]),
            Spelled("党支部", "unit", ["青石村党支部", "青石村党支部", None, None]),
            Spelled("电话", "phone", ["19900000001", "19900000002", "19900000003", "19900000004"]),
        ],
    )
    assert_read(layout, csv_text(layout.grids[0]), sheet=None)
    assert_read(layout, xlsx(*layout.grids), sheet="Sheet1")


def test_a_number_that_may_be_january_or_october_is_not_guessed() -> None:
    layout = spell(
        "unclear zero",
        [
            Spelled("姓名", "name", ["王芳", "李建国", "赵敏"]),
            Spelled("入党时间", "joined_on", [2010.7, 2011.1, 2012.11], ["2010-07", None, "2012-11"]),
        ],
        problems=[(1, "joined_on", "format")],
    )
    assert_read(layout, xlsx(*layout.grids), sheet="Sheet1")
    roster = open_roster(xlsx(*layout.grids), "x", today=date(2026, 11, 23))
    assert "10 月" in next(problem.message for row in roster.rows() for problem in row.problems)
