"""The six layouts A to F of the regulations, with invented people of 云岭县青禾镇."""

from __future__ import annotations

from datetime import date

from tests.sheets.recognition.layouts.spelling import Layout, Spelled, id_number, spell
from tests.sheets.recognition.layouts.writing import Cell, Grid, Shown

_DAY = 'yyyy"年"mm"月"dd"日"'
_NAMES = ["王　芳", "李建国", "赵敏", "石 敏"]
_READ_NAMES = ["王芳", "李建国", "赵敏", "石敏"]


def _days(*texts: str) -> list[Cell]:
    return [Shown(date.fromisoformat(text), _DAY) if text else None for text in texts]


def a() -> Layout:
    """A, 党员基本信息汇总表: four heading rows, serials shown as days, codes, telephone numbers as numbers."""
    numbers = [
        id_number("19850312", "女"),
        id_number("19700101", "男"),
        id_number("19921130", "女"),
        id_number("19550808", "女"),
    ]
    columns = [
        Spelled("党员基本信息/基本情况/个人信息/序号", None, [1, 2, 3, 4]),
        Spelled("党员基本信息/基本情况/个人信息/姓名", "name", _NAMES, _READ_NAMES),
        Spelled("党员基本信息/基本情况/个人信息/所在党支部", "unit", ["中共青禾镇青石村支部委员会"] * 4),
        Spelled("党员基本信息/基本情况/个人信息/公民身份证号", "id_number", numbers),
        Spelled("党员基本信息/基本情况/个人信息/性别", "gender", ["女", "男", "女", "女"], ["female", "male",
            "female", "female"]),
        Spelled("党员基本信息/基本情况/个人信息/民族", "ethnicity", ["汉族", "苗", "布依", "土家族"], ["汉族",
            "苗族", "布依族", "土家族"]),
        Spelled("党员基本信息/基本情况/个人信息/出生日期", "birth_on", _days("1985-03-12", "1970-01-01",
            "1992-11-30", "1955-08-08"),
                ["1985-03-12", "1970-01-01", "1992-11-30", "1955-08-08"]),
        Spelled("党员基本信息/基本情况/个人信息/学历", "education", [21, "31", "大专", 71], ["大学本科毕业",
            "大学专科毕业", "大专", "初中毕业"]),
        Spelled("党员基本信息/党籍情况/发展情况/人员类别", "stage", ["正式党员", "正式党员", "预备党员",
            "正式党员"], ["full", "full", "probationary", "full"]),
        Spelled("党员基本信息/党籍情况/发展情况/加入党组织日期", "joined_on", _days("2010-07-01", "1995-06-20",
            "2026-06-30", "1972-05-01"),
                ["2010-07-01", "1995-06-20", "2026-06-30", "1972-05-01"]),
        Spelled("党员基本信息/党籍情况/发展情况/转为正式党员日期", "converted_on", _days("2011-07-01",
            "1996-06-20", "", "1972-05-01"),
                ["2011-07-01", "1996-06-20", None, "1972-05-01"]),
        Spelled("党员基本信息/党籍情况/发展情况/工作岗位", "position", ["1011", "1012", "村委会主任", "1011"],
                ["农牧渔业生产人员", "外出务工经商人员", "村委会主任", "农牧渔业生产人员"]),
        Spelled("联系方式/手机号", "phone", [19900000001, 19900000002.0, "199 0000 0003", "+86-19900000004"],
                ["19900000001", "19900000002", "19900000003", "19900000004"]),
        Spelled("联系方式/固定电话", "landline", ["0855-1234567", None, "（0855）7654321", "08551112223"],
            ["0855-1234567", None, "0855-7654321", "0855-1112223"]),
        Spelled("联系方式/家庭住址", "home_address", ["云岭县青禾镇青石村３组１２号", "云岭县青禾镇", "/",
            " 云岭县青禾镇白云社区 "],
                ["云岭县青禾镇青石村3组12号", "云岭县青禾镇", None, "云岭县青禾镇白云社区"]),
        Spelled("管理信息/党籍状态", "membership_status", ["正常"] * 4),
        Spelled("管理信息/是否为失联党员", "is_lost", ["否", "否", "否", "是"], [False, False, False, True]),
        Spelled("管理信息/失去联系日期", "lost_on", [*_days("", "", ""), Shown(date(2024, 5, 1), _DAY)], [None,
            None, None, "2024-05-01"]),
        Spelled("管理信息/是否为流动党员", "is_mobile", ["是", "否", "是", "否"], [True, False, True, False]),
        Spelled("管理信息/外出流向", "direction", ["跨省流动", "无", "省内跨市", "-"], ["跨省流动", None,
            "省内跨市", None]),
    ]  # fmt: skip
    layout = spell(
        "A",
        columns,
        above=[["党员基本信息汇总表"], ["填报单位：青禾镇党委        填报日期：2026年11月"]],
        skipped={1: "title", 2: "unit"},
    )
    layout.grids.append(_code_list())
    return layout


