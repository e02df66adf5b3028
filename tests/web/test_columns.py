"""The columns of the members list: chosen in the address, the same on the page, as a workbook and in the background."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.sheets.test_progress import work
from tests.web.test_exports import cells
from tests.web.test_pages import signed_in
from yanzhen.mobility.services import record_return
from yanzhen.people.categories import begin_categories, categorize
from yanzhen.people.columns import COLUMNS
from yanzhen.people.models import Member
from yanzhen.people.responsibility import set_responsible
from yanzhen.people.services import change_member, remove_members
from yanzhen.sheets import later
from yanzhen.sheets.listing import LISTED, layout_of

pytestmark = pytest.mark.usefixtures("data_folder")
AWAY = ["姓名", "所在党支部", "外出日期", "外出地点", "联系人"]


def page(client: Client, **asked: str | list[str]) -> str:
    return client.get(reverse("members"), asked).content.decode()


def headings(html: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>|\s", "", it) for it in re.findall(r'<th scope="col".*?>(.*?)</th>', html, re.DOTALL)
    ]


def test_the_usual_columns_are_shown_where_none_is_chosen(cast_away: Cast) -> None:
    html = page(signed_in(cast_away, "shilei"))
    assert headings(html) == ["姓名", "所在党支部", "人员类别", "加入党组织日期", "外出地点", "联系人"]
    assert "广东省深圳市" in html
    assert headings(page(signed_in(cast_away, "shilei"), col="nonsense")) == headings(html)


def test_those_chosen_are_shown_in_their_order_and_ticked(cast_away: Cast) -> None:
    html = page(signed_in(cast_away, "zhouhui"), col=["destination", "gender", "unit"], f="away")
    assert headings(html) == ["姓名", "所在党支部", "性别", "外出地点"]
    assert len(re.findall(r'name="col"[^>]*checked', html)) == 3
    assert 'type="hidden" name="f" value="away"' in html
    assert "col=destination&amp;col=gender&amp;col=unit&amp;f=away&amp;sort=name" in html
    assert 'data-label="性别">男<' in html


def test_values_are_in_the_language_of_the_page(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    client.cookies["django_language"] = "en"
    assert 'data-label="Sex">Male<' in page(client, col="gender")


def test_nothing_sealed_can_be_chosen(cast_away: Cast) -> None:
    sealed = [it.key for it in COLUMNS if it.sealed]
    assert not LISTED.keys() & sealed
    html = page(signed_in(cast_away, "zhouhui"), col=[*sealed, "gender"])
    assert headings(html) == ["姓名", "性别"]
    assert layout_of(f"list:{' '.join(sealed)} gender").key == "list:name gender"


def test_who_is_back_is_not_shown_away(cast_away: Cast) -> None:
    record_return(actor=cast_away.actor("shilei"), member_id=cast_away.weizhiqiang.id, returned_on=TODAY)
    assert "广东省深圳市" not in page(signed_in(cast_away, "shilei"), col=["destination", "departed_on"])


def test_the_workbook_has_the_columns_of_the_page(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    asked = {"col": ["destination", "unit", "departed_on", "contact_person"], "f": "away"}
    url = reverse("members_export", query=asked)
    form = client.get(url).content.decode()
    proposed = re.search(r'value="(list:[^"]+)"[^>]*checked', form)
    assert proposed
    rows = cells(client.post(url, {"reason": "核对", "layout": proposed[1]}))
    assert rows == [
        AWAY,
        ["韦志强", "青石村党支部", "2026-09-01", "广东省深圳市", "陆芳"],
        ["覃小燕", "柳河村党支部", "2026-08-15", "浙江省宁波市", None],
    ]
    other = client.post(url, {"reason": "核对", "layout": "list:name phone"})
    assert other.status_code == 422


def test_age_is_that_of_today(cast: Cast) -> None:
    change_member(
        actor=cast.actor("zhouhui"), member_id=cast.weizhiqiang.id, values={"birth_on": "1985-03-07"}
    )
    assert 'data-label="年龄">41<' in page(signed_in(cast, "zhouhui"), col="age")


@pytest.mark.django_db(transaction=True)
def test_a_long_list_keeps_its_columns(cast_away: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "AT_ONCE", 1)
    client = signed_in(cast_away, "zhouhui")
    sent = {"reason": "上报", "layout": "list:name unit departed_on destination contact_person"}
    url = reverse("members_export", query={"col": ["unit", "destination", "departed_on", "contact_person"]})
    key = UUID(client.post(url, sent).headers["Location"].strip("/").rpartition("/")[2])
    work()
    assert cells(client.get(reverse("export_file", args=[key])))[0] == AWAY


def chips(client: Client) -> list[str]:
    return re.findall(r'class="chip"[^>]*>([^<]*)<', page(client))


def test_chips_are_those_that_somebody_bears(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    begun = begin_categories(actor=officer, unit_id=cast.town.id)
    assert chips(signed_in(cast, "zhouhui")) == ["全部", "外出", "去向不清", "没有联系人"]
    assert 'name="category"' in page(signed_in(cast, "zhouhui"))  # nobody is in one, and can be put there
    set_responsible(actor=officer, member_id=cast.huangxiulan.id, basis="agreed", reason="县委函")
    categorize(actor=officer, wanted={cast.huangxiulan.id: [begun[1].id]})
    assert chips(signed_in(cast, "shilei"))[4:] == ["上级商定", "不分类别", "经商", "没有归类"]
    assert len(chips(signed_in(cast, "liuqing"))) == 4


def test_who_may_import_finds_the_way_on_the_list(cast: Cast) -> None:
    link = f'class="btn" href="{reverse("batches")}"'
    assert link in page(signed_in(cast, "zhouhui"))
    assert link not in page(signed_in(cast, "shilei"))


@pytest.mark.parametrize(("who", "way"), [("zhouhui", "batches"), ("shilei", "member_add"), ("guming", "")])
def test_an_empty_town_says_how_it_is_filled(cast: Cast, who: str, way: str) -> None:
    remove_members(actor=cast.actor("zhouhui"), member_ids=[it.id for it in Member.objects.all()])
    client = signed_in(cast, who)
    for name in ("members", "home"):
        empty = (
            client.get(reverse(name))
            .content.decode()
            .partition('class="empty"')[2]
            .partition("</section>")[0]
        )
        assert "名单上还没有党员" in empty
        assert re.findall(r'href="([^"]*)"', empty) == ([reverse(way)] if way else [])
