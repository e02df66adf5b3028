"""What is corrected about columns holds for the committee's next roster with the same headings, until it is dropped."""

from __future__ import annotations

from tests.sheets.books import workbook
from tests.sheets.conftest import Desk
from yanzhen.kernel.actor import system
from yanzhen.ledger.models import Fact
from yanzhen.org.services import found_root
from yanzhen.sheets import services
from yanzhen.sheets.models import Batch, KnownLayout
from yanzhen.sheets.preview import preview

HEADINGS = ("姓名", "手机号码", "代码")


def hand_in(desk: Desk, *headings: str) -> Batch:
    data = workbook(headings or HEADINGS, ["罗大山", "19900000011", "第一党小组"])
    return services.stage(actor=desk.officer, unit_id=desk.cast.qingshi.id, file_name="名册.xlsx", data=data)


def meanings(desk: Desk, batch: Batch) -> dict[str, str | None]:
    return {it.letter: it.field for it in preview(actor=desk.officer, batch_id=batch.id).columns}


def test_the_next_roster_with_these_headings_is_read_as_corrected(desk: Desk) -> None:
    first = hand_in(desk)
    assert meanings(desk, first) == {"A": "name", "B": "phone", "C": None}
    services.correct(actor=desk.officer, batch_id=first.id, fields={"A": "name", "B": "phone", "C": "group"})
    again = hand_in(desk)
    assert (again.fields, again.recalled) == ({"C": "group"}, True)
    assert meanings(desk, again) == {"A": "name", "B": "phone", "C": "group"}
    columns = preview(actor=desk.officer, batch_id=again.id).columns
    assert [it.letter for it in columns if it.corrected] == ["C"]


def test_other_headings_and_other_committees_are_not_touched(desk: Desk) -> None:
    services.correct(actor=desk.officer, batch_id=hand_in(desk).id, fields={"C": "group"})
    assert not hand_in(desk, "姓名", "代码", "手机号码").recalled
    elsewhere = found_root(actor=system("test"), name="云岭县红岩镇党委")
    batch = services.stage(
        actor=system("test"),
        unit_id=elsewhere.id,
        file_name="名册.xlsx",
        data=workbook(HEADINGS, ["罗大山", "19900000011", "第一党小组"]),
    )
    assert (batch.fields, batch.recalled) == ({}, False)


def test_a_problem_column_is_no_other_layout(desk: Desk) -> None:
    services.correct(actor=desk.officer, batch_id=hand_in(desk).id, fields={"C": "group"})
    assert hand_in(desk, *HEADINGS, "问题").recalled


def test_what_is_corrected_last_holds(desk: Desk) -> None:
    services.correct(actor=desk.officer, batch_id=hand_in(desk).id, fields={"C": "group"})
    services.correct(actor=desk.officer, batch_id=hand_in(desk).id, fields={"C": "note"})
    assert hand_in(desk).fields == {"C": "note"}
    services.correct(actor=desk.officer, batch_id=hand_in(desk).id, fields={"B": None})
    assert meanings(desk, hand_in(desk)) == {"A": "name", "B": None, "C": "note"}


def test_recognizing_anew_forgets(desk: Desk) -> None:
    services.correct(actor=desk.officer, batch_id=hand_in(desk).id, fields={"C": "group"})
    again = hand_in(desk)
    services.recognize_anew(actor=desk.officer, batch_id=again.id)
    assert meanings(desk, again) == {"A": "name", "B": "phone", "C": None}
    assert not hand_in(desk).recalled
    assert not KnownLayout.objects.exists()
    assert Fact.objects.get(kind="sheets.batch.recognized_anew").data["file"] == "名册.xlsx"


def test_of_lists_side_by_side_each_is_corrected_by_its_own_letters(desk: Desk) -> None:
    data = workbook(
        ["姓名", "手机号码", "绰号", "姓名", "手机号码", "绰号"],
        ["罗大山", "19900000011", "石头", "农春兰", "19900000012", "小燕"],
        ["岑玉珍", "19900000013", "阿珍", "陆永福", "19900000014", "阿福"],
    )
    batch = services.stage(actor=desk.officer, unit_id=desk.cast.qingshi.id, file_name="名册.xlsx", data=data)
    services.correct(actor=desk.officer, batch_id=batch.id, fields={"F": "note"})
    services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    notes = {name: desk.record(name).get("note") for name in ("罗大山", "农春兰", "岑玉珍", "陆永福")}
    assert notes == {"罗大山": None, "农春兰": "小燕", "岑玉珍": None, "陆永福": "阿福"}
