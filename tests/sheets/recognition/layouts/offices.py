"""Layouts of colleges, agencies and careful officers, and one with every error planted."""

from __future__ import annotations

from collections.abc import Callable

from tests.sheets.recognition.layouts.spelling import Layout, Spelled, id_number, spell
from tests.sheets.recognition.layouts.writing import Grid

_FIVE = ["王芳", "李建国", "赵敏", "石 敏", "杨再兴"]
_FIVE_READ = ["王芳", "李建国", "赵敏", "石敏", "杨再兴"]
_IDS = [
    id_number("19850312", "女", 1), id_number("19700101", "男", 2), id_number("19921130", "女", 3),
    id_number("19550808", "女", 4), id_number("19880220", "男", 5),
]  # fmt: skip


def students() -> Layout:
    """A college's list: many columns that are nobody's field."""
    return spell(
        "students",
        [
            Spelled("学号", None, ["2020001", "2020002", "2020003"]),
            Spelled("姓名", "name", _FIVE[:3]),
            Spelled("籍贯", "native_place", ["云岭县", "云岭县青禾镇", "外县"]),
            Spelled("专业班级", None, ["会计1班", "会计1班", "护理2班"]),
            Spelled(
                "政治面貌",
                "stage",
                ["中共预备党员", "中共党员", "中共党员"],
                ["probationary", "full", "full"],
            ),
            Spelled("申请入党时间", None, ["2020.10", "2019.10", "2019.10"]),
            Spelled("积极分子时间", None, ["2021.05", "2020.05", "2020.05"]),
            Spelled(
                "接收为预备党员时间",
                "joined_on",
                ["2026.06", "2022.06", "2022.06"],
                ["2026-06", "2022-06", "2022-06"],
            ),
            Spelled("转正时间", "converted_on", [None, "2023.06", "2023.07"], [None, "2023-06", "2023-07"]),
            Spelled("入党介绍人", None, ["陆芳", "石磊", "石磊"]),
            Spelled("组织关系转往何处", None, ["青禾镇党委", "人才中心", "青禾镇党委"]),
            Spelled("毕业院校", None, ["某学院", "某学院", "某学院"]),
            Spelled("本人电话", "phone", ["19900000001", "19900000002", "19900000003"]),
            Spelled("家长电话", None, ["19900000011", "19900000012", "19900000013"]),
            Spelled("QQ号", None, ["100001", "100002", "100003"]),
            Spelled("微信号", "wechat", ["wx_wang", "19900000002", "zhao-min"]),
            Spelled(
                "邮箱",
                "email",
                ["wang@example.com", "li@example.com", "无"],
                ["wang@example.com", "li@example.com", None],
            ),
        ],
        above=[["2026届毕业生党员名册", *[None] * 16]],
        merge_titles=False,
        skipped={1: "title"},
    )


def agency() -> Layout:
    """A personnel agency: employers, dues, lost members."""
    return spell(
        "agency",
        [
            Spelled("档案编号", None, ["D001", "D002"]),
            Spelled("姓名", "name", ["王芳", "李建国"]),
            Spelled("公民身份号码", "id_number", _IDS[:2]),
            Spelled("工作单位及职务", "employer", ["某公司出纳", "自由职业"]),
            Spelled("参加工作时间", "started_work_on", ["2008-07", "1990-07"]),
            Spelled("所在党支部", "unit", ["人才中心第一党支部", "人才中心第二党支部"]),
            Spelled(
                "党费缴纳情况（截止月份）", "dues_paid_to", ["2026.06", "2026年3月"], ["2026-06", "2026-03"]
            ),
            Spelled("月缴党费", None, [12.5, 20]),
            Spelled("最近一次参加组织生活时间", None, ["2026.07.01", "2025.12"]),
            Spelled("失联日期", "lost_on", [None, "2026.1.5"], [None, "2026-01-05"]),
            Spelled("通讯地址", "home_address", ["某路1号", "某路2号"]),
            Spelled("邮编", None, ["556000", "556000"]),
        ],
        above=[
            ["流动人员党员情况一览表"],
            ["制表单位：人才服务中心", None, None, None, None, None, None, None, "2026年11月"],
        ],
        skipped={1: "title", 2: "unit"},
    )


