"""Taking an import back: everything is as before, or exactly what stands in the way is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.sheets.books import id_number
from tests.sheets.conftest import Desk
from yanzhen.accounts.services import appoint
from yanzhen.contact.models import ContactPerson
from yanzhen.duties.services import check
from yanzhen.kernel.errors import Conflict, NotFound
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.ledger.sealing import Break, verify
from yanzhen.ledger.secrets import redact
from yanzhen.mobility.services import report_departure
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import end_unit, found_unit, rename_unit
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.services import add_member, change_member, look, unmask
from yanzhen.people.values import member_values
from yanzhen.reorganization.merging import merge_members, split_members
from yanzhen.sheets import services
from yanzhen.sheets.models import BatchMember, BatchState
from yanzhen.sheets.undoing import InTheWay

ROOMS = ("access", "policy", "org", "people", "mobility", "contact", "duties")
# Paths are never given twice, so the number of the next unit stays; standing is made anew under new keys.
PASSED_OVER = {"org_unit": {"next_child"}, "duties_standing": {"id"}}

WEIZHIQIANG = "522699198503071236"
AWAY: dict[str, Value] = {
    "is_mobile": True,
    "departed_on": "2026-03",
    "destination": "广东省深圳市",
    "destination_address": "宝安区某街道1号",
    "contact_person": "陆芳",
    "contact_person_phone": "19900000021",
    "last_contact_on": "2026-10-08",
}


def state() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of domain state; a member's sealed values are opened, as sealing twice differs."""
    found: dict[str, list[dict[str, Any]]] = {}
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            table = model._meta.db_table
            rows = list(model._default_manager.order_by("pk").values())
            for row in rows:
                for column in PASSED_OVER.get(table, ()):
                    del row[column]
            found[table] = sorted(rows, key=str) if table == "duties_standing" else rows
    for row, member in zip(found["people_member"], Member.objects.order_by("pk"), strict=True):
        row.update({key: "" for key in row if key.endswith("_sealed")} | dict(member_values(member)))
    return found


PEOPLE = st.sampled_from(
    [
        {"name": "韦志强", "id_number": WEIZHIQIANG},
        {"name": "韦志强"},
        {"name": "黄秀兰", "unit": "青石村党支部"},
        {"name": "覃小燕"},
        {"name": "覃小燕", "unit": "柳河村党支部", "id_number": id_number("19900203", 2)},
        {"name": "罗大山", "id_number": id_number("19790102", 1)},
        {"name": "罗大山", "unit": "大坪村党支部"},
        {"name": "农春兰", "unit": "红岩村党总支"},
    ]
)
DETAILS = st.fixed_dictionaries(
    {},
    optional={
        "gender": st.sampled_from(["male", "female"]),
        "phone": st.sampled_from(["19900000001", "19900000031"]),
        "home_address": st.just("大坪村2组"),
        "birth_on": st.sampled_from(["1985", "1985-03-07", "1979-01"]),
        "household_size": st.integers(1, 9),
        "is_lost": st.booleans(),
        "is_mobile": st.booleans(),
        "departed_on": st.sampled_from(["2025", "2026-03", "2026-05-02"]),
        "returned_on": st.just("2026-10-01"),
        "destination": st.sampled_from(["广东省深圳市", "浙江省杭州市"]),
        "destination_address": st.just("宝安区某街道1号"),
        "has_certificate": st.booleans(),
        "contact_person": st.sampled_from(["陆芳", "岑玉珍"]),
        "contact_person_phone": st.sampled_from(["19900000021", "19900000022"]),
        "last_contact_on": st.sampled_from(["2026-10-08", "2026-11", "2025"]),
    },
)
ROW = st.builds(lambda person, details: {**details, **person}, PEOPLE, DETAILS)
ROWS = st.lists(ROW, min_size=1, max_size=6)
ONCE = st.lists(ROW, min_size=1, max_size=6, unique_by=lambda row: row["name"])


def test_a_contact_persons_phone_alone_changes_nothing(desk_away: Desk) -> None:
    row: dict[str, Value] = {
        "name": "韦志强",
        "id_number": WEIZHIQIANG,
        "contact_person_phone": "19900000021",
    }
    assert desk_away.bring_in(row).counts["changed"] == 0


@given(rows=ONCE)
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_was_imported_is_known_when_it_comes_again(
    desk_away: Desk, rows: list[dict[str, Value]]
) -> None:
    before = transaction.savepoint()
    try:
        desk_away.bring_in(*rows)
        again = desk_away.bring_in(*rows).counts
        assert (again["added"], again["changed"]) == (0, 0)
    finally:
        transaction.savepoint_rollback(before)


