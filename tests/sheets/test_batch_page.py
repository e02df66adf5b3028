"""The page of a roster before its import, as an officer meets it: no dead end, nothing offered that does nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.sheets.books import workbook
from tests.sheets.conftest import Desk
from yanzhen.sheets.services import correct, stage

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


def test_with_no_row_that_goes_in_nothing_is_offered(desk: Desk, officer: Client) -> None:
    seen = page(officer, desk, ("姓名", "性别", "党支部"), ("罗大山", "男", "高坡村党支部"))
    assert NO_NAMES not in seen
    assert "还没有一行可以导入。" in seen
    assert "放弃这份名册" in seen
