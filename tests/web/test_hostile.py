"""What a browser would not send, and what is asked for too late: refused in a sentence, never broken, never given."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote, urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.sheets.books import roster
from tests.web.test_pages import signed_in
from yanzhen.accounts.services import appoint
from yanzhen.contact.services import name_contact_person
from yanzhen.kernel import clock
from yanzhen.ledger.models import Fact
from yanzhen.org.models import UnitKind
from yanzhen.org.services import found_unit, rename_unit
from yanzhen.people.columns import OWN
from yanzhen.people.services import add_members
from yanzhen.sheets import later
from yanzhen.sheets.export import export
from yanzhen.sheets.services import stage
from yanzhen.web.views import contact

MANY_DIGITS = "9" * 5000  # Python turns no text of so many into a number


def asked_for(cast: Cast) -> Fact:
    return export(actor=cast.actor("zhouhui"), people={cast.qingshi.id: 1}, reason="核对")[0]


def test_an_export_that_was_written_at_once_cannot_be_stopped_any_more(cast: Cast) -> None:
    client, listed = signed_in(cast, "zhouhui"), asked_for(cast)
    assert client.post(reverse("export_stop", args=[listed.id])).status_code == 302
    page = client.get(reverse("export_file", args=[listed.id]))
    assert page.status_code == 404
    assert "请再导出一次" in page.content.decode()


def test_an_export_is_gone_after_a_day_though_nobody_exported_since(cast: Cast) -> None:
    client, listed = signed_in(cast, "zhouhui"), asked_for(cast)
    later.start(listed, layout="", keys=cast.weizhiqiang.id.bytes, unit=cast.qingshi.name)
    later.write_list.call(export_id=str(listed.id))
    url = reverse("export_file", args=[listed.id])
    assert client.get(url).status_code == 200
    with clock.set_to(TODAY + timedelta(days=2)):
        assert client.get(url).status_code == 404
        page = client.get(reverse("export", args=[listed.id])).content.decode()
    assert "取 Excel" not in page


@pytest.mark.parametrize("name", ["home", "member_timeline", "timeline_export"])
def test_a_number_too_long_for_any_is_none(cast_away: Cast, name: str) -> None:
    url = reverse(name, args=[] if name == "home" else [cast_away.weizhiqiang.id])
    client = signed_in(cast_away, "shilei")
    assert client.get(url, {"page": MANY_DIGITS, "year": MANY_DIGITS}).status_code == 200


def test_a_line_break_in_a_name_begins_no_entry_of_a_contact_card(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    rename_unit(actor=cast_away.actor("zhouhui"), unit_id=cast_away.qingshi.id, name="青石村\nTEL:110")
    url = reverse("field_edit", args=[cast_away.weizhiqiang.id, "name"])
    assert client.post(url, {"name": "韦志强\r\nTEL:110"}).status_code == 302
    card = client.get(reverse("member_vcf", args=[cast_away.weizhiqiang.id])).content.decode()
    assert [line for line in card.split("\r\n") if line.startswith("TEL")] == ["TEL:19900000001"]
    assert "\n" not in card.replace("\r\n", "")


def test_a_text_that_no_cell_holds_is_refused(cast: Cast) -> None:
    client = signed_in(cast, "zhouhui")
    answer = client.post(reverse("field_edit", args=[cast.weizhiqiang.id, "note"]), {"note": "长" * 10_001})
    assert answer.status_code == 422
    assert "最多 10000 个字" in answer.content.decode()


def test_fifty_rows_that_differ_in_every_field_are_decided_at_once(cast: Cast) -> None:
    row = {"name": "陆永福", "phone": "19900000051"}
    officer, books = cast.actor("zhouhui"), roster(row)
    batch = stage(actor=officer, unit_id=cast.qingshi.id, file_name="花名册.xlsx", data=books)
    fields = {f"field-{row}-{column.key}": "" for row in range(2, 52) for column in OWN}
    assert len(fields) > 1000  # what Django takes by itself
    url = reverse("batch_rows", args=[batch.id])
    sent = {"rule": "fill", **fields, f"row-{MANY_DIGITS}": "add", f"field-{MANY_DIGITS}-phone": "take"}
    answer = signed_in(cast, "zhouhui").post(url, urlencode(sent), "application/x-www-form-urlencoded")
    assert answer.status_code == 302


def test_of_many_suggestions_a_page_shows_some(cast_away: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact, "MOST", 0)
    officer = cast_away.actor("zhouhui")
    name_contact_person(actor=officer, unit_id=cast_away.liuhe.id, name="柳青", phone="19900000012")
    page = signed_in(cast_away, "zhouhui").get(reverse("contact_suggest", args=[cast_away.town.id]))
    assert "先列出 0 名，确认以后再列下一批" in page.content.decode()
    assert "覃小燕" not in page.content.decode()


@pytest.mark.parametrize("name", ["batches", "account_login", "photo_change"])
def test_more_than_is_taken_is_refused_unread(cast: Cast, name: str) -> None:
    url = reverse(name, args=[cast.weizhiqiang.id] if name == "photo_change" else [])
    for client in (signed_in(cast, "zhouhui"), Client()):
        size = str(102 * 1024 * 1024)
        answer = client.post(url, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=size)
        assert answer.status_code == 413
        assert "文件太大" in answer.content.decode()


def test_of_many_branches_none_is_left_out_and_a_file_has_a_name_that_fits(cast: Cast) -> None:
    officer, keeper = cast.actor("zhouhui"), cast.account("shilei").id
    for number in range(20):
        name = f"青禾镇东南片区第{number}网格联合党支部"
        unit = found_unit(actor=officer, parent_id=cast.town.id, name=name, kind=UnitKind.BRANCH)
        appoint(actor=officer, account_id=keeper, unit_id=unit.id, role="secretary")
        add_members(actor=officer, rows=[(unit.id, {"name": "罗大山"})])
    answer = signed_in(cast, "shilei").post(reverse("members_export"), {"reason": "核对"})
    name = unquote(answer.headers["Content-Disposition"])
    assert "党员名册-青石村党支部、青禾镇东南片区第0网格联合党支部等21个党组织-" in name
    assert Fact.objects.filter(kind="sheets.exported").count() == 21


def test_whom_somebody_looked_for_stands_in_no_fact(cast: Cast) -> None:
    client, url = signed_in(cast, "zhouhui"), reverse("members_export")
    for text in ("522699198503071236", "韦志强"):
        client.post(f"{url}?{urlencode({'q': text, 'page': 1})}", {"reason": "核对"})
    assert [it.data["filter"] for it in Fact.objects.filter(kind="sheets.exported")] == ["q=*", "q=*"]


def test_a_search_of_thousands_of_words_is_cut(cast: Cast) -> None:
    client, words = signed_in(cast, "zhouhui"), {"q": "a " * 3000}
    for name in ("members", "units", "units_export", "staff", "staff_export", "members_export"):
        assert client.get(reverse(name), words).status_code == 200
