"""A list of contact persons handed in: each member named in it is given to his contact person, and back by an undo."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from tests.cast import send_away
from tests.sheets.books import workbook
from tests.sheets.conftest import Desk
from yanzhen.sheets import services
from yanzhen.sheets.against import comparison
from yanzhen.sheets.correcting import correction_xlsx
from yanzhen.sheets.models import Batch
from yanzhen.sheets.plan import Sort

HEADINGS = ["党支部", "联系人", "联系电话", "联系的流动党员"]


def hand_in(desk: Desk, *rows: list[str]) -> Batch:
    return services.stage(
        actor=desk.officer,
        unit_id=desk.cast.town.id,
        file_name="联系人.xlsx",
        data=workbook(HEADINGS, *rows),
    )


def test_members_are_given_to_their_contact_person(desk: Desk) -> None:
    send_away(desk.cast)
    before = {name: desk.record(name) for name in ("韦志强", "黄秀兰")}
    batch = hand_in(desk, ["青石村党支部", "农建国", "19900000021", "韦志强、黄秀兰"])
    done = services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    assert (done.counts["changed"], done.counts["added"]) == (2, 0)
    for name in before:
        assert desk.record(name)["contact_person"] == "农建国"
        assert desk.record(name)["contact_person_phone"] == "19900000021"
    desk.undo(done)
    assert {name: desk.record(name) for name in before} == before


def test_the_people_of_a_row_are_decided_apart(desk: Desk) -> None:
    send_away(desk.cast)
    before = desk.record("黄秀兰")
    batch = hand_in(desk, ["青石村党支部", "农建国", "19900000021", "韦志强、黄秀兰"])
    rows = comparison(actor=desk.officer, batch_id=batch.id, sort=Sort.CHANGED).rows
    second = next(one.row.key for one in rows if one.values["name"] == "黄秀兰")
    services.decide(actor=desk.officer, batch_id=batch.id, rows={second: "keep"})
    done = services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    assert done.counts["changed"] == 1
    assert desk.record("韦志强")["contact_person"] == "农建国"
    assert desk.record("黄秀兰") == before


def test_the_row_goes_out_once_to_be_corrected_and_says_what_is_wrong_with_each(desk: Desk) -> None:
    batch = hand_in(
        desk,
        ["青石村党支部", "农建国", "19900000021", "韦志强、黄秀兰"],
        ["青石村党支部", "石磊", "19900000022", "韦志强、黄秀兰"],
    )
    content = correction_xlsx(actor=desk.officer, batch_id=batch.id)
    page = load_workbook(BytesIO(content)).active
    assert page is not None
    lines = [[str(cell or "") for cell in line] for line in page.iter_rows(values_only=True)]
    assert len(lines) == 2
    assert lines[1][:4] == ["青石村党支部", "石磊", "19900000022", "韦志强、黄秀兰"]
    assert lines[1][4].count("；") == 1


def test_whoever_is_not_registered_is_named_and_nobody_is_registered_by_a_name(desk: Desk) -> None:
    batch = hand_in(desk, ["青石村党支部", "农建国", "19900000021", "韦志强、韦志墙"])
    done = services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    assert (done.counts["changed"], done.counts["added"]) == (1, 0)
    assert [(it.name, it.problems[-1].code) for it in done.left_out] == [("韦志墙", "not_registered")]
