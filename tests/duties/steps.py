"""What happens to the cast in the tests of duties and figures, each by its act."""

from __future__ import annotations

from datetime import date

from tests.cast import TODAY, Cast
from yanzhen.contact.services import assign, log_contact, name_contact_person
from yanzhen.kernel import clock
from yanzhen.mobility.services import report_arrival, report_departure
from yanzhen.people.models import Member
from yanzhen.people.services import add_members


def depart(cast: Cast, *, on: date = TODAY, departed_on: str = "", member: Member | None = None) -> None:
    """A member leaves, 韦志强 where nobody is named; the officer writes it down on `on`."""
    officer = cast.actor("zhouhui")
    with clock.set_to(on):
        report_departure(
            actor=officer,
            member_id=(member or cast.weizhiqiang).id,
            departed_on=departed_on or on.isoformat(),
            reason="务工",
            destination="浙江杭州",
        )


def keep(cast: Cast) -> None:
    """陆芳 becomes the contact person of 韦志强."""
    secretary = cast.actor("shilei")
    person = name_contact_person(
        actor=secretary, unit_id=cast.qingshi.id, name="陆芳", account_id=cast.account("lufang").id
    )
    assign(actor=secretary, member_id=cast.weizhiqiang.id, person_id=person.id)


def arrive(cast: Cast, *, on: date = TODAY) -> None:
    """韦志强 reports where he lives."""
    himself = cast.actor("weizhiqiang")
    with clock.set_to(on):
        report_arrival(
            actor=himself,
            member_id=cast.weizhiqiang.id,
            destination="浙江杭州",
            address="滨江区长河街道1号",
            phone="19900000011",
            arrived_on=on,
        )


def call(cast: Cast, *, on: date = TODAY, reached: bool = True, member: Member | None = None) -> None:
    """The officer calls a member, 韦志强 where nobody is named."""
    officer = cast.actor("zhouhui")
    with clock.set_to(on):
        log_contact(
            actor=officer,
            member_id=(member or cast.weizhiqiang).id,
            on=on,
            means="phone",
            reached=reached,
        )


def many_leave(cast: Cast, count: int, *, on: date = TODAY) -> list[Member]:
    """So many more members of 青石村, all away since `on`."""
    officer = cast.actor("zhouhui")
    rows = [(cast.qingshi.id, {"name": f"青石{number}"}) for number in range(count)]
    added = add_members(actor=officer, rows=rows)
    for member in added:
        depart(cast, on=on, member=member)
    return added
