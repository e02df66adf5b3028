"""report_departure: a member goes away."""

from typing import Any

import pytest

from tests.cast import Cast
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.mobility.services import record_return, report_departure
from yanzhen.people.models import Member
from yanzhen.people.services import link_account
from yanzhen.people.values import value_of

pytestmark = pytest.mark.django_db
AWAY = {"departed_on": "2026-11-20", "reason": "务工", "destination": "浙江杭州"}


def report(cast: Cast, by: str = "shilei", **other: Any) -> Absence:
    return report_departure(actor=cast.actor(by), member_id=cast.huangxiulan.id, **{**AWAY, **other})


def facts(cast: Cast) -> list[Fact]:
    told = Fact.objects.filter(member_id=cast.huangxiulan.id, kind="mobility.departure.reported")
    return list(told.order_by("id"))


def test_three_answers_are_enough(cast: Cast) -> None:
    absence = report(cast)
    kept = Absence.objects.get(member=cast.huangxiulan)
    assert (kept.id, kept.is_open, kept.arrived_on, kept.province) == (absence.id, True, None, "33")
    assert kept.path == cast.qingshi.path


def test_the_fact_reads_as_a_sentence_and_hides_where(cast: Cast) -> None:
    report(cast, expected_return_on="2027-01")
    (entry,) = tell(facts(cast))
    assert entry.sentence == "石磊代黄秀兰报告 2026年11月20日外出到浙江杭州，原因：务工，预计 2027年1月返回"
    assert entry.fact.data == {"departed_on": "2026-11-20", "expected_return_on": "2027-01"}
    assert entry.fact.on.isoformat() == "2026-11-20"


def test_a_member_reports_for_himself(cast: Cast) -> None:
    link_account(
        actor=cast.actor("zhouhui"), member_id=cast.huangxiulan.id, account_id=cast.account("liuqing").id
    )
    report(cast, by="liuqing")
    (entry,) = tell(facts(cast))
    assert entry.sentence == "柳青报告 2026年11月20日外出到浙江杭州，原因：务工"


def test_phone_and_address_are_kept_and_the_arrival_is_still_due(cast: Cast) -> None:
    absence = report(cast, phone="19900000022", address="余杭区五常街道")
    member = Member.objects.get(pk=cast.huangxiulan.pk)
    assert value_of(member, "phone") == "19900000022"
    assert absence.address_sealed
    assert "五常" not in absence.address_sealed
    assert absence.arrived_on is None


def test_only_a_month_is_known_or_it_lies_ahead(cast: Cast) -> None:
    assert report(cast, departed_on="2026-12").departed_on == "2026-12"
    assert facts(cast)[-1].on.isoformat() == "2026-11-23"


def test_the_same_report_again_changes_nothing(cast: Cast) -> None:
    first = report(cast)
    assert report(cast, by="zhouhui").id == first.id
    assert len(facts(cast)) == 1


def test_another_report_while_away_is_a_conflict(cast: Cast) -> None:
    report(cast)
    with pytest.raises(Conflict) as refused:
        report(cast, destination="广东深圳")
    assert "浙江杭州" in refused.value.sentence
    assert len(facts(cast)) == 1


def test_not_before_the_last_return(cast: Cast) -> None:
    absence = report(cast)
    record_return(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, returned_on=facts(cast)[0].on)
    with pytest.raises(Conflict) as refused:
        report(cast, departed_on="2026-11-19")
    assert refused.value.field == "departed_on"
    assert report(cast, departed_on="2026-11-21").id != absence.id


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"departed_on": ""}, "departed_on"),
        ({"departed_on": "2026-02-30"}, "departed_on"),
        ({"departed_on": "20261120"}, "departed_on"),
        ({"departed_on": "1926-11-20"}, "departed_on"),
        ({"departed_on": "2028-01"}, "departed_on"),
        ({"reason": " "}, "reason"),
        ({"reason": "务" * 61}, "reason"),
        ({"destination": ""}, "destination"),
        ({"destination": "远" * 201}, "destination"),
        ({"expected_return_on": "2026-11-19"}, "expected_return_on"),
        ({"expected_return_on": "明年"}, "expected_return_on"),
        ({"phone": "没有"}, "phone"),
        ({"address": "巷" * 201}, "address"),
    ],
)
def test_refusals(cast: Cast, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        report(cast, **wrong)
    assert refused.value.field == field
    assert refused.value.sentence.endswith("。")
    assert not Absence.objects.filter(member=cast.huangxiulan).exists()


def test_scope(cast: Cast) -> None:
    with pytest.raises(NotFound):
        report(cast, by="liuqing")
    with pytest.raises(NotPermitted):
        report(cast, by="guming")
    assert not facts(cast)
