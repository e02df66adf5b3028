"""Lists out of pages: exactly what is shown, for a reason that is kept, and the long ones written in the background."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import Settings

from tests.cast import TODAY, Cast
from tests.sheets.test_progress import work
from tests.web.test_pages import signed_in
from yanzhen.access.models import Appointment
from yanzhen.accounts.services import appoint
from yanzhen.kernel.errors import NotFound
from yanzhen.ledger.models import Fact
from yanzhen.mobility.services import record_absences
from yanzhen.people.services import add_members
from yanzhen.sheets import later, progress, workbooks
from yanzhen.sheets.progress import State
from yanzhen.sheets.recognition import open_roster

pytestmark = pytest.mark.usefixtures("data_folder")


def cells(answer: Any) -> list[list[Any]]:
    """The rows of the workbook that came."""
    assert answer.status_code == 200, answer.status_code
    assert "attachment" in answer.headers["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def fetched(client: Client, name: str, *keys: UUID, **asked: str) -> list[list[Any]]:
    """The list for a reason, under the same conditions as the page."""
    url = reverse(name, args=keys)
    return cells(client.post(url, {"reason": "核对"}, query_params=asked))


def reasons() -> list[tuple[str, int, str]]:
    facts = Fact.objects.filter(kind="sheets.exported").order_by("id")
    return [(it.data["filter"], it.data["count"], it.data["reason"]) for it in facts]


def test_who_is_away_goes_out_as_shown(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    rows = fetched(client, "away_export")
    assert rows[0] == ["姓名", "所在党支部", "外出地点", "住址", "外出日期", "联系人", "上次联系", "下次联系"]
    assert [row[0] for row in rows[1:]] == ["韦志强", "覃小燕"]
    assert rows[2][3:6] == ["待报告住址", "2026-08-15", "没有"]
    assert [row[0] for row in fetched(client, "away_export", f="alone")[1:]] == ["覃小燕"]
    assert reasons() == [("外出与联系", 2, "核对"), ("外出与联系", 1, "核对")]
    assert len(fetched(signed_in(cast_away, "shilei"), "away_export")) == 2


def test_work_goes_out_with_its_clauses(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    page = client.get("/").context["work"]
    rows = fetched(client, "work_export")
    assert [(row[0], row[3]) for row in rows[1:]] == [
        (it.member.name, str(it.duty.label)) for it in page.items
    ]
    assert all(row[8] and row[9] for row in rows[1:])
    chip = next(it.group.key for it in page.chips if it.count)
    shown = client.get("/", {"group": chip}).context["work"].total
    assert len(fetched(client, "work_export", group=chip)) == 1 + shown
    assert reasons()[0] == ("要办的事", len({it.member.id for it in page.items}), "核对")


def test_whom_one_may_not_export_is_not_on_the_list(cast_away: Cast) -> None:
    assert len(fetched(signed_in(cast_away, "liuqing"), "away_export")) == 2
    for name in ("away_export", "work_export"):
        assert signed_in(cast_away, "lufang").post(reverse(name), {"reason": "核对"}).status_code == 403
    assert {row[0] for row in fetched(signed_in(cast_away, "liuqing"), "work_export")[1:]} <= {"覃小燕"}


def test_suggestions_timeline_and_staff_go_out(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    suggested = fetched(client, "suggest_export", cast_away.liuhe.id)
    assert suggested[1][:3] == ["覃小燕", "柳河村党支部", "没有合适的人选"]
    told = fetched(client, "timeline_export", cast_away.weizhiqiang.id, group="whereabouts")
    assert told[0][0] == "韦志强的经过"
    assert told[2] == ["日期", "经过", "记下的时间"]
    assert all("韦志强" not in str(row[2]) for row in told[3:])
    assert len(told) == 5
    held = fetched(client, "staff_export")
    assert ["青石村党支部", "石磊", "支部书记", "shilei", "2026-03-02", None] in held


def test_who_holds_two_posts_is_told_of_on_the_ground_of_each(cast_away: Cast) -> None:
    """石磊 leads 青石村 and helps in 柳河村: what he takes out of each is kept there, nothing of it elsewhere."""
    officer, shilei = cast_away.actor("zhouhui"), cast_away.account("shilei").id
    for unit, role in ((cast_away.liuhe, "deputy_secretary"), (cast_away.liuhe, "secretary")):
        appoint(actor=officer, account_id=shilei, unit_id=unit.id, role=role)
    client = signed_in(cast_away, "shilei")
    both = [(cast_away.qingshi.path, 1), (cast_away.liuhe.path, 1)]
    for name, asked in (("away_export", {}), ("work_export", {}), ("members_export", {"f": "away"})):
        assert {row[0] for row in fetched(client, name, **asked)[1:]} == {"韦志强", "覃小燕"}
        facts = Fact.objects.filter(kind="sheets.exported").order_by("-id")[:2]
        assert sorted((it.path, it.data["count"]) for it in facts) == both
    fetched(client, "away_export", f="alone")
    last = Fact.objects.filter(kind="sheets.exported").latest("id")
    assert (last.path, last.data["count"]) == (cast_away.liuhe.path, 1)
    assert Fact.objects.filter(kind="sheets.exported").count() == 7
    official = client.post(reverse("members_export"), {"reason": "上报", "layout": "b"})
    assert cells(official)[1][0].startswith("填报单位：青石村党支部、柳河村党支部　")
    appoint(actor=officer, account_id=shilei, unit_id=cast_away.town.id, role="officer")
    fetched(client, "staff_export")
    (fact,) = Fact.objects.filter(kind="sheets.exported", data__filter="账号与任职")
    assert fact.path == cast_away.town.path


def test_the_member_sees_who_took_out_a_list_of_his_branch(cast_away: Cast) -> None:
    fetched(signed_in(cast_away, "liuqing"), "away_export")
    own = reverse("member", args=[cast_away.weizhiqiang.id])
    assert "导出 1 人" not in signed_in(cast_away, "weizhiqiang").get(own).content.decode()
    cells(signed_in(cast_away, "shilei").post(reverse("away_export"), {"reason": "和覃小燕一起办手续"}))
    page = signed_in(cast_away, "weizhiqiang").get(own).content.decode()
    assert "石磊导出 1 人" in page
    assert "柳青" not in page
    assert "覃小燕" not in page  # what for may name others


def test_what_names_nobody_asks_for_no_reason(cast_away: Cast) -> None:
    client = signed_in(cast_away, "guming")
    units = cells(client.get(reverse("units_export")))
    assert units[1][:2] == ["云岭县青禾镇党委", "党委"]
    assert units[2][0] == "　青石村党支部"
    assert [row[3:5] for row in units[1:]] == [[3, 2], [2, 1], [1, 1]]
    assert len(cells(client.get(reverse("units_export"), {"q": "柳河"}))) == 3
    rules = cells(client.get(reverse("rules_export")))
    assert len(rules) == 1 + len(client.get(reverse("rules")).context["clauses"])
    figures = cells(client.get(reverse("figures_export", args=[cast_away.town.id])))
    assert figures[0][0] == "云岭县青禾镇党委"
    assert figures[-1][:3] == ["合计", 3, 2]
    assert reasons() == []


def test_a_sheet_is_chinese_whatever_the_page_speaks(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    client.cookies["django_language"] = "en"
    assert cells(client.get(reverse("units_export")))[1][1] == "党委"
    assert fetched(client, "work_export")[0][3] == "要办的事"


def test_nothing_goes_out_without_a_reason(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    for name in ("away_export", "work_export", "staff_export", "members_export"):
        answer = client.post(reverse(name), {"reason": ""})
        assert answer.status_code == 422
        assert "attachment" not in str(answer.headers)
    assert reasons() == []


def test_text_never_becomes_a_formula(cast: Cast) -> None:
    add_members(actor=cast.actor("zhouhui"), rows=[(cast.qingshi.id, {"name": "罗大山", "employer": "=1+1"})])
    answer = signed_in(cast, "zhouhui").post(reverse("members_export"), {"reason": "核对"})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_a_layout_is_chosen_on_the_page(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    form = client.get(reverse("members_export")).content.decode()
    assert "流动党员花名册" in form
    rows = cells(client.post(reverse("members_export"), {"reason": "上报", "layout": "b"}))
    assert rows[0][0] == "流动党员花名册"
    assert [row[0] for row in rows[3:]] == ["韦志强", "覃小燕"]
    assert reasons() == [("流动党员花名册", 2, "上报")]
    nobody = client.post(
        reverse("members_export"), {"reason": "上报", "layout": "b"}, query_params={"q": "黄秀兰"}
    )
    assert nobody.status_code == 422
    assert "请换一种表式" in nobody.content.decode()
    assert "上报" in nobody.content.decode()


def test_queries_do_not_grow_with_the_list(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")

    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            fetched(client, name)
        return len(seen)

    few = {name: queries(name) for name in ("members_export", "away_export", "work_export")}
    people = [(cast_away.qingshi.id, {"name": f"罗{chr(0x4E00 + it)}"}) for it in range(60)]
    added = add_members(actor=cast_away.actor("zhouhui"), rows=people)
    gone = [(it, {"departed_on": "2026-01", "destination": "浙江省杭州市"}) for it in added]
    record_absences(actor=cast_away.actor("zhouhui"), rows=gone)
    assert {name: queries(name) for name in few} == few


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people are a long list already."""
    monkeypatch.setattr(later, "AT_ONCE", 2)


