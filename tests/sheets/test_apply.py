"""Importing a batch: who comes in, what stays out, what it does to the base."""

from __future__ import annotations

import pytest

from tests.sheets.books import id_number, roster
from tests.sheets.conftest import Desk
from yanzhen.contact.models import Contact, ContactPerson
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.org.services import found_unit
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.sheets import outcome, services
from yanzhen.sheets.models import BatchState
from yanzhen.sheets.outcome import Outcome
from yanzhen.sheets.progress import Cancelled

WEIZHIQIANG = "522699198503071236"
LUODASHAN = id_number("19790102", 1)


def problems(done: Outcome) -> list[tuple[int, str, str]]:
    return [
        (row.row, it.field, it.code) for row in (*done.left_out, *done.with_problems) for it in row.problems
    ]


def test_new_people_come_in_with_all_they_have(desk: Desk) -> None:
    row: dict[str, Value] = {
        "name": "罗大山",
        "gender": "male",
        "unit": "大坪村党支部",
        "id_number": LUODASHAN,
        "phone": "19900000011",
        "joined_on": "2010-07",
        "stage": "full",
        "home_address": "大坪村2组",
        "household_size": 4,
    }
    done = desk.bring_in(row)
    assert done.counts == {"rows": 1, "added": 1, "changed": 0, "same": 0, "left_out": 0, "problems": 0}
    # The birth month is in the ID number.
    assert desk.record("罗大山") == {**row, "birth_on": "1979-01", "is_mobile": False}
    member = Member.objects.get(name="罗大山")
    assert "19900000011" not in str(member.__dict__)
    assert member.terms.filter(term="luodashan").exists()


def test_units_that_the_roster_names_are_founded_with_the_officers_yes(desk: Desk) -> None:
    done = desk.bring_in(
        {"name": "罗大山", "unit": "大坪村党支部"},
        {"name": "农春兰", "unit": "红岩村党总支"},
        {"name": "岑玉珍", "unit": "中共云岭县青禾镇青石村支部委员会"},
    )
    assert done.new_units == ("大坪村党支部", "红岩村党总支")
    founded = Unit.objects.filter(name__in=done.new_units).values_list("name", "kind", "parent__name")
    assert set(founded) == {
        ("大坪村党支部", "branch", "云岭县青禾镇党委"),
        ("红岩村党总支", "general_branch", "云岭县青禾镇党委"),
    }
    assert Member.objects.get(name="岑玉珍").unit == desk.cast.qingshi


def test_without_the_yes_a_new_unit_refuses_everything(desk: Desk) -> None:
    batch = desk.stage({"name": "罗大山", "unit": "青石村党支部"}, {"name": "农春兰", "unit": "大坪村党支部"})
    with pytest.raises(DomainError, match="大坪村党支部") as refusal:
        services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    assert refusal.value.code == "unknown_unit"
    assert not Member.objects.filter(name__in=("罗大山", "农春兰")).exists()
    desk.bring_in({"name": "罗大山", "unit": "青石村党支部"}, yes=False)
    assert Member.objects.filter(name="罗大山").exists()


def test_somebody_known_by_id_number_is_changed_and_the_change_told(desk: Desk) -> None:
    row = {
        "name": "韦志强",
        "id_number": WEIZHIQIANG,
        "phone": "19900000099",
        "education": "大专",
        "gender": "male",
    }
    done = desk.bring_in(row)
    assert (done.counts["added"], done.counts["changed"]) == (0, 1)
    assert desk.record("韦志强")["phone"] == "19900000099"
    assert desk.record("韦志强")["home_address"] == "云岭县青禾镇青石村3组"
    fact = Fact.objects.get(kind="people.member.changed", batch_id=done.batch_id)
    assert fact.member_id == desk.cast.weizhiqiang.id
    assert fact.door == "page"
    assert "19900000099" not in str(fact.data)
    again = desk.bring_in(row)
    assert (again.counts["changed"], again.counts["same"]) == (0, 1)


def test_an_empty_cell_clears_nothing(desk: Desk) -> None:
    desk.bring_in(
        {"name": "韦志强", "id_number": WEIZHIQIANG, "phone": ""}, {"name": "罗大山", "phone": "19900000011"}
    )
    assert desk.record("韦志强")["phone"] == "19900000001"


