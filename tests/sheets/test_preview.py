"""Handing in, looking, correcting: nothing of it changes anybody."""

from __future__ import annotations

from io import BytesIO

import pytest
from xlsxwriter import Workbook

from tests.sheets.books import id_number, roster, workbook
from tests.sheets.conftest import Desk
from yanzhen.kernel.errors import Conflict, NotFound
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.people.models import Member
from yanzhen.sheets import preview as previewing
from yanzhen.sheets import services, storage
from yanzhen.sheets.models import Batch, BatchState
from yanzhen.sheets.opening import Unrecognized
from yanzhen.sheets.preview import preview
from yanzhen.sheets.queries import batch_for, batches

WEIZHIQIANG = "522699198503071236"
ROWS = (
    {"name": "韦志强", "id_number": WEIZHIQIANG, "phone": "19900000099"},
    {"name": "黄秀兰", "unit": "青石村党支部", "phone": "19900000002"},
    {"name": "罗大山", "unit": "大坪村党支部", "id_number": id_number("19790102", 1)},
    {"name": "农春兰", "unit": "大坪村支部", "id_number": "5226991979"},
    {"name": "韦志伟", "id_number": WEIZHIQIANG},
)


def two_sheets() -> bytes:
    target = BytesIO()
    with Workbook(target) as book:
        for name, person in (("一支部", "罗大山"), ("二支部", "农春兰")):
            page = book.add_worksheet(name)
            for line, cells in enumerate((["姓名", "性别", "手机号码"], [person, "男", "19900000011"])):
                page.write_row(line, 0, cells)
    return target.getvalue()


def test_it_shows_what_an_import_would_do(desk: Desk) -> None:
    batch = desk.stage(*ROWS)
    seen = preview(actor=desk.officer, batch_id=batch.id)
    assert seen.counts == {"rows": 5, "added": 2, "changed": 1, "same": 1, "left_out": 1, "problems": 1}
    assert seen.new_units == ("大坪村党支部",)
    assert seen.problem_codes == {"length": 1, "duplicate_in_file": 1}
    assert [row.row for row in seen.problems] == [5, 6]
    assert (seen.taken, seen.is_whole) == (4, True)
    assert not Member.objects.filter(name="罗大山").exists()
    done = services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    assert done.counts == seen.counts


def test_columns_and_first_rows_are_shown_masked(desk: Desk) -> None:
    seen = preview(actor=desk.officer, batch_id=desk.stage(*ROWS).id)
    by_field = {it.field: it for it in seen.columns}
    assert by_field["name"].examples == ("韦志强", "黄秀兰", "罗大山")
    assert by_field["id_number"].heading == "公民身份号码"
    assert by_field["name"].confidence > 0.5
    cells = dict(zip([it.field for it in seen.columns], seen.rows[0][1], strict=True))
    assert seen.rows[0][0] == 2
    assert (cells["id_number"], cells["phone"]) == ("522699**********36", "199****0099")


def test_what_is_in_a_column_of_no_field_is_seen_with_its_numbers_masked(desk: Desk) -> None:
    lines = ["姓名,性别,家属", "罗大山,男,妻19900000001", "农春兰,女,夫6123456，20100701结婚", "岑玉珍,女,无"]
    data = "\n".join(lines).encode()
    batch = services.stage(actor=desk.officer, unit_id=desk.cast.qingshi.id, file_name="名册.csv", data=data)
    unread = preview(actor=desk.officer, batch_id=batch.id).columns[2]
    assert (unread.field, unread.examples) == (None, ("妻199****0001", "夫612****，20100701结婚"))


def test_only_so_many_rows_are_looked_at_for_a_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "LOOKED_AT", 2)
    monkeypatch.setattr(previewing, "CHUNK", 2)
    seen = preview(actor=desk.officer, batch_id=desk.stage(*ROWS).id)
    assert (seen.counts["rows"], seen.is_whole) == (2, False)


