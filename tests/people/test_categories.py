"""Categories: a committee keeps them, people put members into them, and the contact duty goes by what they ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.duties.steps import call, depart
from yanzhen.duties.models import Standing
from yanzhen.duties.queries import worklist
from yanzhen.duties.services import check
from yanzhen.kernel import clock
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.people import categories as acts
from yanzhen.people.category_lists import categories_of, category_list, in_category, names_in_use
from yanzhen.people.models import Category, Member, MemberCategory
from yanzhen.people.queries import members
from yanzhen.people.timeline import timeline
from yanzhen.reorganization.merging import merge_members, split_members
from yanzhen.reorganization.services import move_members

pytestmark = pytest.mark.django_db

QUARTERS = "contact.quarters"


@pytest.fixture
def kinds(cast: Cast) -> dict[str, Category]:
    """The six that the town begins with, by name."""
    begun = acts.begin_categories(actor=cast.actor("zhouhui"), unit_id=cast.town.id)
    return {one.name: one for one in begun}


def sort(cast: Cast, *found: Category, member: Member | None = None, by: str = "shilei") -> int:
    key = (member or cast.weizhiqiang).id
    return acts.categorize(actor=cast.actor(by), wanted={key: [one.id for one in found]})


def names(found: Iterable[Category]) -> list[str]:
    return [one.name for one in found]


def every(cast: Cast, category: Category, quarters: str, *, on: date = TODAY) -> None:
    acts.set_for_category(
        actor=cast.actor("zhouhui"),
        category_id=category.id,
        key=QUARTERS,
        value=quarters,
        effective_from=on,
        reason="退休党员每半年联系一次",
    )


def due() -> date:
    return Standing.objects.get(duty="contact_quarterly").due_on


def client(cast: Cast, username: str) -> Client:
    found = Client()
    found.force_login(cast.account(username), "django.contrib.auth.backends.ModelBackend")
    return found


# The list a committee keeps


def test_it_begins_with_six_once(cast: Cast, kinds: dict[str, Category]) -> None:
    assert list(kinds) == ["务工", "经商", "高校毕业生", "退休随迁", "随军随迁", "其他"]
    assert acts.begin_categories(actor=cast.actor("zhouhui"), unit_id=cast.town.id) == []
    assert acts.begin_categories(actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id) == []
    assert Fact.objects.filter(kind="people.category.added").count() == 6


def test_added_renamed_moved_and_retired(cast: Cast, kinds: dict[str, Category]) -> None:
    officer = cast.actor("zhouhui")
    acts.add_category(actor=officer, unit_id=cast.town.id, name=" 季节工 ")
    acts.change_category(actor=officer, category_id=kinds["其他"].id, name="其余", place=1)
    acts.change_category(actor=officer, category_id=kinds["其他"].id, name="其余", place=1)
    acts.end_category(actor=officer, category_id=kinds["随军随迁"].id)
    told = category_list(actor=officer, unit_id=cast.town.id, key=QUARTERS)
    assert names(line.category for line in told) == [
        "其余",
        "务工",
        "经商",
        "高校毕业生",
        "退休随迁",
        "季节工",
    ]
    sentences = [entry.sentence for entry in tell(Fact.objects.order_by("id"))]
    assert sentences[-3:] == [
        "周慧增加了“季节工”这一类",
        "周慧把“其他”这一类改为“其余”",
        "周慧停用了“随军随迁”这一类，原来有 0 名党员",
    ]


@pytest.mark.parametrize("name", ["", "  ", "务工"])
def test_a_name_is_needed_and_is_there_once(cast: Cast, kinds: dict[str, Category], name: str) -> None:
    officer = cast.actor("zhouhui")
    for unit in (cast.town, cast.qingshi):
        with pytest.raises(DomainError) as refused:
            acts.add_category(actor=officer, unit_id=unit.id, name=name)
        assert refused.value.field == "name"
    with pytest.raises(DomainError):
        acts.change_category(actor=officer, category_id=kinds["经商"].id, name=name, place=1)


def test_only_the_officer_keeps_the_list(cast: Cast, kinds: dict[str, Category]) -> None:
    key = kinds["务工"].id
    for who in ("shilei", "guming"):
        with pytest.raises((NotPermitted, NotFound)):
            acts.add_category(actor=cast.actor(who), unit_id=cast.qingshi.id, name="季节工")
        with pytest.raises((NotPermitted, NotFound)):
            acts.change_category(actor=cast.actor(who), category_id=key, name="甲", place=1)
        with pytest.raises((NotPermitted, NotFound)):
            acts.end_category(actor=cast.actor(who), category_id=key)
        with pytest.raises((NotPermitted, NotFound)):
            acts.set_for_category(
                actor=cast.actor(who),
                category_id=key,
                key=QUARTERS,
                value="2",
                effective_from=TODAY,
                reason="试",
            )


# Members in it


def test_set_read_and_taken_back(cast: Cast, kinds: dict[str, Category]) -> None:
    assert sort(cast, kinds["务工"], kinds["高校毕业生"]) == 1
    assert sort(cast, kinds["高校毕业生"], kinds["务工"]) == 0
    assert names(categories_of(actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id)) == [
        "务工",
        "高校毕业生",
    ]
    sort(cast)
    told = timeline(actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id)
    assert [entry.sentence for entry in told[:2]] == [
        "石磊取消了党员的归类",
        "石磊把党员归类为务工、高校毕业生",
    ]
    fact = Fact.objects.get(kind="people.categories.set")
    assert fact.data == {"categories": [kinds["务工"].id.hex, kinds["高校毕业生"].id.hex]}
    assert not MemberCategory.objects.exists()


def test_at_most_three_and_only_what_his_committee_keeps(cast: Cast, kinds: dict[str, Category]) -> None:
    with pytest.raises(DomainError, match="最多 3 类"):
        sort(cast, *list(kinds.values())[:4])
    own = acts.add_category(actor=cast.actor("zhouhui"), unit_id=cast.liuhe.id, name="季节工")
    with pytest.raises(DomainError, match="没有这一类"):
        sort(cast, own)
    acts.end_category(actor=cast.actor("zhouhui"), category_id=kinds["其他"].id)
    with pytest.raises(DomainError, match="没有这一类"):
        sort(cast, kinds["其他"])
    assert not MemberCategory.objects.exists()


def test_who_may_and_who_may_not(cast_away: Cast) -> None:
    begun = acts.begin_categories(actor=cast_away.actor("zhouhui"), unit_id=cast_away.town.id)
    assert sort(cast_away, begun[0], by="lufang") == 1
    for who, refusal in (("liuqing", NotFound), ("guming", NotPermitted), ("weizhiqiang", NotPermitted)):
        with pytest.raises(refusal):
            sort(cast_away, begun[1], by=who)


def test_a_category_is_borne_where_the_actor_sees_a_member_in_it(cast_away: Cast) -> None:
    begun = acts.begin_categories(actor=cast_away.actor("zhouhui"), unit_id=cast_away.town.id)
    sort(cast_away, begun[0], by="shilei")
    for who, is_borne in (("zhouhui", True), ("lufang", True), ("liuqing", False)):
        told = names_in_use(actor=cast_away.actor(who))
        assert list(told)[:2] == ["务工", "经商"]
        assert (told["务工"], told["经商"]) == (is_borne, False)


def test_many_at_once_by_name_each_with_that_of_his_own_unit(cast: Cast, kinds: dict[str, Category]) -> None:
    officer = cast.actor("zhouhui")
    for unit in (cast.qingshi, cast.liuhe):
        acts.add_category(actor=officer, unit_id=unit.id, name="季节工")
    everybody = [cast.weizhiqiang.id, cast.huangxiulan.id, cast.qinxiaoyan.id]
    sort(cast, kinds["务工"])
    assert acts.sort_into(actor=officer, member_ids=everybody, name="季节工") == 3
    assert names(categories_of(actor=officer, member_id=cast.weizhiqiang.id)) == ["务工", "季节工"]
    assert in_category(members(actor=officer), "季节工").count() == 3
    assert in_category(members(actor=officer), "-").count() == 0
    assert acts.sort_into(actor=officer, member_ids=everybody, name="季节工") == 0
    assert acts.sort_into(actor=officer, member_ids=everybody, name="季节工", out=True) == 3
    assert in_category(members(actor=officer), "-").count() == 2
    for keys, name in (([], "务工"), (everybody, "没有的")):
        with pytest.raises(DomainError):
            acts.sort_into(actor=officer, member_ids=keys, name=name)


def test_a_retired_category_is_taken_off_its_members(cast: Cast, kinds: dict[str, Category]) -> None:
    sort(cast, kinds["务工"], kinds["其他"])
    sort(cast, kinds["务工"], member=cast.qinxiaoyan, by="liuqing")
    assert acts.end_category(actor=cast.actor("zhouhui"), category_id=kinds["务工"].id) == 2
    assert names(categories_of(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id)) == ["其他"]
    assert not MemberCategory.objects.filter(member=cast.qinxiaoyan).exists()
    with pytest.raises(NotFound):
        acts.end_category(actor=cast.actor("zhouhui"), category_id=kinds["务工"].id)


def test_they_follow_a_merge_and_come_back(cast: Cast, kinds: dict[str, Category]) -> None:
    officer = cast.actor("zhouhui")
    sort(cast, kinds["务工"])
    sort(cast, kinds["其他"], member=cast.huangxiulan)
    merge_members(actor=officer, keep_id=cast.weizhiqiang.id, other_id=cast.huangxiulan.id)
    assert names(categories_of(actor=officer, member_id=cast.weizhiqiang.id)) == ["务工"]
    split_members(actor=officer, member_id=cast.weizhiqiang.id)
    assert names(categories_of(actor=officer, member_id=cast.huangxiulan.id)) == ["其他"]
    assert list(check()) == []


# What they ask


def test_the_contact_duty_goes_by_the_category_from_the_next_contact_on(
    cast: Cast, kinds: dict[str, Category]
) -> None:
    depart(cast, on=date(2026, 6, 1))
    with clock.set_to(date(2026, 7, 1)):
        call(cast, on=date(2026, 7, 1))
        every(cast, kinds["退休随迁"], "2", on=date(2026, 7, 1))
    with clock.set_to(date(2026, 7, 2)):
        sort(cast, kinds["退休随迁"])
        assert due() == date(2026, 12, 31)  # the step began before: a quarter, as for everybody
        call(cast, on=date(2026, 7, 2))
        assert due() == date(2027, 3, 31)
        assert list(check()) == []
        sort(cast)
        assert due() == date(2026, 12, 31)
        assert list(check()) == []


def test_why_it_is_due_is_said_with_the_categorys_clause(cast: Cast, kinds: dict[str, Category]) -> None:
    with clock.set_to(date(2026, 7, 1)):
        every(cast, kinds["退休随迁"], "2", on=date(2026, 7, 1))
        sort(cast, kinds["退休随迁"])
    depart(cast, on=date(2026, 7, 2))
    call(cast, on=date(2026, 7, 3))
    with clock.set_to(date(2027, 4, 1)):
        items = worklist(actor=cast.actor("shilei")).items
    assert "退休党员每半年联系一次" in [it.clause for it in items if it.duty.key == "contact_quarterly"]


def test_of_several_categories_the_most_frequent_holds_and_it_can_be_taken_back(
    cast: Cast, kinds: dict[str, Category]
) -> None:
    with clock.set_to(date(2026, 7, 1)):
        every(cast, kinds["退休随迁"], "4", on=date(2026, 7, 1))
        every(cast, kinds["其他"], "2", on=date(2026, 7, 1))
        sort(cast, kinds["退休随迁"], kinds["其他"])
    depart(cast, on=date(2026, 7, 2))
    call(cast, on=date(2026, 7, 3))
    assert due() == date(2027, 3, 31)
    every(cast, kinds["其他"], "", on=date(2026, 7, 1))
    assert due() == date(2027, 9, 30)
    every(cast, kinds["退休随迁"], "", on=date(2026, 7, 1))
    assert due() == date(2026, 12, 31)
    assert list(check()) == []
    sentences = [
        entry.sentence for entry in tell(Fact.objects.filter(kind="policy.parameter.set").order_by("id"))
    ]
    assert sentences[1] == (
        "周慧把其他这一类的“联系人多久联系一次流动党员”定为2个季度，自2026-07-01起，理由：退休党员每半年联系一次"
    )
    assert "定为和大家一样，自" in sentences[-1]


def test_another_committees_category_asks_nothing_here(cast: Cast, kinds: dict[str, Category]) -> None:
    officer = cast.actor("zhouhui")
    own = acts.add_category(actor=officer, unit_id=cast.qingshi.id, name="轮班")
    every(cast, own, "4", on=date(2026, 7, 1))
    with clock.set_to(date(2026, 7, 1)):
        sort(cast, own)
    depart(cast, on=date(2026, 7, 2))
    call(cast, on=date(2026, 7, 3))
    assert due() == date(2027, 9, 30)
    move_members(actor=officer, member_ids=[cast.weizhiqiang.id], to_id=cast.liuhe.id)
    assert due() == date(2026, 12, 31)
    assert list(check()) == []


def test_a_parameter_that_is_the_same_for_everybody_cannot_differ(
    cast: Cast, kinds: dict[str, Category]
) -> None:
    with pytest.raises(LookupError):
        acts.set_for_category(
            actor=cast.actor("zhouhui"),
            category_id=kinds["务工"].id,
            key="contact.load",
            value="5",
            effective_from=TODAY - timedelta(days=1),
            reason="试",
        )


# Pages


def test_from_nothing_to_a_sorted_list(cast_away: Cast) -> None:
    officer, secretary = client(cast_away, "zhouhui"), client(cast_away, "shilei")
    assert "归入" not in secretary.get(reverse("members")).content.decode()
    url = reverse("categories", args=[cast_away.town.id])
    assert "用这六类开始" in officer.get(url).content.decode()
    assert "高校毕业生" in officer.post(url, {"begin": "1"}, follow=True).content.decode()
    assert officer.post(url, {"name": "务工"}).status_code == 422
    officer.post(url, {"name": "季节工"})
    listed = secretary.get(reverse("members")).content.decode()
    assert "勾选的归入" in listed
    done = secretary.post(
        reverse("members"),
        {"member": [str(cast_away.weizhiqiang.id)], "category": "季节工"},
        follow=True,
    )
    assert "已把 1 名党员归入“季节工”。" in done.content.decode()
    chosen = secretary.get(reverse("members"), {"c": "季节工"}).content.decode()
    assert "韦志强" in chosen
    assert "黄秀兰" not in chosen
    nobody = secretary.post(reverse("members"), {"category": "季节工"})
    assert nobody.status_code == 422
    assert "请先勾选党员。" in nobody.content.decode()
    own = reverse("member_categories", args=[cast_away.weizhiqiang.id])
    assert "checked" in secretary.get(own).content.decode()
    secretary.post(own, {"next": ""})
    assert not MemberCategory.objects.exists()


def test_the_interval_and_the_end_from_their_pages(cast: Cast, kinds: dict[str, Category]) -> None:
    officer, key = client(cast, "zhouhui"), kinds["退休随迁"].id
    given = {"value": "2", "effective_from": TODAY.isoformat(), "reason": "党委会议定"}
    page = officer.post(reverse("category_contact", args=[key]), given, follow=True).content.decode()
    assert "每半年" in page
    assert officer.post(reverse("category_contact", args=[key]), {**given, "reason": ""}).status_code == 422
    officer.post(reverse("category_change", args=[key]), {"name": "退休", "place": "1"})
    assert names(Category.objects.order_by("place"))[0] == "退休"
    assert (
        "已停用"
        in officer.post(reverse("category_change", args=[key]), {"end": "1"}, follow=True).content.decode()
    )


def test_two_may_not_have_the_name(cast: Cast, kinds: dict[str, Category]) -> None:
    with pytest.raises(Conflict):
        acts.change_category(actor=cast.actor("zhouhui"), category_id=kinds["经商"].id, name="务工", place=2)
