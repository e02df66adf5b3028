"""Figures, and that the list behind each holds exactly as many."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import TODAY, Cast
from tests.duties.steps import arrive, call, depart, keep, many_leave
from yanzhen.kernel.errors import DomainError, NotFound
from yanzhen.mobility.services import record_return
from yanzhen.oversight.queries import Row, Strip, compliance, figures, kept, listed, provinces
from yanzhen.people.services import add_member


@pytest.fixture
def town(cast: Cast) -> Cast:
    """青石村: two away, one of them reported and reached; 柳河村: one away; the town itself: one member at home."""
    depart(cast, on=date(2025, 3, 2))
    arrive(cast, on=date(2025, 3, 9))
    call(cast, on=date(2026, 8, 12))
    call(cast, on=date(2026, 10, 8))
    depart(cast, on=date(2026, 10, 8), departed_on="2026-05", member=cast.huangxiulan)
    depart(cast, on=date(2026, 9, 20), member=cast.qinxiaoyan)
    add_member(actor=cast.actor("zhouhui"), unit_id=cast.town.id, values={"name": "周慧"})
    return cast


def count(cast: Cast, row: Row | Strip, **condition: str) -> int:
    given = row.behind(**condition)
    assert given.pop("unit") == str(row.unit.id)
    return listed(actor=cast.actor("zhouhui"), unit_id=row.unit.id, given=given).count()


def test_each_unit_and_the_whole(town: Cast) -> None:
    found = figures(actor=town.actor("zhouhui"), unit_id=town.town.id)
    by_name = {(row.unit.name, row.is_direct): row for row in found.rows}
    assert set(by_name) == {("云岭县青禾镇党委", True), ("青石村党支部", False), ("柳河村党支部", False)}
    qingshi = by_name["青石村党支部", False]
    assert (qingshi.members, qingshi.away, qingshi.mobile, qingshi.known, qingshi.contacted) == (
        2,
        2,
        1,
        1,
        1,
    )
    assert (qingshi.unknown, qingshi.not_contacted) == (1, 1)
    total = found.total
    assert (total.members, total.away, total.mobile, total.known, total.contacted) == (4, 3, 1, 1, 1)
    assert total.overdue == {
        "contact_quarterly": 0,
        "contact_person_missing": 3,
        "arrival_report": 2,
        "decision": 1,
        "correction_check": 0,
    }
    assert total.late == 6


def test_behind_each_figure_are_as_many_members(town: Cast) -> None:
    found = figures(actor=town.actor("zhouhui"), unit_id=town.town.id)
    for row in (found.total, *found.rows):
        assert count(town, row) == row.members
        assert count(town, row, away="1") == row.away
        assert count(town, row, away="0") == row.members - row.away
        assert count(town, row, mobile="1") == row.mobile
        assert count(town, row, known="1") == row.known
        assert count(town, row, known="0") == row.unknown
        assert count(town, row, contacted="1") == row.contacted
        assert count(town, row, contacted="0") == row.not_contacted
        for duty, late in row.overdue.items():
            assert count(town, row, overdue=duty) == late


def test_conditions_combine(town: Cast) -> None:
    total = figures(actor=town.actor("zhouhui"), unit_id=town.town.id).total
    assert count(town, total, known="0", overdue="arrival_report") == 2
    assert count(town, total, known="1", overdue="arrival_report") == 0


@pytest.mark.parametrize(
    "given", [{"away": "2"}, {"overdue": "no duty"}, {"reached": "2026"}, {"missed": "x"}, {"direct": "0"}]
)
def test_a_condition_that_no_figure_links_to_is_refused(town: Cast, given: dict[str, str]) -> None:
    with pytest.raises(DomainError, match="没有"):
        listed(actor=town.actor("zhouhui"), unit_id=town.town.id, given=given)


def test_contact_by_quarters(town: Cast) -> None:
    strips = {
        strip.unit.name: strip for strip in compliance(actor=town.actor("zhouhui"), unit_id=town.town.id)
    }
    assert set(strips) == {"青石村党支部", "柳河村党支部"}
    qingshi = {cell.quarter.key: (cell.due, cell.reached) for cell in strips["青石村党支部"].cells}
    assert qingshi == {
        "2025Q1": (1, 0),
        "2025Q2": (1, 0),
        "2025Q3": (1, 0),
        "2025Q4": (1, 0),
        "2026Q1": (1, 0),
        "2026Q2": (2, 0),
        "2026Q3": (2, 1),
        "2026Q4": (2, 1),
    }
    liuhe = strips["柳河村党支部"].cells
    # 20 September: fewer days were left than he had for reporting his arrival.
    assert [(cell.due, cell.share) for cell in liuhe[-2:]] == [(0, None), (1, 0.0)]


def test_behind_each_cell_are_as_many_members(town: Cast) -> None:
    for strip in compliance(actor=town.actor("zhouhui"), unit_id=town.town.id):
        for cell in strip.cells:
            assert count(town, strip, reached=cell.quarter.key) == cell.reached
            assert count(town, strip, missed=cell.quarter.key) == cell.due - cell.reached


def test_who_came_back_within_a_quarter_was_not_to_be_contacted_in_it(town: Cast) -> None:
    record_return(actor=town.actor("zhouhui"), member_id=town.weizhiqiang.id, returned_on=date(2026, 9, 30))
    strip = compliance(actor=town.actor("zhouhui"), unit_id=town.town.id)[0]
    assert [cell.due for cell in strip.cells[-3:]] == [2, 1, 1]


def test_where_they_are(town: Cast) -> None:
    found = provinces(actor=town.actor("zhouhui"), unit_id=town.town.id)
    assert found == {"33": 3}
    total = figures(actor=town.actor("zhouhui"), unit_id=town.town.id).total
    assert count(town, total, province="33") == 3
    assert count(town, total, province="unknown") == 0


def test_a_contact_persons_own_figures(town: Cast) -> None:
    own = kept(actor=town.actor("lufang"))
    assert (own.away, own.known, own.contacted) == (0, 0, 0)
    keep(town)
    own = kept(actor=town.actor("lufang"))
    assert (own.away, own.known, own.contacted) == (1, 1, 1)


def test_a_logged_contact_moves_the_figure(town: Cast) -> None:
    before = figures(actor=town.actor("shilei"), unit_id=town.qingshi.id).total
    call(town, member=town.huangxiulan)
    after = figures(actor=town.actor("shilei"), unit_id=town.qingshi.id).total
    assert (before.contacted, after.contacted) == (1, 2)


def test_another_branch_is_not_there(town: Cast) -> None:
    for ask in (figures, compliance, provinces):
        with pytest.raises(NotFound):
            ask(actor=town.actor("liuqing"), unit_id=town.qingshi.id)
    with pytest.raises(NotFound):
        listed(actor=town.actor("liuqing"), unit_id=town.qingshi.id, given={"away": "1"})


def test_queries_do_not_grow(town: Cast) -> None:
    officer = town.actor("zhouhui")
    with CaptureQueriesContext(connection) as few:
        figures(actor=officer, unit_id=town.town.id)
    many_leave(town, 20, on=TODAY)
    with CaptureQueriesContext(connection) as many:
        found = figures(actor=officer, unit_id=town.town.id)
    assert found.total.away == 23
    assert len(many) == len(few) <= 6
