"""Habits of clerks: headings cut in two, ditto marks, blocks for each branch, rows that speak to programs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.sheets.recognition.layouts.writing import Cell
from tests.sheets.recognition.test_structures import HEAD, IDS, A, B, names, opened


def test_headings_cut_in_two() -> None:
    lines: list[list[Cell]] = [
        ["青石村党员名册"],
        ["序", "姓", "性", "出生", "联系", "家庭"],
        ["号", "名", "别", "年月", "电话", "住址"],
        [1, "王芳", "女", "1985.03", 19900000001.0, "青石村1组"],
        [2, "李敏", "女", "1985.03", 19900000002.0, "青石村2组"],
    ]
    roster, rows, skipped = opened(lines)
    assert roster.header_rows == [2, 3]
    assert [column.heading for column in roster.columns][1:4] == ["姓名", "性别", "出生年月"]
    assert [column.field for column in roster.columns] == [
        None, "name", "gender", "birth_on", "phone", "home_address",
    ]  # fmt: skip
    assert names(rows) == ["王芳", "李敏"]
    assert skipped == {1: "title"}


def test_a_title_beside_a_legend_is_no_heading() -> None:
    lines: list[list[Cell]] = [
        ["党员数据采集表"],
        [*HEAD],
        [*A, None, None, "代码说明"],
        [*B, None, None, "性别：1 男 2 女"],
    ]
    roster, rows, _skipped = opened(lines, [(0, 0, 0, 3)])
    assert [column.heading for column in roster.columns][:2] == ["姓名", "性别"]
    assert names(rows) == ["王芳", "李敏"]


def test_numbers_of_certificates_and_of_people() -> None:
    head: list[Cell] = ["证件编号", "持证人姓名", "发证日期"]
    numbers: list[list[Cell]] = [[f"黔QS第010{number}号", "王芳", "2025-03-01"] for number in range(5)]
    roster, _rows, _skipped = opened([head, *numbers])
    assert [column.field for column in roster.columns] == [
        "certificate_number",
        "name",
        "certificate_issued_on",
    ]
    people: list[list[Cell]] = [[number, "王芳", "2025-03-01"] for number in IDS[:5]]
    roster, _rows, _skipped = opened([head, *people])
    assert [column.field for column in roster.columns] == ["id_number", "name", "certificate_issued_on"]


@pytest.mark.parametrize("code", ["（代码）", "（如1980-01）", "(YYYY.MM)"])
def test_remarks_in_a_row_of_their_own_under_a_heading(code: str) -> None:
    lines: list[list[Cell]] = [
        ["姓名", "性别", "出生年月", "手机号"],
        [None, None, code, None],
        ["王芳", "女", "1985.03", "19900000001"],
        ["李敏", "女", "1985.03", "19900000002"],
    ]
    roster, rows, _skipped = opened(lines, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 3, 1, 3)])
    assert [column.field for column in roster.columns] == ["name", "gender", "birth_on", "phone"]
    assert names(rows) == ["王芳", "李敏"]


@pytest.mark.parametrize("ditto", ["〃", "″", "同上", '"', "”"])
def test_the_same_as_above(ditto: str) -> None:
    head: list[Cell] = ["序号", "姓名", "性别", "入党时间", "所在党支部", "备注"]
    lines: list[list[Cell]] = [
        head,
        [1, "王芳", "女", "2010.07", "青石村党支部", None],
        [2, "李敏", ditto, ditto, ditto, ditto],
        ["小计", 2],
        [3, "赵静", ditto, "2011.07", ditto, None],
    ]
    _roster, rows, _skipped = opened(lines)
    same = {"gender": "female", "unit": "青石村党支部"}
    assert [row.values for row in rows] == [
        {"name": "王芳", "joined_on": "2010-07", **same},
        {"name": "李敏", "joined_on": "2010-07", **same},
        {"name": "赵静", "joined_on": "2011-07", **same},
    ]
    assert not any(row.problems for row in rows)


def test_marks_and_remarks_at_names() -> None:
    written = ["王　芳（女）", "李敏*", "★赵静", "孙丽(预备)", "1.周红", "冯刚、", "▲陈红"]
    people: list[list[Cell]] = [[name, "女"] for name in written]
    _roster, rows, skipped = opened([["姓名", "性别"], *people])
    assert names(rows) == ["王芳", "李敏", "赵静", "孙丽", "周红", "冯刚", "陈红"]
    assert skipped == {}


def test_a_list_of_nothing_but_names() -> None:
    _roster, rows, _skipped = opened([["序号", "姓名"], [1, "王芳"], [2, "李敏"]])
    assert names(rows) == ["王芳", "李敏"]


def test_stages_without_a_heading_that_says_so() -> None:
    lines: list[list[Cell]] = [
        ["姓名", "性别", "类别"],
        ["王芳", "女", "正式"],
        ["李敏", "女", "预备"],
        ["赵静", "女", "正式"],
    ]
    roster, _rows, _skipped = opened(lines)
    assert [column.field for column in roster.columns] == ["name", "gender", "stage"]


def test_a_block_for_each_branch() -> None:
    lines: list[list[Cell]] = [
        ["青石村党支部"],
        HEAD,
        [*A],
        [],
        ["白云社区党支部"],
        HEAD,
        [*B],
        ["合计", "2人"],
    ]
    _roster, rows, skipped = opened(lines)
    assert [row.values["unit"] for row in rows] == ["青石村党支部", "白云社区党支部"]
    assert skipped == {1: "title", 5: "unit", 6: "heading", 8: "total"}
    _roster, rows, _skipped = opened([["青石村党支部"], HEAD, [*A], [*B]])
    assert not any("unit" in row.values for row in rows)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (["Name", "Sex", "ID", "Tel"], "heading"), (["A0101", "A0104", "A0184", "C0103"], "instruction"),
        (["xm", "xb", "sfzh", "sjh"], "instruction"), (["张三（样例，请删除）", "女", IDS[7], "19900000000"], "example"),
    ],
)  # fmt: skip
def test_rows_for_programs_and_readers_of_english(line: list[Cell], reason: str) -> None:
    _roster, rows, skipped = opened([HEAD, line, [*A], [*B]])
    assert names(rows) == ["王芳", "李敏"]
    assert skipped == {2: reason}


PEOPLE = ("王芳", "李敏", "赵静", "欧阳静文", "石磊")


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("返乡的人", PEOPLE, "name"),
        ("被核查党员", PEOPLE, "name"),
        ("班干", PEOPLE, None),
        ("族群", ("汉", "苗族", "汉", "布依", "汉族"), "ethnicity"),
        ("线上收件", [f"wz{number}@example.com" for number in range(5)], "email"),
        ("研究室党支部", ["一室党支部", "二室党支部"] * 3, "unit"),
        ("耕地面积地", ["82", "44", "35", "40", "38"], None),
    ],
)
def test_values_speak_where_a_heading_says_little(
    heading: str, values: Sequence[str], field: str | None
) -> None:
    phones = [f"1990000000{number}" for number in range(5)]
    rows: list[list[Cell]] = [["手机号码", "性别", heading]]
    rows += [[phone, "女", value] for phone, value in zip(phones, values, strict=False)]
    roster, _rows, _skipped = opened(rows)
    assert roster.columns[2].field == field


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("+852 6000 0000", "0085260000000"),
        ("0049 30 901820", "004930901820"),
        ("004930901820", "004930901820"),
        ("+86 199 0000 0001", "19900000001"),
        ("+19900000001", "19900000001"),
        ("+852 123", None),
    ],
)
def test_a_telephone_abroad_is_kept_as_it_is_dialled_from_here(written: str, read: str | None) -> None:
    _roster, (row,), _skipped = opened([["姓名", "性别", "手机号码"], ["韦志强", "男", written]])
    assert row.values.get("phone") == read
    assert [it.code for it in row.problems] == ([] if read else ["length"])


def test_whoever_a_list_is_of_gives_way_to_a_name() -> None:
    head: list[Cell] = ["班主任姓名", "姓名", "性别", "手机号码"]
    lines: list[list[Cell]] = [["石磊", name, "女", f"1990000000{at}"] for at, name in enumerate(PEOPLE)]
    roster, rows, _skipped = opened([head, *lines])
    assert [column.field for column in roster.columns] == [None, "name", "gender", "phone"]
    assert names(rows) == list(PEOPLE)


def test_a_heading_of_a_later_page_is_no_person() -> None:
    head: list[Cell] = ["隶属的支部", "人员姓名", "性别", "学历层次"]
    lines: list[list[Cell]] = [["青石村党支部", name, "女", "大学"] for name in PEOPLE]
    _roster, rows, skipped = opened([head, *lines, head, *lines])
    assert (len(rows), skipped) == (10, {7: "heading"})


@pytest.mark.parametrize(("beside", "field"), [("来本社区时间", "home_unit"), ("外出时间", "unit")])
def test_a_former_branch_is_the_home_unit_unless_the_list_is_of_those_who_left(
    beside: str, field: str
) -> None:
    head: list[Cell] = ["序号", "姓名", "原党支部", beside, "外出地点" if field == "unit" else "现住址"]
    lines: list[list[Cell]] = [["1", name, "青石村党支部", "2026-03", "广东省东莞市"] for name in PEOPLE]
    roster, _rows, _skipped = opened([head, *lines])
    assert roster.columns[2].field == field


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("类别", ("流出", "流入", "流出", "流出", "流入"), "direction"),
        ("流向类型", ("跨省流动", "省内", "县内", "省外", "跨省"), "direction"),
        ("外出流向", ("广东省深圳市", "浙江省义乌市", "上海市松江区", "本省贵阳市", "美国"), "destination"),
        ("外出流向", ("省外", "省内", "省外", "境外", "省外"), "direction"),
        ("外出形式", ("务工", "经商", "随子女居住", "求学", "务工"), "departure_reason"),
        ("外出类别", ("务工", "经商", "随子女居住", "求学", "务工"), "departure_reason"),
        ("外出类别", ("省外", "省内", "省外", "县外", "省外"), "direction"),
        ("党员活动证", ("有", "无", "有", "有", "√"), "has_certificate"),
        ("组织关系转入支部", ["柳树村党支部", "石桥村党支部"] * 3, "unit"),
        ("登记对象", PEOPLE, "name"),
        ("入党志愿书编号", [f"0855-600030{number}" for number in range(5)], None),
        ("村别", ["响水村党支部", "大湾村党支部"] * 3, "unit"),
        ("排查单位", ["响水村党支部", "大湾村党支部"] * 3, "unit"),
        ("律所名称", ["江天律师事务所", "正衡律师事务所"] * 3, "employer"),
        ("入党时所在村级组织", ["响水村党支部", "大湾村党支部"] * 3, None),
        ("返乡后打算", ("务农", "创业", "不定", "待定", "务农"), None),
    ],
)
def test_the_same_words_over_other_values(heading: str, values: Sequence[str], field: str | None) -> None:
    rows: list[list[Cell]] = [["手机号码", "性别", heading]]
    rows += [[f"1990000000{at}", "女", value] for at, value in enumerate(values)]
    roster, _rows, _skipped = opened(rows)
    assert roster.columns[2].field == field


@pytest.mark.parametrize(
    ("title", "heading", "beside", "field"),
    [
        ("驻甬商会党员名册", "流出地党组织（县/镇/村）", "来甬时间 现住址", "home_unit"),
        ("流出党员名册", "流出地党组织", "流出时间 流出地点", "unit"),
        ("流动党员名册", "组织关系所在党支部", "外出时间 外出地点", "unit"),
        ("流入党员名册", "组织关系所在党支部", "流入时间 现住址", "home_unit"),
        ("小区党员报到名册", "原党支部", "报到时间 现住址", "home_unit"),
        ("租住党员摸排表", "户籍地党组织", "入住时间 现住址", "home_unit"),
    ],
)
def test_whose_unit(title: str, heading: str, beside: str, field: str) -> None:
    lines: list[list[Cell]] = [[title], ["序号", "姓名", "手机号码", heading, *beside.split()]]
    lines += [
        [str(at), name, f"1990000000{at}", "青石村党支部", "2026-03", "东莞市"]
        for at, name in enumerate(PEOPLE)
    ]
    roster, _rows, _skipped = opened(lines)
    assert roster.columns[3].field == field
