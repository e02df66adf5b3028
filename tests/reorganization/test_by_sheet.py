"""move_by_sheet: a sheet of names and units, looked at, and everybody moved in one act."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import TODAY, Cast
from tests.sheets.books import roster, workbook
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.org.services import rename_unit
from yanzhen.people.columns import Value
from yanzhen.people.models import Basis
from yanzhen.people.services import add_members
from yanzhen.reorganization.by_sheet import move_by_sheet, moves, template
from yanzhen.sheets.models import Batch
from yanzhen.sheets.recognition import open_roster
from yanzhen.sheets.services import apply, discard, stage

pytestmark = pytest.mark.django_db

WEI: dict[str, Value] = {"name": "韦志强", "id_number": "522699198503071236", "unit": "柳河村党支部"}
QIN: dict[str, Value] = {"name": "覃小燕", "phone": "19900000003", "unit": "青石村支部"}


def hand_in(cast: Cast, *rows: dict[str, Value]) -> Batch:
    return stage(actor=cast.actor("zhouhui"), unit_id=cast.town.id, file_name="转移.xlsx", data=roster(*rows))


def test_who_would_go_where_and_who_would_not(cast_away: Cast) -> None:
    batch = hand_in(
        cast_away,
        WEI,
        QIN,
        {"name": "黄秀兰", "phone": "19900000002", "unit": "青石村党支部"},
        {"name": "黄秀兰", "unit": "柳河村党支部"},
        {"name": "陆永福", "phone": "19900000051", "unit": "柳河村党支部"},
        {"name": "韦志强", "phone": "19900000001"},
        {"name": "田大山", "phone": "19900000001", "unit": "白果村党支部"},
    )
    facts = Fact.objects.count()
    found = moves(actor=cast_away.actor("zhouhui"), batch_id=batch.id)
    assert [(it.row, it.member.name, it.to) for it in found.moves] == [
        (2, "韦志强", cast_away.liuhe),
        (3, "覃小燕", cast_away.qingshi),
    ]
    assert found.there == 1
    assert [(it.row, it.name) for it in found.left] == [
        (5, "黄秀兰"),
        (6, "陆永福"),
        (7, "韦志强"),
        (8, "田大山"),
    ]
    assert "没有找到" in found.left[1].why
    assert "没有写" in found.left[2].why
    assert Fact.objects.count() == facts


def test_everybody_goes_in_one_act(cast_away: Cast) -> None:
    officer, batch = cast_away.actor("zhouhui"), hand_in(cast_away, WEI, QIN)
    given = {"basis": "employer", "reason": "企业在那里"}
    assert move_by_sheet(actor=officer, batch_id=batch.id, expected=2, on=TODAY, **given) == 2
    for member, unit in (
        (cast_away.weizhiqiang, cast_away.liuhe),
        (cast_away.qinxiaoyan, cast_away.qingshi),
    ):
        member.refresh_from_db()
        assert (member.unit, member.path, member.responsible_basis) == (unit, unit.path, Basis.EMPLOYER)
    facts = Fact.objects.filter(kind="people.member.moved")
    assert facts.count() == 2
    assert len({fact.act_id for fact in facts}) == 1
    with pytest.raises(DomainError, match="没有要转的"):
        move_by_sheet(actor=officer, batch_id=batch.id, expected=0)


def test_what_is_refused(cast_away: Cast) -> None:
    officer, batch = cast_away.actor("zhouhui"), hand_in(cast_away, WEI)
    with pytest.raises(Conflict, match="再看一遍"):
        move_by_sheet(actor=officer, batch_id=batch.id, expected=2)
    with pytest.raises(DomainError) as refused:
        move_by_sheet(actor=officer, batch_id=batch.id, expected=1, basis="residence")
    assert refused.value.field == "reason"
    for who in ("shilei", "guming"):
        with pytest.raises((NotFound, NotPermitted)):
            move_by_sheet(actor=cast_away.actor(who), batch_id=batch.id, expected=1)
    discard(actor=officer, batch_id=batch.id)
    with pytest.raises(Conflict, match="重新上传"):
        move_by_sheet(actor=officer, batch_id=batch.id, expected=1)
    cast_away.weizhiqiang.refresh_from_db()
    assert cast_away.weizhiqiang.unit == cast_away.qingshi


def test_an_import_alone_moves_nobody(cast_away: Cast) -> None:
    officer, batch = cast_away.actor("zhouhui"), hand_in(cast_away, WEI)
    apply(actor=officer, batch_id=batch.id, confirm_new_units=False)
    cast_away.weizhiqiang.refresh_from_db()
    assert cast_away.weizhiqiang.unit == cast_away.qingshi
    assert move_by_sheet(actor=officer, batch_id=batch.id, expected=1) == 1


def test_many_cost_no_more_queries_than_a_few(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    people: list[dict[str, Value]] = [
        {"name": f"莫{chr(0x4E00 + n)}", "phone": f"1990001{n:04d}"} for n in range(60)
    ]
    add_members(actor=officer, rows=[(cast.qingshi.id, one) for one in people])
    counts = []
    for some in (people[:3], people[3:]):
        batch = hand_in(cast, *[{**one, "unit": "柳河村党支部"} for one in some])
        with CaptureQueriesContext(connection) as queries:
            assert move_by_sheet(actor=officer, batch_id=batch.id, expected=len(some)) == len(some)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_empty_sheet_is_read_as_it_is_meant(cast: Cast) -> None:
    (headings,) = CalamineWorkbook.from_object(BytesIO(template())).get_sheet_by_index(0).to_python()
    filled = workbook([str(it) for it in headings], ["韦志强", "522699198503071236", "", "柳河村党支部"])
    read = open_roster(filled, "转移党员.xlsx", today=TODAY)
    assert [column.field for column in read.columns] == ["name", "id_number", "phone", "unit"]


def test_the_pages(cast_away: Cast) -> None:
    client = Client()
    client.force_login(cast_away.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    url = reverse("units_moves")
    assert url in client.get(reverse("units")).content.decode()
    assert reverse("units_moves_template") in client.get(url).content.decode()
    assert client.get(reverse("units_moves_template")).content[:2] == b"PK"
    bad = client.post(url, {"file": SimpleUploadedFile("转移.xlsx", b"no sheet")})
    assert bad.status_code == 422
    answer = client.post(url, {"file": SimpleUploadedFile("转移.xlsx", roster(WEI, {"name": "陆永福"}))})
    page = client.get(answer["Location"]).content.decode()
    for told in ("1 名党员要转", "1 行转不了", "韦志强", "柳河村党支部", "转移 1 名"):
        assert told in page
    given = {"expected": "1", "basis": "agreed", "on": TODAY.isoformat()}
    refused = client.post(answer["Location"], given)
    assert refused.status_code == 422
    assert "请写明为什么由这里管" in refused.content.decode()
    moved = client.post(answer["Location"], {**given, "reason": "上级来函"}, follow=True).content.decode()
    assert "1 名党员已经转过去了。" in moved
    cast_away.weizhiqiang.refresh_from_db()
    assert cast_away.weizhiqiang.unit == cast_away.liuhe
    assert "没有人要转" in client.get(answer["Location"]).content.decode()


def test_that_a_unit_was_found_by_its_former_name_is_said(cast_away: Cast) -> None:
    rename_unit(actor=cast_away.actor("zhouhui"), unit_id=cast_away.liuhe.id, name="柳湾村党支部")
    client = Client()
    client.force_login(cast_away.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("batch_moves", args=[hand_in(cast_away, WEI, QIN).id])).content.decode()
    assert "2 名党员要转" in page
    assert "“柳河村党支部”现在叫“柳湾村党支部”，按“柳湾村党支部”办（1 行）。" in page
