"""What rosters by unknown hands taught about structure."""

from __future__ import annotations

from tests.sheets.recognition.layouts.writing import Cell
from tests.sheets.recognition.test_structures import IDS, names, opened


def test_merged_cells_are_no_halves_of_words() -> None:
    """流出地 over 党组织 over 名称: a heading of three rows, however short its words."""
    lines: list[list[Cell]] = [
        ["序号", "姓名", "性别", "流出地", None, "流入地", None],
        [None, None, None, "党组织", None, "党组织", "居住地"],
        [None, None, None, "名称", "电话", "名称", None],
        [1, "王芳", "女", "青石村党支部", "0855-1234567", "东门社区党支部", "东门小区1栋"],
        [2, "李敏", "女", "柳树村党支部", "0855-1234568", "东门社区党支部", "东门小区2栋"],
    ]
    merged = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 2, 2), (0, 3, 0, 4), (0, 5, 0, 6), (1, 3, 1, 4)]
    roster, rows, _skipped = opened(lines, merged)
    assert roster.header_rows == [1, 2, 3]
    assert roster.columns[4].heading == "流出地/党组织/电话"
    assert names(rows) == ["王芳", "李敏"]


def test_a_heading_that_comes_again_is_nobody_whatever_stands_above() -> None:
    head: list[list[Cell]] = [
        ["序号", "姓名", "岗位信息", None, "旧编号"],
        [None, None, "岗位名称", "责任区", None],
    ]
    people: list[list[Cell]] = [
        [at, name, "护林", "东线", "H01"] for at, name in enumerate(("王芳", "李敏"), 1)
    ]
    _roster, rows, _skipped = opened([*head, *people, *head, *people])
    assert names(rows) == 2 * ["王芳", "李敏"]


def test_without_a_word_for_names_the_first_persons_have_them() -> None:
    riders = ["王芳", "李敏", "赵静", "石磊"]
    people: list[list[Cell]] = [[name, "女", number] for name, number in zip(riders, IDS, strict=False)]
    roster, rows, skipped = opened(
        [["骑手", "性别", "身份证号码"], *people, ["名单仅供内部使用", None, None]]
    )
    assert roster.columns[0].field == "name"
    assert names(rows) == riders
    assert skipped[len(people) + 2] == "note"


def test_a_sex_with_a_question_mark_is_none() -> None:
    _roster, (row,), _skipped = opened([["姓名", "性别"], ["王芳", "女（？）"]])
    assert [(it.field, it.code) for it in row.problems] == [("gender", "unknown_value")]
