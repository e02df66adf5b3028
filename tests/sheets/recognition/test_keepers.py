"""Lists of contact persons, one cell naming all whom he keeps in touch with; and cells that only look like it."""

from __future__ import annotations

import pytest

from tests.sheets.recognition.layouts.writing import Cell
from tests.sheets.recognition.test_structures import opened
from yanzhen.sheets.recognition.keepers import people

SHILEI = {"unit": "双溪村党支部", "contact_person": "石磊", "contact_person_phone": "19900001111"}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("王桐林、李水生，赵小满", ["王桐林", "李水生", "赵小满"]),
        ("王　芳；李水生", ["王　芳", "李水生"]),
        ("王桐林 李水生", ["王桐林", "李水生"]),
        ("王 芳", ["王 芳"]),
        ("1.王桐林\n2.李水生", ["王桐林", "李水生"]),
        ("王桐林（深圳、务工）、李水生等2人", ["王桐林", "李水生"]),
        ("王桐林、王桐林", ["王桐林"]),
        ("王桐林、李水生  赵小满（在深圳）", ["王桐林", "李水生", "赵小满"]),
        ("王桐林（务工、在深圳）李水生，王 芳", ["王桐林", "李水生", "王 芳"]),
        ("1. 王桐林 2. 李水生", ["王桐林", "李水生"]),
        ("", []),
        (3.0, []),
    ],
)
def test_names_in_a_cell(cell: object, names: list[str]) -> None:
    assert people(cell) == names


@pytest.mark.parametrize(
    "headings",
    [
        ["所在党支部", "联系人", "职务", "联系电话", "联系的流动党员", "备注"],
        ["支部", "联系人姓名", "党内职务", "联系人电话", "流动党员姓名", "说明"],
        ["党支部", "姓名", "职务", "手机号码", "所联系流动党员名单", "备注"],
        ["党支部名称", "包联干部", "职务", "电话", "包联对象", "备注"],
    ],
)
def test_each_member_is_a_row(headings: list[Cell]) -> None:
    roster, rows, _skipped = opened(
        [
            ["青禾镇流动党员联系人一览表"],
            headings,
            ["双溪村党支部", "石磊", "书记", "19900001111", "王桐林、李水生", "每月联系"],
            ["双溪村党支部", "卢芳", "委员", "19900002222", "陈家旺", ""],
            ["双溪村党支部", "谭小兰", "委员", "19900003333", "周文、王桐林", ""],
        ]
    )
    assert [it.field for it in roster.columns] == [
        "unit",
        "contact_person",
        None,
        "contact_person_phone",
        "name",
        None,
    ]
    assert [(row.row, row.part, row.values["name"], row.values["contact_person"]) for row in rows] == [
        (3, 0, "王桐林", "石磊"),
        (3, 1, "李水生", "石磊"),
        (4, 0, "陈家旺", "卢芳"),
        (5, 0, "周文", "谭小兰"),
        (5, 1, "王桐林", "谭小兰"),
    ]
    assert rows[0].values == {**SHILEI, "name": "王桐林"}
    assert len({row.key for row in rows}) == 5
    # Each member has one contact person: whoever is given to a second one is said to be there already.
    assert [[it.code for it in row.problems] for row in rows] == [[], [], [], [], ["duplicate_in_file"]]


@pytest.mark.parametrize("members", ["结对党员", "联系党员", "负责联系的流动党员", "挂钩联系对象"])
@pytest.mark.parametrize("keeper", ["联系人", "责任人", "帮扶责任人", "支委委员"])
def test_whoever_stands_alone_beside_them_is_their_contact_person(keeper: str, members: str) -> None:
    """Whatever the heading above him: with several members in a cell it is he who keeps in touch with them."""
    roster, rows, _skipped = opened(
        [
            ["党支部", keeper, "联系电话", members],
            ["双溪村党支部", "石磊", "19900001111", "王桐林、李水生  赵小满（在深圳）"],
            ["双溪村党支部", "卢芳", "19900002222", "陈家旺"],
        ]
    )
    assert [it.field for it in roster.columns] == ["unit", "contact_person", "contact_person_phone", "name"]
    assert [row.values["name"] for row in rows] == ["王桐林", "李水生", "赵小满", "陈家旺"]
    assert rows[2].values == {**SHILEI, "name": "赵小满"}


def test_a_member_with_several_names_beside_him_stays_one_row() -> None:
    """入党介绍人 and 家庭成员 are several in a cell too, and nobody's contact person."""
    roster, rows, _skipped = opened(
        [
            ["姓名", "入党介绍人", "家庭成员", "联系人"],
            ["王桐林", "石磊、卢芳", "王大山、李春兰", "石磊"],
            ["李水生", "石磊、谭小兰", "李大海、周春梅", "石磊"],
        ]
    )
    assert [row.values["name"] for row in rows] == ["王桐林", "李水生"]
    assert [it.field for it in roster.columns] == ["name", None, None, "contact_person"]
