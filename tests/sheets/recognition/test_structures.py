"""Sheets put together in odd ways: what is heading, what is a person, what is neither."""

from __future__ import annotations

from datetime import date

import pytest

from tests.sheets.recognition.layouts.spelling import id_number
from tests.sheets.recognition.layouts.writing import Cell, Grid, csv_text, padded, xlsx
from yanzhen.sheets.recognition import Roster, Row, open_roster

TODAY = date(2026, 11, 23)
IDS = [id_number("19850312", "女", order) for order in range(1, 9)]
A = ["王芳", "女", IDS[0], "19900000001"]
B = ["李敏", "女", IDS[1], "19900000002"]
C = ["赵静", "女", IDS[2], "19900000003"]
HEAD: list[Cell] = ["姓名", "性别", "身份证号", "手机号"]


def opened(
    lines: list[list[Cell]], merged: list[tuple[int, int, int, int]] | None = None
) -> tuple[Roster, list[Row], dict[int, str]]:
    roster = open_roster(xlsx(Grid(padded(lines), merged or [])), "x", today=TODAY)
    rows = list(roster.rows())
    return roster, rows, {skip.row: skip.reason for skip in roster.skipped}


def names(rows: list[Row]) -> list[object]:
    return [row.values.get("name") for row in rows]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (["合计", "3人"], "total"), (["合计：3人"], "total"), (["总计", None, 3], "total"), (["共计3人"],
            "total"), (["共 3 人"], "total"), ([None, "合 计", 3], "total"),
        (["小计", 2], "subtotal"), (["青石村小计", None, 3], "subtotal"), (["本页小计：2人"], "subtotal"),
        (["填表人：陆芳", None, "审核人：石磊"], "footer"), (["党支部书记（签字）：", None, None, "年   月   日"],
            "footer"), (["负责人签字："], "footer"),
        (["单位（盖章）"], "footer"), (["第 1 页，共 2 页"], "footer"), (["2026年11月23日"], "footer"), ([None,
            None, "联系电话：0855-1234567"], "footer"),
        (["注：流动党员是指外出六个月以上的党员。"], "note"), (["备注", "以上均已核实"], "note"),
            (["说明：1.本表一式两份"], "note"), (["2. 身份证号须为18位。"], "note"),
        (["★本表由党支部填写"], "note"), (["以下空白"], "note"),
            (["1.本表由支部书记填写，每季度更新一次，于季末前报送"], "note"), (["※注意保密"], "note"),
        (["姓名", "性别", "身份证号", "手机号"], "heading"), (["姓　名", "性 别", "身份证号", "手机号"], "heading"),
        (["青石村党支部"], "unit"), (["一、青石村党支部（12人）"], "unit"), (["（一）机关党支部"], "unit"),
            (["党支部名称：青石村党支部"], "unit"), (["二", "白云社区"], "unit"),
        (["上坝小组"], "group"), (["第一党小组"], "group"), (["二组"], "group"), (["第二小组（5人）"], "group"),
        ([1, 2, 3, 4], "numbers"), (["A", "B", "C", "D"], "numbers"), (["（1）", "（2）", "（3）", "（4）"],
            "numbers"), (["甲", "乙", "1", "2"], "numbers"),
        (["例：张三", "男", IDS[7], "19900000000"], "example"), (["张三（示例）", "女", IDS[7], "19900000000"],
            "example"), (["示例", "女", IDS[7], "19900000000"], "example"),
    ],
)  # fmt: skip
def test_lines_in_between(line: list[Cell], reason: str | None) -> None:
    _roster, rows, skipped = opened([HEAD, [*A], line, [*B]])
    assert names(rows) == ["王芳", "李敏"]
    assert skipped == ({3: reason} if reason else {})
    assert not any(row.problems for row in rows)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ([1, 2, 3, 4], "numbers"), (["必填", "必填", "必填，18位", "选填"], "instruction"), (["文本", "下拉选择",
            "文本", "文本"], "instruction"),
        (["（请如实填写，身份证号用文本格式）"], "instruction"), (["与身份证一致", "填写男或女", "18位，字符格式",
            "填写11位手机号"], "instruction"),
        (["合计", None, None, 2], "total"), (["例", "女", IDS[7], "19900000000"], "example"),
            (["注：本表由支部填写"], "instruction"),
    ],
)  # fmt: skip
def test_lines_below_the_heading(line: list[Cell], reason: str) -> None:
    _roster, rows, skipped = opened([["党员名册"], HEAD, line, [*A], [*B]])
    assert names(rows) == ["王芳", "李敏"]
    assert skipped == {1: "title", 3: reason}
    assert not any(row.problems for row in rows)


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["党员名册"]],
        [["附件1"], ["党员名册"], ["填报单位：青石村", None, None, "2026年11月"]],
        [["党员名册"], [], ["单位（盖章）：", None, "联系人：陆芳", "联系电话：19900000009"], []],
        [["填表说明：一、姓名与身份证一致；二、身份证号须为十八位；三、手机号须为本人所用。"], ["党员名册"]],
        [
            ["党员名册"],
            ["说明：1.本表由支部填写。"],
            ["2.身份证号为18位。"],
            ["3.手机号为本人手机号。"],
            ["单位：青石村党支部"],
        ],
        [[None, None, "党员名册"], ["青石村党支部", None, None, "（2026年）"]],
    ],
)
def test_whatever_stands_above(above: list[list[Cell]]) -> None:
    roster, rows, _skipped = opened([*above, HEAD, [*A], [*B]])
    assert roster.header_rows == [len(above) + 1]
    assert names(rows) == ["王芳", "李敏"]
    assert [column.field for column in roster.columns] == ["name", "gender", "id_number", "phone"]


