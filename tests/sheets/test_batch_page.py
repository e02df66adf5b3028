"""The page of a roster before its import, as an officer meets it: no dead end, nothing offered that does nothing."""

from __future__ import annotations

from urllib.parse import unquote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.sheets.books import workbook
from tests.sheets.conftest import Desk
from yanzhen.sheets.services import correct, decide, stage

NO_NAMES = "没有认出哪一列是姓名"


@pytest.fixture
def officer(desk: Desk, client: Client) -> Client:
    client.force_login(desk.cast.account("zhouhui"))
    return client


def page(officer: Client, desk: Desk, *rows: tuple[str, ...], fields: dict[str, str] | None = None) -> str:
    batch = stage(
        actor=desk.officer, unit_id=desk.cast.qingshi.id, file_name="名册.xlsx", data=workbook(*rows)
    )
    if fields:
        correct(actor=desk.officer, batch_id=batch.id, fields=fields)
    return officer.get(reverse("batch", args=[batch.id])).content.decode()


def test_without_a_column_of_names_it_says_what_to_do(desk: Desk, officer: Client) -> None:
    rows = ("联系人", "联系人电话", "绰号"), ("陆芳", "19900000011", "石头"), ("石磊", "19900000012", "阿珍")
    seen = page(officer, desk, *rows)
    assert NO_NAMES in seen
    assert "还没有一行可以导入。" in seen
    assert "导入 0 行" not in seen
    seen = page(officer, desk, *rows, fields={"C": "name"})
    assert NO_NAMES not in seen
    assert "导入 2 行" in seen


def test_several_names_in_a_cell_are_registered_as_nobody(desk: Desk, officer: Client) -> None:
    rows = ("姓名", "性别"), ("罗大山、农春兰", "男"), ("岑玉珍", "女"), ("陆永福", "男"), ("黄土根", "男")
    seen = page(officer, desk, *rows)
    assert "“罗大山、农春兰”像是几位党员的姓名，请一位一位地写。" in seen
    assert "导入 3 行" in seen


def test_with_no_row_that_goes_in_nothing_is_offered(desk: Desk, officer: Client) -> None:
    seen = page(officer, desk, ("姓名", "性别", "党支部"), ("罗大山", "男", "高坡村党支部"))
    assert NO_NAMES not in seen
    assert "还没有一行可以导入。" in seen
    assert "放弃这份名册" in seen


def test_a_name_that_is_near_to_none_can_be_said_to_be_a_unit(desk: Desk, officer: Client) -> None:
    data = workbook(("姓名", "性别", "党支部"), ("罗大山", "男", "柳河支部"), ("农春兰", "女", "青&石支部"))
    batch = stage(actor=desk.officer, unit_id=desk.cast.town.id, file_name="名册.xlsx", data=data)
    url, at = (reverse(name, args=[batch.id]) for name in ("batch", "batch_name"))
    seen = officer.get(url).content.decode()
    assert f'href="{at}?name=%E6%9F%B3%E6%B2%B3%E6%94%AF%E9%83%A8"' in seen
    asked = officer.get(at, {"name": "青&石支部"}).content.decode()
    assert "“青&amp;石支部”是在册的哪一个党组织？" in asked
    for name in ("柳河支部", "青&石支部"):
        answer = officer.post(f"{at}?{urlencode({'name': name})}", {"unit": str(desk.cast.liuhe.id)})
        assert answer["Location"] == f"{url}#names"
    seen = officer.get(url).content.decode()
    assert "还没有建立" not in seen
    assert "没有“柳河支部”（1 行）。" in seen
    assert "按“柳河村党支部”办" in seen
    again = stage(actor=desk.officer, unit_id=desk.cast.town.id, file_name="名册.xlsx", data=data)
    seen = officer.get(reverse("batch", args=[again.id])).content.decode()
    assert "上次说过，“柳河支部”就是“柳河村党支部”，照办（1 行）。" in seen


def test_a_unit_outside_the_rosters_ground_is_refused_beside_the_field(desk: Desk, officer: Client) -> None:
    data = workbook(("姓名", "性别", "党支部"), ("罗大山", "男", "柳河支部"))
    batch = stage(actor=desk.officer, unit_id=desk.cast.qingshi.id, file_name="名册.xlsx", data=data)
    at = f"{reverse('batch_name', args=[batch.id])}?name=%E6%9F%B3%E6%B2%B3"
    answer = officer.post(at, {"unit": str(desk.cast.liuhe.id)})
    assert answer.status_code == 422
    assert "不在您管理的范围内" in answer.content.decode()


def test_a_member_whose_row_names_no_unit_is_shown_with_his_own(desk: Desk, officer: Client) -> None:
    batch = desk.stage({"name": "韦志强", "id_number": "522699198503071236", "note": "在外多年"})
    seen = officer.get(reverse("batch_rows", args=[batch.id])).content.decode()
    assert "第 2 行 · 青石村党支部" in seen.replace("</span>", "")


def test_new_people_without_a_branch_are_counted(desk: Desk, officer: Client) -> None:
    rows = {"name": "罗大山"}, {"name": "农春兰", "unit": "青石村支部"}, {"name": "岑玉珍"}
    url = reverse("batch", args=[desk.stage(*rows).id])
    assert f"有 2 行没有写党支部，会登记在“{desk.cast.town.name}”名下。" in officer.get(url).content.decode()
    seen = page(officer, desk, ("姓名", "性别"), ("罗大山", "男"), ("岑玉珍", "女"))
    assert "没有写党支部" not in seen  # of a branch's own roster it goes without saying


def test_a_new_row_says_of_whom_it_speaks(desk: Desk, officer: Client) -> None:
    batch = desk.stage({"name": "罗大山", "gender": "male", "birth_on": "1979-01", "phone": "19900000011"})
    seen = officer.get(reverse("batch_rows", args=[batch.id]), {"s": "new"}).content.decode()
    assert "男 · 1979-01 · 199****0011" in seen


def test_that_reading_the_columns_anew_drops_decisions_is_said_before(desk: Desk, officer: Client) -> None:
    batch = desk.stage({"name": "罗大山"}, {"name": "农春兰"})
    url, said = reverse("batch", args=[batch.id]), "逐行定下的 1 个决定要重新定"
    assert said not in officer.get(url).content.decode()
    decide(actor=desk.officer, batch_id=batch.id, rows={2: "skip"})
    assert said in officer.get(url).content.decode()
    correct(actor=desk.officer, batch_id=batch.id, fields={"C": None})
    assert said not in officer.get(url).content.decode()


def test_what_is_handed_back_is_called_so_once(desk: Desk, officer: Client) -> None:
    """A workbook that was handed back, put right in part and handed in, goes out under the same name."""
    url = reverse("batches")
    name = "要改的行-名册-2026-11-23.xlsx"
    for handed_in in ("名册.xlsx", name):
        file = SimpleUploadedFile(handed_in, workbook(["姓名", "手机号码"], ["罗大山", "1990000"]))
        batch = officer.post(url, {"unit": desk.cast.town.id, "file": file})["Location"]
        told = officer.get(f"{batch}corrections/")["Content-Disposition"]
        assert unquote(told).endswith(f"''{name}")
