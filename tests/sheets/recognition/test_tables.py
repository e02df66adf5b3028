"""Several tables in a sheet, side by side and below each other, and choices laid out as columns."""

from __future__ import annotations

import pytest

from tests.sheets.recognition.layouts.writing import Cell, Grid, csv_text, padded, xlsx
from tests.sheets.recognition.test_structures import IDS, TODAY, names, opened
from yanzhen.sheets.recognition import open_roster

SIDE: list[Cell] = ["序号", "姓名", "手机号"]


def test_two_lists_side_by_side_are_both_read() -> None:
    lines: list[list[Cell]] = [
        ["党员通讯录"],
        [*SIDE, *SIDE],
        [1, "王芳", "19900000001", 3, "赵静", "19900000003"],
        [2, "李敏", "19900000002", 4, "王芳", "19900000001"],
        [None, None, None, 5, "孙丽", "199"],
        ["合计", "5人"],
    ]
    roster, rows, skipped = opened(lines, [(0, 0, 0, 5)])
    assert [column.field for column in roster.columns] == [None, "name", "phone"] * 2
    assert [(row.row, row.values["name"]) for row in rows] == [
        (3, "王芳"),
        (3, "赵静"),
        (4, "李敏"),
        (4, "王芳"),
        (5, "孙丽"),
    ]
    assert [(row.row, problem.field, problem.code) for row in rows for problem in row.problems] == [
        (4, "name", "duplicate_in_file"),
        (5, "phone", "length"),
    ]
    assert skipped == {1: "title", 6: "total"}


def test_the_branch_in_front_of_two_lists_is_of_the_left_one() -> None:
    head: list[Cell] = ["党支部", "姓名", "手机号", None, "姓名", "手机号", "备注"]
    roster, rows, _skipped = opened(
        [
            head,
            ["青石村党支部", "王芳", "19900000001", None, "赵静", "19900000003", "调来"],
            ["青石村党支部", "李敏", "19900000002"],
        ]
    )
    assert [column.letter for column in roster.columns if column.field] == ["A", "B", "C", "E", "F", "G"]
    assert [row.values.get("note") for row in rows] == [None, "调来", None]


def test_two_people_of_a_row_are_no_lists_side_by_side() -> None:
    head: list[Cell] = ["姓名", "性别", "手机号", "联系人", "联系人电话"]
    _roster, rows, _skipped = opened([head, ["王芳", "女", "19900000001", "陆芳", "19900000088"]])
    assert [row.values.get("contact_person") for row in rows] == ["陆芳"]


STACKED: list[list[Cell]] = [
    ["流出党员名册"],
    ["序号", "姓名", "性别", "手机号", "外出地点"],
    [1, "王芳", "女", "19900000001", "广东"],
    [2, "李敏", "女", "19900000002", "浙江"],
    [],
    ["流入党员名册"],
    ["序号", "姓名", "流出地党组织", "联系电话", "身份证号"],
    [1, "赵静", "柳河村党支部", "19900000003", IDS[2]],
    [2, "王芳", "柳河村党支部", "1990000000", IDS[0]],
]


def test_a_table_below_with_another_heading_is_read_by_it() -> None:
    roster, rows, skipped = opened(STACKED)
    assert roster.header_rows == [2]
    assert [row.values for row in rows][1:] == [
        {"name": "李敏", "gender": "female", "phone": "19900000002", "destination": "浙江"},
        {"name": "赵静", "home_unit": "柳河村党支部", "phone": "19900000003", "id_number": IDS[2]},
        {"name": "王芳", "home_unit": "柳河村党支部", "id_number": IDS[0]},
    ]
    assert [(row.row, problem.field) for row in rows for problem in row.problems] == [(9, "phone")]
    assert skipped == {1: "title", 6: "title", 7: "heading"}
    assert [row.values for row in roster.rows()] == [row.values for row in rows]


