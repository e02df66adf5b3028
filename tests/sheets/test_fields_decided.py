"""Single fields decided before an import: of one row, or of all rows; applied as decided, and undone whole."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import send_away
from tests.sheets.conftest import Desk
from tests.sheets.test_against import CHANGED, SAME, WEIZHIQIANG, carry
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.models import Fact
from yanzhen.people.columns import Value
from yanzhen.sheets import services
from yanzhen.sheets.against import comparison
from yanzhen.sheets.models import Batch
from yanzhen.sheets.plan import Sort

BOTH = [{**CHANGED, "employer": "云帆软件公司"}, {**SAME, "employer": "云帆软件公司", "education": "初中"}]


def decide(
    desk: Desk,
    batch: Batch,
    rule: str = "",
    rows: dict[int, str] | None = None,
    fields: dict[int, dict[str, str]] | None = None,
    every: dict[str, str] | None = None,
) -> None:
    services.decide(actor=desk.officer, batch_id=batch.id, rule=rule, rows=rows, fields=fields, every=every)


def shown(desk: Desk, batch: Batch) -> list[tuple[str, str, str]]:
    """Key, what was decided and label of the first changed row's differences."""
    found = comparison(actor=desk.officer, batch_id=batch.id, sort=Sort.CHANGED)
    return [(it.key, it.said, it.label) for it in found.lines(found.rows)[0].differences]


def test_fields_of_a_row_are_decided_one_by_one_and_undone(desk: Desk) -> None:
    before = desk.record("韦志强")
    batch = desk.stage(CHANGED)
    decide(desk, batch, fields={2: {"phone": "keep", "education": "take"}})
    assert shown(desk, batch) == [("phone", "keep", "手机号码"), ("education", "take", "学历")]
    done = carry(desk, batch)
    assert desk.record("韦志强") == {**before, "education": "大专"}
    assert done.counts["changed"] == 1
    desk.undo(done)
    assert desk.record("韦志强") == before


@pytest.mark.parametrize("rule", ["take", "fill", "keep"])
def test_a_field_of_a_row_goes_before_row_field_and_rule(desk: Desk, rule: str) -> None:
    for choice in ("", "take", "keep"):
        batch = desk.stage(CHANGED)
        decide(desk, batch, rule, rows={2: choice}, fields={2: {"phone": "keep"}}, every={"phone": "take"})
        carry(desk, batch)
        assert desk.record("韦志强")["phone"] == "19900000001"


def test_a_field_is_decided_for_all_rows(desk: Desk) -> None:
    batch = desk.stage(*BOTH)
    found = comparison(actor=desk.officer, batch_id=batch.id, sort=Sort.CHANGED)
    assert dict(found.fields) == {"phone": 1, "education": 2, "employer": 2}
    decide(desk, batch, "keep", rows={2: "keep"}, every={"employer": "take", "education": "take"})
    decide(desk, batch, every={"education": ""})
    carry(desk, batch)
    assert "employer" not in desk.record("韦志强")
    assert desk.record("黄秀兰")["employer"] == "云帆软件公司"
    assert "education" not in desk.record("黄秀兰")


def test_what_is_not_said_anew_of_a_row_stays(desk: Desk) -> None:
    batch = desk.stage(CHANGED)
    decide(desk, batch, rows={2: "take"})
    decide(desk, batch, fields={2: {"phone": "keep"}})
    (kept,) = batch.decisions.all()
    assert (kept.choice, kept.fields) == ("take", {"phone": "keep"})
    decide(desk, batch, rows={2: ""})
    assert batch.decisions.get().fields == {"phone": "keep"}
    decide(desk, batch, fields={2: {"phone": ""}})
    assert not batch.decisions.exists()


