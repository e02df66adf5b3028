"""A role handed over on paper, and the second factor: an app's codes, a passkey, a lost telephone."""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visit, Visiting
from yanzhen.demo import town

pytestmark = pytest.mark.browser
OWN = "shan-gao-lu-yuan"


def code(secret: str, ahead: int = 0) -> str:
    """What the app on the telephone shows, or will show so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def sign_in(visit: Visit, username: str, password: str = town.PASSWORD) -> Page:
    page = visit.go("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="登录", exact=True).click()
    return page


def sign_out(visit: Visit) -> None:
    visit.go("/accounts/logout/").locator("main").get_by_role("button", name="退出登录").click()


def open_own(visit: Visit, name: str) -> None:
    """我的 on a telephone, the account menu at a desk."""
    page = visit.page
    if page.locator(".tabs").is_visible():
        page.locator(".tabs").get_by_role("link", name="我的").click()
    else:
        page.locator("details.menu summary").click()
    page.locator("main:visible, details.menu[open]").get_by_role("link", name=name).last.click()


@pytest.mark.parametrize(
    ("size", "branch", "before"),
    [(DESK, "石板村党支部", "yangqisong"), (PHONE, "枫树坳村党支部", "mengjiatian")],
)
def test_hand_over_of_a_secretary(
    size: tuple[int, int], branch: str, before: str, visiting: Visiting
) -> None:
    page = visiting("zhouhui", size).go(f"/units/?q={branch}")
    page.get_by_role("link", name=branch).first.click()
    held = page.locator("tr", has_text="支部书记").filter(has_text="现任")
    old = held.locator(".title").inner_text()
    held.get_by_role("link", name="交接").click()
    someone = page.locator("select[name=successor] optgroup").first.locator("option").first
    new = someone.inner_text()
    page.select_option("[name=successor]", value=str(someone.get_attribute("value")))
    page.get_by_role("button", name="交接").click()
    paper = page.locator("main .facts dd").all_inner_texts()
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    page.get_by_role("link", name="交好了").click()
    expect(page.locator("tr", has_text="现任").filter(has_text="支部书记").locator(".title")).to_have_text(
        new
    )
    expect(page.locator("tr", has_text=old).filter(has_text="支部书记")).to_contain_text("2026-11-23")

    taking = visiting("", size)
    page = taking.go(urlsplit(paper[0]).path)
    for field, written in (("username", paper[1]), ("code", paper[2]), ("password", OWN), ("again", OWN)):
        page.fill(f"[name={field}]", written)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#notices")).to_contain_text(f"{new}，您好！")
    expect(page.locator("h1")).to_contain_text("要办的事")

    page = sign_in(visiting("", size), before)
    expect(page.locator("body")).not_to_contain_text("今天要办的事")


@pytest.fixture
def local(visiting: Visiting) -> Visiting:
    """Under a name: browsers give passkeys to no bare address."""

    def visit(size: tuple[int, int]) -> Visit:
        found = visiting("", size)
        found.server = found.server.replace("127.0.0.1", "localhost")
        return found

    return visit


@pytest.mark.parametrize(("size", "username"), [(PHONE, "liuqing"), (DESK, "guming")])
def test_second_factor_by_app(size: tuple[int, int], username: str, local: Visiting) -> None:
    visit = local(size)
    page = sign_in(visit, username)
    open_own(visit, "登录与安全")
    page.get_by_role("link", name="设置").click()
    page.fill("[name=password]", town.PASSWORD)
    page.get_by_role("button", name="继续").click()
    secret = page.locator(".key").inner_text().replace(" ", "")
    assert Axe().run(page).response["violations"] == []
    page.fill("[name=code]", code(secret, -1))
    page.get_by_role("button", name="启用").click()
    expect(page.locator("#notices")).to_contain_text("手机验证器已启用")
    paper = page.locator(".picks .key").all_inner_texts()
    assert len(paper) == 10
    page.get_by_role("link", name="抄好了").click()
    assert Axe().run(page).response["violations"] == []

    for written in (code(secret), paper[0]):
        sign_out(visit)
        sign_in(visit, username)
        assert Axe().run(page).response["violations"] == []
        page.fill("[name=code]", written)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url(f"{visit.server}/")
    open_own(visit, "登录与安全")
    expect(page.locator("main")).to_contain_text("还剩 9 个")

    page.get_by_role("link", name="停用").click()
    page.fill("[name=password]", town.PASSWORD)
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".lead")).to_contain_text("这是最后一个")
    page.get_by_role("button", name="停用").click()
    expect(page.locator("#notices")).to_contain_text("已停用")
    sign_out(visit)
    sign_in(visit, username)
    page.wait_for_url(f"{visit.server}/")


def test_second_factor_by_passkey_and_nothing_but_the_passkey(local: Visiting) -> None:
    visit = local(PHONE)
    page = sign_in(visit, "liuqing")
    page.wait_for_url(f"{visit.server}/")
    device = visit.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    visit.go("/mine/security/passkey/")
    page.fill("[name=password]", town.PASSWORD)
    page.get_by_role("button", name="继续").click()
    assert Axe().run(page).response["violations"] == []
    page.fill("[name=name]", "柳青的手机")
    page.get_by_role("button", name="添加").click()
    expect(page.locator("#notices")).to_contain_text("通行密钥已保存")

    sign_out(visit)
    sign_in(visit, "liuqing")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="用通行密钥").click()
    page.wait_for_url(f"{visit.server}/")
    sign_out(visit)
    visit.go("/accounts/login/").get_by_role("link", name="用通行密钥登录").click()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url(f"{visit.server}/")
    expect(page.locator("h1")).to_contain_text("要办的事")

    officer = local(DESK)
    desk = sign_in(officer, "zhouhui")
    desk.wait_for_url(f"{officer.server}/")
    row = officer.go("/staff/").locator("tr", has_text="liuqing")
    row.get_by_role("link", name="验证丢了").click()
    desk.fill("[name=reason]", "手机丢了，本人来过办公室")
    desk.get_by_role("button", name="已当面核实，取消").click()
    expect(desk.locator("#notices")).to_contain_text("柳青的第二道验证已取消")
    visit.go("/")
    assert re.search("/accounts/login/", page.url)
    sign_in(visit, "liuqing")
    expect(page.locator("#notices")).to_contain_text("手机丢了，本人来过办公室")


def test_without_javascript_or_https_the_page_says_what_to_do(visiting: Visiting) -> None:
    page = visiting("", PHONE, script=False).go("/start/passkey/")
    expect(page.locator("main")).to_contain_text("这里用不了通行密钥")
    expect(page.get_by_role("button", name="用通行密钥登录")).to_be_hidden()
    page.get_by_role("link", name="用密码登录").click()
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