def _code_list() -> Grid:
    """The sheet by which a workbook explains its own codes."""
    return Grid(
        [
            ["工作岗位代码表", None],
            ["代码", "名称"],
            ["1011", "农牧渔业生产人员"],
            ["1012", "外出务工经商人员"],
            ["1013", "乡村医生"],
            ["4010", "离休干部"],
        ],
        name="岗位代码",
    )


def b() -> Layout:
    """B, 流动党员花名册: one heading row, dates as 2010.07."""
    return spell(
        "B",
        [
            Spelled("姓名", "name", _NAMES, _READ_NAMES),
            Spelled("性别", "gender", ["女", "男", "女", " 女 "], ["female", "male", "female", "female"]),
            Spelled(
                "出生年月",
                "birth_on",
                ["1985.03", "1970.01", "1992.11", "1955.8"],
                ["1985-03", "1970-01", "1992-11", "1955-08"],
            ),
            Spelled("文化程度", "education", ["初中", "高中", "大专", "小学"]),
            Spelled(
                "外出时间",
                "departed_on",
                ["2018.03", "201907", "2020年2月", "2021-09"],
                ["2018-03", "2019-07", "2020-02", "2021-09"],
            ),
            Spelled("外出地点", "destination", ["广东省深圳市", "浙江义乌", "贵阳市", "上海"]),
            Spelled(
                "流动党员联系电话",
                "phone",
                ["19900000001", "19900000002", 19900000003, "19900000004"],
                ["19900000001", "19900000002", "19900000003", "19900000004"],
            ),
            Spelled(
                "正式组织关系所在支部",
                "unit",
                ["青石村党支部", "青石村党支部", "白云社区党支部", "白云社区党支部"],
            ),
            Spelled(
                "支部联系电话",
                "home_unit_phone",
                ["0855-1234567", "08551234567", "19900000099", "0855 1234567"],
                ["0855-1234567", "0855-1234567", "19900000099", "0855-1234567"],
            ),
        ],
        above=[["流动党员花名册"]],
        skipped={1: "title"},
    )


def c() -> Layout:
    """C, 流出/流入党员名册: two merged heading rows, a total below, a signature line."""
    return spell(
        "C",
        [
            Spelled("序号", None, [1, 2, 3]),
            Spelled(
                "姓名", "name", ["王芳", "欧阳建国", "阿卜杜•热合曼"], ["王芳", "欧阳建国", "阿卜杜·热合曼"]
            ),
            Spelled("性别", "gender", ["女", "男", "男"], ["female", "male", "male"]),
            Spelled("年龄", "age", [45, "50岁", "３８"], [45, 50, 38]),
            Spelled("文化程度", "education", ["初中", "高中", "大专"]),
            Spelled("家庭人口", "household_size", [4, "3人", "五口"], [4, 3, 5]),
            Spelled(
                "外出务工情况/何时外出",
                "departed_on",
                ["2018年3月", "2019", "2020.10"],
                ["2018-03", "2019", "2020-10"],
            ),
            Spelled("外出务工情况/地点", "destination", ["广东深圳", "浙江", "新疆"]),
            Spelled("外出务工情况/从事职业及年收入", "occupation", ["电工，5万元", "瓦工/6万", "餐饮"]),
            Spelled(
                "与党组织\n联系方式",
                "phone",
                ["19900000001", "199-0000-0002", "8619900000003"],
                ["19900000001", "19900000002", "19900000003"],
            ),
            Spelled("思想状况", "thought_note", ["好", "稳定", "较好"]),
            Spelled("备注", "note", [None, "/", "已办证"], [None, None, "已办证"]),
        ],
        above=[["流出/流入党员名册"], ["单位（盖章）：青石村党支部"]],
        below=[["合计", "3人"], ["填表人：李四", None, None, "审核人：王五", None, None, "2026年11月23日"]],
        skipped={1: "title", 2: "unit", 8: "total", 9: "footer"},
    )