def test_a_name_alone_is_somebody_where_one_bears_it_in_that_unit(desk: Desk) -> None:
    done = desk.bring_in(
        {"name": "黄秀兰", "unit": "青石村党支部", "education": "初中毕业"},
        {"name": "覃小燕", "unit": "青石村党支部", "education": "初中毕业"},
    )
    assert (done.counts["changed"], done.counts["added"]) == (1, 1)
    assert Member.objects.filter(name="黄秀兰").count() == 1
    assert Member.objects.filter(name="覃小燕").count() == 2


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"name": "韦志伟", "id_number": WEIZHIQIANG}, "id_number"),
        ({"name": "黄秀兰", "unit": "未知党支部之外", "gender": "male"}, None),
    ],
)
def test_contradictions_of_number_and_name_stay_out(
    desk: Desk, row: dict[str, str | bool | int], field: str | None
) -> None:
    before = set(Member.objects.values_list("id", flat=True))
    done = desk.bring_in(row, {"name": "罗大山", "unit": "青石村党支部"})
    added = set(Member.objects.exclude(id__in=before).values_list("name", flat=True))
    if field:
        assert problems(done) == [(2, field, "conflict")]
        assert added == {"罗大山"}
    else:
        assert added == {"罗大山", "黄秀兰"}


def test_of_two_namesakes_nobody_is_guessed(desk: Desk) -> None:
    desk.bring_in(
        {
            "name": "韦志强",
            "unit": "青石村党支部",
            "birth_on": "1990-01",
            "id_number": id_number("19900101", 1),
        },
    )
    done = desk.bring_in({"name": "韦志强", "unit": "青石村党支部", "education": "初中毕业"})
    assert problems(done) == [(2, "name", "conflict")]
    assert done.counts["left_out"] == 1


def test_rows_of_one_file_never_meet_each_other(desk: Desk) -> None:
    """Two of one name in two units are two people, on whatever side of a chunk they stand."""
    done = desk.bring_in(
        {"name": "罗大山", "unit": "青石村党支部", "gender": "male"},
        {"name": "罗大山", "unit": "柳河村党支部", "gender": "male"},
    )
    assert done.counts["added"] == 2


def test_two_rows_of_one_person_go_in_once(desk: Desk) -> None:
    done = desk.bring_in(
        {"name": "韦志强", "education": "初中毕业"}, {"name": "韦志强", "id_number": WEIZHIQIANG}
    )
    assert problems(done) == [(3, "id_number", "duplicate_in_file")]
    assert done.counts["changed"] == 1


def test_a_number_registered_elsewhere_stays_out(desk: Desk) -> None:
    batch = services.stage(
        actor=desk.officer,
        unit_id=desk.cast.liuhe.id,
        file_name="柳河.xlsx",
        data=roster({"name": "韦志强", "id_number": WEIZHIQIANG}, {"name": "罗大山", "id_number": LUODASHAN}),
    )
    done = services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    assert problems(done) == [(2, "unit", "conflict")]
    assert Member.objects.get(name="罗大山").unit == desk.cast.liuhe


def test_a_row_without_name_and_a_double_stay_out_and_a_bad_value_alone(desk: Desk) -> None:
    done = desk.bring_in(
        {"name": "罗大山", "id_number": LUODASHAN, "phone": "19900000011"},
        {"name": "", "id_number": id_number("19800102", 1), "phone": "19900000012"},
        {"name": "罗大山", "id_number": LUODASHAN, "phone": "19900000011"},
        {
            "name": "农春兰",
            "id_number": id_number("19800102", 3).replace("1980", "1981"),
            "phone": "19900000013",
        },
        {"name": "岑玉珍", "employer": "很" * 201, "phone": "19900000014"},
    )
    assert {row.row for row in done.left_out} == {3, 4}
    assert done.counts["added"] == 3
    assert (5, "id_number", "checksum") in problems(done)
    assert (6, "employer", "format") in problems(done)
    assert "id_number" not in desk.record("农春兰")
    assert "employer" not in desk.record("岑玉珍")
    assert desk.record("岑玉珍")["phone"] == "19900000014"


