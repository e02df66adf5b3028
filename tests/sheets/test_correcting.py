"""The correction workbook: what needs work goes out marked, is put right, and comes in again as any roster."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets.books import id_number, workbook
from tests.sheets.conftest import Desk
from yanzhen.kernel.errors import NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.sheets import services
from yanzhen.sheets.correcting import correction_xlsx
from yanzhen.sheets.models import Batch
from yanzhen.sheets.preview import preview

HEADINGS = ["序号", "姓名", "党员手机", "公民身份号码", "代码"]
RIGHT = id_number("19800102", 2)
WRONG = RIGHT[:-1] + ("1" if RIGHT[-1] != "1" else "2")
GOOD = ["1", "罗大山", "19900000011", "", "第一党小组"]
BAD_PHONE = ["2", "农春兰", "1990000", "", "第一党小组"]
BAD_NUMBER = ["3", "岑玉珍", "19900000013", WRONG, "第二党小组"]
NAMELESS = ["4", "", "19900000014", "", "第二党小组"]


def hand_in(desk: Desk, data: bytes) -> Batch:
    return services.stage(actor=desk.officer, unit_id=desk.cast.qingshi.id, file_name="名册.xlsx", data=data)


def opened(content: bytes) -> tuple[Any, Worksheet]:
    book = load_workbook(BytesIO(content))
    page = book.active
    assert isinstance(page, Worksheet)
    return book, page


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def texts(page: Worksheet) -> list[list[Any]]:
    return [["" if it is None else it for it in row] for row in page.iter_rows(values_only=True)]


def test_rows_that_need_work_go_out_marked_and_come_in_again(desk: Desk) -> None:
    batch = hand_in(desk, workbook(HEADINGS, GOOD, BAD_PHONE, BAD_NUMBER, NAMELESS))
    services.correct(actor=desk.officer, batch_id=batch.id, fields={"E": "group"})
    book, page = opened(correction_xlsx(actor=desk.officer, batch_id=batch.id))

    rows = texts(page)
    assert rows[0] == [*HEADINGS, "问题"]
    assert [row[:5] for row in rows[1:]] == [BAD_PHONE, BAD_NUMBER, NAMELESS]
    assert all(row[5] for row in rows[1:])
    marked = {it.coordinate: it.comment.text for row in page.iter_rows() for it in row if it.comment}
    assert set(marked) == {"C2", "D3", "B4"}
    assert "1990000" in marked["C2"]
    assert {page[it].fill.fgColor.rgb for it in marked} == {"FFFFF2B3"}

    page["C2"], page["D3"], page["B4"] = "19900000012", RIGHT, "蒙小花"
    again = hand_in(desk, saved(book))
    assert again.recalled
    seen = preview(actor=desk.officer, batch_id=again.id)
    assert (seen.counts["rows"], seen.counts["added"], seen.problems) == (3, 3, ())


def test_headings_of_two_rows_and_units_on_lines_go_along(desk: Desk) -> None:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.append(["青石村流出党员名册"])
    page.append(["姓名", "性别", "外出务工情况", None, "手机号码"])
    page.append([None, None, "何时外出", "地点", None])
    for region in ("A2:A3", "B2:B3", "C2:D2", "E2:E3"):
        page.merge_cells(region)
    page.append(["罗大山", "男", "2026-03", "广东省深圳市", "19900000011"])
    page.append(["农春兰", "女", "2026-13", "浙江省宁波市", "19900000012"])
    batch = hand_in(desk, saved(book))
    fixing, fixed = opened(correction_xlsx(actor=desk.officer, batch_id=batch.id))
    assert {str(it) for it in fixed.merged_cells.ranges} == {"A1:A2", "B1:B2", "C1:D1", "E1:E2"}
    assert [row[:3] for row in texts(fixed)[2:]] == [["农春兰", "女", "2026-13"]]
    fixed["C3"] = "2026-03"
    again = preview(actor=desk.officer, batch_id=hand_in(desk, saved(fixing)).id)
    assert [it.field for it in again.columns] == [
        "name",
        "gender",
        "departed_on",
        "destination",
        "phone",
        None,
    ]
    assert (again.counts["added"], again.problems) == (1, ())


def test_merged_cells_are_written_out(desk: Desk) -> None:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    for row in (
        ["党支部", "姓名", "手机号码"],
        ["青石村党支部", "罗大山", "19900000011"],
        [None, "农春兰", "199"],
    ):
        page.append(row)
    page.merge_cells("A2:A3")
    _, out = opened(correction_xlsx(actor=desk.officer, batch_id=hand_in(desk, saved(book)).id))
    assert texts(out)[1][:3] == ["青石村党支部", "农春兰", "199"]


def test_after_the_import_it_holds_what_was_left(desk: Desk) -> None:
    batch = hand_in(desk, workbook(HEADINGS, GOOD, BAD_PHONE, NAMELESS))
    services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    _, page = opened(correction_xlsx(actor=desk.officer, batch_id=batch.id))
    assert [row[0] for row in texts(page)[1:]] == ["2", "4"]


def test_that_rows_were_handed_back_is_told(desk: Desk) -> None:
    batch = hand_in(desk, workbook(HEADINGS, GOOD, BAD_PHONE))
    correction_xlsx(actor=desk.officer, batch_id=batch.id)
    assert Fact.objects.get(kind="sheets.batch.handed_back").data["count"] == 1
    with pytest.raises(NotPermitted):
        correction_xlsx(actor=desk.cast.actor("shilei"), batch_id=batch.id)


def test_choices_and_lists_side_by_side_go_out_as_they_came_in(desk: Desk) -> None:
    ticks = [["1", "农春兰", "", "√", "1990000"], ["2", "罗大山", "√", "", "19900000011"]]
    batch = hand_in(desk, workbook(["序号", "姓名", "男", "女", "手机号码"], *ticks))
    _book, page = opened(correction_xlsx(actor=desk.officer, batch_id=batch.id))
    assert [row[:5] for row in texts(page)[1:]] == ticks[:1]

    beside = ["农春兰", "1990000", "罗大山", ""]
    head = ["姓名", "手机号码", "姓名", "手机号码"]
    batch = hand_in(desk, workbook(head, beside, ["岑玉珍", "19900000013", "蒙小花", "19900000014"]))
    _book, page = opened(correction_xlsx(actor=desk.officer, batch_id=batch.id))
    assert [row[:4] for row in texts(page)[1:]] == [beside]