def asked_for(client: Client) -> UUID:
    answer = client.post(reverse("members_export"), {"reason": "上报", "layout": "a"})
    assert answer.status_code == 302
    return UUID(answer.headers["Location"].strip("/").rpartition("/")[2])


@pytest.mark.usefixtures("_short")
@pytest.mark.django_db(transaction=True)
class TestALongList:
    def test_it_is_written_in_the_background_and_fetched(self, cast_away: Cast) -> None:
        client = signed_in(cast_away, "zhouhui")
        key = asked_for(client)
        assert reasons() == [("党员基本信息汇总表", 3, "上报")]
        page = client.get(reverse("export", args=[key])).content.decode()
        assert "马上开始" in page
        assert client.get(reverse("export_progress", args=[key])).status_code == 200
        assert client.get(reverse("export_file", args=[key])).status_code == 404
        work()
        assert client.get(reverse("export_progress", args=[key])).headers["HX-Redirect"]
        assert "取 Excel" in client.get(reverse("export", args=[key])).content.decode()
        content = client.get(reverse("export_file", args=[key])).content
        names = {row.values["name"] for row in open_roster(content, "", today=TODAY).rows()}
        assert names == {"韦志强", "黄秀兰", "覃小燕"}
        assert str(key) in client.get(reverse("members_export")).content.decode()

    def test_it_can_be_given_up(self, cast_away: Cast) -> None:
        client = signed_in(cast_away, "zhouhui")
        key = asked_for(client)
        client.post(reverse("export_stop", args=[key]))
        work()
        going = progress.read(key)
        assert going is not None
        assert going.state is State.CANCELLED
        assert client.get(reverse("export_file", args=[key])).status_code == 404
        assert "已取消" in client.get(reverse("export", args=[key])).content.decode()

    def test_who_may_export_no_more_fetches_nothing(self, cast_away: Cast) -> None:
        client = signed_in(cast_away, "zhouhui")
        key = asked_for(client)
        work()
        Appointment.objects.filter(account__username="zhouhui").update(ends_on=TODAY)
        assert client.get(reverse("export_file", args=[key])).status_code == 404

    @pytest.mark.parametrize("name", ["away_export", "work_export"])
    def test_a_long_list_of_a_page_is_the_same_list(
        self, cast_away: Cast, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = signed_in(cast_away, "zhouhui")
        rows = fetched(client, name)
        monkeypatch.setattr(later, "AT_ONCE", 1)
        answer = client.post(reverse(name), {"reason": "核对"})
        assert answer.status_code == 302
        key = UUID(answer.headers["Location"].strip("/").rpartition("/")[2])
        assert reasons()[0] == reasons()[1]
        work()
        going = progress.read(key)
        assert going is not None
        assert (going.state, going.total) == (State.DONE, len(rows) - 1)
        assert "2 名" in client.get(reverse("export", args=[key])).content.decode()
        answer = client.get(reverse("export_file", args=[key]))
        assert cells(answer) == rows
        assert str(key) in client.get(reverse(name)).content.decode()

    def test_a_list_of_a_page_is_written_as_far_as_one_may_still_see(
        self, cast_away: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(later, "AT_ONCE", 0)
        client = signed_in(cast_away, "zhouhui")
        answer = client.post(reverse("away_export") + "?f=alone", {"reason": "核对"})
        key = UUID(answer.headers["Location"].strip("/").rpartition("/")[2])
        held = Appointment.objects.filter(account__username="zhouhui")
        held.update(unit_id=cast_away.qingshi.id, path=cast_away.qingshi.path)
        work()
        held.update(unit_id=cast_away.town.id, path=cast_away.town.path)
        assert len(cells(client.get(reverse("export_file", args=[key])))) == 1  # the headings

    def test_more_than_a_sheet_holds_is_refused_in_words(
        self, cast_away: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workbooks, "ROWS", 7)
        client = signed_in(cast_away, "zhouhui")
        key = asked_for(client)
        work()
        assert "请按党组织分开导出" in client.get(reverse("export", args=[key])).content.decode()

    def test_it_is_of_every_ground_and_fetched_by_who_may_still_export_on_each(self, cast_away: Cast) -> None:
        secretary, liuhe = cast_away.account("shilei"), cast_away.liuhe
        appoint(actor=cast_away.actor("zhouhui"), account_id=secretary.id, unit_id=liuhe.id, role="secretary")
        client = signed_in(cast_away, "shilei")
        key = asked_for(client)
        assert [it[1] for it in reasons()] == [2, 1]
        work()
        for page in (reverse("export", args=[key]), reverse("members_export")):
            assert "3 名" in client.get(page).content.decode()
        fetch, link = reverse("export_file", args=[key]), reverse("export", args=[key])
        names = {row.values["name"] for row in open_roster(client.get(fetch).content, "", today=TODAY).rows()}
        assert names == {"韦志强", "黄秀兰", "覃小燕"}
        Appointment.objects.filter(account=secretary, unit_id=liuhe.id).update(ends_on=TODAY)
        assert client.get(fetch).status_code == 404
        assert link not in client.get(reverse("members_export")).content.decode()

    def test_after_a_day_it_is_gone(self, cast_away: Cast, settings: Settings) -> None:
        client = signed_in(cast_away, "zhouhui")
        key = asked_for(client)
        work()
        old = time.time() - timedelta(days=1, minutes=1).total_seconds()
        os.utime(Path(settings.DATA_FOLDER) / "uploads" / str(key) / "order", (old, old))
        asked_for(client)
        with pytest.raises(NotFound):
            later.content(actor=cast_away.actor("zhouhui"), export_id=key)
