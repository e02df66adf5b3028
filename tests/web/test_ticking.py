"""Members ticked on the page of a unit: of hundreds some are offered, any is found, and who is ticked stays ticked."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import TODAY, Cast
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_unit
from yanzhen.people.grouping import put_into_group
from yanzhen.people.models import Member
from yanzhen.people.services import add_member, add_members
from yanzhen.reorganization.merging import merge_members
from yanzhen.reorganization.services import move_members
from yanzhen.web.ticking import OFFERED

pytestmark = pytest.mark.django_db

DOORS = ["unit_members", "unit_groups"]
MANY = 3 * OFFERED


@pytest.fixture
def group(cast: Cast) -> Unit:
    actor = cast.actor("zhouhui")
    return found_unit(actor=actor, parent_id=cast.qingshi.id, name="第一党小组", kind=UnitKind.GROUP)


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def many(cast: Cast) -> list[UUID]:
    rows = [(cast.qingshi.id, {"name": f"赵第{number:03}"}) for number in range(MANY)]
    return [it.id for it in add_members(actor=cast.actor("zhouhui"), rows=rows)]


def sent(cast: Cast, group: Unit, door: str) -> dict[str, str]:
    """What is filled in besides the members and whom one looks for."""
    if door == "unit_groups":
        return {"group": str(group.id)}
    return {
        "to": str(cast.liuhe.id),
        "on": TODAY.isoformat(),
        "basis": "relation",
        "reason": "合村并组",
        "yes": "1",
    }


def ticks(page: str) -> dict[str, bool]:
    """The boxes on the page, each with whether it is ticked."""
    boxes = re.findall(r'type="checkbox" name="members" value="([^"]+)"( checked)?', page)
    assert len(dict(boxes)) == len(boxes)
    return {key: bool(ticked) for key, ticked in boxes}


def at_once(page: str) -> set[str]:
    """Who goes along when the form is sent: the ticked, and those kept without a box."""
    hidden = re.findall(r'type="hidden" name="members" value="([^"]+)"', page)
    return {key for key, ticked in ticks(page).items() if ticked} | set(hidden)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.usefixtures("many")
def test_of_hundreds_some_are_offered_and_any_is_found(
    cast: Cast, group: Unit, officer: Client, door: str
) -> None:
    url, given = reverse(door, args=[cast.qingshi.id]), sent(cast, group, door)
    officer.get(url)
    with CaptureQueriesContext(connection) as asked:
        first = officer.get(url).content.decode()
    assert len(asked) <= 25
    assert len(ticks(first)) == OFFERED
    assert "这里只列出一部分" in first
    text, last = ("q", "found") if door == "unit_groups" else ("who", "looked_for")
    seldom, wanted = str(cast.weizhiqiang.id), str(Member.objects.get(name="赵第599").id)
    for button in ({"find": "1"}, {}):  # its button, and Enter
        looked = officer.post(url, {**given, text: "赵第599", last: "", "members": [seldom], **button})
        page = looked.content.decode()
        assert looked.status_code == 200
        assert ticks(page) == {seldom: True, wanted: False}
        assert given["group" if door == "unit_groups" else "reason"] in page
    assert "没有找到" in officer.post(url, {**given, text: "查无此人", "find": "1"}).content.decode()
    assert Fact.objects.filter(kind__in=("people.member.moved", "people.member.changed")).count() == 0
    both = {**given, text: "赵第599", last: "赵第599", "members": [seldom, wanted]}
    assert officer.post(url, both).status_code == 302
    assert Fact.objects.filter(kind__in=("people.member.moved", "people.member.changed")).count() == 2


@pytest.mark.parametrize("door", DOORS)
def test_who_was_ticked_among_hundreds_goes_along_with_those_found_later(
    cast: Cast, group: Unit, officer: Client, many: list[UUID], door: str
) -> None:
    url, given = reverse(door, args=[cast.qingshi.id]), sent(cast, group, door)
    text = "q" if door == "unit_groups" else "who"
    some = [str(key) for key in many[: 2 * OFFERED]]
    page = officer.post(url, {**given, text: "黄秀兰", "find": "1", "members": some}).content.decode()
    assert len(ticks(page)) == OFFERED + 1
    assert f"另有 {OFFERED} 名也勾选了。" in page
    assert at_once(page) == set(some)
    answer = officer.post(url, {**given, "members": [*at_once(page), str(cast.huangxiulan.id)]}, follow=True)
    assert f"{2 * OFFERED + 1} 名党员已经" in answer.content.decode()


@pytest.mark.parametrize("door", DOORS)
def test_all_of_those_shown_are_ticked_at_once(
    cast: Cast, group: Unit, officer: Client, many: list[UUID], door: str
) -> None:
    url, given = reverse(door, args=[cast.qingshi.id]), sent(cast, group, door)
    text, last = ("q", "found") if door == "unit_groups" else ("who", "looked_for")
    every = {**given, "members": [str(cast.weizhiqiang.id)], "find": "all"}
    page = officer.post(url, every).content.decode()
    assert len(at_once(page)) == OFFERED < len(many)
    page = officer.post(url, {**every, text: "赵第59", last: "赵第59"}).content.decode()
    assert at_once(page) == {*map(str, many[590:]), str(cast.weizhiqiang.id)}
    assert set(ticks(page)) == at_once(page)


@pytest.mark.parametrize("door", DOORS)
def test_where_they_are_few_nobody_is_looked_for(cast: Cast, officer: Client, door: str) -> None:
    page = officer.get(reverse(door, args=[cast.qingshi.id])).content.decode()
    assert len(ticks(page)) == 2
    assert "查找党员" not in page


@pytest.mark.parametrize("door", DOORS)
def test_who_was_merged_meanwhile_is_the_one_who_stays(
    cast: Cast, group: Unit, officer: Client, door: str
) -> None:
    other = add_member(actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, values={"name": "黄秀蓝"})
    merge_members(actor=cast.actor("zhouhui"), keep_id=cast.huangxiulan.id, other_id=other.id)
    given = {**sent(cast, group, door), "members": [str(other.id), str(cast.weizhiqiang.id)]}
    put_into_group(
        actor=cast.actor("zhouhui"),
        unit_id=cast.qingshi.id,
        member_ids=[cast.huangxiulan.id],
        group_id=group.id,
    )
    late = officer.post(reverse(door, args=[cast.qingshi.id]) + "?from=", given, follow=True)
    assert f"{1 if door == 'unit_groups' else 2} 名党员已经" in late.content.decode()


@pytest.mark.parametrize("door", DOORS)
def test_who_went_elsewhere_meanwhile_is_said_and_everything_stays_filled_in(
    cast: Cast, group: Unit, officer: Client, door: str
) -> None:
    """One was merged into a registration of another branch, one was moved there."""
    actor = cast.actor("zhouhui")
    other = add_member(actor=actor, unit_id=cast.qingshi.id, values={"name": "覃晓燕"})
    merge_members(actor=actor, keep_id=cast.qinxiaoyan.id, other_id=other.id)
    move_members(actor=actor, member_ids=[cast.huangxiulan.id], to_id=cast.liuhe.id)
    facts = Fact.objects.count()
    ticked = [str(it.id) for it in (other, cast.huangxiulan, cast.weizhiqiang)]
    given, url = sent(cast, group, door), reverse(door, args=[cast.qingshi.id])
    looked = officer.post(url, {**given, "members": ticked, "find": "1"}).content.decode()
    assert len(at_once(looked)) == 3  # nobody is dropped unsaid
    late = officer.post(url, {**given, "members": [*at_once(looked)]})
    page = late.content.decode()
    assert late.status_code == 422
    assert "勾选的有 2 名刚才已经不在这里了。" in page
    assert ticks(page) == {str(cast.weizhiqiang.id): True}
    assert given["group" if door == "unit_groups" else "reason"] in page
    assert (
        f'value="{given["group" if door == "unit_groups" else "to"]}" required' in page or " checked" in page
    )
    assert Fact.objects.count() == facts
