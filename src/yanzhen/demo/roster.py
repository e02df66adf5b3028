"""The town's roster as its office keeps it: one Excel sheet with a title, a note and forty years of habits."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from xlsxwriter import Workbook

from yanzhen.demo.people import Townsman
from yanzhen.demo.plan import Trip

FILE_NAME = "青禾镇党员花名册.xlsx"
_STAGE = {"full": "正式党员", "probationary": "预备党员"}
_GENDER = {"male": "男", "female": "女"}
_HEADINGS = (
    *(
        "序号",
        "姓名",
        "所在党支部",
        "党小组",
        "公民身份号码",
        "性别",
        "民族",
        "出生日期",
        "籍贯",
        "学历",
        "人员类别",
    ),
    *("加入党组织日期", "转为正式党员日期", "职业", "手机号码", "家庭住址", "党籍状态", "是否为流动党员"),
    *("外出时间", "外出原因", "外出地点", "外出详细住址", "外出务工单位"),
)


def workbook(people: Iterable[tuple[Townsman, Trip | None]]) -> bytes:
    """The roster of these members, with what the office knows of those who are away."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("党员花名册")
    bold = book.add_format({"bold": True, "border": 1})
    sheet.merge_range(
        0,
        0,
        0,
        len(_HEADINGS) - 1,
        "云岭县青禾镇党员花名册",
        book.add_format({"bold": True, "align": "center"}),
    )
    sheet.write_string(1, 0, "填报单位：青禾镇党委组织办")
    for column, heading in enumerate(_HEADINGS):
        sheet.write_string(2, column, heading, bold)
    for row, (who, trip) in enumerate(people, start=3):
        for column, cell in enumerate((str(row - 2), *_person(who), *_away(trip))):
            sheet.write_string(row, column, cell)
    book.close()
    return out.getvalue()


def _person(who: Townsman) -> tuple[str, ...]:
    of = {key: str(value) for key, value in who.values.items()}
    return (
        *(of["name"], who.branch.name, of["group"], of["id_number"], _GENDER[of["gender"]], of["ethnicity"]),
        *(
            of["birth_on"],
            of["native_place"],
            of["education"],
            _STAGE[of["stage"]],
            of["joined_on"].replace("-", "."),
        ),
        *(
            of.get("converted_on", ""),
            of["occupation"],
            of["phone"],
            of["home_address"],
            of["membership_status"],
        ),
    )


def _away(trip: Trip | None) -> tuple[str, ...]:
    if trip is None:
        return ("否", "", "", "", "", "")
    known = trip.going.address if trip.known_at_once else ""
    return (
        *("是", f"{trip.departed_on.year}年{trip.departed_on.month}月", trip.going.reason),
        *(trip.going.destination, known, trip.going.employer),
    )
