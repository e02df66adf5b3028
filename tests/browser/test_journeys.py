"""What people come for, done with a real browser on a telephone and at a desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visiting
from tests.sheets.books import roster
from tests.sheets.recognition.layouts import official
from tests.sheets.recognition.layouts.writing import xlsx

pytestmark = pytest.mark.browser


def _contacted(page: Page) -> int:
    """本期已联系, on the contact person's card."""
    told = page.locator("aside .row", has_text="本期已联系").inner_text()
    found = re.search(r"(\d+) / \d+", told)
    assert found
    return int(found[1])


def test_contact_person_logs_a_contact_in_three_taps_and_the_figure_moves(visiting: Visiting) -> None:
    page = visiting("lufang", PHONE).go("/")
    before, lines = _contacted(page), page.locator(".todo").count()
    line = page.locator(".todo", has_text="定期联系").first
    name = line.locator(".who a").inner_text()
    line.get_by_role("link", name="记一次联系").tap()
    line.get_by_role("button", name="联系上了").tap()
    expect(page.locator("#notices")).to_contain_text(f"已记下和{name}的联系")
    assert _contacted(page) == before + 1
    assert page.locator(".todo").count() == lines - 1


def test_contact_is_logged_without_javascript_too(visiting: Visiting) -> None:
    page = visiting("lufang", PHONE, script=False).go("/")
    line = page.locator(".todo", has_text="定期联系").first
    name = line.locator(".who a").inner_text()
    line.get_by_role("link", name="记一次联系").click()
    page.get_by_role("button", name="没联系上").click()
    expect(page.locator("#notices")).to_contain_text(f"已记下没联系上{name}")


def test_calling_shows_the_number_in_the_line_and_the_record_says_so(visiting: Visiting) -> None:
    page = visiting("lufang", DESK).go("/")
    line = page.locator(".todo").first
    member = line.locator(".who a").get_attribute("href")
    line.get_by_role("button", name="打电话").click()
    number = line.locator("a.phone")
    expect(number).to_have_attribute("href", re.compile(r"^tel:199\d{8}$"))
    page.goto(page.url.rstrip("/") + str(member))
    expect(page.locator(".timeline")).to_contain_text("理由：打电话")


def test_officer_imports_a_roster_sees_the_lists_fill_and_takes_it_back(
    visiting: Visiting, tmp_path: Path
) -> None:
    file = tmp_path / "党员基本信息汇总表.xlsx"
    layout = official.a()
    file.write_bytes(xlsx(*layout.grids))
    page = visiting("zhouhui", DESK).go("/members/")
    before = _count(page)
    page.locator("details.menu summary").click()
    page.get_by_role("banner").get_by_role("link", name="导入花名册").click()
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="上传并查看").click()
    expect(page.locator("select[name=column-B]")).to_have_value("name")
    added = int(page.locator(".fig b").first.inner_text().removesuffix("名"))
    if page.locator("[name=new_units]").count():
        page.check("[name=new_units]")
    page.get_by_role("button", name=re.compile("^导入")).click()
    expect(page.get_by_text("导入完成。")).to_be_visible(timeout=60_000)
    assert added > 0
    page.goto(page.url.split("/import/")[0] + "/members/")
    assert _count(page) == before + added
    page.goto(page.url.split("/members/")[0] + "/import/")
    page.get_by_role("link", name=file.name).first.click()
    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("button", name="整批撤销").click()
    expect(page.locator("#notices")).to_contain_text("已经撤销")
    page.goto(page.url.split("/import/")[0] + "/members/")
    assert _count(page) == before


def test_officer_hands_in_an_exported_form_and_decides_one_field(visiting: Visiting, tmp_path: Path) -> None:
    """Without JavaScript: the form of one branch out, a number in it changed, and only that decided."""
    visit = visiting("zhouhui", DESK, script=False)
    page = visit.go("/members/?q=韦志强")
    page.get_by_role("link", name="导出 Excel").click()
    page.fill("[name=reason]", "上报县委")
    page.get_by_label("流动党员花名册（只列在外的）").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    file = tmp_path / download.value.suggested_filename
    assert file.name.startswith("流动党员花名册-")
    download.value.save_as(file)
    book = load_workbook(file)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["G4"], sheet["D4"] = "19900009999", "大学本科毕业"
    book.save(file)
    visit.go("/import/")
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="上传并查看").click()
    page.get_by_role("link", name="和名册不一样 1").click()
    page.get_by_label("手机号码怎么办").select_option(label="留在册的")
    page.get_by_role("button", name="记下这一页的决定").click()
    expect(page.get_by_label("手机号码怎么办")).to_have_value("keep")
    page.get_by_role("button", name="都这样办").click()
    expect(page.get_by_label("手机号码怎么办")).to_have_value("keep")


