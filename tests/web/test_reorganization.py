"""The pages of 党组织调整: what goes along is shown, nothing happens before the yes, a refusal stands on the page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from yanzhen.access.rows import insert
from yanzhen.kernel.paths import segment
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_unit
from yanzhen.reorganization.queries import OFFERED

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast_away: Cast) -> Client:
    client = Client()
    client.force_login(cast_away.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_unit_is_moved_from_its_page(cast_away: Cast, officer: Client) -> None:
    area = found_unit(
        actor=cast_away.actor("zhouhui"),
        parent_id=cast_away.town.id,
        name="河西片区",
        kind=UnitKind.GENERAL_BRANCH,
    )
    url = reverse("unit_move", args=[cast_away.qingshi.id])
    page = officer.get(url).content.decode()
    assert "黄秀兰、韦志强" in page
    assert "石磊（支部书记）" in page
    refused = officer.post(url, {"to": cast_away.liuhe.id, "on": "2027-01-01"})
    assert refused.status_code == 422
    assert "日期不能晚于今天。" in refused.content.decode()
    answer = officer.post(url, {"to": area.id, "on": TODAY.isoformat(), "reason": "片区调整"}, follow=True)
    assert "“青石村党支部”已经划过去了。" in answer.content.decode()
    assert Unit.objects.get(pk=cast_away.qingshi.id).parent_id == area.id


def test_a_unit_cannot_be_put_below_itself_on_the_page(cast_away: Cast, officer: Client) -> None:
    page = officer.get(reverse("unit_merge", args=[cast_away.qingshi.id])).content.decode()
    assert f'value="{cast_away.liuhe.id}"' in page
    assert f'value="{cast_away.qingshi.id}"' not in page


def test_members_are_moved_in_two_steps(cast_away: Cast, officer: Client) -> None:
    url = reverse("unit_members", args=[cast_away.qingshi.id])
    given = {
        "members": [cast_away.weizhiqiang.id],
        "to": cast_away.liuhe.id,
        "on": TODAY.isoformat(),
        "basis": "relation",
    }
    shown = officer.post(url, given)
    assert "就这样转" in shown.content.decode()
    cast_away.weizhiqiang.refresh_from_db()
    assert cast_away.weizhiqiang.unit_id == cast_away.qingshi.id
    answer = officer.post(url, {**given, "yes": "1"}, follow=True)
    assert "1 名党员已经转过去了。" in answer.content.decode()
    cast_away.weizhiqiang.refresh_from_db()
    assert cast_away.weizhiqiang.unit_id == cast_away.liuhe.id


def test_members_split_off(cast_away: Cast, officer: Client) -> None:
    url = reverse("unit_members", args=[cast_away.qingshi.id])
    given = {
        "members": [cast_away.huangxiulan.id],
        "on": TODAY.isoformat(),
        "kind": "branch",
        "basis": "relation",
    }
    assert officer.post(url, given).status_code == 422
    officer.post(url, {**given, "name": "青石新村党支部", "yes": "1"})
    cast_away.huangxiulan.refresh_from_db()
    assert cast_away.huangxiulan.unit.name == "青石新村党支部"


def test_an_ended_unit_says_so(cast_away: Cast, officer: Client) -> None:
    officer.post(
        reverse("unit_merge", args=[cast_away.qingshi.id]),
        {"to": cast_away.liuhe.id, "on": TODAY.isoformat(), "reason": "村合并"},
    )
    page = officer.get(reverse("unit", args=[cast_away.qingshi.id])).content.decode()
    assert "2026年11月23日撤销" in page
    assert "划到别处" not in page


def test_a_place_is_looked_for_and_what_was_typed_stays(cast_away: Cast, officer: Client) -> None:
    insert(
        [
            Unit(
                parent=cast_away.town,
                path=cast_away.town.path + segment(number),
                code=f"t{number}",
                name=f"第{number}党支部",
                kind=UnitKind.BRANCH,
            )
            for number in range(100, 140)
        ]
    )
    url = reverse("unit_members", args=[cast_away.qingshi.id])
    first = officer.get(url).content.decode()
    assert first.count('name="to"') == OFFERED
    assert "别的请按名称查找" in first
    wanted = Unit.objects.get(name="第135党支部")
    typed = {
        "members": [str(cast_away.huangxiulan.id)],
        "on": "2026-11-01",
        "reason": "合村并组",
        "basis": "agreed",
    }
    for button in ({"find": "1"}, {}):  # its button, and Enter
        looked = officer.post(url, {**typed, "q": "135", **button})
        page = looked.content.decode()
        assert looked.status_code == 200
        assert page.count('name="to"') == 1
        assert f'value="{wanted.id}"' in page
        for kept in ("合村并组", "2026-11-01", f'value="{cast_away.huangxiulan.id}" checked'):
            assert kept in page
    nobody = officer.post(url, {**typed, "q": "查无此部", "find": "1"}).content.decode()
    assert "没有叫这个名称的党组织，请换一个名称。" in nobody
    officer.post(url, {**typed, "q": "135", "to": wanted.id, "yes": "1"})
    cast_away.huangxiulan.refresh_from_db()
    assert cast_away.huangxiulan.unit == wanted


def test_a_place_that_is_no_place(cast_away: Cast, officer: Client) -> None:
    url = reverse("unit_move", args=[cast_away.qingshi.id])
    below = found_unit(
        actor=cast_away.actor("zhouhui"), parent_id=cast_away.qingshi.id, name="第一党小组", kind="group"
    )
    for to, status in ((str(below.id), 422), ("7", 404)):
        assert officer.post(url, {"to": to, "on": TODAY.isoformat()}).status_code == status