@given(rows=ROWS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_import_and_undo_leave_what_was(desk_away: Desk, rows: list[dict[str, Value]]) -> None:
    before = state()
    done = desk_away.bring_in(*rows)
    assert list(check()) == []
    desk_away.undo(done)
    assert state() == before
    assert list(check()) == []


@pytest.fixture
def desk_away(data_folder: Path, cast_away: Cast) -> Desk:
    return Desk(cast_away)


def test_what_was_added_changed_founded_and_named_goes(desk_away: Desk) -> None:
    before = state()
    done = desk_away.bring_in(
        {"name": "罗大山", "unit": "大坪村党支部", "phone": "19900000011", **AWAY},
        {"name": "韦志强", "id_number": WEIZHIQIANG, "phone": "19900000099", **AWAY},
    )
    assert (done.counts["added"], done.counts["changed"]) == (1, 1)
    assert Unit.objects.filter(name="大坪村党支部").exists()
    assert ContactPerson.objects.filter(name="陆芳", path__startswith="0001").exists()
    assert state() != before
    batch = desk_away.undo(done)
    assert batch.state == BatchState.UNDONE
    assert state() == before
    assert tell([Fact.objects.get(kind="sheets.batch.undone")])[0].sentence == (
        "周慧撤销了花名册“名册.xlsx”的导入：移除 1 人，恢复 1 人"
    )
    assert {
        fact.kind for fact in Fact.objects.filter(batch_id=batch.id, member_id=desk_away.cast.weizhiqiang.id)
    } >= {
        "people.member.changed",
        "mobility.absence.recorded",
    }
    assert not [it for it in verify() if isinstance(it, Break)]


def test_looking_stands_not_in_the_way(desk: Desk) -> None:
    done = desk.bring_in({"name": "罗大山", "phone": "19900000011"})
    member = Member.objects.get(name="罗大山")
    secretary = desk.officer
    look(actor=desk.cast.actor("guming"), member_id=member.id)
    unmask(actor=secretary, member_id=member.id, field="phone", reason="核对")
    desk.undo(done)
    assert not Member.objects.filter(name="罗大山").exists()


def test_later_acts_stand_in_the_way_and_are_named(desk: Desk) -> None:
    done = desk.bring_in(
        {"name": "罗大山", "phone": "19900000011"}, {"name": "农春兰", "phone": "19900000012"}
    )
    member = Member.objects.get(name="罗大山")
    change_member(actor=desk.officer, member_id=member.id, values={"phone": "19900000013"})
    report_departure(
        actor=desk.officer, member_id=member.id, departed_on="2026-11", reason="务工", destination="浙江杭州"
    )
    before = state()
    with pytest.raises(InTheWay) as refusal:
        desk.undo(done)
    assert refusal.value.count == 2
    first = refusal.value.line(refusal.value.entries[0])
    assert first == "2026-11-23 罗大山：周慧修改了手机号码"
    assert first in refusal.value.sentence
    assert state() == before


def test_the_later_of_two_imports_goes_first(desk: Desk) -> None:
    before = state()
    first = desk.bring_in({"name": "罗大山", "phone": "19900000011"})
    second = desk.bring_in({"name": "罗大山", "phone": "19900000012"})
    assert second.counts["changed"] == 1
    with pytest.raises(InTheWay):
        desk.undo(first)
    desk.undo(second)
    desk.undo(first)
    assert state() == before


def test_a_unit_in_use_stays(desk: Desk) -> None:
    done = desk.bring_in(
        {"name": "罗大山", "unit": "大坪村党支部"}, {"name": "农春兰", "unit": "高坡村党支部"}
    )
    unit = Unit.objects.get(name="大坪村党支部")
    appoint(actor=desk.officer, account_id=desk.cast.account("shilei").id, unit_id=unit.id, role="secretary")
    desk.undo(done)
    assert Unit.objects.filter(name="大坪村党支部").exists()
    assert not Unit.objects.filter(name="高坡村党支部").exists()


def test_it_is_taken_back_once_and_by_whom_it_may(desk: Desk) -> None:
    done = desk.bring_in({"name": "罗大山", "phone": "19900000011"})
    with pytest.raises(NotFound):
        services.undo(actor=desk.cast.actor("liuqing"), batch_id=done.batch_id)
    desk.undo(done)
    with pytest.raises(Conflict, match="已经撤销"):
        desk.undo(done)
    again = desk.bring_in({"name": "罗大山", "phone": "19900000011"})
    assert again.counts["added"] == 1


def test_a_unit_for_which_a_roster_was_handed_in_stays(desk: Desk) -> None:
    done = desk.bring_in({"name": "罗大山", "unit": "大坪村党支部"})
    unit = Unit.objects.get(name="大坪村党支部")
    services.stage(
        actor=desk.officer, unit_id=unit.id, file_name="名册.csv", data="姓名,性别\n农春兰,女".encode()
    )
    desk.undo(done)
    assert Unit.objects.filter(pk=unit.id).exists()


def test_the_page_names_what_stands_in_the_way_before_anybody_presses(desk: Desk) -> None:
    done = desk.bring_in({"name": "韦志強", "unit": "柳河村党支部", "phone": "19900000031"})
    added, known = Member.objects.get(name="韦志強").id, desk.cast.weizhiqiang.id
    client = Client()
    client.force_login(desk.cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    address = reverse("batch_undo", args=[done.batch_id])
    assert "整批撤销" in client.get(address).content.decode()
    merge_members(actor=desk.officer, keep_id=known, other_id=added)
    shown = client.get(address).content.decode()
    assert "导入以后又办了 1 件事" in shown
    assert "周慧把这条登记并入“韦志强”" in shown
    assert reverse("member", args=[added]) in shown
    assert "整批撤销" not in shown
    assert client.post(address).status_code == 422
    split_members(actor=desk.officer, member_id=known)
    assert client.post(address, follow=True).redirect_chain
    assert "整批撤销" not in client.get(address).content.decode()


def test_what_is_kept_for_it_is_the_members_own(desk_away: Desk) -> None:
    """Erased with him, and no longer there than it is needed."""
    row: dict[str, Value] = {"name": "韦志强", "id_number": WEIZHIQIANG, "employer": "华强电子厂"}
    done = desk_away.bring_in(row)
    desk_away.undo(done)
    assert set(BatchMember.objects.values_list("before_sealed", flat=True)) == {""}
    again = desk_away.bring_in(row)
    redact(desk_away.cast.weizhiqiang.id)
    with pytest.raises(Conflict, match="依法删除"):
        desk_away.undo(again)
    assert desk_away.record("韦志强")["employer"] == "华强电子厂"


def test_members_without_a_key_come_back_too(desk: Desk) -> None:
    """Of whom no fact kept anything personal before the import."""
    add_member(actor=desk.officer, unit_id=desk.cast.liuhe.id, values={"name": "农春兰"})
    before = state()
    desk.undo(desk.bring_in({"name": "农春兰", "unit": "柳河村党支部", "is_mobile": True}))
    assert state() == before


class TestMembersThatWereMadeOne:
    """What was merged and split again has never been, for the undoing of an import and for another split."""

    @pytest.mark.parametrize("added_stays", [True, False])
    def test_after_the_split_it_can_be_undone(self, desk_away: Desk, added_stays: bool) -> None:
        before = state()
        done = desk_away.bring_in({"name": "韦志強", "unit": "柳河村党支部", "phone": "19900000031", **AWAY})
        added, known = Member.objects.get(name="韦志強").id, desk_away.cast.weizhiqiang.id
        keep, other = (added, known) if added_stays else (known, added)
        merge_members(actor=desk_away.officer, keep_id=keep, other_id=other, take=["phone"])
        with pytest.raises(InTheWay):
            desk_away.undo(done)
        split_members(actor=desk_away.officer, member_id=keep)
        desk_away.undo(done)
        assert state() == before
        assert list(check()) == []

    def test_what_an_undone_import_did_does_not_stand_in_the_way_of_the_split(self, desk_away: Desk) -> None:
        officer, known = desk_away.officer, desk_away.cast.weizhiqiang.id
        twin = add_member(actor=officer, unit_id=desk_away.cast.liuhe.id, values={"name": "韦志強"})
        before = state()
        merge_members(actor=officer, keep_id=known, other_id=twin.id)
        desk_away.undo(desk_away.bring_in({"name": "韦志强", "id_number": WEIZHIQIANG, **AWAY}))
        split_members(actor=officer, member_id=known)
        assert state() == before
        assert list(check()) == []


@pytest.mark.parametrize("is_renamed", [False, True])
def test_a_group_that_has_ended_meanwhile_is_not_written_back(
    desk: Desk, client: Client, is_renamed: bool
) -> None:
    officer, home = desk.officer, desk.cast.qingshi
    first, second = (
        found_unit(actor=officer, parent_id=home.id, name=name, kind=UnitKind.GROUP)
        for name in ("第一党小组", "第二党小组")
    )
    for name in ("韦志强", "黄秀兰"):
        member = Member.objects.get(name=name)
        change_member(actor=officer, member_id=member.id, values={"group": "第一党小组"})
    change_member(actor=officer, member_id=desk.cast.huangxiulan.id, values={"group": "第二党小组"})
    done = desk.bring_in(
        {
            "name": "韦志强",
            "id_number": WEIZHIQIANG,
            "unit": "青石村党支部",
            "group": "第三党小组",
            "position": "书记",
        },
        {"name": "黄秀兰", "phone": "19900000002", "unit": "青石村党支部", "group": "第三党小组"},
    )
    if is_renamed:
        rename_unit(actor=officer, unit_id=first.id, name="茶厂党小组")
        rename_unit(actor=officer, unit_id=second.id, name="河边党小组")
    end_unit(actor=officer, unit_id=first.id)
    batch = desk.undo(done)
    kept = dict(Member.objects.filter(unit=home).values_list("name", "group"))
    assert kept == {"韦志强": "", "黄秀兰": "河边党小组" if is_renamed else "第二党小组"}
    assert desk.record("韦志强").get("position") is None
    assert batch.counts["without_group"] == 1
    client.force_login(desk.cast.account("zhouhui"))
    page = client.get(reverse("batch", args=[batch.id])).content.decode()
    assert "1 名党员导入以前所在的党小组已经撤销，没有写回" in page
