"""Standing follows the facts, in the transaction that writes them, and a rebuild finds the same."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import FOUNDER, TODAY, Cast
from tests.duties.steps import arrive, call, depart, keep, many_leave
from yanzhen.duties.models import Standing
from yanzhen.duties.services import check, rebuild
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import record
from yanzhen.mobility.services import record_absences, record_return
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for
from yanzhen.people.services import add_members, remove_members
from yanzhen.policy.services import set_parameter

SPRING = date(2026, 3, 2)


def due(member: Member) -> dict[str, date]:
    return dict(Standing.objects.filter(member=member).values_list("duty", "due_on"))


def test_an_absence_from_its_beginning_to_its_end(cast: Cast) -> None:
    depart(cast, on=SPRING)
    assert due(cast.weizhiqiang) == {
        "contact_quarterly": date(2026, 3, 31),
        "contact_person_missing": date(2026, 3, 17),
        "arrival_report": date(2026, 3, 17),
        "decision": date(2026, 9, 2),
    }
    arrive(cast, on=date(2026, 3, 9))
    keep(cast)
    call(cast, on=date(2026, 4, 1))
    assert due(cast.weizhiqiang) == {"contact_quarterly": date(2026, 9, 30), "decision": date(2026, 9, 2)}
    record_return(actor=cast.actor("zhouhui"), member_id=cast.weizhiqiang.id, returned_on=TODAY)
    assert due(cast.weizhiqiang) == {}
    assert list(check()) == []


def test_an_attempt_takes_nothing_off(cast: Cast) -> None:
    depart(cast, on=SPRING)
    before = due(cast.weizhiqiang)
    call(cast, reached=False)
    assert due(cast.weizhiqiang) == before
    call(cast)
    assert due(cast.weizhiqiang) != before


def test_standing_bears_the_path_of_the_member(cast: Cast) -> None:
    depart(cast)
    assert set(Standing.objects.values_list("path", flat=True)) == {cast.qingshi.path}


def test_who_is_at_home_costs_no_standing(cast: Cast) -> None:
    call(cast, member=cast.huangxiulan)
    assert not Standing.objects.exists()


def test_a_parameter_moves_what_is_due_below_it_from_its_day_on(cast: Cast) -> None:
    depart(cast, on=SPRING)
    depart(cast, on=date(2026, 10, 31), member=cast.qinxiaoyan)
    set_parameter(
        actor=cast.actor("zhouhui"),
        unit=cast.liuhe,
        key="mobility.arrival.days",
        value="30",
        effective_from=date(2026, 10, 1),
        reason="路远",
    )
    assert due(cast.weizhiqiang)["arrival_report"] == date(2026, 3, 17)
    assert due(cast.qinxiaoyan)["arrival_report"] == date(2026, 11, 30)
    assert list(check()) == []


def test_a_case_keeps_the_version_in_which_it_began(cast: Cast) -> None:
    depart(cast, on=SPRING)
    set_parameter(
        actor=cast.actor("zhouhui"),
        unit=cast.town,
        key="mobility.arrival.days",
        value="30",
        effective_from=TODAY,
        reason="路远",
    )
    assert due(cast.weizhiqiang)["arrival_report"] == date(2026, 3, 17)


@act("people.see", facts=("sheets.batch.undone",))
def _undo(*, actor: Actor, member: Member, batch_id: UUID) -> None:
    """The fact alone, as the act of undoing a batch writes it."""
    member_for(actor=FOUNDER, permission="people.see", member_id=member.id)
    record("sheets.batch.undone", unit=member.unit, subject_id=member.unit_id, batch=str(batch_id))


@pytest.fixture
def batch(cast: Cast) -> Callable[[], None]:
    """Write the departure of 韦志强 as part of a batch."""

    def leave() -> None:
        @act("people.see", facts=("mobility.departure.reported",))
        def whole(*, actor: Actor) -> None:
            member_for(actor=FOUNDER, permission="people.see", member_id=cast.weizhiqiang.id)
            current().batch_id = cast.town.id
            depart(cast, on=SPRING)

        whole(actor=FOUNDER)

    return leave


def test_the_facts_of_an_undone_batch_are_void(cast: Cast, batch: Callable[[], None]) -> None:
    batch()
    call(cast, on=date(2026, 4, 1))
    assert "contact_quarterly" in due(cast.weizhiqiang)
    _undo(actor=FOUNDER, member=cast.weizhiqiang, batch_id=cast.town.id)
    assert due(cast.weizhiqiang) == {}
    assert list(check()) == []
    assert rebuild() == 0


def test_a_refused_act_leaves_no_standing(cast: Cast) -> None:
    with pytest.raises(DomainError):
        depart(cast, departed_on="1900-01-01")
    assert not Standing.objects.exists()


@act("people.add", facts=("people.member.added", "mobility.absence.recorded", "contact.logged"))
def _roster(*, actor: Actor, unit_id: UUID, count: int) -> list[Member]:
    """So many members come in with a roster that says they are away, and has more to say of the last one."""
    members = add_members(actor=actor, rows=[(unit_id, {"name": f"柳河{number}"}) for number in range(count)])
    for member in members:
        record("mobility.absence.recorded", member=member, departed_on="2025-03")
    current().flush()
    record("contact.logged", member=members[-1], on=date(2026, 8, 31), reached=True)
    return members


def test_thousands_of_new_members_away_are_folded_without_asking_the_database(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as few:
        _roster(actor=FOUNDER, unit_id=cast.liuhe.id, count=2)
    with CaptureQueriesContext(connection) as many:
        members = _roster(actor=FOUNDER, unit_id=cast.liuhe.id, count=40)
    read = [
        sum("SELECT" in query["sql"] and "ledger_fact" in query["sql"] for query in queries)
        for queries in (few, many)
    ]
    # Only of the one who had been folded already: which batches are void, and his facts.
    assert read == [2, 2]
    assert Standing.objects.filter(duty="contact_quarterly").count() == 42
    assert due(members[-1])["contact_quarterly"] == date(2026, 12, 31)
    assert list(check()) == []


def test_a_member_taken_away_has_no_standing(cast: Cast) -> None:
    (member,) = many_leave(cast, 1)
    assert due(member)
    remove_members(actor=FOUNDER, member_ids=[member.id])
    assert not Standing.objects.exists()
    assert list(check()) == []


def test_more_about_an_absence_that_is_over_takes_nobody_away(cast: Cast) -> None:
    past = {"departed_on": "2024-03", "returned_on": "2025-01", "destination": "广东深圳"}
    for row in (past, {**past, "host_employer": "电子厂"}):
        record_absences(actor=FOUNDER, rows=[(cast.weizhiqiang, row)])
    assert due(cast.weizhiqiang) == {}
    assert list(check()) == []


def test_check_names_each_member_who_differs(cast: Cast) -> None:
    depart(cast, on=SPRING)
    depart(cast, member=cast.qinxiaoyan)
    assert list(check()) == []
    Standing.objects.filter(member=cast.weizhiqiang, duty="decision").update(due_on=TODAY)
    Standing.objects.filter(member=cast.qinxiaoyan).delete()
    differences = {difference.member_id: difference for difference in check()}
    assert differences.keys() == {cast.weizhiqiang.id, cast.qinxiaoyan.id}
    assert differences[cast.qinxiaoyan.id].kept == ()
    changed = set(differences[cast.weizhiqiang.id].kept) ^ set(differences[cast.weizhiqiang.id].rebuilt)
    assert {line.duty for line in changed} == {"decision"}
    assert rebuild() == 8
    assert list(check()) == []


def test_what_stands_does_not_change_with_the_day(cast: Cast) -> None:
    depart(cast, on=SPRING)
    with clock.set_to(date(2029, 1, 1)):
        assert list(check()) == []
