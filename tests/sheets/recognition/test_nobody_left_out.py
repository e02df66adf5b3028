"""Whoever stands in a roster comes out of it, however he is called and whatever is missing; nobody comes out who is none."""

from __future__ import annotations

import pytest

from tests.sheets.recognition.layouts.spelling import id_number
from tests.sheets.recognition.layouts.writing import Cell
from tests.sheets.recognition.test_structures import opened
from yanzhen.sheets.recognition.outcome import Value

IDS = [id_number("19850312", "女", order) for order in range(1, 5)]
HEAD: list[Cell] = [
    "序号",
    "姓名",
    "性别",
    "民族",
    "身份证号",
    "出生日期",
    "入党时间",
    "手机号",
    "工作单位",
    "备注",
]
ABOVE: list[Cell] = [1, "王芳", "女", "汉族", IDS[0], "1985-03-12", "2010-07", "19900000001", "青石村", None]
BELOW: list[Cell] = [3, "李敏", "女", "汉族", IDS[1], "1985-03-12", "2010-07", "19900000002", "青石村", None]


def line_between(
    line: list[Cell], *, first: bool
) -> tuple[list[tuple[Value | None, list[str]]], dict[int, str]]:
    """Names and problems of the line's rows with what was skipped, the line standing first or second in the list."""
    _roster, rows, skipped = opened(
        [HEAD, line, [*ABOVE], [*BELOW]] if first else [HEAD, [*ABOVE], line, [*BELOW]]
    )
    place = 2 if first else 3
    found = [
        (row.values.get("name"), [problem.code for problem in row.problems])
        for row in rows
        if row.row == place
    ]
    assert len(rows) == 2 + len(found)
    return found, skipped


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "何计", "王总", "单位", "单备", "备注", "李村", "王镇", "张所", "周村夫", "阿卜杜拉·买买提", "古丽·小村", "昭", "李A",
        "John Li", "欧阳静文", "乌云其木格", "张一致", "李说明", "共和", "注册", "甲", "李组", "钱局", "小计", "统计", "完",
    ],
)  # fmt: skip
@pytest.mark.parametrize("told", [[None, None, IDS[2]], ["女", "汉族", IDS[2], "1985-03-12"]])
def test_however_he_is_called(name: str, told: list[Cell], first: bool) -> None:
    assert line_between([2, name, *told], first=first) == ([(name, [])], {})


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("name", ["何计", "王总", "李村", "张所", "昭", "李A", "共和", "单位", "小计"])
def test_with_nothing_but_a_telephone(name: str, first: bool) -> None:
    line: list[Cell] = [None, name, None, None, None, None, None, "19900000003"]
    assert line_between(line, first=first) == ([(name, [])], {})


@pytest.mark.parametrize("name", ["何计", "王总", "李村", "昭", "李A", "周村夫", "欧阳静文"])
def test_with_nothing_but_a_number_in_front(name: str) -> None:
    assert line_between([2, name], first=False) == ([(name, [])], {})


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (["女", None, IDS[2], None, None, None, None, "原单位：某厂"], []),
        (["女", None, None, None, None, "19900000003", None, "联系人：陆芳"], []),
        (["女"], []),
        ([None, None, None, "1985-03-12", "2010-07"], []),
        ([None, None, "52269919850312032"], ["length"]),
        ([None, None, 522699198503120325.0], ["format"]),
        ([None, None, "5.22699E+17"], ["format"]),
        ([None, None, "5226991985", "1985年13月", None, "1990000"], ["length", "impossible_date", "length"]),
    ],
)  # fmt: skip
def test_without_a_name(told: list[Cell], codes: list[str], first: bool) -> None:
    assert line_between([2, None, *told], first=first) == ([(None, ["required", *codes])], {})


def test_errors_in_the_first_row_are_no_explanation() -> None:
    line: list[Cell] = [2, "赵静", "不详", "不明", "5226991985", "19850332x", None, "1990000"]
    codes = ["unknown_value", "unknown_value", "length", "format", "length"]
    assert line_between(line, first=True) == ([("赵静", codes)], {})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (["经办人"], "footer"), ([None, "经办人"], "footer"), (["经办人", "陆芳"], "footer"), ([None, "填表人：", "陆芳"], "footer"),
        ([None, None, None, None, None, None, None, "经办人", "陆芳"], "footer"),
        ([None, None, "审核人：", None, "王大明", None, None, "19900000003"], "footer"),
        (["经手人：", "柯广田", "复核：", None, None, "詹海燕"], "footer"), ([None, "应到人数", "12"], "total"),
        ([None, "实到党员数", "11"], "total"),
        (["支部书记：", "石磊", None, None, None, None, None, "19900000003"], "footer"),
        (["支部书记", "石磊", None, None, None, None, None, "19900000003"], "footer"),
        (["青禾镇党委", None, None, None, None, None, None, "2026年春"], "footer"), (["青石村", 12, 3, "无"], "total"),
        (["正式党员", 12, "预备党员", 1, "流动党员", 3], "total"), (["男", 12, "女", 1], "total"), (["其中：", None, "女党员1名"], "total"),
        (["序号", "党员姓名", "男女", "民族", "公民身份号码", "出生年月", "入党日期", "联系电话", "单位", "备注"], "heading"),
    ],
)  # fmt: skip
def test_who_is_nobody(line: list[Cell], reason: str) -> None:
    assert line_between(line, first=False) == ([], {3: reason})


def test_members_beneath_a_signature() -> None:
    signed: list[list[Cell]] = [["中共青禾镇委员会"], ["2026年11月23日"], []]
    _roster, rows, skipped = opened([HEAD, [*ABOVE], *signed, [*BELOW]])
    assert [row.values["name"] for row in rows] == ["王芳", "李敏"]
    assert skipped == {3: "footer", 4: "footer"}


def test_a_word_for_a_job_in_the_first_column_signs_nothing() -> None:
    head: list[Cell] = ["职务", "姓名", "联系电话"]
    _roster, rows, _skipped = opened(
        [head, ["支部书记", "王芳", "19900000001"], ["联络员", "李敏", "19900000002"], ["统计", "赵静", None]]
    )
    assert [row.values.get("position") for row in rows] == ["支部书记", "联络员", "统计"]