def test_lines_filled_in_ahead_are_nobody() -> None:
    head: list[Cell] = ["序号", "姓名", "身份证号", "民族", "是否失联", "支部"]
    empty: list[Cell] = [None, None, None, "汉族", "否", "青石村党支部"]
    _roster, rows, skipped = opened(
        [head, [1, "王芳", IDS[0], "汉族", "否", "青石村党支部"], [2, *empty[1:]], [3, *empty[1:]]]
    )
    assert names(rows) == ["王芳"]
    assert skipped == {3: "empty", 4: "empty"}


def test_a_person_without_a_name_is_one() -> None:
    _roster, rows, _skipped = opened([HEAD, [*A], [None, "女", IDS[1], "19900000002"], [*C]])
    assert [(problem.field, problem.code) for problem in rows[1].problems] == [("name", "required")]


@pytest.mark.parametrize("lone", [[None, None, None, "199 0000 0009"], [None, None, IDS[3], None]])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_number_alone_is_somebody_without_a_name(lone: list[Cell], place: int) -> None:
    lines: list[list[Cell]] = [[*A], [*B]]
    lines.insert(place, lone)
    _roster, rows, skipped = opened([HEAD, *lines])
    assert [problem.code for problem in rows[place].problems] == ["required"]
    assert not skipped


def test_a_person_with_nothing_but_a_name_is_one() -> None:
    _roster, rows, skipped = opened([HEAD, [*A], ["李敏"], [*C]])
    assert names(rows) == ["王芳", "李敏", "赵静"]
    assert skipped == {}


def test_empty_rows_and_columns_anywhere() -> None:
    lines: list[list[Cell]] = [
        [],
        [],
        [None, None, *HEAD[:2], None, *HEAD[2:]],
        [],
        [None, None, *A[:2], None, *A[2:]],
        [],
        [],
        [None, None, *B[:2], None, *B[2:]],
    ]
    roster, rows, skipped = opened(lines)
    assert [(column.letter, column.field) for column in roster.columns] == [
        ("C", "name"),
        ("D", "gender"),
        ("F", "id_number"),
        ("G", "phone"),
    ]
    assert [row.row for row in rows] == [5, 8]
    assert skipped == {}


def test_a_person_over_two_merged_rows_is_one() -> None:
    lines: list[list[Cell]] = [
        ["姓名", "性别", "家庭成员", "手机号"],
        ["王芳", "女", "父亲", "19900000001"],
        [None, None, "母亲", None],
        ["李敏", "女", "父亲", "19900000002"],
    ]
    _roster, rows, skipped = opened(lines, [(1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 2, 3)])
    assert [row.row for row in rows] == [2, 4]
    assert skipped == {3: "continuation"}


