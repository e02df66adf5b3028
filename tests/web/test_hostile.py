"""What a browser would not send, and what is asked for too late: refused in a sentence, never broken, never given."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.web.test_pages import signed_in
from yanzhen.kernel import clock
from yanzhen.ledger.models import Fact
from yanzhen.org.services import rename_unit
from yanzhen.sheets import later
from yanzhen.sheets.export import export

MANY_DIGITS = "9" * 5000  # Python turns no text of so many into a number


def asked_for(cast: Cast) -> Fact:
    return export(actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, reason="核对", count=1)


def test_an_export_that_was_written_at_once_cannot_be_stopped_any_more(cast: Cast) -> None:
    client, listed = signed_in(cast, "zhouhui"), asked_for(cast)
    assert client.post(reverse("export_stop", args=[listed.id])).status_code == 302
    page = client.get(reverse("export_file", args=[listed.id]))
    assert page.status_code == 404
    assert "请再导出一次" in page.content.decode()


def test_an_export_is_gone_after_a_day_though_nobody_exported_since(cast: Cast) -> None:
    client, listed = signed_in(cast, "zhouhui"), asked_for(cast)
    later.start(listed, layout="", keys=[cast.weizhiqiang.id], unit=cast.qingshi.name)
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
