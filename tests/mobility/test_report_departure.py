"""report_departure: a member goes away."""

import pytest

from tests.cast import Cast
from yanzhen.kernel.errors import Conflict, DomainError, NotFound
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.mobility.services import report_departure
from yanzhen.people.values import value_of

pytestmark = pytest.mark.django_db
AWAY = {"departed_on": "2026-11-20", "reason": "务工", "destination": "浙江杭州"}


def facts() -> "list[Fact]":
    return list(Fact.objects.filter(kind="mobility.departure.reported").order_by("id"))


def test_three_answers_are_enough(cast: Cast) -> None:
    absence = report_departure(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, **AWAY)
    kept = Absence.objects.get(member=cast.huangxiulan)
    assert (kept.id, kept.is_open, kept.arrived_on, kept.province) == (absence.id, True, None, "33")
    assert kept.path == cast.qingshi.path


def test_the_fact_reads_as_a_sentence_and_hides_where(cast: Cast) -> None:
    report_departure(
        actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, expected_return_on="2027-01", **AWAY
    )
    (entry,) = tell(facts()[-1:])
    assert entry.sentence == "石磊代黄秀兰报告 2026年11月20日外出到浙江杭州，原因：务工，预计 2027年1月返回"
    assert entry.fact.data == {"departed_on": "2026-11-20", "expected_return_on": "2027-01"}


def test_the_same_report_again_changes_nothing(cast: Cast) -> None:
    first = report_departure(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, **AWAY)
    told = len(facts())
    again = report_departure(actor=cast.actor("zhouhui"), member_id=cast.huangxiulan.id, **AWAY)
    assert again.id == first.id
    assert len(facts()) == told