def test_a_name_of_two_units_is_asked_for(desk: Desk) -> None:
    upper = found_unit(
        actor=desk.officer, parent_id=desk.cast.town.id, name="机关党总支", kind="general_branch"
    )
    found_unit(actor=desk.officer, parent_id=upper.id, name="中共柳河村支部委员会", kind="branch")
    done = desk.bring_in({"name": "罗大山", "unit": "柳河村支部"}, {"name": "农春兰", "unit": "柳河村党支部"})
    assert problems(done) == [(2, "unit", "unknown_unit")]
    assert "中共柳河村支部委员会、柳河村党支部" in done.left_out[0].problems[0].message
    assert Member.objects.get(name="农春兰").unit == desk.cast.liuhe


def test_a_roster_moves_nobody(desk: Desk) -> None:
    done = desk.bring_in(
        {"name": "韦志强", "id_number": WEIZHIQIANG, "unit": "柳河村党支部", "education": "大专"}
    )
    assert problems(done) == [(2, "unit", "conflict")]
    assert desk.record("韦志强")["unit"] == "青石村党支部"
    assert done.counts["changed"] == 1


def test_who_is_away_gets_an_absence_and_duties(desk: Desk) -> None:
    done = desk.bring_in(
        {
            "name": "罗大山",
            "phone": "19900000011",
            "is_mobile": True,
            "departed_on": "2026-03",
            "destination": "广东省深圳市",
            "destination_address": "宝安区某街道1号",
            "contact_person": "陆芳",
            "contact_person_phone": "19900000021",
            "last_contact_on": "2026-10-08",
        },
        {"name": "农春兰", "is_mobile": False},
    )
    assert done.counts["added"] == 2
    absence = Absence.objects.get()
    assert (absence.departed_on, absence.destination, absence.province) == ("2026-03", "广东省深圳市", "44")
    assert absence.arrived_on is not None
    assert (
        ContactPerson.objects.get(name="陆芳", phone_index__gt="").assignments.get().member.name == "罗大山"
    )
    assert Contact.objects.get().on == "2026-10-08"
    assert absence.member.standings.filter(duty="contact_quarterly").exists()
    assert not absence.member.standings.filter(duty="contact_person_missing").exists()


def test_what_it_did_is_told_and_kept(desk: Desk) -> None:
    done = desk.bring_in({"name": "罗大山"}, {"name": "", "phone": "19900000011", "employer": "青禾镇"})
    entry = tell(Fact.objects.filter(kind="sheets.batch.applied"))[0]
    assert entry.sentence == "周慧导入花名册“名册.xlsx”：新增 1 人，更新 0 人，1 行没有导入"
    assert entry.fact.data["batch"] == str(done.batch_id)
    assert Fact.objects.get(kind="people.member.added", batch_id=done.batch_id).member_id
    assert outcome.fetch(done.batch_id) == done


def test_a_batch_is_imported_once(desk: Desk) -> None:
    done = desk.bring_in({"name": "罗大山"})
    with pytest.raises(Conflict, match="已经导入"):
        services.apply(actor=desk.officer, batch_id=done.batch_id, confirm_new_units=True)


def test_stopping_it_leaves_nothing(desk: Desk) -> None:
    batch = desk.stage({"name": "罗大山", "unit": "大坪村党支部"})

    def stop(done: int) -> None:
        assert done == 1
        raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True, progress=stop)
    assert not Member.objects.filter(name="罗大山").exists()
    assert not Unit.objects.filter(name="大坪村党支部").exists()
    batch.refresh_from_db()
    assert batch.state == BatchState.STAGED
    assert services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True).counts["added"] == 1


@pytest.mark.parametrize(
    ("username", "refusal"), [("shilei", NotPermitted), ("guming", NotPermitted), ("liuqing", NotFound)]
)
def test_others_may_not(desk: Desk, username: str, refusal: type[DomainError]) -> None:
    batch = services.stage(
        actor=desk.officer,
        unit_id=desk.cast.qingshi.id,
        file_name="名册.xlsx",
        data=roster({"name": "罗大山", "phone": "19900000011"}),
    )
    with pytest.raises(refusal):
        services.apply(actor=desk.cast.actor(username), batch_id=batch.id, confirm_new_units=True)


def test_a_roster_without_people_is_refused(desk: Desk) -> None:
    with pytest.raises(DomainError) as refusal:
        desk.bring_in({"name": ""}, {"name": ""})
    assert refusal.value.code in {"no_rows", "no_heading"}