def test_upper_headings_that_a_text_file_could_not_merge() -> None:
    lines: list[list[Cell]] = [
        ["流动党员台账"],
        ["序号", "姓名", "外出情况", None, None, "联系人", None, "备注"],
        [None, None, "时间", "地点", "原因", "姓名", "电话", None],
        [1, "王芳", "2018.03", "广东", "务工", "陆芳", "19900000088", None],
        [2, "李敏", "2019.03", "浙江", "经商", "陆芳", "19900000088", None],
    ]
    roster = open_roster(csv_text(Grid(padded(lines))), "x", today=TODAY)
    assert roster.header_rows == [2, 3]
    assert [column.field for column in roster.columns] == [
        None,
        "name",
        "departed_on",
        "destination",
        "departure_reason",
        "contact_person",
        "contact_person_phone",
        "note",
    ]
    assert [column.heading for column in roster.columns][2:7] == [
        "外出情况/时间",
        "外出情况/地点",
        "外出情况/原因",
        "联系人/姓名",
        "联系人/电话",
    ]


def test_columns_of_ticks() -> None:
    lines: list[list[Cell]] = [
        ["姓名", "性别", "流动党员", "失联党员", "备注"],
        ["王芳", "女", "√", None, None],
        ["李敏", "女", None, "√", None],
        ["赵静", "女", "√", None, None],
    ]
    roster, rows, _skipped = opened(lines)
    assert [column.field for column in roster.columns] == ["name", "gender", "is_mobile", "is_lost", "note"]
    assert [row.values.get("is_mobile") for row in rows] == [True, None, True]


def test_a_heading_of_two_rows_on_a_later_page_is_nobody() -> None:
    head: list[list[Cell]] = [
        ["序号", "基本信息", None, "党员信息", None, "备注"],
        [None, "姓名", "性别", "所在支部", "入党时间", None],
    ]
    names = ["王芳", "李建国", "赵敏", "周会"]
    people: list[list[Cell]] = [
        [at, name, "女", "青石村党支部", "2010-07", None] for at, name in enumerate(names, 1)
    ]
    roster, rows, skipped = opened([*head, *people, *head, *people])
    assert roster.header_rows == [1, 2]
    assert [row.values["name"] for row in rows] == [*names, *names]
    assert {number: reason for number, reason in skipped.items() if number > 2} == {
        len(people) + 3: "heading",
        len(people) + 4: "heading",
    }


def test_two_telephones_and_two_people() -> None:
    head: list[Cell] = ["姓名", "联系电话", "固定电话", "支部书记", "联系电话", "结对联系人", "联系电话"]
    roster, _rows, _skipped = opened(
        [
            head,
            ["王芳", "19900000001", "0855-1234567", "石磊", "19900000077", "陆芳", "19900000088"],
            ["李敏", "19900000002", None, "石磊", "19900000077", "陆芳", "19900000088"],
        ]
    )
    assert [column.field for column in roster.columns] == [
        "name",
        "phone",
        "landline",
        None,
        "home_unit_phone",
        "contact_person",
        "contact_person_phone",
    ]


def test_without_headings_of_their_own_values_speak() -> None:
    people: list[list[Cell]] = [["王芳", "青石村党支部", number, "女"] for number in IDS[:4]]
    roster, _rows, _skipped = opened([["姓名", "党支部", "证件", "x"], *people])
    assert [column.field for column in roster.columns] == ["name", "unit", "id_number", "gender"]
    assert roster.columns[3].confidence < roster.columns[2].confidence


def test_dates_against_each_other() -> None:
    head: list[Cell] = ["姓名", "出生日期", "入党时间", "转正时间", "外出时间", "返回时间"]
    lines: list[list[Cell]] = [
        head,
        ["甲一", "1950-05", "1972-05-01", "1972-05-01", "2019", "2020-01"],
        ["甲二", "1950-05", "1968-01-01", "1968-01-01", "2020-02", "2019"],
        ["甲三", "1980", "1980-01-01", "2010-07", "2010", "2010-07"],
        ["甲四", "1980-05-05", "1980-05-01", "1979-01", None, None],
        ["甲五", "1980-05-05", "2010-07", "2010-07", None, None],
        ["甲六", "1980-05-05", "2010", "2010", None, None],
    ]
    _roster, rows, _skipped = opened(lines)
    found = {row.values["name"]: {(problem.field, problem.code) for problem in row.problems} for row in rows}
    assert found == {
        "甲一": set(), "甲二": {("converted_on", "order"), ("returned_on", "order")}, "甲三": set(),
        "甲四": {("joined_on", "order"), ("converted_on", "order")}, "甲五": {("converted_on", "order")},
            "甲六": set(),
    }  # fmt: skip


