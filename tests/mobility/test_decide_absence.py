"""decide_absence: what people decided, with what the rules suggest beside it."""

from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.mobility.queries import suggestion
from yanzhen.mobility.rules import Case, Purpose
from yanzhen.mobility.services import decide_absence, report_departure

pytestmark = pytest.mark.django_db
TRANSFER = Case(Purpose.WORK, Decimal(8), fixed_place=True, host_can_accept=True, group_of_full_members=1)


def leave(cast: Cast, **other: str) -> None:
    told = {"departed_on": "2026-03-02", "reason": "务工", "destination": "浙江杭州", **other}
    report_departure(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, **told)


@pytest.fixture
def away(cast: Cast) -> Cast:
    leave(cast)
    return cast


def decide(cast: Cast, outcome: str = "certificate", by: str = "shilei", **other: Any) -> Absence:
    return decide_absence(actor=cast.actor(by), member_id=cast.huangxiulan.id, outcome=outcome, **other)


def facts(cast: Cast) -> list[Fact]:
    return list(Fact.objects.filter(member_id=cast.huangxiulan.id, kind="mobility.decided").order_by("id"))


def test_effect_and_fact(away: Cast) -> None:
    absence = decide(away, reason="工地常换")
    assert absence.decision == "certificate"
    assert str(absence.decided_on) == "2026-11-23"
    (entry,) = tell(facts(away))
    assert entry.sentence == "石磊决定：办理流动党员活动证，理由：工地常换"
    assert entry.fact.data["outcome"] == "certificate"
    assert entry.fact.data["decided_on"] == "2026-11-23"
    assert "reason" not in entry.fact.data


def test_the_same_decision_on_one_day_is_one(away: Cast) -> None:
    decide(away)
    decide(away, by="zhouhui")
    assert len(facts(away)) == 1
    decide(away, "transfer")
    assert len(facts(away)) == 2


def test_against_the_rules_it_needs_a_reason(away: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        decide(away, case=TRANSFER)
    assert refused.value.field == "reason"
    assert "接转组织关系" in refused.value.sentence
    decide(away, case=TRANSFER, reason="对方年底才换届")
    decide(away, "transfer", case=TRANSFER)
    assert [fact.data["suggested"] for fact in facts(away)] == ["transfer", "transfer"]


def test_the_case_comes_from_what_is_known(cast: Cast) -> None:
    leave(cast, host_employer="建筑工地", expected_return_on="2026-12-02")
    told = suggestion(actor=cast.actor("guming"), member_id=cast.huangxiulan.id)
    assert told is not None
    case, decision = told
    assert case == Case(
        Purpose.WORK, Decimal(9), fixed_place=True, host_can_accept=False, group_of_full_members=1
    )
    assert decision.outcome == "certificate"
    assert decision.review_after_months == 6


def test_at_home_there_is_nothing_to_decide(cast: Cast) -> None:
    assert suggestion(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id) is None
    with pytest.raises(DomainError) as refused:
        decide(cast)
    assert refused.value.code == "not_away"


def test_no_such_outcome(away: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        decide(away, "expulsion")
    assert refused.value.field == "outcome"


def test_scope(away: Cast) -> None:
    for by, refusal in (("liuqing", NotFound), ("guming", NotPermitted), ("lufang", NotFound)):
        with pytest.raises(refusal):
            decide(away, by=by)
    assert not facts(away)
