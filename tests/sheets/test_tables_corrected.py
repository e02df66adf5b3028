"""Several tables in a sheet: what an officer says of the columns of each holds for that one, and for the next sheet."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.sheets.books import workbook
from tests.sheets.conftest import Desk
from yanzhen.kernel.errors import DomainError
from yanzhen.sheets import services
from yanzhen.sheets.models import Batch
from yanzhen.sheets.preview import preview

STACKED = workbook(
    ["姓名", "性别", "手机号码", "绰号"],
    ["罗大山", "男", "19900000011", "石头"],
    ["", "", "", ""],
    ["姓名", "绰号", "手机号码", "职业"],
    ["农春兰", "小燕", "19900000012", "木工"],
    ["岑玉珍", "阿珍", "19900000013", "瓦工"],
)


def hand_in(desk: Desk, data: bytes = STACKED) -> Batch:
    return services.stage(actor=desk.officer, unit_id=desk.cast.qingshi.id, file_name="名册.xlsx", data=data)


def below(desk: Desk, batch: Batch) -> dict[str, tuple[str, str | None, bool]]:
    """The columns of the second table by letter: what a correction calls each, its field, whether it was corrected."""
    (table,) = preview(actor=desk.officer, batch_id=batch.id).below
    assert table.row == 4
    return {it.letter: (it.name, it.field, it.corrected) for it in table.columns}


def test_a_correction_holds_for_its_own_table(desk: Desk) -> None:
    batch = hand_in(desk)
    name, field, corrected = below(desk, batch)["B"]
    assert (field, corrected) == (None, False)
    services.correct(actor=desk.officer, batch_id=batch.id, fields={name: "note"})
    assert below(desk, batch)["B"] == (name, "note", True)
    assert [it.field for it in preview(actor=desk.officer, batch_id=batch.id).columns] == [
        "name",
        "gender",
        "phone",
        None,
    ]
    services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    assert desk.record("农春兰")["note"] == "小燕"
    assert "note" not in desk.record("罗大山")


def test_examples_are_those_of_the_table(desk: Desk) -> None:
    (table,) = preview(actor=desk.officer, batch_id=hand_in(desk).id).below
    assert table.columns[0].examples == ("农春兰", "岑玉珍")


def test_what_is_sure_anyway_is_no_correction_and_all_can_be_forgotten(desk: Desk) -> None:
    batch = hand_in(desk)
    names = {letter: told[0] for letter, told in below(desk, batch).items()}
    services.correct(actor=desk.officer, batch_id=batch.id, fields={names["A"]: "name", names["B"]: "note"})
    batch.refresh_from_db()
    assert batch.fields == {names["B"]: "note"}
    services.recognize_anew(actor=desk.officer, batch_id=batch.id)
    assert below(desk, batch)["B"][1:] == (None, False)


def test_the_next_sheet_is_read_so_and_another_table_is_not(desk: Desk) -> None:
    first = hand_in(desk)
    services.correct(actor=desk.officer, batch_id=first.id, fields={below(desk, first)["B"][0]: "note"})
    again = hand_in(desk)
    assert again.recalled
    assert below(desk, again)["B"][1] == "note"
    other = workbook(
        ["姓名", "性别", "手机号码", "绰号"],
        ["罗大山", "男", "19900000011", "石头"],
        ["", "", "", ""],
        ["姓名", "别号", "手机号码", "职业"],
        ["农春兰", "小燕", "19900000012", "木工"],
    )
    assert below(desk, hand_in(desk, other))["B"][1] is None


def test_a_table_that_is_not_there_is_passed_over_and_a_field_that_is_none_refused(desk: Desk) -> None:
    batch = hand_in(desk)
    services.correct(actor=desk.officer, batch_id=batch.id, fields={"NONE:B": "note"})
    batch.refresh_from_db()
    assert batch.fields == {}
    name = below(desk, batch)["B"][0]
    with pytest.raises(DomainError, match="没有“bad”这个字段"):
        services.correct(actor=desk.officer, batch_id=batch.id, fields={name: "bad"})
    assert below(desk, batch)["B"][1] is None


def test_the_page_has_a_form_for_each(desk: Desk, client: Client) -> None:
    client.force_login(desk.cast.account("zhouhui"))
    batch = hand_in(desk)
    name, url = below(desk, batch)["B"][0], reverse("batch", args=[batch.id])
    page = client.get(url).content.decode()
    assert "第 4 行起另一张表" in page
    assert f'name="column-{name}"' in page
    client.post(reverse("batch_columns", args=[batch.id]), {f"column-{name}": "note"})
    assert below(desk, batch)["B"][1:] == ("note", True)
