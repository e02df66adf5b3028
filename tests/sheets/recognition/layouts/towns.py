"""Layouts of invented towns, as unlike each other as real ones are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.sheets.recognition.layouts.spelling import Layout, Spelled, id_number, spell
from tests.sheets.recognition.layouts.writing import Grid, Shown

_FIVE = ["王芳", "李建国", "赵敏", "石 敏", "杨再兴"]
_FIVE_READ = ["王芳", "李建国", "赵敏", "石敏", "杨再兴"]
_IDS = [
    id_number("19850312", "女", 1), id_number("19700101", "男", 2), id_number("19921130", "女", 3),
    id_number("19550808", "女", 4), id_number("19880220", "男", 5),
]  # fmt: skip


def branches_in_between() -> Layout:
    """Lines with the branch's name, sub-totals after each, a total at the end; no unit column."""
    layout = spell(
        "branches in between",
        [
            Spelled("序号", None, [1, 2, 1, 2, 3]),
            Spelled("姓名", "name", _FIVE, _FIVE_READ),
            Spelled(
                "性别",
                "gender",
                ["女", "男", "女", "女", "男"],
                ["female", "male", "female", "female", "male"],
            ),
            Spelled(
                "入党时间",
                "joined_on",
                ["2010.07", "1995.06", "2015.12", "1980.01", "2012.09"],
                ["2010-07", "1995-06", "2015-12", "1980-01", "2012-09"],
            ),
            Spelled(
                "联系电话",
                "phone",
                ["19900000001", "19900000002", "19900000003", "19900000004", "19900000005"],
            ),
        ],
        above=[["青禾镇党员花名册"], ["填表日期：2026年11月23日"]],
        between={0: (["一、青石村党支部（2人）"], "unit"), 2: (["二、白云社区党支部"], "unit")},
        below=[["小计", None, "3人"], ["合计", None, "5人"], [], ["备注：流动党员已在名册中标注。"]],
        skipped={1: "title", 2: "unit", 11: "subtotal", 12: "total", 14: "note"},
    )
    for row, values in layout.rows.items():
        values["unit"] = "青石村党支部" if row <= 6 else "白云社区党支部"
    layout.grids[0].merged += [(3, 0, 3, 4), (6, 0, 6, 4)]
    return layout


def pages() -> Layout:
    """A printed list: every page repeats title and heading, and ends with its own sum and page number."""
    return spell(
        "pages",
        [
            Spelled("序号", None, [1, 2, 3, 4]),
            Spelled("党员姓名", "name", _FIVE[:4], _FIVE_READ[:4]),
            Spelled("身份证号码", "id_number", _IDS[:4]),
            Spelled(
                "党员类别（正式、预备）",
                "stage",
                ["正式", "正式", "预备", "正式"],
                ["full", "full", "probationary", "full"],
            ),
            Spelled(
                "现居住地",
                "home_address",
                ["青石村一组", "青石村二组", "白云社区３栋", "柳河村"],
                ["青石村一组", "青石村二组", "白云社区3栋", "柳河村"],
            ),
        ],
        above=[["党员名册"]],
        between={
            2: (["序号", "党员姓名", "身份证号码", "党员类别（正式、预备）", "现居住地"], "heading"),
        },
        below=[["本页小计", 2], ["第 2 页", None, "共 2 页"]],
        skipped={1: "title", 8: "subtotal", 9: "footer"},
    )


def merged_down() -> Layout:
    """One branch and one contact person merged down several rows, telephone of that person too."""
    return spell(
        "merged down",
        [
            Spelled(
                "党支部名称",
                "unit",
                ["青石村党支部", None, None, "白云社区党支部", None],
                ["青石村党支部"] * 3 + ["白云社区党支部"] * 2,
            ),
            Spelled("流动党员姓名", "name", _FIVE, _FIVE_READ),
            Spelled("外出地点", "destination", ["广东", "浙江", "福建", "上海", "北京"]),
            Spelled(
                "联系党员", "contact_person", ["陆芳", None, None, "石磊", None], ["陆芳"] * 3 + ["石磊"] * 2
            ),
            Spelled(
                "联系电话",
                "contact_person_phone",
                [19900000088, None, None, "19900000099", None],
                ["19900000088"] * 3 + ["19900000099"] * 2,
            ),
        ],
        above=[["流动党员联系表"]],
        merged=[(2, 0, 4, 0), (5, 0, 6, 0), (2, 3, 4, 3), (5, 3, 6, 3), (2, 4, 4, 4), (5, 4, 6, 4)],
        skipped={1: "title"},
    )


