"""Single cells: every written form to one value, everything else to the right code."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.sheets.recognition import FIELD_BY_KEY, FIELDS
from yanzhen.sheets.recognition.dates import Habit
from yanzhen.sheets.recognition.outcome import Bad, Outcome
from yanzhen.sheets.recognition.values import Setting, reader

TODAY = date(2026, 11, 23)


def read(key: str, cell: object, habit: Habit | None = None) -> Outcome | str:
    """The value, None for nothing, or the problem's code after "!"."""
    outcome = reader(FIELD_BY_KEY[key], Setting(TODAY, habit or Habit()))(cell)
    return f"!{outcome.code}" if isinstance(outcome, Bad) else outcome


DATES: dict[str, list[object]] = {
    "2010": ["2010", "2010年", "２０１０", 2010.0, "二〇一〇年", "2010年度", "约2010年", "2010年左右", "2010年初",
        "2010年下半年", "2010.0", "2010-"],
    "2010-07": [
        "2010.07", "2010.7", "201007", "2010-07", "2010-7", "2010/7", "2010年7月", "2010年07月", "2010 年 7 月",
            "2010．07",
        "2010、07", "2010,7", "2010，07", "2010。7", "2010.07.", "2010.7月", "2010年7", "2010年7月份",
            "二〇一〇年七月", "二○一○年七月",
        "二零一零年七月", "2010年七月", "10年7月", "10.7", "'10.07", "2010 07", " 2010.07 ", "2010\u200b.07",
            "2010.07（预备）", "2010.07至今",
        "2010年7月起", "自2010年7月", "2010.07—今", "2010年7月上旬", "2010-07月", "2010/07/", "Jul-10",
            "201007.0", 201007.0, 2010.07, "2010年 7月",
        "2010\n.07", "2010年7月入党", "2010—07", "2010_07", "2010\\7", "2010年7 月", "公历2010.7",
    ],
    "2010-07-01": [
        "2010-07-01", "2010-7-1", "2010/7/1", "2010.7.1", "2010.07.01", "20100701", "2010年7月1日",
            "2010年07月01日", "2010 年 7 月 1 日",
        "二〇一〇年七月一日", "2010年7月1号", "2010-07-01 00:00:00", "2010/7/1 0:00", "2010-07-01T00:00:00",
            "2010-07-01T00:00:00.000Z",
        "2010、7、1", "2010 7 1", "２０１０．７．１", "2010.7.1日", "20100701.0", 20100701, 40360.0, date(2010, 7,
            1), datetime.fromisoformat("2010-07-01T08:30"),
        "10.7.1", "2010.07.01（追认）", "2010年7月1", "2010年7.1", "2010-07-01起", "20100701000000",
            "2010.07.01 ", "‘2010-07-01", "1-Jul-2010",
    ],
    "1985-12-31": ["一九八五年十二月三十一日", "85年12月31日", "八五年十二月卅一日", "851231", "1985.12.31",
        "31/12/1985", "1985年12月31日出生"],
    "!impossible_date": ["2010-02-30", "2010.13", "20101301", "201013", "2010年0月", "2010-06-31", "20100230",
        "1021.07", 20101345.0, "2010.07.00"],
    "!format": [
        "去年", "不详", "2010.07-2012.08", "七月", "20100", "99999999", "2010年春节", "5月1日", "2010.7.1.2",
            "王芳", "123", True,
        "07/08/2010", 123456789.0, "2010.07、2012.08",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("want", "cell"), [(want, cell) for want, cells in DATES.items() for cell in cells])
def test_dates(want: str, cell: object) -> None:
    assert read("departed_on", cell) == want


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "/",
        "／",
        "无",
        "-",
        "--",
        "——",
        "—",
        "暂无",
        "N/A",
        "0",
        0.0,
        time(),
        " / ",
        "（无）",
        "未转正",
        "\u3000",
        "\\",
        "至今",
    ],
)
def test_no_date(cell: object) -> None:
    assert read("converted_on", cell) is None


@pytest.mark.parametrize(
    ("cell", "habit", "want"),
    [
        (2010.1, Habit(two_digit_months=True), "2010-10"),
        (2010.1, Habit(two_digit_months=False), "!format"),
        (2010.1, Habit(), "!format"),
        (2010.11, Habit(), "2010-11"),
        (2010.2, Habit(), "2010-02"),
        ("2010.1", Habit(two_digit_months=True), "2010-01"),
        ("40360", Habit(serials_in_text=True), "2010-07-01"),
        ("40360", Habit(), "!format"),
    ],
)
def test_dates_by_habit(cell: object, habit: Habit, want: str) -> None:
    assert read("joined_on", cell, habit) == want


