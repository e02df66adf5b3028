"""Everybody's list: who sees what, from when, and in which words."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import TODAY, Cast
from tests.duties.steps import arrive, depart, keep, many_leave
from yanzhen.duties.models import Standing
from yanzhen.duties.queries import PAGE_SIZE, WorkList, worklist
from yanzhen.kernel import clock
from yanzhen.kernel.errors import NotFound
from yanzhen.policy.services import set_parameter


def lists(cast: Cast, username: str, on: date = TODAY, group: str | None = None) -> WorkList:
    actor = cast.actor(username)
    with clock.set_to(on):
        return worklist(actor=actor, group=group)


def shown(cast: Cast, username: str, on: date = TODAY) -> list[str]:
    return [item.duty.key for item in lists(cast, username, on).items]


def test_nothing_is_due_of_who_is_at_home(cast: Cast) -> None:
    assert [shown(cast, name) for name in ("zhouhui", "shilei", "liuqing", "weizhiqiang")] == [[]] * 4
    assert lists(cast, "zhouhui").pages == 1


def test_a_departure_opens_the_lists_of_those_concerned(cast: Cast) -> None:
    depart(cast)
    # Nobody keeps in touch with him yet, so the contact is the secretary's at once.
    assert shown(cast, "shilei") == ["arrival_report", "contact_person_missing", "contact_quarterly"]
    assert shown(cast, "weizhiqiang") == ["arrival_report"]
    assert shown(cast, "liuqing") == shown(cast, "zhouhui") == shown(cast, "guming") == []


def test_with_a_contact_person_the_secretary_waits(cast: Cast) -> None:
    depart(cast)
    keep(cast)
    assert shown(cast, "lufang") == ["arrival_report", "contact_quarterly"]
    assert shown(cast, "shilei") == []


def test_overdue_goes_up_a_level(cast: Cast) -> None:
    depart(cast, on=date(2026, 7, 1))
    keep(cast)
    due = date(2026, 7, 16)  # the arrival report
    assert "arrival_report" not in shown(cast, "shilei", due + timedelta(days=14))
    assert "arrival_report" in shown(cast, "shilei", due + timedelta(days=15))
    assert shown(cast, "zhouhui", due + timedelta(days=29)) == []
    assert shown(cast, "zhouhui", due + timedelta(days=30)) == ["arrival_report"]
    (item,) = lists(cast, "guming", due + timedelta(days=30)).items
    assert (item.reported_to, item.may_act) == ("组织干事", False)
    contact_persons = lists(cast, "lufang", due + timedelta(days=15)).items[0]
    assert (contact_persons.reported_to, contact_persons.may_act) == ("支部书记", True)


def test_an_item_says_why_and_by_which_clause(cast: Cast) -> None:
    depart(cast, on=date(2026, 10, 31))
    item = lists(cast, "weizhiqiang").items[0]
    assert (item.due_on, item.days, item.overdue_days) == (date(2026, 11, 15), -8, 8)
    assert item.reason == "10月31日外出，应在 15 天内报告到达的住址和电话。"
    assert item.place == "浙江杭州"
    assert item.has_phone
    assert "15 天" in item.clause
    assert item.source


def test_a_departure_is_said_as_precisely_as_it_was_written(cast: Cast) -> None:
    depart(cast, departed_on="2025-03")
    reasons = {item.duty.key: item.reason for item in lists(cast, "shilei").items}
    assert reasons["contact_quarterly"] == "2025年3月外出，还没有联系过。"
    assert reasons["contact_person_missing"] == "11月23日起没有联系人，应在 15 天内指定。"


def test_doing_it_takes_it_off_the_list(cast: Cast) -> None:
    depart(cast, on=date(2026, 10, 31))
    arrive(cast, on=date(2026, 11, 2))
    assert shown(cast, "weizhiqiang") == []


def test_it_shows_only_so_many_days_ahead(cast: Cast) -> None:
    depart(cast, on=date(2026, 7, 1))
    decision_due = date(2027, 1, 1)
    assert "decision" not in shown(cast, "shilei", decision_due - timedelta(days=32))
    assert "decision" in shown(cast, "shilei", decision_due - timedelta(days=31))


def test_chips_count_and_narrow(cast: Cast) -> None:
    depart(cast, on=date(2026, 10, 31))
    whole = lists(cast, "shilei")
    assert {chip.group.key: chip.count for chip in whole.chips} == {
        "contact": 2,
        "whereabouts": 1,
        "formalities": 0,
    }
    assert (whole.total, whole.overdue, whole.later, whole.minutes) == (3, 2, 1, 10)
    narrowed = lists(cast, "shilei", group="whereabouts")
    assert [item.duty.key for item in narrowed.items] == ["arrival_report"]
    assert (narrowed.total, narrowed.everything) == (1, 3)
    assert lists(cast, "shilei", group="no such chip").items == []


def test_a_unit_narrows_and_stays_inside_the_scope(cast: Cast) -> None:
    depart(cast, on=date(2026, 7, 1))
    officer = cast.actor("zhouhui")
    assert worklist(actor=officer, unit=cast.qingshi.id).total == worklist(actor=officer).total > 0
    assert worklist(actor=officer, unit=cast.liuhe.id).total == 0
    with pytest.raises(NotFound):
        worklist(actor=cast.actor("liuqing"), unit=cast.qingshi.id)


def test_a_committee_that_waits_longer_sees_it_later(cast: Cast) -> None:
    depart(cast, on=date(2026, 7, 1))
    keep(cast)
    set_parameter(
        actor=cast.actor("zhouhui"),
        unit=cast.town,
        key="duties.escalate.officer.days",
        value="300",
        effective_from=TODAY,
        reason="试点",
    )
    assert shown(cast, "zhouhui") == []


def test_pages_and_queries_do_not_grow_with_the_list(cast: Cast) -> None:
    depart(cast)
    with CaptureQueriesContext(connection) as few:
        worklist(actor=cast.actor("shilei"))
    many_leave(cast, PAGE_SIZE + 10)
    with CaptureQueriesContext(connection) as many:
        first = worklist(actor=cast.actor("shilei"))
    assert len(many) == len(few) <= 8
    last = worklist(actor=cast.actor("shilei"), page=99)
    assert (len(first.items), first.pages, last.page) == (PAGE_SIZE, 4, 4)
    seen = [
        (item.member.id, item.duty.key)
        for page in range(1, first.pages + 1)
        for item in worklist(actor=cast.actor("shilei"), page=page).items
    ]
    # What is due in half a year is not shown yet.
    assert len(seen) == len(set(seen)) == Standing.objects.exclude(duty="decision").count() == 183