def test_the_future() -> None:
    head: list[Cell] = ["姓名", "入党时间", "外出时间", "预计返回时间", "党费交至", "最近联系时间"]
    lines: list[list[Cell]] = [
        head,
        ["甲一", "2026-11", "2026-12-20", "2027-06", "2026-12", "2026-11-23"],
        ["甲二", "2026-12", "2028-01", "2029", "2035-01", "2026-11-24"],
    ]
    _roster, rows, _skipped = opened(lines)
    assert rows[0].problems == []
    assert {(problem.field, problem.code) for problem in rows[1].problems} == {
        ("joined_on", "future_date"), ("departed_on", "future_date"), ("dues_paid_to", "future_date"),
            ("last_contact_on", "future_date"),
    }  # fmt: skip
    assert rows[1].values == {"name": "甲二", "expected_return_on": "2029"}


def test_whoever_is_on_a_list_of_those_here_has_come() -> None:
    head: list[Cell] = ["姓名", "性别", "流出地党组织", "流入时间", "现住址"]
    lines: list[list[Cell]] = [
        ["流入党员名册"],
        head,
        ["王芳", "女", "青石村党支部", "2026-11-20", "某小区1栋"],
        ["李敏", "女", "青石村党支部", "2026-12-20", "某小区2栋"],
    ]
    _roster, (here, later), _skipped = opened(lines)
    assert here.values["departed_on"] == "2026-11-20"
    assert [(it.field, it.code) for it in later.problems] == [("departed_on", "future_date")]


def test_twice_in_the_file() -> None:
    head: list[Cell] = ["姓名", "性别", "出生年月", "手机号", "备注"]
    lines: list[list[Cell]] = [
        head,
        ["王芳", "女", "1985-03-12", "19900000001", None],
        ["王芳", "女", "1985-03-12", "19900000002", None],
        ["王芳", "女", "1985-03-12", "19900000001", "调出"],
        ["李敏", "女", "1985.03", None, None],
        ["李敏", "女", "1985.03", None, "二组"],
        ["李敏", "女", "1985.03", None, "二组"],
    ]
    _roster, rows, _skipped = opened(lines)
    assert {row.row: [(problem.field, problem.code) for problem in row.problems] for row in rows if row.problems} == {
        4: [("name", "duplicate_in_file")], 7: [("name", "duplicate_in_file")],
    }  # fmt: skip


def test_known_units() -> None:
    head: list[Cell] = ["姓名", "所在党支部"]
    written = [
        "中共青禾镇青石村支部委员会",
        "青石村党支部",
        "青石村",
        "青禾镇青石村党支部",
        "白云社区支部",
        "不存在党支部",
        "柳河",
    ]
    people: list[list[Cell]] = [["王芳", unit] for unit in written]
    known = ["中共青禾镇青石村支部委员会", "白云社区党支部", "柳河村党支部", "柳河社区党支部"]
    roster = open_roster(xlsx(Grid([head, *people])), "x", today=TODAY, units=known)
    rows = list(roster.rows())
    assert [row.row for row in rows if any(problem.code == "unknown_unit" for problem in row.problems)] == [
        7,
        8,
    ]
    assert "unit" not in rows[5].values
    assert rows[2].values["unit"] == "青石村"


def test_an_age_of_another_year_is_no_contradiction() -> None:
    _roster, rows, _skipped = opened(
        [["姓名", "身份证号", "年龄"], ["王芳", IDS[0], 38], ["李敏", IDS[1], 42]]
    )
    assert [row.problems for row in rows] == [[], []]


def test_a_conflicting_birth_date_does_not_contradict_the_joining_date_too() -> None:
    _roster, rows, _skipped = opened(
        [["姓名", "身份证号", "出生日期", "入党时间"], ["王芳", IDS[0], "2011-03-12", "2010-07"]]
    )
    assert [(problem.field, problem.code) for problem in rows[0].problems] == [("birth_on", "conflict")]
