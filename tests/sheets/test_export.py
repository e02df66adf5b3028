"""Lists out: everything under headings that the import knows, and nothing without a reason."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.cast import TODAY, send_away
from tests.sheets.books import id_number, workbook
from tests.sheets.conftest import Desk
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.people.columns import COLUMNS, Value
from yanzhen.people.models import Member
from yanzhen.sheets import services
from yanzhen.sheets.export import members_xlsx
from yanzhen.sheets.recognition import open_roster
from yanzhen.sheets.records import records

FULL: dict[str, Value] = {
    "name": "阿依古丽·买买提",
    "gender": "female",
    "ethnicity": "维吾尔族",
    "birth_on": "1988-03-09",
    "id_number": id_number("19880309", 2),
    "native_place": "贵州云岭",
    "education": "大学本科毕业",
    "degree": "管理学学士学位",
    "stage": "full",
    "joined_on": "2010-07",
    "converted_on": "2011-07",
    "unit": "大坪村党支部",
    "group": "第一党小组",
    "employer": "=1+1",
    "position": "农业技术人员",
    "occupation": "务农",
    "started_work_on": "2006",
    "phone": "19900000031",
    "landline": "0755-1234567",
    "wechat": "ayguli88",
    "email": "aygul@example.com",
    "home_address": "云岭县青禾镇大坪村2组",
    "membership_status": "正常",
    "is_lost": False,
    "is_mobile": True,
    "direction": "省外",
    "departed_on": "2026-03",
    "departure_reason": "务工",
    "destination": "广东省深圳市",
    "destination_address": "宝安区某街道1号",
    "host_employer": "某电子厂",
    "host_unit": "某电子厂党支部",
    "host_contact": "岑玉珍",
    "host_contact_phone": "19900000041",
    "home_unit": "大坪村党支部",
    "home_unit_phone": "19900000042",
    "contact_person": "陆芳",
    "contact_person_phone": "19900000021",
    "has_certificate": True,
    "certificate_number": "云流字第0012号",
    "certificate_issued_on": "2026-03-20",
    "expected_return_on": "2027-01",
    "last_contact_on": "2026-10-08",
    "dues_paid_to": "2026-10",
    "annual_income": "6万元",
    "household_size": 4,
    "age": 38,
    "thought_note": "思想稳定",
    "note": "+86 以后补",
}


def everybody() -> dict[str, dict[str, Value]]:
    members = Member.objects.select_related("unit")
    known = records(members)
    return {member.name: known[member.id] for member in members}


def test_what_goes_out_comes_in_unchanged(desk: Desk) -> None:
    send_away(desk.cast)
    desk.bring_in(
        FULL,
        {
            "name": "罗大山",
            "lost_on": "2024",
            "is_lost": True,
            "returned_on": "2026-02",
            "departed_on": "2025",
        },
    )
    known = everybody()
    assert known["阿依古丽·买买提"] == FULL
    assert {column.key for column in COLUMNS} == FULL.keys() | {"lost_on", "returned_on"}

    out = members_xlsx(actor=desk.officer, unit_id=desk.cast.town.id, reason="上报县委")
    rows = list(open_roster(out, "党员名册.xlsx", today=TODAY).rows())
    # How old somebody is goes out with when he was born.
    told = {**known, "韦志强": {**known["韦志强"], "age": 41}}
    assert {str(row.values["name"]): row.values for row in rows} == told
    assert [it for row in rows for it in row.problems] == []

    batch = services.stage(actor=desk.officer, unit_id=desk.cast.town.id, file_name="名册.xlsx", data=out)
    done = services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    assert done.counts == {"rows": 5, "added": 0, "changed": 0, "same": 5, "left_out": 0, "problems": 0}
    assert everybody() == known


def test_cells_are_text(desk: Desk) -> None:
    desk.bring_in(FULL)
    out = members_xlsx(actor=desk.officer, unit_id=desk.cast.town.id, reason="上报县委")
    sheet = load_workbook(BytesIO(out)).active
    assert sheet is not None
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert "=1+1" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_an_export_is_told_with_its_reason(desk: Desk) -> None:
    chosen = Member.objects.filter(gender="female").order_by("-name_key")
    out = members_xlsx(
        actor=desk.officer, unit_id=desk.cast.town.id, reason="慰问", chosen=chosen, described="女党员"
    )
    names = [row.values["name"] for row in open_roster(out, "", today=TODAY).rows()]
    assert names == ["覃小燕", "黄秀兰"]
    fact = Fact.objects.get(kind="sheets.exported")
    assert tell([fact])[0].sentence == "周慧导出名册（女党员），共 2 人，用途：慰问"
    assert fact.data["count"] == 2


def test_only_what_one_may_export(desk: Desk) -> None:
    out = members_xlsx(
        actor=desk.cast.actor("shilei"),
        unit_id=desk.cast.qingshi.id,
        reason="核对",
        chosen=Member.objects.order_by("name_key"),
    )
    names = {row.values["name"] for row in open_roster(out, "", today=TODAY).rows()}
    assert names == {"韦志强", "黄秀兰"}
    with pytest.raises(NotFound):
        members_xlsx(actor=desk.cast.actor("shilei"), unit_id=desk.cast.liuhe.id, reason="核对")
    with pytest.raises(NotPermitted):
        members_xlsx(actor=desk.cast.actor("guming"), unit_id=desk.cast.town.id, reason="核对")
    with pytest.raises(DomainError, match="用途"):
        members_xlsx(actor=desk.officer, unit_id=desk.cast.town.id, reason=" ")
    assert Fact.objects.filter(kind="sheets.exported").count() == 1


def test_a_heading_row_alone_is_no_list(desk: Desk) -> None:
    with pytest.raises(DomainError):
        services.stage(actor=desk.officer, unit_id=desk.cast.town.id, file_name="空.xlsx", data=workbook([]))