def test_columns_are_corrected(desk: Desk) -> None:
    data = workbook(["姓名", "性别", "绰号"], ["罗大山", "男", "石头"], ["农春兰", "女", "小燕"])
    batch = services.stage(actor=desk.officer, unit_id=desk.cast.town.id, file_name="名册.xlsx", data=data)
    services.correct(actor=desk.officer, batch_id=batch.id, fields={"C": "note"})
    services.correct(actor=desk.officer, batch_id=batch.id, fields={"B": None})
    assert [it.field for it in preview(actor=desk.officer, batch_id=batch.id).columns] == [
        "name",
        None,
        "note",
    ]
    services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    assert desk.record("罗大山")["note"] == "石头"
    assert "gender" not in desk.record("罗大山")
    assert tell([Fact.objects.filter(kind="sheets.batch.corrected").latest("id")])[0].sentence == (
        "周慧改正了花名册“名册.xlsx”的识别"
    )


def test_a_correction_that_cannot_be_is_refused(desk: Desk) -> None:
    batch = desk.stage(*ROWS)
    with pytest.raises(Unrecognized) as refusal:
        services.correct(actor=desk.officer, batch_id=batch.id, fields={"ZZ": "note"})
    assert refusal.value.code == "unknown_column"
    batch.refresh_from_db()
    assert batch.fields == {}


def test_of_two_rosters_in_a_file_one_is_chosen(desk: Desk) -> None:
    batch = services.stage(
        actor=desk.officer, unit_id=desk.cast.town.id, file_name="名册.xlsx", data=two_sheets()
    )
    assert preview(actor=desk.officer, batch_id=batch.id).sheets == ("一支部", "二支部")
    with pytest.raises(Unrecognized, match="一支部、二支部"):
        services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    services.correct(actor=desk.officer, batch_id=batch.id, sheet="二支部")
    services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    assert (
        Member.objects.filter(name__in=("罗大山", "农春兰")).values_list("name", flat=True).get() == "农春兰"
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"\0" * 200, "damaged"),
        (b"%PDF-1.7 nothing of a roster", None),
        (roster({"name": "罗大山"})[:900], "damaged"),
        (workbook(["标题"], ["没有表头"]), "no_heading"),
    ],
)
def test_what_is_no_roster_is_refused_in_a_sentence(desk: Desk, data: bytes, code: str | None) -> None:
    with pytest.raises(Unrecognized) as refusal:
        services.stage(actor=desk.officer, unit_id=desk.cast.town.id, file_name="名册.xlsx", data=data)
    assert refusal.value.sentence.endswith(("。", "？"))
    assert code in (None, refusal.value.code)
    assert not Batch.objects.exists()


def test_the_file_lies_sealed(desk: Desk) -> None:
    batch = desk.stage({"name": "罗大山", "phone": "19900000011"})
    kept = storage.folder(batch.id) / "roster"
    assert b"PK" not in kept.read_bytes()[:10]
    assert storage.fetch(batch.id, "roster")[:2] == b"PK"


def test_dropping_it_takes_the_file_away(desk: Desk) -> None:
    batch = desk.stage(*ROWS)
    services.discard(actor=desk.officer, batch_id=batch.id)
    assert not storage.folder(batch.id).exists()
    batch.refresh_from_db()
    assert batch.state == BatchState.DISCARDED
    with pytest.raises(Conflict, match="已经放弃"):
        services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    with pytest.raises(NotFound):
        preview(actor=desk.officer, batch_id=batch.id)


def test_batches_are_seen_by_whom_they_concern(desk: Desk) -> None:
    first, second = desk.stage(*ROWS), desk.stage(*ROWS)
    assert list(batches(actor=desk.officer)) == [second, first]
    assert not batches(actor=desk.cast.actor("shilei")).exists()
    with pytest.raises(NotFound):
        batch_for(actor=desk.cast.actor("liuqing"), batch_id=first.id)