def explained() -> Layout:
    """Numbers of columns, hints for filling in and an example row stand under the heading; instructions on a sheet of their own."""
    layout = spell(
        "explained",
        [
            Spelled("序号", None, [1, 2]),
            Spelled("*姓名", "name", ["王芳", "李建国"]),
            Spelled("*公民身份号码（18位）", "id_number", _IDS[:2]),
            Spelled("出生日期", "birth_on", ["1985-03-12", "1970年1月1日"], ["1985-03-12", "1970-01-01"]),
            Spelled(
                "手机号码（必填）", "phone", ["19900000001", "199-0000-0002"], ["19900000001", "19900000002"]
            ),
            Spelled("是否持证", "has_certificate", ["有", "无"], [True, False]),
        ],
        above=[["附件2", None, None, None, None, None], ["流动党员信息采集表"]],
        merge_titles=True,
        between={},
        skipped={1: "title", 2: "title"},
    )
    grid = layout.grids[0]
    grid.lines[3:3] = [
        [1, 2, 3, 4, 5, 6],
        ["自动生成", "必填", "必填，文本格式", "如：1985-03-12", "必填", "下拉选择"],
        ["示例", "张三", _IDS[4], "1988-02-20", "19900000000", "有"],
    ]
    layout.rows = {row + 3: values for row, values in layout.rows.items()}
    layout.skipped |= {4: "numbers", 5: "instruction", 6: "example"}
    guide = Grid(
        [
            ["填表说明"],
            ["1. 姓名：与身份证一致。"],
            ["2. 出生日期：格式如 1985-03-12。"],
            ["3. 是否持证：有或无。"],
        ],
        name="填表说明",
    )
    layout.grids.insert(0, guide)
    layout.grids.append(Grid([[]], name="Sheet3"))
    return layout


def counties() -> Layout:
    """Three heading rows, whose upper ones decide what the same lower words mean."""
    return spell(
        "counties",
        [
            Spelled("序号", None, [1, 2, 3]),
            Spelled("流动党员基本情况/姓名", "name", _FIVE[:3]),
            Spelled("流动党员基本情况/性别", "gender", ["女", "男", "女"], ["female", "male", "female"]),
            Spelled("流动党员基本情况/联系电话", "phone", ["19900000001", "19900000002", "19900000003"]),
            Spelled("流出情况/时间", "departed_on", ["2018.03", "2019.12", "2021.1"], ["2018-03", "2019-12",
                "2021-01"]),
            Spelled("流出情况/地点", "destination", ["广东深圳", "浙江", "福建"]),
            Spelled("流出情况/原因", "departure_reason", ["务工", "经商", "务工"]),
            Spelled("流入地党组织/名称", "host_unit", ["深圳某社区党支部", "义乌某党支部", None]),
            Spelled("流入地党组织/联系人/姓名", "host_contact", ["赵六", "钱七", None]),
            Spelled("流入地党组织/联系人/电话", "host_contact_phone", ["0755-12345678", "19900000012", None]),
            Spelled("流出地联系人/姓名", "contact_person", ["陆芳", "陆芳", "石磊"]),
            Spelled("流出地联系人/职务", None, ["委员", "委员", "书记"]),
            Spelled("流出地联系人/联系电话", "contact_person_phone", ["19900000088", "19900000088", "19900000099"]),
            Spelled("《流动党员活动证》/是否持有", "has_certificate", ["是", "是", "否"], [True, True, False]),
            Spelled("《流动党员活动证》/编号", "certificate_number", ["QH-001", "QH-002", "/"], ["QH-001",
                "QH-002", None]),
            Spelled("《流动党员活动证》/发放时间", "certificate_issued_on", ["2018.03.05", "2019/12/1", "——"],
                ["2018-03-05", "2019-12-01", None]),
        ],
        above=[["云岭县流动党员管理台账"]],
        skipped={1: "title"},
    )  # fmt: skip


def inflow() -> Layout:
    """Members who came in: the unit they belong to is elsewhere."""
    return spell(
        "inflow",
        [
            Spelled("编号", None, ["L1", "L2"]),
            Spelled("姓名", "name", ["王芳", "李建国"]),
            Spelled("流入时间", "departed_on", ["2020.03", "2021年"], ["2020-03", "2021"]),
            Spelled("流入原因", "departure_reason", ["务工", "随子女居住"]),
            Spelled("组织关系所在党支部", "home_unit", ["外县柳树村党支部", "外县东门社区党支部"]),
            Spelled("流出地党组织联系电话", "home_unit_phone", ["0856-1234567", "0857-7654321"]),
            Spelled("编入党支部", "unit", ["青石社区党支部", "青石社区党支部"]),
            Spelled("是否持有流动党员活动证", "has_certificate", ["√", ""], [True, None]),
            Spelled("联系方式", "phone", ["19900000001", "19900000002"]),
        ],
        above=[["流入党员登记表"]],
        skipped={1: "title"},
    )


