"""The tree of units with a real browser: deeper levels open in place, without JavaScript on a page of their own."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visiting
from tests.sheets.books import roster

pytestmark = pytest.mark.browser

FOUND = "/units/?q=%E6%B8%85%E6%B0%B4"  # 清水: a general branch, whose branches are not named so


def test_a_unit_that_was_found_opens_in_place(visiting: Visiting) -> None:
    page = visiting("zhouhui", DESK).go("/units/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("清水")
    page.keyboard.press("Enter")
    page.wait_for_url("**/units/?q=*")
    expect(page.get_by_role("link", name="双溪村党支部")).to_have_count(0)
    page.locator("summary", has_text="清水片区党总支").click()
    expect(page.locator(".tree").get_by_role("link", name="双溪村党支部")).to_be_visible()


def test_without_javascript_it_opens_on_a_page_of_its_own(visiting: Visiting) -> None:
    page = visiting("zhouhui", PHONE, script=False).go(FOUND)
    page.locator("summary", has_text="清水片区党总支").click()
    page.get_by_role("link", name="打开").click()
    expect(page.locator(".tree").get_by_role("link", name="双溪村党支部")).to_be_visible()


def test_a_place_is_looked_for_without_javascript(visiting: Visiting) -> None:
    page = visiting("zhouhui", PHONE, script=False).go(FOUND)
    page.get_by_role("link", name="清水片区党总支").click()
    page.get_by_role("link", name="划到别处").click()
    page.fill("[name=reason]", "片区调整")
    page.fill("#id_q", "产业园")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("[name=to]")).to_have_count(1)
    expect(page.locator("[name=reason]")).to_have_value("片区调整")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_branch_is_moved_and_moved_back(size: tuple[int, int], visiting: Visiting) -> None:
    page = visiting("zhouhui", size).go(f"/units/?q={quote('桐木社区')}")
    page.get_by_role("link", name="桐木社区党支部").click()
    address = page.url
    for search, to in (("清水片区", "清水片区党总支"), ("青禾镇党委", "云岭县青禾镇党委")):
        page.get_by_role("link", name="划到别处").click()
        expect(page.locator("dl.facts div", has_text="党员").locator("dd")).to_have_text(
            re.compile(r"[1-9]\d*")
        )
        page.fill("#id_q", search)
        page.get_by_role("button", name="查找").click()
        page.locator("label", has_text=to).first.click()
        page.fill("[name=reason]", "片区调整")
        page.get_by_role("button", name="划过去").click()
        expect(page.locator("#notices")).to_contain_text("“桐木社区党支部”已经划过去了")
        page.goto(address)
        expect(page.locator(".crumb")).to_contain_text(to)


def test_the_officer_founds_groups_and_fills_them(visiting: Visiting) -> None:
    page = visiting("zhouhui", PHONE).go("/units/?q=%E7%99%BD%E6%9E%9C%E6%9D%91")
    page.get_by_role("link", name="白果村党支部").click()
    page.get_by_role("link", name="按花名册设立小组").click()
    page.get_by_role("button", name="设立").click()
    expect(page.locator("#notices")).to_contain_text("设立了 3 个党小组")
    page.get_by_role("link", name="编组").click()
    page.locator(".chips a", has_text="第一党小组").click()
    page.get_by_role("button", name="全部勾选").click()
    page.locator(".pills label", has_text="第二党小组").click()
    page.get_by_role("button", name="编组").click()
    expect(page.locator("#notices")).to_contain_text("名党员已经编好了")
    page.get_by_role("link", name="第一党小组").click()
    expect(page.locator("main")).to_contain_text("小组里还没有党员")


def test_the_officer_moves_members_by_a_sheet(visiting: Visiting, tmp_path: Path) -> None:
    visit = visiting("zhouhui", DESK)
    page = visit.go("/members/?q=%E7%9F%B3%E6%98%8E")
    name = page.locator("td.title a").first.inner_text()
    sheet = tmp_path / "转移党员.xlsx"
    sheet.write_bytes(roster({"name": name, "unit": "无此党支部"}))
    page = visit.go("/units/")
    page.get_by_role("link", name="按表格转移党员").click()
    page.set_input_files("[name=file]", sheet)
    page.get_by_role("button", name="上传并查看").click()
    expect(page.locator("main")).to_contain_text("1 行转不了")
    expect(page.locator("main")).to_contain_text("没有人要转")
