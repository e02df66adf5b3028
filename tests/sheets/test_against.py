"""A roster against the base: sorted, decided by rule and one by one, and nothing overwritten that nobody decided."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.sheets.books import id_number, roster
from tests.sheets.conftest import Desk
from yanzhen.accounts.services import appoint
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.services import add_member
from yanzhen.reorganization.merging import merge_members
from yanzhen.sheets import services
from yanzhen.sheets.against import comparison
from yanzhen.sheets.models import Batch
from yanzhen.sheets.outcome import Outcome
from yanzhen.sheets.plan import Sort

WEIZHIQIANG = "522699198503071236"
CHANGED: dict[str, Value] = {
    "name": "韦志强",
    "id_number": WEIZHIQIANG,
    "phone": "19900000099",
    "education": "大专",
}
SAME: dict[str, Value] = {"name": "黄秀兰", "unit": "青石村党支部", "phone": "19900000002"}
NEW: dict[str, Value] = {"name": "罗大山", "unit": "青石村党支部"}
# Her phone, another name: a mistyped name, or her daughter.
TWIN: dict[str, Value] = {"name": "覃晓燕", "unit": "柳河村党支部", "phone": "19900000003"}
OTHER_NAME: dict[str, Value] = {"name": "韦志伟", "id_number": WEIZHIQIANG}


def sorted_rows(desk: Desk, batch: Batch) -> dict[Sort, list[int]]:
    found = {it: comparison(actor=desk.officer, batch_id=batch.id, sort=it) for it in Sort}
    assert len({tuple(it.counts.items()) for it in found.values()}) == 1
    return {sort: [one.row.row for one in it.rows] for sort, it in found.items() if it.rows}


def decide(desk: Desk, batch: Batch, rule: str = "", **rows: str) -> None:
    """Rows are given as r2="take"."""
    services.decide(
        actor=desk.officer,
        batch_id=batch.id,
        rule=rule,
        rows={int(key[1:]): choice for key, choice in rows.items()},
    )


def carry(desk: Desk, batch: Batch) -> Outcome:
    return services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)


def test_rows_are_sorted_by_how_they_stand_to_the_base(desk: Desk) -> None:
    nameless: dict[str, Value] = {"name": "", "id_number": id_number("19800102", 1), "phone": "19900000077"}
    batch = desk.stage(CHANGED, SAME, NEW, TWIN, nameless)
    assert sorted_rows(desk, batch) == {
        Sort.CHANGED: [2],
        Sort.SAME: [3],
        Sort.NEW: [4],
        Sort.TWIN: [5],
        Sort.OUT: [6],
    }
    assert sorted_rows(desk, desk.stage(OTHER_NAME)) == {Sort.CONTRADICTS: [2]}


def test_differences_stand_side_by_side_and_masked(desk: Desk) -> None:
    found = comparison(actor=desk.officer, batch_id=desk.stage(CHANGED).id, sort=Sort.CHANGED)
    (line,) = found.lines(found.rows)
    shown = {it.label: (it.kept, it.written) for it in line.differences}
    assert shown == {"手机号码": ("199****0001", "199****0099"), "学历": ("", "大专")}


@pytest.mark.parametrize(
    ("rule", "phone", "education"),
    [
        ("", "19900000099", True),
        ("take", "19900000099", True),
        ("fill", "19900000001", True),
        ("keep", "19900000001", False),
    ],
)
def test_the_rule_says_what_goes_in(desk: Desk, rule: str, phone: str, education: bool) -> None:
    batch = desk.stage(CHANGED)
    if rule:
        decide(desk, batch, rule)
    done = carry(desk, batch)
    assert desk.record("韦志强")["phone"] == phone
    assert ("education" in desk.record("韦志强")) is education
    assert done.counts["changed"] == int(education)
    assert done.counts["same"] == int(not education)


@pytest.mark.parametrize(
    ("rule", "choice", "phone"),
    [
        ("keep", "take", "19900000099"),
        ("take", "keep", "19900000001"),
        ("take", "skip", "19900000001"),
        ("keep", "", "19900000001"),
    ],
)
def test_a_single_row_is_decided_otherwise(desk: Desk, rule: str, choice: str, phone: str) -> None:
    batch = desk.stage(CHANGED, NEW)
    decide(desk, batch, rule, r2=choice)
    done = carry(desk, batch)
    assert desk.record("韦志强")["phone"] == phone
    codes = [it.code for row in done.left_out for it in row.problems]
    assert codes == (["skipped"] if choice == "skip" else [])


def test_filling_never_ends_or_begins_an_absence_that_is_known(desk: Desk) -> None:
    away: dict[str, Value] = {
        "name": "韦志强",
        "id_number": WEIZHIQIANG,
        "is_mobile": True,
        "departed_on": "2026-03",
        "destination": "广东省深圳市",
    }
    batch = desk.stage(away)
    decide(desk, batch, "fill")
    carry(desk, batch)
    assert desk.record("韦志强")["destination"] == "广东省深圳市"
    for row in (
        {**away, "destination": "浙江省宁波市"},
        {**away, "is_mobile": False, "departed_on": "", "destination": ""},
    ):
        batch = desk.stage(row)
        decide(desk, batch, "fill")
        assert carry(desk, batch).counts["changed"] == 0
        assert desk.record("韦志强")["destination"] == "广东省深圳市"
        assert desk.record("韦志强")["is_mobile"] is True


def test_a_possible_twin_waits_for_a_decision(desk: Desk) -> None:
    done = desk.bring_in(TWIN, NEW)
    assert [(it.row, it.problems[0].code) for it in done.left_out] == [(2, "conflict")]
    assert "覃小燕" in done.left_out[0].problems[0].message
    assert not Member.objects.filter(name="覃晓燕").exists()


def test_a_twin_is_the_same_person_or_another(desk: Desk) -> None:
    before = desk.cast.qinxiaoyan.id
    batch = desk.stage(TWIN)
    decide(desk, batch, r2=f"same:{before}")
    assert carry(desk, batch).counts["changed"] == 1
    assert Member.objects.get(pk=before).name == "覃晓燕"
    daughter = {**TWIN, "name": "覃小小"}
    batch = desk.stage(daughter)
    decide(desk, batch, r2="other")
    assert carry(desk, batch).counts["added"] == 1
    assert Member.objects.get(name="覃小小").id != before


@pytest.mark.parametrize("is_decided_first", [True, False])
def test_who_was_merged_meanwhile_is_the_one_who_stays(desk: Desk, *, is_decided_first: bool) -> None:
    stays, values = desk.cast.qinxiaoyan.id, {"name": "覃小燕", "phone": "19900000003"}
    other = add_member(actor=desk.officer, unit_id=desk.cast.liuhe.id, values=values).id
    batch = desk.stage(TWIN, NEW)
    if is_decided_first:
        decide(desk, batch, r2=f"same:{other}", r3="skip")
    merge_members(actor=desk.officer, keep_id=stays, other_id=other)
    if not is_decided_first:
        decide(desk, batch, r2=f"same:{other}", r3="skip")
    assert carry(desk, batch).counts["changed"] == 1
    assert Member.objects.get(pk=stays).name == "覃晓燕"


def test_who_was_merged_into_one_elsewhere_leaves_his_row_open_and_the_others_decided(desk: Desk) -> None:
    officer, branch = desk.officer, desk.cast.liuhe
    values = {"name": "覃小燕", "phone": "19900000003"}
    other = add_member(actor=officer, unit_id=desk.cast.qingshi.id, values=values).id
    data = roster(TWIN, {**NEW, "unit": branch.name})
    batch = services.stage(actor=officer, unit_id=branch.id, file_name="名册.xlsx", data=data)
    merge_members(actor=officer, keep_id=other, other_id=desk.cast.qinxiaoyan.id)
    client = Client()
    client.force_login(desk.cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    sent = {"row-2": f"same:{desk.cast.qinxiaoyan.id}", "row-3": "skip"}
    told = client.post(reverse("batch_rows", args=[batch.id]), sent, follow=True).content.decode()
    assert "第 2 行选的那位刚才并入了别处的登记" in told
    assert [it.row for it in batch.decisions.all()] == [3]


def test_numbers_tell_twins_apart(desk: Desk) -> None:
    son: dict[str, Value] = {
        "name": "韦小强",
        "unit": "青石村党支部",
        "phone": "19900000001",
        "id_number": id_number("20030405", 1),
    }
    assert sorted_rows(desk, desk.stage(son)) == {Sort.NEW: [2]}


def test_a_second_row_that_may_speak_of_the_same_member_waits_for_a_decision(desk: Desk) -> None:
    desk.bring_in({"name": "王芳", "unit": "青石村党支部", "birth_on": "1980-05"})
    rows: list[dict[str, Value]] = [
        {"name": "王芳", "unit": "青石村党支部", "birth_on": "1980-05"},
        {"name": "王芳", "unit": "青石村党支部", "phone": "19900000077"},
    ]
    wangfang = Member.objects.get(name="王芳")
    batch = desk.stage(*rows)
    assert sorted_rows(desk, batch) == {Sort.SAME: [2], Sort.TWIN: [3]}
    decide(desk, batch, r3=f"same:{wangfang.id}")
    assert carry(desk, batch).counts["left_out"] == 1
    batch = desk.stage(*rows)
    decide(desk, batch, r3="other")
    assert carry(desk, batch).counts["added"] == 1


@pytest.mark.parametrize(
    ("kept", "written", "differs"),
    [
        ("大学专科毕业", "大专", False), ("高中", "高中毕业", False), ("大学本科", "大学", False),
        ("本科", "大学本科教育", False),
        ("大专", "本科", True), ("中专", "专科", True), ("", "大专", True),
    ],
)  # fmt: skip
def test_a_level_of_schooling_has_several_names(desk: Desk, kept: str, written: str, differs: bool) -> None:
    desk.bring_in({"name": "王芳", "unit": "青石村党支部", "education": kept})
    batch = desk.stage({"name": "王芳", "unit": "青石村党支部", "education": written})
    assert sorted_rows(desk, batch) == {Sort.CHANGED if differs else Sort.SAME: [2]}


def test_one_date_in_another_unit_is_no_proof(desk: Desk) -> None:
    desk.bring_in({"name": "王芳", "unit": "青石村党支部", "birth_on": "1980-05", "joined_on": "2005-07"})
    one_date = desk.stage({"name": "王芳", "unit": "柳河村党支部", "birth_on": "1980-05"})
    both = desk.stage({"name": "王芳", "unit": "柳河村党支部", "birth_on": "1980-05", "joined_on": "2005-07"})
    assert sorted_rows(desk, one_date) == {Sort.TWIN: [2]}
    assert sorted_rows(desk, both) == {Sort.SAME: [2]}


def test_another_name_to_a_number_is_the_same_person_only_when_said(desk: Desk) -> None:
    batch = desk.stage(OTHER_NAME, NEW)
    decide(desk, batch, r2="other")
    assert carry(desk, batch).counts["left_out"] == 1
    batch = desk.stage(OTHER_NAME)
    decide(desk, batch, r2=f"same:{desk.cast.weizhiqiang.id}")
    assert carry(desk, batch).counts["changed"] == 1
    assert Member.objects.get(pk=desk.cast.weizhiqiang.id).name == "韦志伟"


def test_whose_number_it_is_elsewhere_is_said_to_nobody(desk: Desk) -> None:
    keeper, unit = desk.cast.account("liuqing"), desk.cast.liuhe
    appoint(actor=desk.officer, account_id=keeper.id, unit_id=unit.id, role="officer")
    officer = desk.cast.actor("liuqing")
    batch = services.stage(actor=officer, unit_id=unit.id, file_name="名册.xlsx", data=roster(OTHER_NAME))
    (row,) = comparison(actor=officer, batch_id=batch.id, sort=Sort.CONTRADICTS).rows
    assert [it.message for it in row.problems] == ["这个公民身份号码已登记给另一位党员，这里写的是韦志伟。"]
    assert row.candidates == []


def test_undoing_takes_back_what_was_decided(desk: Desk) -> None:
    batch = desk.stage(OTHER_NAME)
    decide(desk, batch, r2=f"same:{desk.cast.weizhiqiang.id}")
    desk.undo(carry(desk, batch))
    assert Member.objects.get(pk=desk.cast.weizhiqiang.id).name == "韦志强"


def test_decisions_are_facts(desk: Desk) -> None:
    batch = desk.stage(CHANGED, NEW)
    decide(desk, batch, "fill", r2="take", r3="skip")
    fact = Fact.objects.get(kind="sheets.batch.decided")
    assert fact.data["rule"] == "fill"
    assert fact.data["rows"] == {"2": "take", "3": "skip"}


def test_columns_corrected_make_the_rows_others(desk: Desk) -> None:
    batch = desk.stage(CHANGED)
    decide(desk, batch, r2="skip")
    services.correct(actor=desk.officer, batch_id=batch.id, fields={"B": None})
    assert not batch.decisions.exists()


@pytest.mark.parametrize(
    "rows", [{2: "perhaps"}, {2: "same"}, {2: "take:x"}, {2: "same:x"}, {2: f"same:{WEIZHIQIANG.zfill(32)}"}]
)
def test_what_cannot_be_decided_is_refused(desk: Desk, rows: dict[int, str]) -> None:
    batch = desk.stage(CHANGED)
    with pytest.raises(DomainError) as refusal:
        services.decide(actor=desk.officer, batch_id=batch.id, rows=rows)
    assert refusal.value.field == "row-2"
    with pytest.raises(DomainError):
        services.decide(actor=desk.officer, batch_id=batch.id, rule="guess")
    assert not batch.decisions.exists()


def test_after_the_import_and_for_others_nothing_is_decided(desk: Desk) -> None:
    batch = desk.stage(CHANGED)
    for username, refusal in (("guming", NotPermitted), ("liuqing", NotFound)):
        with pytest.raises(refusal):
            services.decide(actor=desk.cast.actor(username), batch_id=batch.id, rule="keep")
    carry(desk, batch)
    with pytest.raises(Conflict):
        decide(desk, batch, "keep")