def written_by_hand() -> Layout:
    """Spaced headings with line breaks, odd signs, every way to write a date, blanks everywhere."""
    return spell(
        "written by hand",
        [
            Spelled("№", None, ["①", "②", "③", "④", "⑤"]),
            Spelled("姓　　名", "name", ["王　芳", "李\u200b建国", " 赵 敏 ", "买买提・依明", "ＡＢ·约翰"],
                ["王芳", "李建国", "赵敏", "买买提·依明", "AB·约翰"]),
            Spelled("性 别", "gender", ["女 ", "男", "女", "男性", "男"], ["female", "male", "female", "male",
                "male"]),
            Spelled("出 生\n年 月", "birth_on", ["八五年三月", "1970．1", "1992、11", "一九五五年八月", "'88.2.20"],
                    ["1985-03", "1970-01", "1992-11", "1955-08", "1988-02-20"]),
            Spelled("入党\n时间", "joined_on", ["2010年7月1日入党", "９５年６月", "二〇一五年十二月", "1980.01.",
                "2012.9.1（追认）"],
                    ["2010-07-01", "1995-06", "2015-12", "1980-01", "2012-09-01"]),
            Spelled("民　族", "ethnicity", ["汉", "01", "ZA", "维吾尔", "蒙古族"], ["汉族", "汉族", "藏族",
                "维吾尔族", "蒙古族"]),
            Spelled("手 机", "phone", ["199 0000 0001", "+86 19900000002", "19900000003（本人）", "019900000004",
                "电话：19900000005"],
                    ["19900000001", "19900000002", "19900000003", "19900000004", "19900000005"]),
            Spelled("是否失联", "is_lost", ["否", "没有", "×", "是（已上报）", "0"], [False, False, False, True,
                False]),
            Spelled("备　注", "note", ["（无）", "N/A", "\\", "需走访", "—"], [None, None, None, "需走访", None]),
        ],
        above=[["　　青石村党员名单　　"]],
        skipped={1: "title"},
    )  # fmt: skip


def by_numbers() -> Layout:
    """Everything that Excel turns into numbers: 2010.07, 201007, 20100701, serials, codes, telephones."""
    return spell(
        "by numbers",
        [
            Spelled("姓名", "name", _FIVE, _FIVE_READ),
            Spelled("性别代码", "gender", [1.0, 2.0, 2, 1, 2], ["male", "female", "female", "male", "female"]),
            Spelled("民族代码", "ethnicity", [1, 6, 9, 12, 3], ["汉族", "苗族", "布依族", "侗族", "回族"]),
            Spelled("学历代码", "education", [20, 21, 31, 61, 71], ["大学本科教育", "大学本科毕业",
                "大学专科毕业", "普通高中毕业", "初中毕业"]),
            Spelled("学位代码", "degree", [4, 3, 401, None, None], ["学士", "硕士", "哲学学士学位", None, None]),
            Spelled("出生年月", "birth_on", [1985.03, 1970.1, 1992.11, 1955.08, 1988.02], ["1985-03", "1970-10",
                "1992-11", "1955-08", "1988-02"]),
            Spelled("入党年月", "joined_on", [201007, 199506, 201512, 198001, 201209], ["2010-07", "1995-06",
                "2015-12", "1980-01", "2012-09"]),
            Spelled("转正日期", "converted_on", [20110701, 19960620, 40725, 19810101, 41518], ["2011-07-01",
                "1996-06-20", "2011-07-01", "1981-01-01", "2013-09-01"]),
            Spelled("电话", "phone", [19900000001.0, 8551234567, 19900000003, 19900000004, 19900000005],
                    ["19900000001", "0855-1234567", "19900000003", "19900000004", "19900000005"]),
            Spelled("年收入（元）", "annual_income", [60000.0, 55000.5, 80000, 0, 12000], ["60000", "55000.5",
                "80000", "0", "12000"]),
        ],
        problems=[(2, "converted_on", "order")],
    )  # fmt: skip


def months_shown() -> Layout:
    """Dates that Excel made of a typed 2010年7月: the day was never written."""
    month = 'yyyy"年"m"月"'
    return spell(
        "months shown",
        [
            Spelled("姓名", "name", ["王芳", "李建国", "赵敏"]),
            Spelled("出生年月", "birth_on", [Shown(date(1985, 3, 1), month), Shown(date(1970, 1, 1), "mmm-yy"),
                Shown(date(1992, 11, 30), "yyyy-mm-dd")],
                    ["1985-03", "1970-01", "1992-11-30"]),
            Spelled("入党时间", "joined_on", [Shown(date(2010, 7, 1), "yyyy.mm"), Shown(date(1995, 6, 1),
                "yyyy/m/d"), Shown(date(2015, 12, 1), "[$-804]yyyy年m月")],
                    ["2010-07", "1995-06-01", "2015-12"]),
            Spelled("党费交至", "dues_paid_to", [Shown(date(2026, 6, 1), month), "2026年9月", "2026.1-6月"],
                ["2026-06", "2026-09", "2026-06"]),
        ],
    )  # fmt: skip


ALL: list[Callable[[], Layout]] = [
    branches_in_between, pages, merged_down, explained, counties, inflow, written_by_hand, by_numbers, months_shown,
]  # fmt: skip