def hidden_parts() -> Layout:
    """Hidden rows and columns count like all others; a hidden sheet of the same form does not; the roster is the second sheet."""
    layout = spell(
        "hidden parts",
        [
            Spelled("", None, [None] * 3),
            Spelled("姓名", "name", _FIVE[:3]),
            Spelled("身份证号", "id_number", _IDS[:3]),
            Spelled("入党日期", "joined_on", ["2010-07-01", "1995-06-20", "2015-12-01"]),
            Spelled("所属支部", "unit", ["青石村党支部"] * 3),
        ],
        above=[[], [None, "名册"], []],
        skipped={2: "title"},
    )
    layout.grids[0].hidden_rows = (5,)
    layout.grids[0].hidden_columns = (2,)
    del layout.columns["A"]
    old = Grid([*map(list, layout.grids[0].lines)], name="去年", hidden=True)
    layout.grids = [Grid([["目录"], ["见名册"]], name="封面"), layout.grids[0], old]
    return layout


def two_to_choose() -> Layout:
    """Two sheets that both are rosters: the one that was asked for is read."""
    columns = [
        Spelled("姓名", "name", _FIVE[:2]),
        Spelled("性别", "gender", ["女", "男"], ["female", "male"]),
        Spelled("电话", "phone", ["19900000001", "19900000002"]),
    ]
    layout = spell("two to choose", columns, sheet="白云社区")
    layout.grids.append(spell("other", columns, sheet="青石村").grids[0])
    layout.ask_for = "白云社区"
    return layout


def planted() -> Layout:
    """Every code of the contract, once or more, and nothing else."""
    damaged = _IDS[0][:17] + ("1" if _IDS[0][17] != "1" else "2")
    return spell(
        "planted",
        [
            Spelled("姓名", "name", ["王芳", "李建国", None, "石敏", "杨再兴", "李建国", "陈刚", "周杰"], ["王芳",
                "李建国", None, "石敏", "杨再兴", "李建国", "陈刚", "周杰"]),
            Spelled("身份证号", "id_number", [damaged, _IDS[1], _IDS[2], 5.22699195508e17, id_number("19880220",
                "男", 5), _IDS[1], "522699198813010114", "5226991988022"],
                    [None, _IDS[1], _IDS[2], None, _IDS[4], _IDS[1], None, None]),
            Spelled("性别", "gender", ["女", "男", "女", "妇", "女", "男", "男", "男"], ["female", "male",
                "female", None, "female", "male", "male", "male"]),
            Spelled("出生日期", "birth_on", ["1985-03-12", "1970-01-02", "1992-11-30", "1955-08-08", "1988-02-20",
                "1970-01-01", "1988-02-30", "2031-01-01"],
                    ["1985-03-12", "1970-01-02", "1992-11-30", "1955-08-08", "1988-02-20", "1970-01-01", None, None]),
            Spelled("民族", "ethnicity", ["汉", "火星族", "汉", "汉", "汉", "汉", "汉", "99"], ["汉族", None,
                "汉族", "汉族", "汉族", "汉族", "汉族", None]),
            Spelled("入党时间", "joined_on", ["2010-07-01", "1960-01", "2015-12-01", "1980年", "2012-09-01",
                "1995-06", "2010-07-01", "去年"],
                    ["2010-07-01", "1960-01", "2015-12-01", "1980", "2012-09-01", "1995-06", "2010-07-01", None]),
            Spelled("转正时间", "converted_on", ["2009-07-01", "1996-06", "2016-12-01", "1980年", "2012-09-01",
                "1996-06", "2011-07-01", "2027.1"],
                    ["2009-07-01", "1996-06", "2016-12-01", "1980", "2012-09-01", "1996-06", "2011-07-01", None]),
            Spelled("手机号", "phone", ["1990000001", "19900000002", "19900000003", "无", "1990000OOO5",
                "19900000002", "29900000007", "19900000008"],
                    [None, "19900000002", "19900000003", None, None, "19900000002", None, "19900000008"]),
        ],
        problems=[
            (0, "id_number", "checksum"), (0, "converted_on", "order"), (0, "phone", "length"),
            (1, "birth_on", "conflict"), (1, "ethnicity", "unknown_value"), (1, "joined_on", "order"),
            (2, "name", "required"), (3, "id_number", "format"), (3, "gender", "unknown_value"),
            (4, "gender", "conflict"), (4, "converted_on", "order"), (4, "phone", "format"),
            (5, "id_number", "duplicate_in_file"), (6, "id_number", "impossible_date"), (6, "birth_on",
                "impossible_date"), (6, "phone", "format"),
            (7, "id_number", "length"), (7, "birth_on", "future_date"), (7, "ethnicity", "unknown_value"),
            (7, "joined_on", "format"), (7, "converted_on", "future_date"),
        ],
    )  # fmt: skip


ALL: list[Callable[[], Layout]] = [students, agency, hidden_parts, two_to_choose, planted]
