"""What an import costs: queries that do not grow with the rows, and a floor of the very rows it wrote."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.sheets.books import id_number
from tests.sheets.conftest import Desk
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.sheets import floor
from yanzhen.sheets.floor import bare_insert_seconds
from yanzhen.sheets.services import apply


def people(count: int, *, phone: str, destination: str) -> list[Mapping[str, Value]]:
    return [
        {
            "name": f"罗{chr(0x4E00 + number)}",
            "id_number": id_number("19790102", 2 * number),
            "phone": phone,
            "unit": "青石村党支部",
            "is_mobile": True,
            "departed_on": "2026-03",
            "destination": destination,
            "contact_person": "陆芳",
            "last_contact_on": "2026-10-08",
        }
        for number in range(count)
    ]


def queries(desk: Desk, rows: list[Mapping[str, Value]]) -> int:
    batch = desk.stage(*rows)
    officer = desk.officer
    with CaptureQueriesContext(
        connection,
    ) as seen:
        apply(actor=officer, batch_id=batch.id, confirm_new_units=True)
    return len(seen)


def test_no_query_in_a_loop(desk: Desk) -> None:
    """Five people and sixty cost the same number of queries, whether they are new, changed or known."""
    here: dict[str, str] = {"phone": "19900000011", "destination": "广东深圳"}
    there: dict[str, str] = {"phone": "19900000012", "destination": "浙江杭州"}
    desk.bring_in({"name": "农春兰", "unit": "青石村党支部", "contact_person": "陆芳", "is_mobile": True})
    few = [queries(desk, people(5, **told)) for told in (here, there, there)]
    desk.bring_in(*people(5, **here))
    others = people(65, **here)[5:]
    many = [queries(desk, others)]
    changed = people(65, **there)[5:]
    many += [queries(desk, changed), queries(desk, changed)]
    assert many == few
    assert max(few) < 90


def test_the_floor_writes_the_same_rows_beside_all_others_and_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = desk.bring_in(*people(20, phone="19900000011", destination="广东深圳"))
    before, found = set(connection.introspection.table_names()), []

    def insert(table: str, rows: list[tuple[object, ...]]) -> None:
        if table == "people_member":
            with connection.cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM floor_people_member")
                found.append((cursor.fetchone()[0], len(rows)))

    monkeypatch.setattr(floor, "_insert", insert)
    bare_insert_seconds(done.batch_id)
    assert found == [(Member.objects.count() - 20, 20)]
    monkeypatch.undo()
    with CaptureQueriesContext(connection) as seen:
        assert bare_insert_seconds(done.batch_id) > 0
    assert set(connection.introspection.table_names()) == before
    assert any("CREATE" in it["sql"] and "floor_people_searchterm" in it["sql"] for it in seen)
