"""record_return: a member is back."""

from datetime import date

import pytest

from tests.cast import Cast
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.mobility.queries import absences, open_absence
from yanzhen.mobility.services import record_return, report_departure

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


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


def record(cast: Cast, by: str = "shilei", day: date = DAY) -> Absence:
    return record_return(actor=cast.actor(by), member_id=cast.huangxiulan.id, returned_on=day)


def facts(cast: Cast) -> list[Fact]:
    return list(Fact.objects.filter(member_id=cast.huangxiulan.id, kind="mobility.return.recorded"))


def test_effect_and_fact(away: Cast) -> None:
    absence = record(away)
    assert (absence.is_open, absence.returned_on) == (False, "2026-11-22")
    assert open_absence(actor=away.actor("shilei"), member_id=away.huangxiulan.id) is None
    assert absence in absences(actor=away.actor("guming"))
    assert absence not in absences(actor=away.actor("liuqing"))
    (entry,) = tell(facts(away))
    assert entry.sentence == "石磊代黄秀兰报告 2026年11月22日返回"
    assert entry.fact.data == {"returned_on": "2026-11-22"}


def test_the_same_return_again_changes_nothing(away: Cast) -> None:
    assert record(away).id == record(away).id
    assert len(facts(away)) == 1


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 19)])
def test_impossible_days(away: Cast, day: date) -> None:
    with pytest.raises(DomainError) as refused:
        record(away, day=day)
    assert refused.value.field == "returned_on"
    assert not facts(away)


def test_nobody_returns_who_is_at_home(away: Cast) -> None:
    record(away)
    with pytest.raises(DomainError) as refused:
        record(away, day=date(2026, 11, 23))
    assert refused.value.code == "not_away"


def test_scope(away: Cast) -> None:
    with pytest.raises(NotFound):
        record(away, by="liuqing")
    with pytest.raises(NotPermitted):
        record(away, by="guming")