@pytest.mark.parametrize("mode", [{}, {"dark": True}, {"care": True}])
def test_a_roster_beside_the_base_can_be_read_by_all(
    visiting: Visiting, tmp_path: Path, mode: dict[str, bool]
) -> None:
    """The page of decisions is found by no fixed address: axe and the narrowest telephone look at it here."""
    file = tmp_path / "名册.xlsx"
    file.write_bytes(roster({"name": "韦志强", "phone": "19900009999", "employer": "云帆软件公司"}))
    visit = visiting("zhouhui", (360, 740), **mode)
    page = visit.go("/import/")
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="上传并查看").click()
    page.get_by_role("link", name="和名册不一样 1").click()
    page.locator("details.more summary").click()
    assert page.locator("select").count() > 2
    assert not page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = Axe().run(page).response["violations"]
    assert [it["id"] for it in found] == []


def _count(page: Page) -> int:
    found = re.search(r"共 (\d+) 名", page.locator(".lead").inner_text())
    assert found
    return int(found[1])


def test_a_file_that_is_no_roster_is_refused_in_a_sentence(visiting: Visiting, tmp_path: Path) -> None:
    file = tmp_path / "照片.xlsx"
    file.write_bytes(b"\x89PNG nothing of a workbook")
    visit = visiting("zhouhui", DESK)
    page = visit.go("/import/")
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="上传并查看").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert "Traceback" not in page.content()
    visit.complaints.clear()  # Chromium calls every 422 an error


def test_secretary_gets_404_outside_his_branch(visiting: Visiting) -> None:
    page = visiting("zhouhui", DESK).go("/members/?q=柳河村")
    outside = page.locator("td.title a").first.get_attribute("href")
    visit = visiting("shilei", DESK)
    answer = visit.page.goto(visit.server + str(outside))
    assert answer
    assert answer.status == 404
    expect(visit.page.locator("h1")).to_have_text("没有找到")
    visit.complaints.clear()  # and every 404


def test_search_and_list_by_keyboard(visiting: Visiting) -> None:
    page = visiting("shilei", DESK).go("/")
    page.keyboard.press("/")
    page.keyboard.type("wzq")
    page.keyboard.press("Enter")
    page.wait_for_url("**/members/?q=wzq")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("韦志强")


def test_member_tells_a_new_address_in_under_a_minute(visiting: Visiting) -> None:
    page = visiting("weizhiqiang", PHONE).go("/")
    page.get_by_role("link", name="换了单位或住处").tap()
    page.fill("[name=address]", "余杭区仓前街道新居2幢")
    page.get_by_role("button", name="保存").tap()
    expect(page.locator("#notices")).to_contain_text("住址和电话已登记")


def test_what_was_typed_is_still_there_after_a_refusal(visiting: Visiting) -> None:
    visit = visiting("weizhiqiang", PHONE)
    page = visit.go("/")
    page.get_by_role("link", name="我回来了").tap()
    page.fill("[name=returned_on]", "2027-01-01")
    page.get_by_role("button", name="登记返回").tap()
    expect(page.locator(".error")).to_contain_text("日期不能晚于今天")
    expect(page.locator("[name=returned_on]")).to_have_value("2027-01-01")
    visit.complaints.clear()


def test_large_print_and_language_are_remembered(visiting: Visiting) -> None:
    page = visiting("weizhiqiang", PHONE).go("/")
    page.get_by_role("button", name="关怀版").tap()
    expect(page.locator("html")).to_have_attribute("data-care", "")
    page.get_by_role("link", name="我的记录").first.tap()
    expect(page.locator("html")).to_have_attribute("data-care", "")
    page.get_by_role("button", name="English").tap()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_field_is_edited_in_its_place_by_keyboard_and_shows_what_was_before(visiting: Visiting) -> None:
    visit = visiting("shilei", DESK)
    page = visit.go("/members/?q=%E9%9F%A6%E5%BF%97%E5%BC%BA")
    page = visit.go(str(page.locator("td.title a").first.get_attribute("href")))
    field = page.locator("#f-occupation")
    before = field.locator("dd").first.inner_text().split()[0]
    field.get_by_role("link", name="改").focus()
    page.keyboard.press("Enter")
    expect(field.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(field.get_by_role("textbox")).to_have_count(0)
    expect(field.get_by_role("link", name="改")).to_be_focused()
    page.keyboard.press("Enter")
    field.get_by_role("textbox").fill("茶艺师")
    # Nobody types so fast: until the new part is settled its form would be sent as a whole page.
    expect(page.locator(".htmx-settling")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(field).to_contain_text("茶艺师")
    expect(field.get_by_role("status")).to_have_text("已保存")
    expect(field.get_by_role("link", name="改")).to_be_focused()
    field.get_by_role("link", name="以前").click()
    expect(page.locator(".timeline")).to_contain_text(f"从“{before}”改为“茶艺师”")


def test_many_are_put_into_a_category_from_the_list(visiting: Visiting) -> None:
    page = visiting("zhouhui", DESK).go("/members/?c=-")
    page.get_by_role("checkbox", name="全选这一页").check()
    page.get_by_role("checkbox", name="选").nth(1).uncheck()
    count = page.locator("[name=member]:checked").count()
    page.locator("#into").select_option("其他")
    page.get_by_role("button", name="归类").click()
    expect(page.locator("#notices")).to_contain_text(f"已把 {count} 名党员归入“其他”")