@given(st.dates(date(1930, 1, 1), date(2060, 12, 31)))
def test_serials_are_days(day: date) -> None:
    assert read("departed_on", float((day - date(1899, 12, 30)).days)) == day.isoformat()


CASES: list[tuple[str, dict[object, list[object]]]] = [
    ("phone", {
        "19900000001": [
            "19900000001", 19900000001.0, 19900000001, "199 0000 0001", "199-0000-0001", "+8619900000001",
                "+86 199 0000 0001", "86-19900000001",
            "008619900000001", "019900000001", "１９９０００００００１", "19900000001\u200b", " 19900000001 ",
                "19900000001（本人）", "电话：19900000001",
            "19900000001/19900000002", "19900000001、0855-1234567", "19900000001\n19900000002", "手机19900000001",
                "19900000001（微信同号）",
            "(+86)19900000001", "19900000001，19900000002", "19900000001.0", "19900000001 19900000002",
                "'19900000001",
        ],
        "0755-1234567": ["0755-1234567", "07551234567", "0755 1234567", "(0755)1234567", "（0755）1234567",
            "0755—1234567", "+86-755-1234567", 7551234567.0, "0755-123 4567", "86-0755-1234567"],
        "010-12345678": ["010-12345678", "01012345678", "(010)12345678", 1012345678.0],
        "0755-12345678-801": ["0755-12345678-801", "0755-12345678转801"],
        "8234567": ["8234567", 8234567.0],
        None: ["/", "无", "-", "0", 0.0, "无手机", "没有电话"],
        "!length": ["1990000001", "199000000012", "1380013", "12345", 1990000001.0, "199000000"],
        "!format": ["1990000000O", "29900000001", "1.99E+10", "不详", "空号", "12345678901", "199****0001", True],
    }),
    ("name", {
        "王芳": ["王芳", "王　芳", "王 芳", " 王芳 ", "王\u00a0芳", "王\u200b芳", "王芳（女）", "王芳(预备)",
            "王\n芳", "王  芳", "1.王芳", "王芳*"],
        "欧阳建国": ["欧阳建国", "欧 阳 建 国"],
        "阿卜杜·热合曼": ["阿卜杜·热合曼", "阿卜杜•热合曼", "阿卜杜・热合曼", "阿卜杜.热合曼", "阿卜杜 · 热合曼",
            "阿卜杜▪热合曼"],
        "Mary Smith": ["Mary Smith", "Mary  Smith", "Ｍａｒｙ Ｓｍｉｔｈ"],
        "𬱖华": ["𬱖华", "𬱖 华"],
        None: ["", "/", "无", "-"],
        "!format": ["123", 12.0, "王芳19900000001"],
    }),
    ("gender", {"male": ["男", "男性", " 男 ", 1, 1.0, "1", "M", "1-男"], "female": ["女", "女性", 2.0, "2", "F",
        "女。"], None: ["", "/"], "!unknown_value": ["未知", "X", 0, 9.0, "男女"]}),
    ("ethnicity", {
        "汉族": ["汉", "汉族", "汉 族", 1, "01", "1", "HA", "01汉族", "汉族（汉）"], "布依族": ["布依", "布依族",
            "09", 9.0], "维吾尔族": ["维吾尔", "维族", "UG"],
        "穿青人": ["穿青人"], "其他": ["97", "其他"], "蒙古族": ["蒙", "蒙古"], "!unknown_value": ["汉簇",
            "火星族", "57", 99.0], None: ["/"],
    }),
    ("stage", {
        "full": ["正式", "正式党员", "中共党员", "中共正式党员", "党员", 1, "01", "正式党员（2011年转正）",
            "党员（正式）", "预备党员转正"],
        "probationary": ["预备", "预备党员", "中共预备党员", "02", 2.0, "中共党员（预备）", "预备（2026.6）",
            "延长预备期"],
        "!unknown_value": ["群众", "共青团员", "入党积极分子", "发展对象", "9"],
    }),
    ("education", {
        "大学本科毕业": [21, "21", 21.0, "21 大学本科毕业", "21-大学本科毕业", "21（大学本科毕业）"],
            "大专": ["大专", " 大专 "], "在职研究生": ["在职研究生"], "9年义务教育": ["9年义务教育",
            "９年义务教育"],
        "!unknown_value": ["55", 99.0, "100"], None: ["无", "/"],
    }),
    ("degree", {"学士": ["4", 4.0, "学士"], "工学学士学位": ["408"], "工商管理硕士专业学位": [346],
        "!unknown_value": ["7"], None: ["无"]}),
    ("has_certificate", {
        True: ["是", "有", "√", "✓", "✔", 1, 1.0, "1", "Y", "是。", "有（QH001）", "已持证", "持有", "是，已办",
            True, "☑是 □否", "是√", "有活动证", "已办理"],
        False: ["否", "无", "×", "✗", 0, 0.0, "0", "N", "没有", "未办", "未持证", "否（已转组织关系）", False,
            "□是 ☑否", "暂无", "无活动证", "x", "X"],
        None: ["", "/", "-", "——"],
        "!unknown_value": ["可能", "2", "QH001"],
    }),
    ("is_lost", {True: ["是", "失联", "已失联"], False: ["否", "正常", "未失联", "联系正常", "已取得联系"]}),
    ("is_mobile", {True: ["是", "流动党员", "外出"], False: ["否", "非流动党员", "在家"]}),
    ("age", {45: [45, 45.0, "45", "45岁", "45周岁", "４５", " 45 岁", "45（周岁）", "四十五"], "!format": ["老",
        200, "45.5", "4"], None: ["/"]}),
    ("household_size", {4: [4, "4人", "4口", "四口", "4口人", "四", "4人（含老人）"], 12: ["十二人", 12.0],
        None: ["无"]}),
    ("dues_paid_to", {
        "2026-06": ["2026-06", "2026.06", "2026.6", "2026年6月", 202606, "2026-06-30", date(2026, 6, 1),
            "2026年1-6月", "2026.1-6月", "2026年第二季度", "至2026年6月", "已缴至2026年6月", "2026年上半年",
            "2026年6月底"],
        "2026-12": ["2026", "2026年", "2026年全年", "2026年四季度"],
        "!format": ["已缴", "6月"],
    }),
    ("email", {"a@example.com": ["a@example.com", " ａ@example.com ", "a@example.com。"],
        "!format": ["a.example.com"], None: ["无"]}),
    ("note", {"甲，乙（丙）3": ["甲，乙（丙）3", "  甲，乙（丙）３", "\ufeff甲，乙（丙）3\u3000"], "12": [12.0,
        12], "6.5": [6.5], None: ["无", "/", "-", " ", "——"]}),
    ("annual_income", {"6万": ["6万", "６万"], "60000": [60000.0], "0": [0.0, "0"]}),
    ("certificate_number", {"QH001": ["QH001", "ＱＨ００１", " QH001"], "20200001": [20200001.0], None: ["无"]}),
    ("expected_return_on", {"2027-01": ["2027.01"], None: ["长期", "不定", "待定", "/"], "!format": ["过年"]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "want", "cell"),
    [(key, want, cell) for key, wants in CASES for want, cells in wants.items() for cell in cells],
)
def test_values(key: str, want: object, cell: object) -> None:
    found = read(key, cell)
    assert found == want
    assert type(found) is type(want)


ID = "522699198503120122"


@pytest.mark.parametrize(
    ("cell", "want"),
    [
        (ID, ID), (f" {ID} ", ID), ("５２２６９９１９８５０３１２０１２２", ID), ("522699 19850312 0122", ID),
            (f"'{ID}", ID), (f"{ID}\u200b", ID),
        ("52269919850312000x", "52269919850312000X"), ("522699-19850312-0122", ID), (f"{ID}（换证）", ID),
        ("52269919850312012", "!length"), (ID + "1", "!length"), ("522699850312012", "!length"),
            (522699850312012.0, "!length"),
        (5.22699198503120e17, "!format"), ("5.22699E+17", "!format"), ("52269919850312O122", "!format"), ("不详",
            "!format"), ("E12345678", "!format"),
        ("522699198513120122", "!impossible_date"), ("522699198503120123", "!checksum"), ("/", None), ("无",
            None), ("", None), (0.0, None),
    ],
)  # fmt: skip
def test_id_numbers(cell: object, want: str | None) -> None:
    assert read("id_number", cell) == want


@given(
    st.sampled_from([field.key for field in FIELDS]),
    st.one_of(st.text(max_size=40), st.floats(), st.booleans(), st.dates(), st.none()),
)
def test_no_cell_breaks_a_reader(key: str, cell: object) -> None:
    found = reader(FIELD_BY_KEY[key], Setting(TODAY))(cell)
    assert found is None or isinstance(found, (str, bool, int, Bad))
