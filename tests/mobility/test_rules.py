"""decide: 接转 or 持证, in the order of the regulations' table."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.partial import add_months
from yanzhen.mobility.rules import (
    OFFICIAL,
    Case,
    Limits,
    Purpose,
    decide,
    months_between,
    purpose_of,
    read_case,
)

LIMITS = Limits(mobile_months=6, review_months=6, branch_members=3)
CASES = some.builds(
    Case,
    purpose=some.sampled_from(Purpose),
    months=some.decimals(0, 1200, places=2),
    fixed_place=some.booleans(),
    host_can_accept=some.booleans(),
    group_of_full_members=some.integers(0, 50),
)


def case(
    purpose: str = "work", months: str = "8", fixed: bool = True, accepts: bool = True, group: int = 1
) -> Case:
    return Case(Purpose(purpose), Decimal(months), fixed, accepts, group)


@pytest.mark.parametrize("purpose", sorted(Purpose))
@pytest.mark.parametrize("months", ["0", "0.5", "5.99", "6"])
def test_up_to_six_months(purpose: Purpose, months: str) -> None:
    decision = decide(case(purpose, months), LIMITS)
    is_official = purpose in {"meeting", "study", "secondment", "business", "leave"}
    assert decision.outcome == ("note" if is_official else "certificate")
    assert [reason.rule for reason in decision.reasons] == ["short_official" if is_official else "short"]
    assert decision.review_after_months is None


@pytest.mark.parametrize("purpose", sorted(Purpose))
@pytest.mark.parametrize("months", ["6.01", "7", "120"])
def test_longer_at_a_fixed_place_that_can_accept(purpose: Purpose, months: str) -> None:
    decision = decide(case(purpose, months), LIMITS)
    assert (decision.outcome, decision.review_after_months) == ("transfer", None)
    assert [reason.rule for reason in decision.reasons] == ["transfer"]


@pytest.mark.parametrize(("fixed", "accepts"), [(True, False), (False, True), (False, False)])
def test_longer_without_a_way_to_transfer(fixed: bool, accepts: bool) -> None:
    decision = decide(case(fixed=fixed, accepts=accepts), LIMITS)
    assert (decision.outcome, decision.review_after_months) == ("certificate", 6)
    assert [reason.rule for reason in decision.reasons] == ["long", "review"]
    assert ("没有党组织可以接收" in decision.reasons[0].text) is fixed


@pytest.mark.parametrize(("group", "proposed"), [(0, False), (2, False), (3, True), (40, True)])
def test_a_group_of_full_members_proposes_a_branch_and_changes_nothing_else(
    group: int, proposed: bool
) -> None:
    alone, together = decide(case(group=0), LIMITS), decide(case(group=group), LIMITS)
    assert together.suggest_temporary_branch is proposed
    assert together.outcome == alone.outcome
    assert together.reasons[: len(alone.reasons)] == alone.reasons
    assert ("temporary_branch" in {reason.rule for reason in together.reasons}) is proposed


def test_a_committee_may_set_other_limits() -> None:
    other = Limits(mobile_months=3, review_months=4, branch_members=2)
    decision = decide(case(months="3.5", fixed=False, group=2), other)
    assert (decision.outcome, decision.review_after_months) == ("certificate", 4)
    assert decision.suggest_temporary_branch
    assert "超过 3 个月" in decision.reasons[0].text


@given(CASES)
def test_every_case_has_an_outcome_and_reasons_with_sources(one: Case) -> None:
    decision = decide(one, LIMITS)
    assert decision.outcome in {"note", "certificate", "transfer"}
    assert decision.reasons
    assert all(reason.rule and reason.text and reason.source for reason in decision.reasons)
    assert (decision.review_after_months is not None) is (
        decision.outcome == "certificate" and one.months > 6
    )
    assert decision.outcome != "note" or one.purpose in OFFICIAL


@given(CASES, some.decimals(0, 600, places=2))
def test_a_longer_absence_never_gets_a_lesser_paper_back(one: Case, more: Decimal) -> None:
    """A note never comes back once the case left it; a transfer stays one."""
    longer = Case(
        one.purpose, one.months + more, one.fixed_place, one.host_can_accept, one.group_of_full_members
    )
    before, after = decide(one, LIMITS).outcome, decide(longer, LIMITS).outcome
    assert before == "note" or after != "note"
    assert before != "transfer" or after == "transfer"


GOOD: dict[str, Any] = {
    "purpose": "work",
    "months": 8,
    "fixed_place": True,
    "host_can_accept": False,
    "group_of_full_members": 1,
}


def test_reading_a_case() -> None:
    assert read_case({**GOOD, "remark": "passed over"}) == case(accepts=False)
    assert read_case({**GOOD, "months": Decimal("2.5")}).months == Decimal("2.5")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("purpose", "travel"),
        ("purpose", 3),
        ("months", -1),
        ("months", "8"),
        ("months", True),
        ("months", float("nan")),
        ("months", float("inf")),
        ("months", 1201),
        ("fixed_place", 1),
        ("fixed_place", "true"),
        ("host_can_accept", []),
        ("group_of_full_members", -1),
        ("group_of_full_members", 1.5),
        ("group_of_full_members", True),
        *((key, None) for key in GOOD),
    ],
)
def test_an_impossible_value_is_refused_by_its_name(key: str, value: object) -> None:
    with pytest.raises(DomainError) as refused:
        read_case({**GOOD, key: value})
    assert refused.value.field == key
    assert key in refused.value.sentence


@given(some.dates(date(1990, 1, 1), date(2030, 1, 1)), some.integers(0, 40))
def test_whole_months_are_whole(start: date, months: int) -> None:
    assert months_between(start, add_months(start, months)) == months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ((2026, 3, 2), (2026, 9, 3), "6.1"),
        ((2026, 3, 2), (2026, 9, 1), "5.9"),
        ((2026, 8, 31), (2027, 2, 28), "6"),
    ],
)
def test_days_over_are_tenths(start: tuple[int, int, int], end: tuple[int, int, int], months: str) -> None:
    assert months_between(date(*start), date(*end)) == Decimal(months)


@pytest.mark.parametrize(
    ("reason", "purpose"),
    [
        ("务工", "work"),
        ("外出经商", "work"),
        ("在职学习", "study"),
        ("随子女居住", "family"),
        ("挂职", "secondment"),
        ("", "other"),
    ],
)
def test_the_purpose_of_a_written_reason(reason: str, purpose: str) -> None:
    assert purpose_of(reason) == purpose