def test_a_heading_of_two_rows_below() -> None:
    lines: list[list[Cell]] = [
        *STACKED[:5],
        ["序号", "姓名", "联系人", None, "备注"],
        [None, None, "姓名", "电话", None],
        [1, "赵静", "陆芳", "19900000088", "新来"],
    ]
    _roster, rows, skipped = opened(lines, [(5, 0, 6, 0), (5, 1, 6, 1), (5, 2, 5, 3), (5, 4, 6, 4)])
    assert rows[-1].values == {
        "name": "赵静",
        "contact_person": "陆芳",
        "contact_person_phone": "19900000088",
        "note": "新来",
    }
    assert skipped == {1: "title", 6: "heading", 7: "heading"}


def test_a_table_below_about_something_else_is_said_to_be_one() -> None:
    lines: list[list[Cell]] = [
        *STACKED,
        ["统计表"],
        ["党支部", "正式党员", "预备党员", "备注"],
        ["青石村党支部", 12, 3, "无"],
        ["柳河村党支部", 10, 1, None],
    ]
    _roster, rows, skipped = opened(lines)
    assert [row.row for row in rows] == [3, 4, 8, 9]
    assert {row: skipped[row] for row in (11, 12, 13)} == {
        11: "heading",
        12: "other_table",
        13: "other_table",
    }


def test_a_repeated_heading_keeps_what_the_officer_said() -> None:
    lines: list[list[Cell]] = [
        ["序号", "姓名", "联系电话", "地址"],
        [1, "王芳", "19900000001", "青石村1组"],
        ["序号", "姓 名", "电话", "地址"],
        [2, "李敏", "19900000002", "青石村2组"],
    ]
    roster = open_roster(xlsx(Grid(padded(lines))), "x", today=TODAY, fields={"D": "note"})
    assert [row.values.get("note") for row in roster.rows()] == ["青石村1组", "青石村2组"]


CHOICES: list[list[Cell]] = [
    ["序号", "姓名", "性别", None, "党员类别", None, "是否持证", None, "外出原因", None, None],
    [None, None, "男", "女", "正式", "预备", "是", "否", "务工", "经商", "求学"],
    [1, "王芳", None, "√", "√", None, "√", None, None, "√", None],
    [2, "李强", "√", "×", "×", "√", None, "1", "√", None, None],
    [3, "赵静", "√", "√", None, None, None, "√", None, None, "好"],
]
CHOICES_MERGED = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5), (0, 6, 0, 7), (0, 8, 0, 10)]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_choices_laid_out_as_columns(kind: str) -> None:
    grid = Grid(padded([line[:8] for line in CHOICES]), [] if kind == "csv" else CHOICES_MERGED[:5])
    roster = open_roster((csv_text if kind == "csv" else xlsx)(grid), "x", today=TODAY)
    assert [column.field for column in roster.columns] == [
        None, "name", "gender", "gender", "stage", "stage", "has_certificate", "has_certificate",
    ]  # fmt: skip
    rows = list(roster.rows())
    assert [row.values for row in rows] == [
        {"name": "王芳", "gender": "female", "stage": "full", "has_certificate": True},
        {"name": "李强", "gender": "male", "stage": "probationary", "has_certificate": False},
        {"name": "赵静", "has_certificate": False},
    ]
    assert [(row.row, problem.field, problem.code) for row in rows for problem in row.problems] == [
        (5, "gender", "unknown_value")
    ]


def test_reasons_laid_out_as_columns_only_over_ticks() -> None:
    roster, rows, _skipped = opened(CHOICES[:4], CHOICES_MERGED)
    assert [column.field for column in roster.columns[8:]] == ["departure_reason"] * 3
    assert [row.values["departure_reason"] for row in rows] == ["经商", "务工"]
    roster, _rows, _skipped = opened(CHOICES, CHOICES_MERGED)
    assert [column.field for column in roster.columns[8:]] != ["departure_reason"] * 3


