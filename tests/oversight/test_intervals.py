"""Members of a category with its own contact interval count by it, in every figure and the list behind it (M43)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.duties.steps import call, depart, keep
from yanzhen.contact.models import Contact
from yanzhen.kernel import clock
from yanzhen.kernel.partial import last_day
from yanzhen.oversight.intervals import QUARTERS, Intervals
from yanzhen.oversight.queries import compliance, figures, kept, listed
from yanzhen.people.categories import begin_categories, categorize, set_for_category
from yanzhen.people.category_lists import since_of
from yanzhen.people.models import Category
from yanzhen.policy.queries import Parameters
from yanzhen.policy.services import set_parameter

pytestmark = pytest.mark.django_db


def half_yearly(cast: Cast, on: date = date(2024, 12, 1)) -> None:
    """韦志强 is of those who are contacted each half-year, since before he went."""
    officer = cast.actor("zhouhui")
    with clock.set_to(on):
        begin_categories(actor=officer, unit_id=cast.town.id)
        category = Category.objects.order_by("place")[0]
        categorize(actor=officer, wanted={cast.weizhiqiang.id: [category.id]})
        set_for_category(
            actor=officer,
            category_id=category.id,
            key=QUARTERS,
            value="2",
            effective_from=on,
            reason="年纪大",
        )


@pytest.fixture
def town(cast: Cast) -> Cast:
    """Both of 青石村 went in March 2025 and were reached in August 2026; he alone counts by half-years."""
    half_yearly(cast)
    for member in (cast.weizhiqiang, cast.huangxiulan):
        depart(cast, on=date(2025, 3, 2), member=member)
        call(cast, on=date(2026, 8, 12), member=member)
    keep(cast)
    return cast


def behind(cast: Cast, **given: str) -> list[UUID]:
    found = listed(actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, given=given)
    return list(found.values_list("pk", flat=True))


def test_who_is_contacted(town: Cast) -> None:
    total = figures(actor=town.actor("zhouhui"), unit_id=town.town.id).total
    assert (total.away, total.contacted, total.not_contacted) == (2, 1, 1)
    assert behind(town, contacted="1") == [town.weizhiqiang.id]
    assert behind(town, contacted="0") == [town.huangxiulan.id]
    assert kept(actor=town.actor("lufang")).contacted == 1
    with clock.set_to(date(2027, 1, 5)):
        assert behind(town, contacted="1") == []


def test_contact_by_quarters(town: Cast) -> None:
    strip, _liuhe = compliance(actor=town.actor("zhouhui"), unit_id=town.town.id)
    cells = {cell.quarter.key: (cell.due, cell.reached) for cell in strip.cells}
    assert cells == {
        "2025Q1": (1, 0),  # his first contact is due half a year after he went, hers in the quarter
        "2025Q2": (2, 0),
        "2025Q3": (2, 0),
        "2025Q4": (2, 0),
        "2026Q1": (2, 0),
        "2026Q2": (2, 0),
        "2026Q3": (2, 2),
        "2026Q4": (2, 1),
    }
    for cell in strip.cells:
        assert len(behind(town, reached=cell.quarter.key)) == cell.reached
        assert len(behind(town, missed=cell.quarter.key)) == cell.due - cell.reached
    assert behind(town, missed="2026Q4") == [town.huangxiulan.id]


def test_what_a_committee_sets_for_everybody_counts_too(town: Cast) -> None:
    set_parameter(
        actor=town.actor("zhouhui"),
        unit=town.qingshi,
        key=QUARTERS,
        value="4",
        effective_from=date(2026, 7, 1),
        reason="试点",
    )
    strip, _liuhe = compliance(actor=town.actor("zhouhui"), unit_id=town.town.id)
    assert [(cell.due, cell.reached) for cell in strip.cells[-2:]] == [(2, 2), (2, 2)]
    assert behind(town, contacted="0") == []


def test_a_contact_from_before_counts_by_the_rules_of_its_day(town: Cast) -> None:
    """Nothing that was due stops being due because a category was set afterwards."""
    Contact.objects.filter(member=town.huangxiulan).update(on="2026-08")
    officer = town.actor("zhouhui")
    with clock.set_to(date(2026, 10, 20)):
        categorize(actor=officer, wanted={town.huangxiulan.id: [Category.objects.order_by("place")[0].id]})
    assert behind(town, missed="2026Q4") == [town.huangxiulan.id]


def test_it_costs_no_query_more(town: Cast) -> None:
    officer = town.actor("zhouhui")
    with CaptureQueriesContext(connection) as sent:
        compliance(actor=officer, unit_id=town.town.id)
    assert len(sent) <= 4


DAYS = st.sampled_from(["2025-11-30", "2026-01-01", "2026-02-15", "2026-03", "2026-04-01", "2026"])
SET = st.tuples(
    st.sampled_from(["town", "qingshi"]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from(["1", "2", "4", ""]),
    st.sampled_from([date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 15), date(2026, 3, 31)]),
)
INTO = st.dictionaries(
    st.sampled_from([date(2025, 12, 31), date(2026, 2, 15)]),
    st.sets(st.sampled_from([0, 1])),
    max_size=2,
)


@example(  # a category that never had a number of its own, beside one of two numbers for everybody
    sets=[("town", None, "2", date(2025, 12, 1)), ("town", 0, "", date(2025, 12, 1))],
    into={},
    day="2025-11-30",
)
@given(sets=st.lists(SET, max_size=5), into=INTO, day=DAYS)
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_sql_finds_what_the_parameters_say(
    cast: Cast, sets: list[tuple[str, int | None, str, date]], into: dict[date, set[int]], day: str
) -> None:
    before = transaction.savepoint()
    try:
        officer, member = cast.actor("zhouhui"), cast.weizhiqiang
        with clock.set_to(date(2025, 11, 1)):
            begin_categories(actor=officer, unit_id=cast.town.id)
        kept = list(Category.objects.order_by("place")[:2])
        for since in sorted(into):
            with clock.set_to(since):
                categorize(actor=officer, wanted={member.id: [kept[it].id for it in into[since]]})
        for unit, category, value, since in sets:
            if value or category is not None:
                set_parameter(
                    actor=officer,
                    unit=getattr(cast, unit),
                    key=QUARTERS,
                    value=value,
                    effective_from=since,
                    reason="试点",
                    applies_to="" if category is None else kept[category].id.hex,
                )
        Contact.objects.create(member=member, path=member.path, on=day, means="phone", reached=True)
        own = [
            key
            for key, since in since_of([member.id])[member.id].items()
            if since <= last_day(day).isoformat()
        ]
        told = Parameters().get(QUARTERS, path=member.path, on=last_day(day), categories=own).number
        for around in (cast.town.path, member.path):
            intervals = Intervals.around(around, Parameters())
            found = [
                it for it in intervals.numbers if Contact.objects.filter(intervals.is_(it, "on")).exists()
            ]
            assert found == [told]
    finally:
        transaction.savepoint_rollback(before)