def d() -> Layout:
    """D, a system's export of outflows: no serial, long heading in book-title marks."""
    return spell(
        "D",
        [
            Spelled("用户", "name", _READ_NAMES),
            Spelled("所属组织机构", "unit", ["青禾镇党委-青石村党支部"] * 4),
            Spelled("原职业", "occupation", ["农牧渔民", "工勤技能人员", "学生", "其他"]),
            Spelled("外出流向", "direction", ["私营企业", "公有经济控制单位", "城市社区", "个体工商户"]),
            Spelled("流出时间", "departed_on", ["2020-03-01", "2021-12-31", "2019-01-15", "2022-02-28"]),
            Spelled("流出省份", "destination", ["广东省", "浙江省", "上海市", "贵州省"]),
            Spelled("流出原因", "departure_reason", ["务工", "经商", "学习", "随家属"]),
            Spelled(
                "是否持有《中国共产党流动党员活动证》",
                "has_certificate",
                ["是", "否", "是", "否"],
                [True, False, True, False],
            ),
            Spelled("组织关系状态", "membership_status", ["未转出", "未转出", "已转出", "正常"]),
        ],
    )


def e() -> Layout:
    """E, the outflow part of a system's sheet, without names; the host side in full."""
    return spell(
        "E",
        [
            Spelled(
                "流出日期",
                "departed_on",
                [date(2020, 3, 1), date(2021, 5, 6), date(2019, 1, 15)],
                ["2020-03-01", "2021-05-06", "2019-01-15"],
            ),
            Spelled("外出流向", "direction", ["跨省", "跨省", "省内"]),
            Spelled("是否持有流动党员活动证", "has_certificate", ["√", "×", "有"], [True, False, True]),
            Spelled(
                "流动党员活动证编号",
                "certificate_number",
                ["QH2020001", "无", 20200003],
                ["QH2020001", None, "20200003"],
            ),
            Spelled("流入单位", "host_employer", ["深圳某电子有限公司", "义乌某商行", "贵阳某餐饮店"]),
            Spelled("流入单位党组织联系人", "host_contact", ["赵六", "钱七", "孙八"]),
            Spelled(
                "流入单位党组织联系方式",
                "host_contact_phone",
                ["0755-12345678", "19900000012", "0851-1234567"],
            ),
            Spelled("党组织类型", None, ["党支部", "党总支", "党支部"]),
            Spelled("外出原因", "departure_reason", ["务工", "经商", "务工"]),
        ],
        above=[["流动党员信息"]],
        skipped={1: "title"},
    )


def f() -> Layout:
    """F, a personnel agency's sheet."""
    return spell(
        "F",
        [
            Spelled("姓名", "name", _NAMES, _READ_NAMES),
            Spelled("性别", "gender", [2, "1", "女性", "F"], ["female", "male", "female", "female"]),
            Spelled(
                "公民身份号码",
                "id_number",
                [
                    id_number("19850312"),
                    id_number("19700101", "男").lower(),
                    id_number("19921130"),
                    id_number("19550808"),
                ],
                [
                    id_number("19850312"),
                    id_number("19700101", "男"),
                    id_number("19921130"),
                    id_number("19550808"),
                ],
            ),
            Spelled(
                "参加工作时间",
                "started_work_on",
                ["200807", "1990.7", "2015/7/1", "19750301"],
                ["2008-07", "1990-07", "2015-07-01", "1975-03-01"],
            ),
            Spelled("人员状态", "membership_status", ["流动", "在册", "流动", "返回"]),
            Spelled("接收单位性质类别", None, ["私营企业", "机关", "社会组织", "个体"]),
            Spelled("是否持活动证", "has_certificate", [1, 0, "Y", "N"], [True, False, True, False]),
            Spelled(
                "结束流动日期",
                "returned_on",
                ["2026-01-01", "/", "至今", ""],
                ["2026-01-01", None, None, None],
            ),
        ],
    )
