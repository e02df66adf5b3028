"""The pages of twins: the list, two registrations beside each other, merged, said to be two people, split again."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import TODAY, Cast
from yanzhen.contact.services import log_contact, name_contact_person
from yanzhen.ledger.models import Fact
from yanzhen.people.categories import add_category, begin_categories
from yanzhen.people.category_lists import names_of
from yanzhen.people.models import Member, MemberCategory
from yanzhen.people.services import add_member, add_members
from yanzhen.people.values import value_of
from yanzhen.reorganization.merging import merge_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(cast_away: Cast) -> Member:
    """韦志强 once more, at 柳河村: with the same phone, and an employer."""
    values = {"name": "韦志強", "phone": "19900000001", "employer": "华强电子厂", "home_address": "柳河村7组"}
    return add_member(actor=cast_away.actor("zhouhui"), unit_id=cast_away.liuhe.id, values=values)


@pytest.fixture
def officer(cast_away: Cast, client: Client) -> Client:
    client.force_login(cast_away.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, name: str, *keys: object, **query: str) -> str:
    answer = client.get(reverse(name, args=keys), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_pairs_with_their_reasons(officer: Client, cast_away: Cast, twin: Member) -> None:
    listed = page(officer, "twins")
    for told in ("韦志強", "韦志强", "青石村党支部", "手机号码相同，姓名相同或相近", "199****0001"):
        assert told in listed
    assert "19900000001" not in listed
    assert reverse("members_merge", args=[cast_away.weizhiqiang.id, twin.id]) in listed
    assert "没有疑似重复的登记" in page(officer, "twins", f="birth")
    assert "韦志強" in page(officer, "twins", unit=str(cast_away.liuhe.id))
    assert officer.get(reverse("twins"), {"unit": "x"}).status_code == 404
    assert reverse("twins") in page(officer, "members")


def test_two_people_go_from_the_list_and_come_back(officer: Client, cast_away: Cast, twin: Member) -> None:
    apart = reverse("members_apart", args=[cast_away.weizhiqiang.id, twin.id])
    here = reverse("twins")
    answer = officer.post(apart, {"apart": "1", "next": here}, follow=True)
    assert "已记下：这是两个人。" in answer.content.decode()
    assert "没有疑似重复的登记" in page(officer, "twins")
    assert "收回，可能是同一个人" in page(officer, "twins", f="apart")
    assert "已经确认这是两个人" in page(officer, "members_merge", cast_away.weizhiqiang.id, twin.id)
    officer.post(apart, {"apart": "0", "next": here})
    assert "韦志強" in page(officer, "twins")


def test_what_is_proposed_is_merged(officer: Client, cast_away: Cast, twin: Member) -> None:
    merge = reverse("members_merge", args=[cast_away.weizhiqiang.id, twin.id])
    answer = officer.get(merge)
    shown, form = answer.content.decode(), answer.context["form"]
    proposed = {key: form[key].value() for key in form.fields}
    assert {key for key, side in proposed.items() if side == "other"} == {"employer"}
    assert {"phone"}.isdisjoint(proposed)
    assert "522699**********36" in shown
    assert "522699198503071236" not in shown
    assert "柳河村7组" not in shown
    assert "广东省深圳市" in shown
    looks = Fact.objects.filter(kind="people.member.seen")
    assert {it.member_id for it in looks} == {cast_away.weizhiqiang.id, twin.id}
    answer = officer.post(merge, {**proposed, "home_address": "other", "yes": "1"}, follow=True)
    assert "两条登记已经合并" in answer.content.decode()
    kept = Member.objects.get(pk=cast_away.weizhiqiang.id)
    assert (kept.name, kept.employer, value_of(kept, "home_address")) == ("韦志强", "华强电子厂", "柳河村7组")
    assert reverse("member_split", args=[kept.id]) in answer.content.decode()


def test_a_choice_that_is_none_is_asked_again(officer: Client, cast_away: Cast, twin: Member) -> None:
    merge = reverse("members_merge", args=[cast_away.weizhiqiang.id, twin.id])
    answer = officer.post(merge, {"name": "both", "yes": "1"})
    assert answer.status_code == 422
    assert Member.objects.filter(pk=twin.id).exists()


@pytest.fixture
def merged(officer: Client, cast_away: Cast, twin: Member) -> Member:
    merge = reverse("members_merge", args=[cast_away.weizhiqiang.id, twin.id])
    form = officer.get(merge).context["form"]
    officer.post(merge, {**{key: form[key].value() for key in form.fields}, "yes": "1"})
    return cast_away.weizhiqiang


def test_the_address_of_the_other_leads_to_the_one_who_stays(
    officer: Client, cast_away: Cast, merged: Member, twin: Member
) -> None:
    answer = officer.get(reverse("member", args=[twin.id]), follow=True)
    assert answer.redirect_chain == [(reverse("member", args=[merged.id]), 302)]
    assert "那条登记已经并入这一条。" in answer.content.decode()
    for pair in ((merged.id, twin.id), (twin.id, merged.id)):
        late = officer.post(reverse("members_merge", args=pair), {"yes": "1"})
        assert late.status_code == 409
        assert "其中一条登记已经并入青石村党支部的“韦志强”" in late.content.decode()
    elsewhere = Client()
    elsewhere.force_login(cast_away.account("liuqing"), "django.contrib.auth.backends.ModelBackend")
    assert elsewhere.get(reverse("member", args=[twin.id])).status_code == 404


SENT_LATE = "那条登记刚才并入了青石村党支部的“韦志强”"


@pytest.mark.parametrize(
    ("door", "sent"),
    [
        ("member_edit", {"name": "韦志強", "employer": "青禾茶厂", "note": "在老家过年"}),
        ("contact_log", {"means": "wechat", "on": TODAY.isoformat(), "note": "谈了很久", "reached": "1"}),
        ("contact_assign", {"name": "覃大姐", "phone": "19900000055"}),
        ("arrival_report", {"destination": "浙江杭州", "address": "工地3号楼", "phone": "19900000001"}),
        ("member_responsible", {"reason": "离单位近"}),
    ],
)
def test_what_was_typed_meanwhile_stands_in_the_form_of_the_one_who_stays(
    officer: Client, merged: Member, twin: Member, door: str, sent: dict[str, str]
) -> None:
    facts = Fact.objects.count()
    stays = reverse(door, args=[merged.id])
    late = officer.post(reverse(door, args=[twin.id]) + "?next=/away/", sent)
    shown = late.content.decode()
    assert late.status_code == 422
    assert SENT_LATE in shown
    assert f'action="{stays}?next=/away/"' in shown
    assert str(twin.id) not in shown
    assert all(typed in shown for typed in sent.values())
    assert Fact.objects.count() == facts


def test_the_form_in_a_line_comes_again_in_its_line_and_is_then_done(
    officer: Client, merged: Member, twin: Member
) -> None:
    sent = {"means": "phone", "on": TODAY.isoformat(), "note": "谈了很久", "reached": "1"}
    asked = {"HX-Request": "true", "HX-Target": "line1"}
    shown = officer.post(reverse("contact_log", args=[twin.id]), sent, headers=asked).content.decode()
    assert SENT_LATE in shown
    assert "<html" not in shown
    assert 'hx-target="#line1"' in shown
    (again,) = re.findall(r'action="([^"]+)"', shown)
    assert officer.post(again, sent).status_code == 302
    assert Fact.objects.filter(kind="contact.logged", member_id=merged.id).exists()


def test_a_door_without_a_form_does_nothing_and_says_so(
    officer: Client, merged: Member, twin: Member
) -> None:
    facts = Fact.objects.filter(kind="people.field.unmasked").count()
    late = officer.post(reverse("member_call", args=[twin.id]), {"next": "/"}, follow=True)
    assert late.redirect_chain == [(reverse("member", args=[merged.id]), 302)]
    assert "请再办一次" in late.content.decode()
    assert Fact.objects.filter(kind="people.field.unmasked").count() == facts
    opened = officer.get(reverse("member_edit", args=[twin.id]) + "?next=/away/")
    assert opened.headers["Location"] == reverse("member_edit", args=[merged.id]) + "?next=/away/"


def test_who_may_not_see_the_one_who_stays_hears_nothing(
    cast_away: Cast, merged: Member, twin: Member, client: Client
) -> None:
    client.force_login(cast_away.account("liuqing"), "django.contrib.auth.backends.ModelBackend")
    late = client.post(reverse("member_edit", args=[twin.id]), {"name": "韦志強"})
    assert late.status_code == 404
    assert "青石村" not in late.content.decode()


def test_ticks_of_the_other_are_of_the_one_who_stays(
    officer: Client, cast_away: Cast, merged: Member, twin: Member
) -> None:
    """Doors that name several members: each took what was ticked before the merge."""
    actor, ticked = cast_away.actor("zhouhui"), [twin.id, cast_away.qinxiaoyan.id]
    work = begin_categories(actor=actor, unit_id=cast_away.town.id)[0]
    sent: dict[str, object] = {"member": ticked, "category": work.name}
    told = officer.post(reverse("members"), sent, follow=True).content.decode()
    assert "已把 2 名党员归入“务工”。" in told
    assert set(names_of([merged.id])[merged.id]) == {"务工"}
    suggest = reverse("categories_suggest", args=[cast_away.town.id])
    told = officer.post(suggest, {"pair": f"{twin.id}:{work.id}"}, follow=True).content.decode()
    assert "已给 0 名党员归类。" in told


def test_whom_a_contact_person_was_suggested_for_gets_him_though_merged_meanwhile(
    officer: Client, cast_away: Cast
) -> None:
    actor, away = cast_away.actor("zhouhui"), cast_away.qinxiaoyan
    other = add_member(actor=actor, unit_id=cast_away.liuhe.id, values={"name": "覃晓燕"})
    liuqing = name_contact_person(actor=actor, unit_id=cast_away.liuhe.id, name="柳青", phone="19900000012")
    merge_members(actor=actor, keep_id=away.id, other_id=other.id)
    sent = {"pair": [f"{other.id}:{liuqing.id}", f"{away.id}:{liuqing.id}"]}
    told = officer.post(reverse("contact_suggest", args=[cast_away.town.id]), sent, follow=True)
    assert "已给 1 名党员指定联系人。" in told.content.decode()
    assert away.assignments.get().person == liuqing


def test_a_suggestion_that_cannot_be_taken_leaves_the_other_ticks_as_they_were(
    officer: Client, cast_away: Cast, merged: Member, twin: Member
) -> None:
    """The category of 柳河村 is none for 韦志强 of 青石村, of whom the one there became part."""
    actor = cast_away.actor("zhouhui")
    own = add_category(actor=actor, unit_id=cast_away.liuhe.id, name="季节工")
    begin_categories(actor=actor, unit_id=cast_away.town.id)
    url = reverse("categories_suggest", args=[cast_away.town.id])
    assert officer.get(url).content.decode().count(" checked") == 2
    late = officer.post(url, {"pair": [f"{twin.id}:{own.id}"]})
    assert late.status_code == 422
    assert "韦志强所在的党组织没有这一类。" in late.content.decode()
    assert late.content.decode().count(" checked") == 0


def test_whoever_became_part_of_one_out_of_sight_is_told_of_and_the_others_stay_ticked(
    cast_away: Cast, twin: Member
) -> None:
    """Doors that name several members, opened by the secretary of 柳河村 before 韦志强 of there became part of one in
    青石村."""
    actor, left = cast_away.actor("zhouhui"), cast_away.qinxiaoyan
    work = begin_categories(actor=actor, unit_id=cast_away.town.id)[0]
    merge_members(actor=actor, keep_id=cast_away.weizhiqiang.id, other_id=twin.id)
    liuqing = Client()
    liuqing.force_login(cast_away.account("liuqing"), "django.contrib.auth.backends.ModelBackend")
    gone = "勾选的有 1 名刚才已经不在这里了"
    sent: dict[str, object] = {"member": [twin.id, left.id], "category": work.name}
    pairs = [f"{key}:{work.id}" for key in (twin.id, left.id)]
    suggest = reverse("categories_suggest", args=[cast_away.liuhe.id])
    for url, given in ((f"{reverse('members')}?sort=name", sent), (suggest, {"pair": pairs})):
        late = liuqing.post(url, given)
        shown = late.content.decode()
        assert late.status_code == 422
        assert gone in shown
        assert re.search(rf'value="{left.id}[^"]*"[^>]* checked', shown)
        assert not MemberCategory.objects.exists()
    told = liuqing.post(f"{reverse('members')}?sort=name", {**sent, "member": [left.id]})
    assert told["Location"] == f"{reverse('members')}?sort=name"
    assert set(names_of([left.id])[left.id]) == {"务工"}


def test_split_says_what_goes_back(officer: Client, merged: Member, twin: Member) -> None:
    shown = page(officer, "member_split", merged.id)
    assert "柳河村党支部的“韦志強”又是单独的一条登记" in shown
    assert "工作单位" in shown
    answer = officer.post(reverse("member_split", args=[merged.id]), follow=True)
    assert "已经拆开，“韦志強”又是单独的一条登记。" in answer.content.decode()
    assert Member.objects.filter(pk=twin.id).exists()
    assert officer.get(reverse("member_split", args=[merged.id])).status_code == 409


def test_split_says_what_stands_in_the_way(officer: Client, cast_away: Cast, merged: Member) -> None:
    log_contact(actor=cast_away.actor("zhouhui"), member_id=merged.id, on=TODAY, means="phone", reached=True)
    shown = page(officer, "member_split", merged.id)
    assert "合并以后又办了 1 件事" in shown
    assert "周慧打电话联系上了本人" in shown
    assert officer.post(reverse("member_split", args=[merged.id])).status_code == 422


def test_a_member_is_looked_for_to_be_merged_with(officer: Client, cast_away: Cast, twin: Member) -> None:
    shown = page(officer, "member_twin", twin.id)
    assert "青石村党支部" in shown
    shown = page(officer, "member_twin", twin.id, q="hxl")
    assert reverse("members_merge", args=[twin.id, cast_away.huangxiulan.id]) in shown
    assert "没有找到别的登记" in page(officer, "member_twin", twin.id, q="柳宗元")


def test_the_list_costs_the_same_however_long(
    officer: Client, cast_away: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [(cast_away.liuhe.id, {"name": f"罗大{chr(0x4E00 + number)}"}) for number in range(30)]
    add_members(actor=cast_away.actor("zhouhui"), rows=rows * 2)
    with django_assert_max_num_queries(12):
        assert page(officer, "twins").count("这是两个人") >= 30


def test_a_members_page_says_that_he_may_be_registered_twice(
    officer: Client, cast_away: Cast, twin: Member
) -> None:
    said, key = "可能登记了两次", cast_away.weizhiqiang.id
    assert said in page(officer, "member", key)
    assert reverse("member_twin", args=[key]) in page(officer, "member", key).partition(said)[2][:200]
    assert said not in page(officer, "member", cast_away.huangxiulan.id)
    for who in ("guming", "shilei", "weizhiqiang"):  # who may merge nobody, or does not see the other
        client = Client()
        client.force_login(cast_away.account(who), "django.contrib.auth.backends.ModelBackend")
        assert said not in page(client, "member", key)
    officer.post(reverse("members_apart", args=[key, twin.id]), {"apart": "1"})
    assert said not in page(officer, "member", key)
