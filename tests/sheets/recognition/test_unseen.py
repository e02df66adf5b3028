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


def test_plain_words_mean_the_plain_thing_where_no_list_says_whose_it_is() -> None:
    """A list that only may be of those who came in is not taken for one: our branch is not the one elsewhere."""
    roster, _rows, _skipped = opened(
        [
            ["序号", "姓名", "活动证编号", "民族成份", "入党时间", "组织关系所在支部"],
            [1, "王芳", "QH00012", "汉", "2010-07-01", "青石村党支部"],
            [2, "李敏", "QH00013", "苗", "2012-07-01", "青石村党支部"],
        ]
    )
    assert roster.columns[-1].field == "unit"


def test_answers_to_a_question_are_no_state() -> None:
    lines: list[list[Cell]] = [[name, "女", "否"] for name in ("王芳", "李敏", "赵静", "石磊", "周刚")]
    roster, _rows, _skipped = opened([["姓名", "性别", "是否停止党籍"], *lines])
    assert [column.field for column in roster.columns] == ["name", "gender", None]


def test_somebody_is_no_total_however_words_and_numbers_stand() -> None:
    _roster, rows, skipped = opened(
        [
            ["姓名", "党龄", "有无活动证", "何时外出", "毕业院校", "年龄"],
            ["袁丽明", 16, "已办", 201910, "青禾中学", 76],
            ["周明艳\u3000", "30", "已办", 201504, "青禾中学", 57],
        ]
    )
    assert names(rows) == ["袁丽明", "周明艳"]
    assert not skipped


def test_a_missing_name_is_said_even_where_only_dates_stand() -> None:
    _roster, rows, _skipped = opened(
        [
            ["序号", "姓名", "外出日期", "年龄", "入党时间"],
            [1, "王芳", "2018", 56, "1991-07-01"],
            [2, None, "2018", 68, "1981-02-06"],
        ]
    )
    assert [(it.field, it.code) for it in rows[1].problems] == [("name", "required")]


def test_numbered_upper_headings_are_upper_headings() -> None:
    lines: list[list[Cell]] = [
        ["青禾镇退役军人党员花名册", None, None, None, None, None],
        ["序号", "一、个人身份", None, None, "二、联络", None],
        [None, "姓名", "性别", "民族", "手机号", "家庭住址"],
        [1, "王芳", "女", "汉", "19900000001", "青石村2组"],
        [2, "李敏", "女", "苗", "19900000002", "青石村3组"],
    ]
    merged = [(0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 1, 3), (1, 4, 1, 5)]
    roster, rows, _skipped = opened(lines, merged)
    assert roster.header_rows == [2, 3]
    assert roster.columns[1].heading == "一、个人身份/姓名"
    assert names(rows) == ["王芳", "李敏"]


def test_a_row_with_nothing_but_its_number_is_nobody() -> None:
    head: list[list[Cell]] = [["企业名称", "序号", "姓名", "性别"]]
    people: list[list[Cell]] = [["宏远公司", 1, "王芳", "女"], ["宏远公司", 2, "李敏", "女"]]
    _roster, rows, skipped = opened([*head, *people, [3, None, None, None], [None, 4, None, None]])
    assert names(rows) == ["王芳", "李敏"]
    assert set(skipped) == {4, 5}


def test_where_somebody_came_from_is_not_where_he_is() -> None:
    """And the branch here is the unit of those who came, whatever it is called."""
    lines: list[list[Cell]] = [
        ["桃源街道流入党员登记表", None, None, None, None],
        ["姓名", "性别", "流出地", "流出地党支部", "流入地情况/编入党支部"],
        ["王芳", "女", "湖南省邵阳市", "双桥村党支部", "东门社区党支部"],
        ["李敏", "女", "江西赣州", "石坪村党支部", "东门社区党支部"],
        ["赵静", "女", "湖北恩施", "高坪村党支部", "和平社区党支部"],
        ["石磊", "男", "河南信阳", "柳林村党支部", "和平社区党支部"],
    ]
    roster, _rows, _skipped = opened(lines, [(0, 0, 0, 4)])
    assert [it.field for it in roster.columns] == ["name", "gender", "native_place", "home_unit", "unit"]


def test_spoken_answers_are_answers() -> None:
    lines: list[list[Cell]] = [
        ["王芳", "女", "办了"], ["李敏", "女", "没办"], ["赵静", "女", "还没办"], ["石磊", "男", "领到了"],
    ]  # fmt: skip
    _roster, rows, _skipped = opened([["姓名", "性别", "活动证办了没"], *lines])
    assert [it.values["has_certificate"] for it in rows] == [True, False, False, True]


def test_a_title_that_comes_again_is_no_unit() -> None:
    head: list[list[Cell]] = [["编号", "姓名", "性别"]]
    again: list[list[Cell]] = [["青石村党员花名册（续）", None, None], *head]
    _roster, rows, skipped = opened(
        [["青石村党员花名册", None, None], *head, [1, "王芳", "女"], *again, [2, "李敏", "女"]]
    )
    assert [row.values for row in rows] == [
        {"name": "王芳", "gender": "female"},
        {"name": "李敏", "gender": "female"},
    ]
    assert skipped[4] == "title"
