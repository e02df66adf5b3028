"""党小组: who is in a group, and what an import, a move, a merger, a new name or an end does to it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.sheets.books import roster
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import end_unit, found_unit, rename_unit
from yanzhen.oversight.queries import figures
from yanzhen.oversight.tree import tree
from yanzhen.people.grouping import found_groups, groupings, put_into_group
from yanzhen.people.groups import in_group
from yanzhen.people.models import Member
from yanzhen.people.services import add_member, add_members, change_member
from yanzhen.reorganization.services import dissolve_unit, merge_units, move_members, move_unit, split_unit
from yanzhen.sheets.services import apply, stage, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(cast_away: Cast) -> Unit:
    """第一党小组 of 青石村, with 韦志强 in it."""
    officer = cast_away.actor("zhouhui")
    group = found_unit(actor=officer, parent_id=cast_away.qingshi.id, name="第一党小组", kind=UnitKind.GROUP)
    put(cast_away, cast_away.weizhiqiang, group=group)
    return group


def put(cast: Cast, *members: Member, group: Unit | None, who: str = "shilei") -> int:
    return put_into_group(
        actor=cast.actor(who),
        unit_id=cast.qingshi.id,
        member_ids=[it.id for it in members],
        group_id=group.id if group else None,
    )


def inside(group: Unit) -> list[str]:
    group.refresh_from_db()
    return list(Member.objects.filter(in_group(group)).order_by("name_key").values_list("name", flat=True))


def written(member: Member) -> str:
    member.refresh_from_db()
    return member.group


def test_members_are_put_into_a_group_and_out_again(cast_away: Cast, first: Unit) -> None:
    assert put(cast_away, cast_away.weizhiqiang, cast_away.huangxiulan, group=first) == 1
    assert inside(first) == ["黄秀兰", "韦志强"]
    told = tell(Fact.objects.filter(kind="people.member.changed", member_id=cast_away.huangxiulan.id))
    assert told[0].sentence == "石磊修改了党小组"
    assert "第一党小组" not in str(told[0].fact.data)
    facts = Fact.objects.count()
    assert put(cast_away, cast_away.huangxiulan, group=first) == 0
    assert Fact.objects.count() == facts
    assert put(cast_away, cast_away.huangxiulan, group=None) == 1
    assert inside(first) == ["韦志强"]


def test_groupings_that_are_refused(cast_away: Cast, first: Unit) -> None:
    elsewhere = found_unit(
        actor=cast_away.actor("zhouhui"), parent_id=cast_away.liuhe.id, name="河边小组", kind=UnitKind.GROUP
    )
    with pytest.raises(DomainError) as refused:
        put(cast_away, cast_away.huangxiulan, group=elsewhere)
    assert refused.value.field == "group"
    for members in ((), (cast_away.qinxiaoyan,)):
        with pytest.raises(DomainError) as refused:
            put(cast_away, *members, group=first)
        assert refused.value.field == "members"
    for who, why in (("liuqing", NotFound), ("guming", NotPermitted)):
        with pytest.raises(why):
            put(cast_away, cast_away.huangxiulan, group=first, who=who)
    assert inside(first) == ["韦志强"]


def test_groups_are_founded_as_the_roster_names_them(cast_away: Cast) -> None:
    officer, qingshi = cast_away.actor("zhouhui"), cast_away.qingshi.id
    for member, name in ((cast_away.weizhiqiang, "第二党小组"), (cast_away.huangxiulan, "第一党小组")):
        change_member(actor=officer, member_id=member.id, values={"group": name})
    shown = groupings(actor=officer, unit_id=qingshi)
    assert [(it.name, it.unit, it.members) for it in shown] == [
        ("第一党小组", None, 1),
        ("第二党小组", None, 1),
    ]
    for names in ([], ["第三党小组"]):
        with pytest.raises(DomainError):
            found_groups(actor=officer, unit_id=qingshi, names=names)
    with pytest.raises(NotPermitted):
        found_groups(actor=cast_away.actor("shilei"), unit_id=qingshi, names=["第二党小组"])
    (founded,) = found_groups(actor=officer, unit_id=qingshi, names=["第二党小组"])
    assert (founded.kind, founded.parent_id) == (UnitKind.GROUP, qingshi)
    assert inside(founded) == ["韦志强"]
    with pytest.raises(DomainError):
        found_groups(actor=officer, unit_id=qingshi, names=["第二党小组"])


def test_where_no_group_stands_the_page_leads_to_founding_them(cast_away: Cast) -> None:
    page, found = (
        reverse(name, args=[cast_away.qingshi.id]) for name in ("unit_groups", "unit_groups_found")
    )
    change_member(
        actor=cast_away.actor("zhouhui"), member_id=cast_away.weizhiqiang.id, values={"group": "第一党小组"}
    )

    def is_led(username: str) -> bool:
        client = Client()
        client.force_login(cast_away.account(username), "django.contrib.auth.backends.ModelBackend")
        return found in client.get(page).content.decode()

    assert [is_led("zhouhui"), is_led("shilei")] == [True, False]
    found_groups(actor=cast_away.actor("zhouhui"), unit_id=cast_away.qingshi.id, names=["第一党小组"])
    assert not is_led("zhouhui")


def test_a_new_name_shows_everywhere(cast_away: Cast, first: Unit) -> None:
    officer = cast_away.actor("zhouhui")
    rename_unit(actor=officer, unit_id=first.id, name="老街党小组")
    assert written(cast_away.weizhiqiang) == "老街党小组"
    assert inside(first) == ["韦志强"]
    # A roster that still says the former name means the same group, in one query for all.
    change_member(actor=officer, member_id=cast_away.huangxiulan.id, values={"group": "第一党小组"})
    late = add_member(
        actor=officer, unit_id=cast_away.qingshi.id, values={"name": "陆永福", "group": "第一党小组"}
    )
    assert late.group == "老街党小组"
    assert inside(first) == ["黄秀兰", "陆永福", "韦志强"]
    again = found_unit(actor=officer, parent_id=cast_away.qingshi.id, name="第一党小组", kind=UnitKind.GROUP)
    change_member(actor=officer, member_id=late.id, values={"group": "第一党小组"})
    assert inside(again) == ["陆永福"]


def test_who_leaves_the_branch_leaves_the_group(cast_away: Cast, first: Unit) -> None:
    officer, member = cast_away.actor("zhouhui"), cast_away.weizhiqiang
    move_members(actor=officer, member_ids=[member.id], to_id=cast_away.liuhe.id, reason="迁居")
    assert written(member) == ""
    (moved,) = tell(Fact.objects.filter(kind="people.member.moved"))
    assert moved.sentence == ("周慧把党员从“青石村党支部”转到“柳河村党支部”，离开第一党小组，理由：迁居")
    put(cast_away, cast_away.huangxiulan, group=first)
    split_unit(
        actor=officer,
        unit_id=cast_away.qingshi.id,
        member_ids=[cast_away.huangxiulan.id],
        name="青石新村党支部",
        kind=UnitKind.BRANCH,
    )
    assert written(cast_away.huangxiulan) == ""
    assert inside(first) == []


def test_an_ended_group_has_nobody(cast_away: Cast, first: Unit) -> None:
    officer = cast_away.actor("zhouhui")
    with pytest.raises(DomainError, match="下面还有党组织"):
        end_unit(actor=officer, unit_id=cast_away.qingshi.id)
    dissolve_unit(actor=officer, unit_id=first.id, reason="人少")
    assert written(cast_away.weizhiqiang) == ""


def test_groups_go_along_when_their_branch_merges(cast_away: Cast, first: Unit) -> None:
    officer = cast_away.actor("zhouhui")
    change_member(actor=officer, member_id=cast_away.huangxiulan.id, values={"group": "只写在册上"})
    change_member(actor=officer, member_id=cast_away.qinxiaoyan.id, values={"group": "第一党小组"})
    with pytest.raises(DomainError, match="第一党小组"):
        merge_units(actor=officer, unit_id=cast_away.qingshi.id, into_id=cast_away.liuhe.id)
    change_member(actor=officer, member_id=cast_away.qinxiaoyan.id, values={"group": ""})
    with pytest.raises(DomainError, match="不是党支部"):
        merge_units(actor=officer, unit_id=cast_away.qingshi.id, into_id=cast_away.town.id)
    merge_units(actor=officer, unit_id=cast_away.qingshi.id, into_id=cast_away.liuhe.id)
    assert inside(first) == ["韦志强"]
    assert first.parent_id == cast_away.liuhe.id
    assert written(cast_away.huangxiulan) == ""


def test_a_group_merges_into_another_of_its_branch_only(cast_away: Cast, first: Unit) -> None:
    officer = cast_away.actor("zhouhui")
    second = found_unit(actor=officer, parent_id=cast_away.qingshi.id, name="第二党小组", kind=UnitKind.GROUP)
    for unit, into in (
        (first, cast_away.qingshi),
        (first, cast_away.liuhe),
        (cast_away.liuhe, first),
    ):
        with pytest.raises(DomainError) as refused:
            merge_units(actor=officer, unit_id=unit.id, into_id=into.id)
        assert refused.value.field == "to"
    for unit, to in ((first, cast_away.liuhe), (cast_away.liuhe, first)):
        with pytest.raises(DomainError):
            move_unit(actor=officer, unit_id=unit.id, to_id=to.id)
    merge_units(actor=officer, unit_id=first.id, into_id=second.id)
    assert inside(second) == ["韦志强"]
    (merged,) = tell(Fact.objects.filter(kind="org.unit.merged"))
    assert merged.sentence == "周慧把“第一党小组”并入“第二党小组”，1 名党员一同转入"


def test_where_groups_stand_and_who_belongs_to_them(cast_away: Cast, first: Unit) -> None:
    officer = cast_away.actor("zhouhui")
    for parent, kind in ((cast_away.town, UnitKind.GROUP), (first, UnitKind.BRANCH), (first, UnitKind.GROUP)):
        with pytest.raises(DomainError) as refused:
            found_unit(actor=officer, parent_id=parent.id, name="某某", kind=kind)
        assert refused.value.field == "kind"
    with pytest.raises(DomainError):
        add_member(actor=officer, unit_id=first.id, values={"name": "陆永福"})
    with pytest.raises(DomainError):
        move_members(actor=officer, member_ids=[cast_away.qinxiaoyan.id], to_id=first.id)


def test_an_import_puts_members_into_groups_and_its_undoing_takes_them_out(
    cast_away: Cast, first: Unit
) -> None:
    officer = cast_away.actor("zhouhui")
    data = roster(
        {"name": "黄秀兰", "phone": "19900000002", "group": "第一党小组"},
        {"name": "陆永福", "phone": "19900000051", "gender": "male", "group": "第一党小组"},
    )
    batch = stage(actor=officer, unit_id=cast_away.qingshi.id, file_name="花名册.xlsx", data=data)
    apply(actor=officer, batch_id=batch.id, confirm_new_units=False)
    assert inside(first) == ["黄秀兰", "陆永福", "韦志强"]
    undo(actor=officer, batch_id=batch.id)
    assert inside(first) == ["韦志强"]


def test_the_undoing_of_an_import_knows_the_new_name_of_a_group(cast_away: Cast, first: Unit) -> None:
    officer = cast_away.actor("zhouhui")
    data = roster({"name": "韦志强", "phone": "19900000001", "group": "第九党小组"})
    batch = stage(actor=officer, unit_id=cast_away.qingshi.id, file_name="花名册.xlsx", data=data)
    apply(actor=officer, batch_id=batch.id, confirm_new_units=False)
    assert inside(first) == []
    rename_unit(actor=officer, unit_id=first.id, name="老街党小组")
    undo(actor=officer, batch_id=batch.id)
    assert inside(first) == ["韦志强"]


def test_a_roster_takes_no_group_for_a_unit(cast_away: Cast, first: Unit) -> None:
    officer = cast_away.actor("zhouhui")
    for unit in (cast_away.town, cast_away.qingshi):
        data = roster({"name": "陆永福", "phone": "19900000051", "unit": "第一党小组"})
        batch = stage(actor=officer, unit_id=unit.id, file_name="花名册.xlsx", data=data)
        outcome = apply(actor=officer, batch_id=batch.id, confirm_new_units=False)
        assert outcome.counts["left_out"] == 1
        assert "第一党小组" in outcome.left_out[0].problems[0].message


def test_tree_and_figures_count_a_group_once(cast_away: Cast, first: Unit) -> None:
    (town,) = tree(actor=cast_away.actor("guming")).leaves
    (leaf,) = town.children[0].children
    assert (leaf.unit, leaf.members, leaf.away, town.members) == (first, 1, 1, 3)
    rows = figures(actor=cast_away.actor("guming"), unit_id=cast_away.qingshi.id).rows
    assert [(row.is_direct, row.members) for row in rows] == [(True, 2)]


def test_many_cost_no_more_queries_than_one(cast_away: Cast, first: Unit) -> None:
    officer, qingshi = cast_away.actor("zhouhui"), cast_away.qingshi.id
    many = [
        add_member(actor=officer, unit_id=qingshi, values={"name": f"莫{chr(0x4E00 + n)}"}) for n in range(30)
    ]
    counts = []
    for some in (many[:1], many[1:]):
        with CaptureQueriesContext(connection) as queries:
            put(cast_away, *some, group=first)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_of_many_names_some_are_offered_and_the_others_looked_for(cast_away: Cast) -> None:
    client, officer, unit = Client(), cast_away.actor("zhouhui"), cast_away.qingshi.id
    client.force_login(cast_away.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    add_members(
        actor=officer, rows=[(unit, {"name": f"莫{n}", "group": f"河边{n:03d}组"}) for n in range(60)]
    )
    url = reverse("unit_groups_found", args=[unit])
    page = client.get(url).content.decode()
    assert page.count(" checked") == page.count('name="names"') == 50
    assert "这里只列出一部分" in page
    ticked = ["河边001组", "河边058组"]
    page = client.post(url, {"names": ticked, "q": "河边05", "find": "1"}).content.decode()
    assert page.count('name="names"') == 11
    assert page.index("河边050组") < page.index("河边001组")  # what was looked for stands first
    assert page.count(" checked") == 2
    page = client.post(url, {"names": ticked, "q": "山上", "found": "", "find": "1"}).content.decode()
    assert "没有找到" in page
    assert page.count(" checked") == 2
    assert "没有找到" in client.post(url, {"q": "山上", "find": "1"}).content.decode()
    done = client.post(url, {"names": ticked, "q": "山上", "found": "山上"}, follow=True)
    assert "设立了 2 个党小组" in done.content.decode()


def test_the_pages(cast_away: Cast, first: Unit) -> None:
    client, qingshi = Client(), cast_away.qingshi
    client.force_login(cast_away.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    change_member(
        actor=cast_away.actor("zhouhui"), member_id=cast_away.huangxiulan.id, values={"group": "河边小组"}
    )
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("unit", args=[qingshi.id])).content.decode()
    assert len(queries) <= 30
    for told in ("第一党小组", "花名册上有，还没有设立", "按花名册设立小组"):
        assert told in page
    listed = client.get(reverse("members"), {"unit": qingshi.id, "group": "第一党小组"}).content.decode()
    assert "韦志强" in listed
    assert "黄秀兰" not in listed
    found = reverse("unit_groups_found", args=[qingshi.id])
    assert "河边小组（1 名）" in client.get(found).content.decode()
    assert client.post(found, {"names": ["河西小组"]}).status_code == 422
    answer = client.post(found, {"names": ["河边小组"]}, follow=True).content.decode()
    assert "设立了 1 个党小组，党员都在里面了。" in answer
    assert "按花名册设立小组" not in answer
    url = reverse("unit_groups", args=[qingshi.id])
    ticked = client.post(f"{url}?from=河边小组", {"find": "all"}).content.decode()
    assert f'value="{cast_away.huangxiulan.id}" checked' in ticked
    assert str(cast_away.weizhiqiang.id) not in ticked
    assert client.post(url, {"group": str(first.id)}).status_code == 422
    answer = client.post(
        url, {"group": str(first.id), "members": [cast_away.huangxiulan.id]}, follow=True
    ).content.decode()
    assert "1 名党员已经编好了。" in answer
    group = client.get(reverse("unit", args=[first.id])).content.decode()
    assert "黄秀兰" in group
    assert "2 名党员" in group
    assert "黄秀兰" not in client.get(url, {"from": ""}).content.decode()
    client.post(url, {"group": "-", "members": [cast_away.huangxiulan.id]})
    assert "黄秀兰" in client.get(url, {"from": ""}).content.decode()