def test_choices_with_nothing_above_them() -> None:
    lines: list[list[Cell]] = [
        ["序号", "姓名", "男", "女", "正式", "预备", "流出", "流入", "手机号"],
        [1, "王芳", None, "√", "√", None, "√", None, "19900000001"],
        [2, "李强", "√", None, None, "√", None, "√", "19900000002"],
    ]
    _roster, rows, _skipped = opened(lines)
    assert [row.values.get("direction") for row in rows] == ["流出", "流入"]
    assert [row.values.get("gender") for row in rows] == ["female", "male"]


def test_a_branch_written_once_over_empty_cells() -> None:
    lines: list[list[Cell]] = [["支部", "姓名", "手机号"]]
    for unit, people in (("青石村党支部", "王李赵"), ("柳河村党支部", "钱孙周吴")):
        for place, surname in enumerate(people):
            lines.append([None if place else unit, f"{surname}芳", f"1990000{len(lines):04d}"])
    _roster, rows, _skipped = opened(lines)
    assert [row.values["unit"] for row in rows] == ["青石村党支部"] * 3 + ["柳河村党支部"] * 4


def test_a_branch_that_is_missing_here_and_there_is_missing() -> None:
    units: list[Cell] = ["青石村党支部", None, "柳河村党支部", "白云社区党支部", None, "机关党支部"]
    lines: list[list[Cell]] = [
        ["支部", "姓名"],
        *([unit, f"王{place}芳"[:1] + "芳"] for place, unit in enumerate(units)),
    ]
    _roster, rows, _skipped = opened(lines)
    assert [row.values.get("unit") for row in rows] == units


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_short_words_below_an_upper_heading_are_no_halves_of_it(kind: str) -> None:
    lines: list[list[Cell]] = [
        ["姓名", "失联情况", None, None, "党费", None],
        [None, "是否失联", "起始时间", "最后联系", "交至", "月标准"],
        ["王芳", "是", "2019.12", "2018.01", "2018.06", "5"],
        ["李敏", "否", None, "2026.01", "2026.06", "5"],
    ]
    grid = Grid(lines, [] if kind == "csv" else [(0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 0, 5)])
    roster = open_roster((csv_text if kind == "csv" else xlsx)(grid), "x", today=TODAY)
    assert [column.heading for column in roster.columns][:3] == [
        "姓名",
        "失联情况/是否失联",
        "失联情况/起始时间",
    ]
    assert [column.field for column in roster.columns] == [
        "name", "is_lost", "lost_on", "last_contact_on", "dues_paid_to", None,
    ]  # fmt: skip


def test_other_lists_behind_an_empty_column() -> None:
    head: list[Cell] = ["姓名", "性别", "手机号", None, "姓名", "所在单位", "联系电话"]
    lines: list[list[Cell]] = [
        head,
        ["王芳", "女", "19900000001", None, "赵静", "某某公司", "19900000003"],
        ["李敏", "女", "19900000002", None, "钱伟", "某某公司", "19900000004"],
    ]
    _roster, rows, _skipped = opened(lines)
    assert [(row.key, row.part, row.values.get("employer")) for row in rows[:2]] == [
        (2, 0, None),
        (rows[1].key, 1, "某某公司"),
    ]
    assert len({row.key for row in rows}) == 4


def test_names_longer_than_most() -> None:
    people = ["阿卜杜热合曼·吐尔逊", "古丽巴哈尔·买买提", "艾尔肯·阿不都拉", "热依汗古丽·司马义"]
    lines: list[list[Cell]] = [["姓名", "手机号"]]
    lines += [[name, f"1990000000{at}"] for at, name in enumerate(people)]
    lines.append(["姓名", "党支部", "备注"])
    lines += [[name, "柳河村党支部", "新来"] for name in reversed(people)]
    _roster, rows, _skipped = opened(lines)
    assert names(rows) == [*people, *reversed(people)]
