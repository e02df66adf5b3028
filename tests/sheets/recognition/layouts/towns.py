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
            Spelled("流出情况/时间", "departed_on", ["2018.03", "2019.12", "2021.1"], ["2018-03", "2019-12", "2021-01"]),
            Spelled("流出情况/地点", "destination", ["广东深圳", "浙江", "福建"]),
            Spelled("流出情况/原因", "departure_reason", ["务工", "经商", "务工"]),
            Spelled("流入地党组织/名称", "host_unit", ["深圳某社区党支部", "义乌某党支部", None]),
            Spelled("流入地党组织/联系人/姓名", "host_contact", ["赵六", "钱七", None]),
            Spelled("流入地党组织/联系人/电话", "host_contact_phone", ["0755-12345678", "19900000012", None]),
            Spelled("流出地联系人/姓名", "contact_person", ["陆芳", "陆芳", "石磊"]),
            Spelled("流出地联系人/职务", None, ["委员", "委员", "书记"]),
            Spelled("流出地联系人/联系电话", "contact_person_phone", ["19900000088", "19900000088", "19900000099"]),
            Spelled("《流动党员活动证》/是否持有", "has_certificate", ["是", "是", "否"], [True, True, False]),
            Spelled("《流动党员活动证》/编号", "certificate_number", ["QH-001", "QH-002", "/"], ["QH-001", "QH-002", None]),
            Spelled("《流动党员活动证》/发放时间", "certificate_issued_on", ["2018.03.05", "2019/12/1", "——"], ["2018-03-05", "2019-12-01", None]),
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
            Spelled("姓　　名", "name", ["王　芳", "李\u200b建国", " 赵 敏 ", "买买提・依明", "ＡＢ·约翰"], ["王芳", "李建国", "赵敏", "买买提·依明", "AB·约翰"]),
            Spelled("性 别", "gender", ["女 ", "男", "女", "男性", "男"], ["female", "male", "female", "male", "male"]),
            Spelled("出 生\n年 月", "birth_on", ["八五年三月", "1970．1", "1992、11", "一九五五年八月", "'88.2.20"],
                    ["1985-03", "1970-01", "1992-11", "1955-08", "1988-02-20"]),
            Spelled("入党\n时间", "joined_on", ["2010年7月1日入党", "９５年６月", "二〇一五年十二月", "1980.01.", "2012.9.1（追认）"],
                    ["2010-07-01", "1995-06", "2015-12", "1980-01", "2012-09-01"]),
            Spelled("民　族", "ethnicity", ["汉", "01", "ZA", "维吾尔", "蒙古族"], ["汉族", "汉族", "藏族", "维吾尔族", "蒙古族"]),
            Spelled("手 机", "phone", ["199 0000 0001", "+86 19900000002", "19900000003（本人）", "019900000004", "电话：19900000005"],
                    ["19900000001", "19900000002", "19900000003", "19900000004", "19900000005"]),
            Spelled("是否失联", "is_lost", ["否", "没有", "×", "是（已上报）", "0"], [False, False, False, True, False]),
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
            Spelled("学历代码", "education", [20, 21, 31, 61, 71], ["大学本科教育", "大学本科毕业", "大学专科毕业", "普通高中毕业", "初中毕业"]),
            Spelled("学位代码", "degree", [4, 3, 401, None, None], ["学士", "硕士", "哲学学士学位", None, None]),
            Spelled("出生年月", "birth_on", [1985.03, 1970.1, 1992.11, 1955.08, 1988.02], ["1985-03", "1970-10", "1992-11", "1955-08", "1988-02"]),
            Spelled("入党年月", "joined_on", [201007, 199506, 201512, 198001, 201209], ["2010-07", "1995-06", "2015-12", "1980-01", "2012-09"]),
            Spelled("转正日期", "converted_on", [20110701, 19960620, 40725, 19810101, 41518], ["2011-07-01", "1996-06-20", "2011-07-01", "1981-01-01", "2013-09-01"]),
            Spelled("电话", "phone", [19900000001.0, 8551234567, 19900000003, 19900000004, 19900000005],
                    ["19900000001", "0855-1234567", "19900000003", "19900000004", "19900000005"]),
            Spelled("年收入（元）", "annual_income", [60000.0, 55000.5, 80000, 0, 12000], ["60000", "55000.5", "80000", "0", "12000"]),
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
            Spelled("出生年月", "birth_on", [Shown(date(1985, 3, 1), month), Shown(date(1970, 1, 1), "mmm-yy"), Shown(date(1992, 11, 30), "yyyy-mm-dd")],
                    ["1985-03", "1970-01", "1992-11-30"]),
            Spelled("入党时间", "joined_on", [Shown(date(2010, 7, 1), "yyyy.mm"), Shown(date(1995, 6, 1), "yyyy/m/d"), Shown(date(2015, 12, 1), "[$-804]yyyy年m月")],
                    ["2010-07", "1995-06-01", "2015-12"]),
            Spelled("党费交至", "dues_paid_to", [Shown(date(2026, 6, 1), month), "2026年9月", "2026.1-6月"], ["2026-06", "2026-09", "2026-06"]),
        ],
    )  # fmt: skip


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
            Spelled(
                "最近一次参加组织生活时间",
                "last_contact_on",
                ["2026.07.01", "2025.12"],
                ["2026-07-01", "2025-12"],
            ),
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
            Spelled("姓名", "name", ["王芳", "李建国", None, "石敏", "杨再兴", "李建国", "陈刚", "周杰"], ["王芳", "李建国", None, "石敏", "杨再兴", "李建国", "陈刚", "周杰"]),
            Spelled("身份证号", "id_number", [damaged, _IDS[1], _IDS[2], 5.22699195508e17, id_number("19880220", "男", 5), _IDS[1], "522699198813010114", "5226991988022"],
                    [None, _IDS[1], _IDS[2], None, _IDS[4], _IDS[1], None, None]),
            Spelled("性别", "gender", ["女", "男", "女", "妇", "女", "男", "男", "男"], ["female", "male", "female", None, "female", "male", "male", "male"]),
            Spelled("出生日期", "birth_on", ["1985-03-12", "1970-01-02", "1992-11-30", "1955-08-08", "1988-02-20", "1970-01-01", "1988-02-30", "2031-01-01"],
                    ["1985-03-12", "1970-01-02", "1992-11-30", "1955-08-08", "1988-02-20", "1970-01-01", None, None]),
            Spelled("民族", "ethnicity", ["汉", "火星族", "汉", "汉", "汉", "汉", "汉", "99"], ["汉族", None, "汉族", "汉族", "汉族", "汉族", "汉族", None]),
            Spelled("入党时间", "joined_on", ["2010-07-01", "1960-01", "2015-12-01", "1980年", "2012-09-01", "1995-06", "2010-07-01", "去年"],
                    ["2010-07-01", "1960-01", "2015-12-01", "1980", "2012-09-01", "1995-06", "2010-07-01", None]),
            Spelled("转正时间", "converted_on", ["2009-07-01", "1996-06", "2016-12-01", "1980年", "2012-09-01", "1996-06", "2011-07-01", "2027.1"],
                    ["2009-07-01", "1996-06", "2016-12-01", "1980", "2012-09-01", "1996-06", "2011-07-01", None]),
            Spelled("手机号", "phone", ["1990000001", "19900000002", "19900000003", "无", "1990000OOO5", "19900000002", "29900000007", "19900000008"],
                    [None, "19900000002", "19900000003", None, None, "19900000002", None, "19900000008"]),
        ],
        problems=[
            (0, "id_number", "checksum"), (0, "converted_on", "order"), (0, "phone", "length"),
            (1, "birth_on", "conflict"), (1, "ethnicity", "unknown_value"), (1, "joined_on", "order"),
            (2, "name", "required"), (3, "id_number", "format"), (3, "gender", "unknown_value"),
            (4, "gender", "conflict"), (4, "converted_on", "order"), (4, "phone", "format"),
            (5, "id_number", "duplicate_in_file"), (6, "id_number", "impossible_date"), (6, "birth_on", "impossible_date"), (6, "phone", "format"),
            (7, "id_number", "length"), (7, "birth_on", "future_date"), (7, "ethnicity", "unknown_value"),
            (7, "joined_on", "format"), (7, "converted_on", "future_date"),
        ],
    )  # fmt: skip


ALL: list[Callable[[], Layout]] = [
    branches_in_between, pages, merged_down, explained, counties, inflow, written_by_hand, by_numbers, months_shown,
    students, agency, hidden_parts, two_to_choose, planted,
]  # fmt: skip
