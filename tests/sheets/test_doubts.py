"""A unit's name with a slip of the hand: the near one is named, and taken only where the officer says so."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.sheets.conftest import Desk
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_unit, rename_unit
from yanzhen.people.models import Member
from yanzhen.reorganization.by_sheet import moves
from yanzhen.sheets.correcting import correction_xlsx
from yanzhen.sheets.models import Batch
from yanzhen.sheets.outcome import fetch
from yanzhen.sheets.preview import preview
from yanzhen.sheets.services import apply, decide, stage

SLIP = "青禾镇青石村党支步"
QUESTION = f"没有“{SLIP}”。是不是“青石村党支部”？"


@pytest.fixture
def batch(desk: Desk) -> Batch:
    return desk.stage(
        {"name": "罗大山", "unit": SLIP},
        {"name": "农春兰", "unit": "高坡村党支部"},
        {"name": "岑玉珍", "unit": SLIP},
    )


def say(desk: Desk, batch: Batch, unit: Unit | None) -> None:
    decide(actor=desk.officer, batch_id=batch.id, units={SLIP: str(unit.id) if unit else ""})


def test_the_review_and_the_workbook_name_the_near_one(desk: Desk, batch: Batch) -> None:
    seen = preview(actor=desk.officer, batch_id=batch.id)
    assert seen.new_units == (SLIP, "高坡村党支部")
    (doubt,) = seen.doubts
    assert (doubt.written, list(doubt.near.values()), doubt.taken, doubt.rows) == (
        SLIP,
        ["青石村党支部"],
        None,
        2,
    )
    assert [(row.row, it.field, it.message) for row in seen.problems for it in row.problems] == [
        (2, "unit", QUESTION),
        (4, "unit", QUESTION),
    ]
    page = load_workbook(BytesIO(correction_xlsx(actor=desk.officer, batch_id=batch.id))).active
    assert page is not None
    assert [row[-1] for row in page.iter_rows(values_only=True)] == ["问题", QUESTION, QUESTION]
    with pytest.raises(DomainError, match="党支步（是不是“青石村党支部”？）、高坡村党支部"):
        apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)


def test_of_a_member_in_another_unit_only_the_question_is_told(desk: Desk) -> None:
    batch = desk.stage({"name": "韦志强", "id_number": "522699198503071236", "unit": SLIP})
    (row,) = preview(actor=desk.officer, batch_id=batch.id).problems
    assert [it.message for it in row.problems] == [QUESTION]
    done = apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    assert [it.message for it in done.with_problems[0].problems] == [
        f"在册的党支部是“青石村党支部”，这里写的是“{SLIP}”，党支部没有改动。"
    ]


def test_it_is_never_taken_by_itself(desk: Desk, batch: Batch) -> None:
    done = apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    assert done.new_units == (SLIP, "高坡村党支部")
    assert not done.with_problems
    assert Member.objects.get(name="罗大山").unit.name == SLIP


def test_one_word_of_the_officers_takes_it_for_all_rows(desk: Desk, batch: Batch) -> None:
    say(desk, batch, desk.cast.qingshi)
    fact = Fact.objects.get(kind="sheets.batch.decided")
    assert fact.data["units"] == {SLIP: str(desk.cast.qingshi.id)}
    seen = preview(actor=desk.officer, batch_id=batch.id)
    assert (seen.new_units, seen.problems) == (("高坡村党支部",), ())
    assert [it.taken.name for it in seen.doubts if it.taken] == ["青石村党支部"]
    say(desk, batch, desk.cast.qingshi)  # the same again
    apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    for name in ("罗大山", "岑玉珍"):
        assert Member.objects.get(name=name).unit == desk.cast.qingshi


def test_it_can_be_taken_back_and_is_gone_with_its_unit(desk: Desk, batch: Batch) -> None:
    say(desk, batch, desk.cast.qingshi)
    say(desk, batch, None)
    assert preview(actor=desk.officer, batch_id=batch.id).new_units == (SLIP, "高坡村党支部")
    say(desk, batch, desk.cast.liuhe)
    Unit.objects.filter(pk=desk.cast.liuhe.pk).update(ended_on="2026-11-01")
    assert preview(actor=desk.officer, batch_id=batch.id).new_units == (SLIP, "高坡村党支部")


def test_only_a_unit_of_the_ground_that_members_can_be_in(desk: Desk, batch: Batch) -> None:
    group = found_unit(
        actor=desk.officer, parent_id=desk.cast.qingshi.id, name="第一党小组", kind=UnitKind.GROUP
    )
    inside = stage(
        actor=desk.officer,
        unit_id=desk.cast.qingshi.id,
        file_name="名册.csv",
        data="姓名,性别\n罗大山,男".encode(),
    )
    for of, key in (
        (batch, "x"),
        (batch, str(batch.id)),
        (batch, str(group.id)),
        (inside, str(desk.cast.liuhe.id)),
    ):
        with pytest.raises(DomainError, match="不在您管理的范围内"):
            decide(actor=desk.officer, batch_id=of.id, units={SLIP: key})


def test_a_branch_that_may_found_nothing_is_told_the_near_one(desk: Desk) -> None:
    data = f"姓名,性别,党支部\n罗大山,男,{SLIP}".encode()
    batch = stage(actor=desk.officer, unit_id=desk.cast.qingshi.id, file_name="名册.csv", data=data)
    (row,) = preview(actor=desk.officer, batch_id=batch.id).problems
    assert [it.message for it in row.problems] == [f"“{SLIP}”不在“青石村党支部”里。是不是“青石村党支部”？"]


def test_the_page_takes_it_with_one_click(desk: Desk, batch: Batch, client: Client) -> None:
    client.force_login(desk.cast.account("zhouhui"))
    url, rows = reverse("batch", args=[batch.id]), reverse("batch_rows", args=[batch.id])
    page = client.get(url).content.decode()
    assert f'name="unit-{SLIP}" value="{desk.cast.qingshi.id}"' in page
    assert f'name="next" value="{url}#names"' in page
    assert 'id="names"' in page
    answer = client.post(rows, {f"unit-{SLIP}": str(desk.cast.qingshi.id), "next": f"{url}#names"})
    assert answer["Location"] == f"{url}#names"
    assert "不是“青石村党支部”" in client.get(url).content.decode()


def test_the_name_that_a_branch_bore_before_is_its_name_until_another_bears_it(desk: Desk) -> None:
    former, liuhe = desk.cast.liuhe.name, desk.cast.liuhe
    rename_unit(actor=desk.officer, unit_id=liuhe.id, name="桐花村党支部")
    first = desk.bring_in({"name": "罗大山", "unit": f"青禾镇{former}"})
    assert (first.new_units, Member.objects.get(name="罗大山").unit) == ((), liuhe)
    parent = desk.cast.town.id
    found_unit(actor=desk.officer, parent_id=parent, name=former, kind=UnitKind.BRANCH)
    desk.bring_in({"name": "罗小山", "unit": former})
    assert Member.objects.get(name="罗小山").unit != liuhe


def test_a_former_name_is_told_once_with_its_rows(desk: Desk, client: Client) -> None:
    former, liuhe = desk.cast.liuhe.name, desk.cast.liuhe
    rename_unit(actor=desk.officer, unit_id=liuhe.id, name="桐花村党支部")
    batch = desk.stage(
        {"name": "罗大山", "unit": former},
        {"name": "农春兰", "unit": former},
        {"name": "岑玉珍", "unit": "桐花村支部"},
    )
    sentence = f"“{former}”现在叫“桐花村党支部”，按“桐花村党支部”办（2 行）。"
    seen = preview(actor=desk.officer, batch_id=batch.id)
    assert [it.sentence for it in seen.renamed] == [sentence]
    client.force_login(desk.cast.account("zhouhui"))
    assert sentence in client.get(reverse("batch", args=[batch.id])).content.decode()
    done = apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    assert done.notes == fetch(batch.id).notes == (sentence,)


def test_moves_by_a_sheet_are_asked_the_same(desk: Desk) -> None:
    rename_unit(actor=desk.officer, unit_id=desk.cast.liuhe.id, name="桐花村党支部")
    batch = desk.stage({"name": "韦志强", "id_number": "522699198503071236", "unit": "桐华村支部"})
    found = moves(actor=desk.officer, batch_id=batch.id)
    assert [it.why for it in found.left] == ["没有“桐华村支部”。是不是“桐花村党支部”？"]
    decide(actor=desk.officer, batch_id=batch.id, units={"桐华村支部": str(desk.cast.liuhe.id)})
    found = moves(actor=desk.officer, batch_id=batch.id)
    assert [it.to for it in found.moves] == [desk.cast.liuhe]
    assert [it.taken.name for it in found.doubts if it.taken] == ["桐花村党支部"]
