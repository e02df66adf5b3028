"""The lists under their chips: the same people on both, and only those whom the chip says."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from yanzhen.contact.services import log_contact
from yanzhen.kernel import clock
from yanzhen.mobility.services import report_arrival
from yanzhen.oversight.lists import away, bases_borne, chosen_members, with_absence
from yanzhen.people.models import Basis
from yanzhen.people.queries import members
from yanzhen.people.responsibility import set_responsible


def shown(cast: Cast, username: str, chip: str) -> tuple[set[str], set[str]]:
    """The names on the list of members and on the list of those away."""
    actor = cast.actor(username)
    listed = with_absence(chosen_members(members(actor=actor), chip))
    return {it.name for it in listed}, {it.member.name for it in away(actor=actor, chip=chip)}


@pytest.mark.parametrize(
    ("chip", "names"),
    [("away", {"韦志强", "覃小燕"}), ("unclear", {"覃小燕"}), ("alone", {"覃小燕"})],
)
def test_a_chip_shows_the_same_people_on_both_lists(cast_away: Cast, chip: str, names: set[str]) -> None:
    assert shown(cast_away, "zhouhui", chip) == (names, names)


def test_whereabouts_once_told_are_clear(cast_away: Cast) -> None:
    report_arrival(
        actor=cast_away.actor("liuqing"),
        member_id=cast_away.qinxiaoyan.id,
        destination="浙江省宁波市",
        address="镇海区的工地",
        phone="19900000003",
        arrived_on=clock.today(),
    )
    assert shown(cast_away, "zhouhui", "unclear") == (set(), set())


def test_late_are_those_whose_contact_is_overdue(cast_away: Cast) -> None:
    assert shown(cast_away, "zhouhui", "late") == ({"韦志强", "覃小燕"}, {"韦志强", "覃小燕"})
    log_contact(
        actor=cast_away.actor("lufang"), member_id=cast_away.weizhiqiang.id, on=clock.today(), means="phone"
    )
    assert shown(cast_away, "zhouhui", "late") == ({"覃小燕"}, {"覃小燕"})


def test_a_chip_that_is_none_narrows_nothing_and_scope_holds(cast_away: Cast) -> None:
    assert shown(cast_away, "shilei", "nothing") == ({"韦志强", "黄秀兰"}, {"韦志强"})
    assert shown(cast_away, "liuqing", "away") == ({"覃小燕"}, {"覃小燕"})


def test_a_basis_is_borne_where_the_actor_sees_a_member_by_it(cast: Cast) -> None:
    officer, member = cast.actor("zhouhui"), cast.huangxiulan
    assert bases_borne(actor=officer) == []
    set_responsible(actor=officer, member_id=member.id, basis="residence", reason="住在青石村")
    assert bases_borne(actor=officer) == bases_borne(actor=cast.actor("shilei")) == [Basis.RESIDENCE]
    assert bases_borne(actor=cast.actor("liuqing")) == bases_borne(actor=cast.actor("weizhiqiang")) == []
    assert shown(cast, "zhouhui", "residence")[0] == {"黄秀兰"}
    set_responsible(actor=officer, member_id=member.id, basis="relation")
    assert bases_borne(actor=officer) == []
