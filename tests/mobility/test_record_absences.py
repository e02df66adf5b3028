"""record_absences: what roster rows say about being away."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from yanzhen.kernel.errors import NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.mobility.services import record_absences
from yanzhen.people.columns import Value
from yanzhen.people.services import add_members

pytestmark = pytest.mark.django_db
AWAY: dict[str, Value] = {
    "is_mobile": True,
    "departed_on": "2025-03",
    "departure_reason": "务工",
    "destination": "广东深圳",
}


def carry(cast: Cast, **values: Value) -> Absence | None:
    """Import one row about 黄秀兰, who was at home; her last absence then."""
    record_absences(actor=cast.actor("zhouhui"), rows=[(cast.huangxiulan, values)])
    return Absence.objects.filter(member=cast.huangxiulan).order_by("id").last()


def facts(cast: Cast) -> list[Fact]:
    return list(
        Fact.objects.filter(member_id=cast.huangxiulan.id, kind__startswith="mobility.").order_by("id")
    )


def test_away(cast: Cast) -> None:
    absence = carry(cast, **AWAY)
    assert absence is not None
    assert (absence.is_open, absence.departed_on, absence.province) == (True, "2025-03", "44")
    (entry,) = tell(facts(cast))
    assert entry.sentence == "周慧按名册登记：2025年3月外出到广东深圳，原因：务工"
    assert entry.fact.data == {"departed_on": "2025-03"}


def test_the_same_row_again_changes_nothing(cast: Cast) -> None:
    carry(cast, **AWAY)
    told = len(facts(cast))
    carry(cast, **AWAY)
    assert len(facts(cast)) == told
    assert Absence.objects.filter(member=cast.huangxiulan).count() == 1


def test_only_what_changed_is_told(cast: Cast) -> None:
    carry(cast, **AWAY)
    absence = carry(cast, **{**AWAY, "destination": "浙江义乌"})
    assert absence is not None
    assert absence.province == "33"
    assert facts(cast)[-1].data == {}


def test_with_an_address_and_a_phone_the_whereabouts_are_known(cast: Cast) -> None:
    absence = carry(cast, **AWAY, destination_address="龙岗区坂田街道")
    assert absence is not None
    assert absence.arrived_on is not None
    assert "坂田" not in absence.address_sealed
    assert facts(cast)[-1].data["arrived_on"] == absence.arrived_on.isoformat() == "2025-03-31"


def test_without_a_phone_they_are_not(cast: Cast) -> None:
    cast.huangxiulan.phone_sealed = ""
    absence = carry(cast, **AWAY, destination_address="龙岗区坂田街道")
    assert absence is not None
    assert absence.arrived_on is None


def test_a_certificate_was_decided(cast: Cast) -> None:
    absence = carry(cast, **AWAY, has_certificate=True, certificate_issued_on="2023-05")
    assert absence is not None
    assert absence.decision == "certificate"
    assert facts(cast)[-1].data["outcome"] == "certificate"
    assert facts(cast)[-1].data["decided_on"] == "2026-11-23"


def test_away_but_no_mobile_member_yet_is_away(cast: Cast) -> None:
    absence = carry(cast, is_mobile=False, departed_on="2026-10", destination="浙江杭州")
    assert absence is not None
    assert absence.is_open


def test_not_mobile_brings_home(cast: Cast) -> None:
    carry(cast, **AWAY)
    absence = carry(cast, is_mobile=False)
    assert absence is not None
    assert (absence.is_open, absence.returned_on) == (False, "2026-11-23")
    assert facts(cast)[-1].kind == "mobility.return.recorded"


def test_a_row_that_says_nothing_of_it_changes_nothing(cast: Cast) -> None:
    assert carry(cast, name="黄秀兰", home_unit_phone="19900000009") is None
    assert carry(cast, is_mobile=False) is None


def test_returned(cast: Cast) -> None:
    carry(cast, **AWAY)
    absence = carry(cast, **AWAY, returned_on="2026-10-01")
    assert absence is not None
    assert (absence.is_open, absence.returned_on) == (False, "2026-10-01")
    assert facts(cast)[-1].data == {"returned_on": "2026-10-01"}
    told = len(facts(cast))
    carry(cast, **AWAY, returned_on="2026-10-01")
    carry(cast, **AWAY)  # an older roster does not open it again
    assert len(facts(cast)) == told


def test_an_absence_that_was_over_before_the_present_one(cast: Cast) -> None:
    carry(cast, **AWAY)
    carry(cast, departed_on="2023-02", returned_on="2023-12", destination="福建泉州")
    kept = {(it.departed_on, it.is_open) for it in Absence.objects.filter(member=cast.huangxiulan)}
    assert kept == {("2025-03", True), ("2023-02", False)}
    assert facts(cast)[-1].kind == "mobility.absence.recorded"
    assert facts(cast)[-1].data["returned_on"] == "2023-12"


def test_many_rows_cost_the_queries_of_one(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    told: list[tuple[UUID, dict[str, Value]]] = [(cast.qingshi.id, {"name": f"莫{it}"}) for it in range(21)]
    members = add_members(actor=officer, rows=told)
    counts = []
    for some in (members[:1], members[1:]):
        with CaptureQueriesContext(connection) as queries:
            record_absences(actor=officer, rows=[(member, AWAY) for member in some])
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1


def test_other_ground_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        record_absences(actor=cast.actor("liuqing"), rows=[(cast.huangxiulan, AWAY)])
    with pytest.raises(NotPermitted):
        record_absences(actor=cast.actor("guming"), rows=[(cast.huangxiulan, AWAY)])
    assert not Absence.objects.filter(member=cast.huangxiulan).exists()
