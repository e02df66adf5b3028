"""Rosters handed in: one with a fault is put right, handed in again and taken back; one of units founds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visiting
from tests.sheets.books import workbook

pytestmark = pytest.mark.browser

HEADINGS = ["姓名", "性别", "党员手机"]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_roster_is_handed_in_corrected_handed_in_again_and_taken_back(
    size: tuple[int, int], visiting: Visiting, tmp_path: Path
) -> None:
    name = "岑向北" if size == PHONE else "岑向南"
    file = tmp_path / f"{name}的名册.xlsx"
    file.write_bytes(workbook(HEADINGS, ["农远行", "男", "13900990091"], [name, "女", "1990000"]))
    page = visiting("zhouhui", size).go("/import/")

    _hand_in(page, file)
    with page.expect_download() as handed_back:
        page.get_by_role("link", name="把要改的行导出来").click()
    handed_back.value.save_as(tmp_path / "要改的行.xlsx")
    book = load_workbook(tmp_path / "要改的行.xlsx")
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    assert [cell.value for cell in sheet[2]][:3] == [name, "女", "1990000"]
    assert sheet["C2"].comment is not None
    sheet["C2"] = "13900990092"
    right = tmp_path / f"{name}改好了.xlsx"
    book.save(right)

    page.goto(page.url.split("/import/")[0] + "/import/")
    _hand_in(page, right)
    page.get_by_role("button", name="导入 1 行").click()
    expect(page.get_by_text("导入完成。")).to_be_visible(timeout=60_000)
    assert _found(page, name) == 1

    page.goto(page.url.split("/members/")[0] + "/import/")
    page.get_by_role("link", name=right.name).first.click()
    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("button", name="整批撤销").click()
    expect(page.locator("#notices")).to_contain_text("已经撤销")
    assert _found(page, name) == 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_list_of_units_is_handed_in_looked_at_founded_and_taken_back(
    size: tuple[int, int], visiting: Visiting, tmp_path: Path
) -> None:
    name = "向北村党总支" if size == PHONE else "向南村党总支"
    file = tmp_path / f"{name}.xlsx"
    rows = [[name, "党总支", ""], ["第一党支部", "党支部", name], ["高坡村党支部", "党支部", "乌有乡党委"]]
    file.write_bytes(workbook(["党组织名称", "党组织类别", "上级党组织"], *rows))
    page = visiting("zhouhui", size).go("/import/")
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="上传并查看").click()
    expect(page.get_by_text("上级“乌有乡党委”不在")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.get_by_role("button", name="建立 2 个党组织").click()
    expect(page.get_by_text("导入完成。")).to_be_visible(timeout=60_000)
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("button", name="整批撤销").click()
    expect(page.locator("#notices")).to_contain_text("已经撤销")
    page.goto(f"{page.url.split('/import/')[0]}/units/?q={name}")
    assert page.get_by_role("link", name=name).count() == 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_names_of_units_are_said_once_and_the_next_roster_takes_them_so(
    size: tuple[int, int], visiting: Visiting, tmp_path: Path
) -> None:
    slip, short = ("青石春支部", "大湾") if size == PHONE else ("青石付支部", "白果")
    file = tmp_path / "支部名不全的名册.xlsx"
    rows = ["农远行", "男", slip], ["岑向东", "女", f"{short}片党支部"]
    file.write_bytes(workbook(["姓名", "性别", "党支部"], *rows))
    page = visiting("zhouhui", size).go("/import/")
    _hand_in(page, file)
    page.get_by_role("button", name="就是“青石村党支部”").click()
    expect(page.locator("#names")).to_be_in_viewport()
    page.get_by_role("link", name=f"“{short}片党支部”是在册的哪一个党组织？").click()
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("在册的是哪一个").select_option(label=f"　{short}村党支部")
    page.get_by_role("button", name="就是它").click()
    expect(page.locator("#names")).to_contain_text(f"按“{short}村党支部”办")
    assert Axe().run(page).response["violations"] == []

    page.goto(page.url.split("/import/")[0] + "/import/")
    _hand_in(page, file)
    expect(page.locator("#names")).to_contain_text(f"上次说过，“{slip}”就是“青石村党支部”，照办（1 行）。")
    expect(page.get_by_text("还没有建立")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="新登记 2").click()
    expect(page.get_by_role("button", name="记下这一页的决定")).to_be_in_viewport()
    assert Axe().run(page).response["violations"] == []


def _hand_in(page: Page, file: Path) -> None:
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="上传并查看").click()
    expect(page.locator("select[name=column-A]")).to_have_value("name")


def _found(page: Page, name: str) -> int:
    page.goto(f"{page.url.split('/import/')[0]}/members/?q={name}")
    return page.locator("td.title a", has_text=name).count()
