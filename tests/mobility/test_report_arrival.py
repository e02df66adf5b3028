"""report_arrival: where a member lives now and under which number he is reached."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.mobility.services import report_arrival, report_departure
from yanzhen.people.models import Member
from yanzhen.people.services import link_account
from yanzhen.people.values import value_of

pytestmark = pytest.mark.django_db
THERE: dict[str, Any] = {
    "destination": "浙江杭州",
    "address": "余杭区五常街道 8 幢",
    "phone": "19900000022",
    "arrived_on": date(2026, 11, 21),
    "host_employer": "建筑工地",
}


@pytest.fixture
def away(cast: Cast) -> Cast:
    report_departure(
        actor=cast.actor("shilei"),
        member_id=cast.huangxiulan.id,
        departed_on="2026-11-20",
        reason="务工",
        destination="浙江",
    )
    return cast


def report(cast: Cast, by: str = "shilei", **other: Any) -> Absence:
    return report_arrival(actor=cast.actor(by), member_id=cast.huangxiulan.id, **{**THERE, **other})


def facts(cast: Cast) -> list[Fact]:
    told = Fact.objects.filter(member_id=cast.huangxiulan.id, kind="mobility.arrival.reported")
    return list(told.order_by("id"))


def test_the_whereabouts_are_known(away: Cast) -> None:
    absence = report(away)
    kept = Absence.objects.get(pk=absence.pk)
    assert (kept.arrived_on, kept.destination, kept.province) == (date(2026, 11, 21), "浙江杭州", "33")
    assert kept.host_employer == "建筑工地"
    assert "五常" not in kept.address_sealed
    assert value_of(Member.objects.get(pk=away.huangxiulan.pk), "phone") == "19900000022"


def test_the_sentence_tells_no_address_and_no_phone(away: Cast) -> None:
    report(away)
    (entry,) = tell(facts(away))
    assert entry.sentence == "石磊代黄秀兰报告 2026年11月21日到达浙江杭州，在建筑工地，住址和电话已登记"
    assert entry.fact.data == {"arrived_on": "2026-11-21"}


def test_a_member_without_any_other_right_gives_his_own_number(away: Cast) -> None:
    link_account(
        actor=away.actor("zhouhui"), member_id=away.huangxiulan.id, account_id=away.account("liuqing").id
    )
    report(away, by="liuqing")
    assert value_of(Member.objects.get(pk=away.huangxiulan.pk), "phone") == "19900000022"
    changed = Fact.objects.get(member_id=away.huangxiulan.id, kind="people.member.changed")
    assert changed.actor_id == away.account("liuqing").id


def test_the_same_report_again_changes_nothing(away: Cast) -> None:
    report(away)
    report(away, by="zhouhui", address=" 余杭区五常街道 8 幢 ")
    assert len(facts(away)) == 1


@pytest.mark.parametrize(
    "moved", [{"address": "滨江区"}, {"phone": "19900000023"}, {"arrived_on": date(2026, 11, 22)}]
)
def test_a_move_is_another_report(away: Cast, moved: dict[str, Any]) -> None:
    report(away)
    report(away, **moved)
    assert len(facts(away)) == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"destination": " "}, "destination"),
        ({"address": ""}, "address"),
        ({"phone": ""}, "phone"),
        ({"phone": "问他"}, "phone"),
        ({"arrived_on": date(2026, 11, 24)}, "arrived_on"),
        ({"arrived_on": date(2026, 11, 19)}, "arrived_on"),
    ],
)
def test_refusals(away: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        report(away, **wrong)
    assert refused.value.field == field
    assert not facts(away)


def test_nobody_arrives_who_did_not_leave(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        report(cast)
    assert refused.value.code == "not_away"


def test_scope(away: Cast) -> None:
    with pytest.raises(NotFound):
        report(away, by="liuqing")
    with pytest.raises(NotPermitted):
        report(away, by="guming")
    assert not facts(away)
