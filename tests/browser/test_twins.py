"""Twins from end to end: registered twice, found, compared, merged and split again, by telephone, desk and keyboard."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visit, Visiting

pytestmark = pytest.mark.browser


def _register_twice(visit: Visit, name: str, phone: str) -> None:
    """Somebody in two branches: the second time with an employer, and the day of birth left out."""
    page = visit.page
    for place, birth, employer in ((2, "1988-05-12", ""), (3, "1988-05", "华强电子厂")):
        page.goto(visit.server + "/members/new/")
        page.locator("[name=unit]").select_option(index=place)
        page.fill("[name=name]", name)
        page.fill("[name=birth_on]", birth)
        page.fill("[name=phone]", phone)
        page.fill("[name=employer]", employer)
        page.get_by_role("button", name="保存").click()
        if employer:
            expect(page.locator("main")).to_contain_text("同名，出生年月相同")
            visit.complaints.clear()  # Chromium calls every 422 an error
            _is_fit(page)
            page.get_by_label("核对过了，是另一个人，仍要登记").check()
            page.get_by_role("button", name="保存").click()
        expect(page.locator("#notices")).to_contain_text(f"已登记{name}")


def _is_fit(page: Page) -> None:
    """No axe violation, nothing wider than the screen."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


@pytest.mark.parametrize(
    ("size", "name", "phone"), [(PHONE, "欧阳小茶", "19900000881"), (DESK, "欧阳大山", "19900000882")]
)
def test_twins_are_merged_and_split_again(
    visiting: Visiting, size: tuple[int, int], name: str, phone: str
) -> None:
    visit = visiting("zhouhui", size)
    page = visit.page
    _register_twice(visit, name, phone)
    page.goto(visit.server + "/members/")
    page.get_by_role("link", name="疑似重复登记").click()
    pair = page.locator(".pair", has_text=name)
    expect(pair).to_contain_text("同名，出生年月相同")
    _is_fit(page)
    pair.get_by_role("link", name="并排看，合并").click()
    expect(page.locator("[name=birth_on][value=keep]")).to_be_checked()
    expect(page.locator("[name=employer][value=other]")).to_be_checked()
    _is_fit(page)
    page.get_by_role("button", name="是同一个人，合并").click()
    expect(page.locator("#notices")).to_contain_text("两条登记已经合并")
    expect(page.locator("main")).to_contain_text("华强电子厂")
    page.get_by_role("link", name="拆开合并").click()
    expect(page.locator("main")).to_contain_text("又是单独的一条登记")
    _is_fit(page)
    page.get_by_role("button", name="拆开").click()
    expect(page.locator("#notices")).to_contain_text("已经拆开")
    expect(page.locator("main")).not_to_contain_text("华强电子厂")
    page.goto(visit.server + "/members/twins/")
    page.locator(".pair", has_text=name).get_by_role("button", name="这是两个人").click()
    expect(page.locator("#notices")).to_contain_text("这是两个人")
    expect(page.locator(".pair", has_text=name)).to_have_count(0)
    page.get_by_role("link", name="已确认是两个人").click()
    expect(page.locator(".pair", has_text=name)).to_have_count(1)


def test_merging_by_keyboard_with_a_full_number_asked_for_beside(visiting: Visiting) -> None:
    """The number is asked for in a form of its own; what was chosen before stays chosen."""
    visit = visiting("zhouhui", DESK)
    page = visit.page
    _register_twice(visit, "欧阳青禾", "19900000883")
    page.goto(page.url + "edit/")
    page.fill("[name=phone]", "19900000884")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="和另一条登记合并").click()
    pair = page.locator(".pair", has_text="欧阳青禾")
    pair.get_by_role("link", name="并排看，合并").press("Enter")
    page.locator("[name=birth_on][value=keep]").press("ArrowRight")
    expect(page.locator("[name=birth_on][value=other]")).to_be_checked()
    page.get_by_role("link", name=re.compile(r"看全部\s*手机号码")).last.press("Enter")
    asked = page.locator("#full-phone-other")
    asked.locator("[name=reason]").fill("核对是不是同一个人")
    asked.locator("[name=reason]").press("Enter")
    expect(asked).to_contain_text("19900000884")
    expect(page.locator("[name=birth_on][value=other]")).to_be_checked()
    page.locator("[name=phone][value=other]").press("Space")
    page.get_by_role("button", name="是同一个人，合并").press("Enter")
    expect(page.locator("#notices")).to_contain_text("两条登记已经合并")
    expect(page.locator("main")).to_contain_text("199****0884")
