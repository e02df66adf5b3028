"""Which unit a mistyped name means is asked once for a committee: its next rosters take it so, and say that they do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.sheets.books import workbook
from tests.sheets.conftest import Desk
from yanzhen.kernel.actor import system
from yanzhen.kernel.errors import DomainError
from yanzhen.org.models import Unit
from yanzhen.org.services import end_unit, found_root, found_unit
from yanzhen.people.models import Member
from yanzhen.reorganization.services import move_unit
from yanzhen.sheets.correcting import correction_xlsx
from yanzhen.sheets.missing import missing
from yanzhen.sheets.models import Batch, KnownUnitName
from yanzhen.sheets.places import Doubt
from yanzhen.sheets.preview import preview
from yanzhen.sheets.services import apply, decide, discard, stage

SLIP = "青石春支部"


def hand_in(desk: Desk, name: str = "罗大山", unit: str = SLIP) -> Batch:
    return desk.stage({"name": name, "unit": unit})


def say(desk: Desk, batch: Batch, unit: Unit | None, name: str = SLIP) -> None:
    decide(actor=desk.officer, batch_id=batch.id, units={name: str(unit.id) if unit else ""})


def doubts(desk: Desk, batch: Batch) -> list[Doubt]:
    return list(preview(actor=desk.officer, batch_id=batch.id).doubts)


def test_the_next_roster_takes_it_as_decided_and_says_so(desk: Desk) -> None:
    first = hand_in(desk)
    say(desk, first, desk.cast.qingshi)
    assert [it.is_recalled for it in doubts(desk, first)] == [False]
    again = hand_in(desk, "农春兰")
    seen = preview(actor=desk.officer, batch_id=again.id)
    (doubt,) = seen.doubts
    assert (doubt.is_recalled, doubt.called, doubt.rows) == (True, "青石村党支部", 1)
    assert (seen.new_units, seen.problems) == ((), ())
    done = apply(actor=desk.officer, batch_id=again.id, confirm_new_units=False)
    assert done.notes == (f"上次说过，“{SLIP}”就是“青石村党支部”，照办（1 行）。",)
    assert Member.objects.get(name="农春兰").unit == desk.cast.qingshi


def test_it_holds_though_the_roster_is_dropped(desk: Desk) -> None:
    first = hand_in(desk)
    say(desk, first, desk.cast.qingshi)
    discard(actor=desk.officer, batch_id=first.id)
    assert [it.is_recalled for it in doubts(desk, hand_in(desk))] == [True]


def test_deciding_otherwise_changes_what_is_remembered(desk: Desk) -> None:
    say(desk, hand_in(desk), desk.cast.qingshi)
    again = hand_in(desk)
    say(desk, again, None)
    assert [(it.taken, it.is_recalled) for it in doubts(desk, again)] == [(None, False)]
    assert [(it.taken, it.is_recalled) for it in doubts(desk, hand_in(desk))] == [(None, False)]
    assert not KnownUnitName.objects.exists()
    say(desk, again, desk.cast.liuhe)
    say(desk, again, desk.cast.liuhe)  # the same again
    assert [(it.called, it.is_recalled) for it in doubts(desk, hand_in(desk))] == [
        (desk.cast.liuhe.name, True)
    ]


def test_what_is_said_in_a_roster_holds_for_it_whatever_is_said_later(desk: Desk) -> None:
    first, other = hand_in(desk), hand_in(desk)
    say(desk, first, desk.cast.qingshi)
    say(desk, other, desk.cast.liuhe)
    assert [it.called for it in doubts(desk, first)] == ["青石村党支部"]


def test_other_committees_are_asked_themselves(desk: Desk) -> None:
    say(desk, hand_in(desk), desk.cast.qingshi)
    elsewhere = found_root(actor=system("test"), name="云岭县红岩镇党委")
    found_unit(actor=system("test"), parent_id=elsewhere.id, name="青石村党支部", kind="branch")
    batch = stage(
        actor=system("test"),
        unit_id=elsewhere.id,
        file_name="名册.xlsx",
        data=workbook(("姓名", "性别", "党支部"), ("罗大山", "男", SLIP)),
    )
    assert [it.taken for it in preview(actor=system("test"), batch_id=batch.id).doubts] == [None]


def test_it_is_not_taken_outside_the_rosters_ground(desk: Desk) -> None:
    say(desk, hand_in(desk), desk.cast.qingshi)
    data = workbook(("姓名", "性别", "党支部"), ("罗大山", "男", SLIP))
    batch = stage(actor=desk.officer, unit_id=desk.cast.liuhe.id, file_name="名册.xlsx", data=data)
    (row,) = preview(actor=desk.officer, batch_id=batch.id).problems
    assert [it.code for it in row.problems] == ["unknown_unit"]


def test_a_unit_that_ended_or_left_is_not_used(desk: Desk) -> None:
    ended = found_unit(actor=desk.officer, parent_id=desk.cast.town.id, name="高坡村党支部", kind="branch")
    say(desk, hand_in(desk), ended)
    end_unit(actor=desk.officer, unit_id=ended.id)
    batch = hand_in(desk)
    assert [it.taken for it in doubts(desk, batch)] == [None]
    with pytest.raises(DomainError, match="是不是“青石村党支部”？"):
        apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    say(desk, batch, desk.cast.liuhe)
    elsewhere = found_root(actor=system("test"), name="云岭县红岩镇党委")
    move_unit(actor=system("test"), unit_id=desk.cast.liuhe.id, to_id=elsewhere.id)
    assert [it.taken for it in doubts(desk, batch)] == [None]
    assert [it.taken for it in doubts(desk, hand_in(desk))] == [None]


def test_the_correction_workbook_does_not_ask_again(desk: Desk) -> None:
    batch = desk.stage({"name": "罗大山", "unit": SLIP, "birth_on": "2031-01-01"})
    say(desk, batch, desk.cast.qingshi)
    back = correction_xlsx(actor=desk.officer, batch_id=batch.id)
    again = stage(actor=desk.officer, unit_id=desk.cast.town.id, file_name="要改的行.xlsx", data=back)
    assert [(it.written, it.is_recalled) for it in doubts(desk, again)] == [(SLIP, True)]


def test_who_is_missing_is_looked_for_anew_when_another_roster_decides(desk: Desk) -> None:
    asked = hand_in(desk)
    assert missing(actor=desk.officer, batch_id=asked.id) == []
    say(desk, hand_in(desk), desk.cast.qingshi)
    assert missing(actor=desk.officer, batch_id=asked.id) != []


@pytest.mark.parametrize("name", ["", "春" * 101])
def test_a_name_that_no_unit_can_have_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(DomainError):
        say(desk, hand_in(desk), desk.cast.qingshi, name=name)
    assert not KnownUnitName.objects.exists()


def test_the_page_says_it_and_takes_it_back(desk: Desk, client: Client) -> None:
    say(desk, hand_in(desk), desk.cast.qingshi)
    url, rows = (reverse(name, args=[hand_in(desk).id]) for name in ("batch", "batch_rows"))
    client.force_login(desk.cast.account("zhouhui"))
    page = client.get(url).content.decode()
    assert f"上次说过，“{SLIP}”就是“青石村党支部”，照办（1 行）。" in page
    assert f'name="unit-{SLIP}" value="">' in page
    client.post(rows, {f"unit-{SLIP}": "", "next": url})
    assert "上次说过" not in client.get(url).content.decode()