def test_an_absence_that_goes_on_is_decided_by_its_fields(desk: Desk) -> None:
    send_away(desk.cast)
    before = desk.record("韦志强")
    row: dict[str, Value] = {
        "name": "韦志强",
        "id_number": WEIZHIQIANG,
        "departed_on": "2026-03",
        "destination": "浙江省宁波市",
        "host_contact": "岑玉珍",
    }
    batch = desk.stage(row)
    assert [key for key, _said, _label in shown(desk, batch)] == [
        "departed_on",
        "destination",
        "host_contact",
    ]
    decide(desk, batch, "keep", fields={2: {"host_contact": "take"}})
    done = carry(desk, batch)
    assert desk.record("韦志强") == {**before, "host_contact": "岑玉珍"}
    desk.undo(done)
    batch = desk.stage(row)
    decide(desk, batch, fields={2: {"departed_on": "keep", "host_contact": "keep", "destination": "keep"}})
    assert carry(desk, batch).counts["same"] == 1
    assert desk.record("韦志强") == before


def test_an_absence_that_begins_is_one_thing(desk: Desk) -> None:
    row: dict[str, Value] = {
        **CHANGED,
        "is_mobile": True,
        "departed_on": "2026-03",
        "destination": "广东省深圳市",
    }
    batch = desk.stage(row)
    keys = [key for key, _said, _label in shown(desk, batch)]
    assert keys == ["phone", "education", "is_mobile", "", ""]
    decide(desk, batch, every={"is_mobile": "keep"})
    carry(desk, batch)
    record = desk.record("韦志强")
    assert (record["phone"], record["is_mobile"]) == ("19900000099", False)


def test_a_contact_person_comes_with_the_phone(desk: Desk) -> None:
    row = {**CHANGED, "contact_person": "陆芳", "contact_person_phone": "19900000021"}
    batch = desk.stage(row)
    assert "contact_person_phone" not in [key for key, _said, _label in shown(desk, batch)]
    decide(desk, batch, "keep", fields={2: {"contact_person": "take"}})
    carry(desk, batch)
    record = desk.record("韦志强")
    assert (record["contact_person"], record["contact_person_phone"]) == ("陆芳", "19900000021")
    assert record["phone"] == "19900000001"


def test_only_what_differs_is_shown(desk: Desk) -> None:
    send_away(desk.cast)
    row: dict[str, Value] = {"name": "覃小燕", "unit": "柳河村党支部", "departed_on": "2026-08-15"}
    batch = desk.stage({**row, "destination": "广东省深圳市"})
    assert shown(desk, batch) == [("destination", "", "外出地点")]


def test_what_cannot_be_decided_is_refused(desk: Desk) -> None:
    batch = desk.stage(CHANGED)
    for said in ({"phone": "perhaps"}, {"shoe_size": "take"}):
        with pytest.raises(DomainError) as refusal:
            decide(desk, batch, fields={2: said})
        assert refusal.value.field == f"field-2-{next(iter(said))}"
        with pytest.raises(DomainError):
            decide(desk, batch, every=said)
    assert not batch.decisions.exists()


def test_the_fact_tells_which_fields_were_decided_and_no_value(desk: Desk) -> None:
    decide(desk, desk.stage(CHANGED), fields={2: {"phone": "take"}}, every={"education": "keep"})
    fact = Fact.objects.get(kind="sheets.batch.decided")
    assert (fact.data["fields"], fact.data["every"]) == ({"2": {"phone": "take"}}, {"education": "keep"})
    assert "19900000099" not in str(fact.data)


def test_the_page_is_a_plain_form(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    batch = desk.stage(CHANGED)
    url = reverse("batch_rows", args=[batch.id])
    page = client.get(url).content.decode()
    assert 'name="field-2-phone"' in page
    assert 'name="every-phone"' in page
    assert "199****0099" in page
    assert "19900000099" not in page
    client.post(url, {"row-2": "", "field-2-phone": "keep", "field-2-education": ""})
    client.post(url, {"rule": "fill", "every-education": "keep", "every-phone": ""})
    batch.refresh_from_db()
    assert (batch.rule, batch.field_rules) == ("fill", {"education": "keep"})
    assert batch.decisions.get().fields == {"phone": "keep"}
    assert '<option value="keep" selected>' in client.get(url).content.decode()
