"""require, permits, visible: each role's reach, and the difference between "may not" and "is not there"."""

import pytest
from django.db.models import Q

from tests.cast import FOUNDER, Cast
from yanzhen.access.checks import collecting, declare_public, permits, require, visible
from yanzhen.kernel.errors import NotFound, NotPermitted
from yanzhen.org.models import Unit
from yanzhen.people.models import Member, SearchTerm

pytestmark = pytest.mark.django_db

WHO_SEES_WHOM = {
    "zhouhui": {"韦志强", "黄秀兰", "覃小燕"},
    "guming": {"韦志强", "黄秀兰", "覃小燕"},
    "shilei": {"韦志强", "黄秀兰"},
    "liuqing": {"覃小燕"},
    "lufang": {"韦志强"},
    "weizhiqiang": {"韦志强"},
}


@pytest.mark.parametrize("username", WHO_SEES_WHOM)
def test_who_sees_whom(cast_away: Cast, username: str) -> None:
    """One by one, in a list, and through a row that belongs to the member: the three agree."""
    actor, seen = cast_away.actor(username), WHO_SEES_WHOM[username]
    everybody = Member.objects.all()
    assert {member.name for member in everybody if permits(actor, "people.see", member=member)} == seen
    assert {member.name for member in everybody.filter(visible(actor, "people.see"))} == seen
    terms = SearchTerm.objects.filter(visible(actor, "people.see", member="member__"))
    assert set(terms.values_list("member__name", flat=True)) == seen


@pytest.mark.parametrize(
    ("username", "units"), [("zhouhui", 3), ("guming", 3), ("shilei", 1), ("lufang", 0), ("weizhiqiang", 0)]
)
def test_units_are_seen_by_those_who_hold_a_role_over_them(cast: Cast, username: str, units: int) -> None:
    assert Unit.objects.filter(visible(cast.actor(username), "org.see", member=None)).count() == units


def test_what_one_sees_and_may_not_do_is_told_from_what_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotPermitted, match="登记党员"):
        require(cast.actor("guming"), "people.add", unit=cast.qingshi)
    for username, member in (("liuqing", cast.weizhiqiang), ("weizhiqiang", cast.huangxiulan)):
        with pytest.raises(NotFound):
            require(cast.actor(username), "people.change", member=member)
    with pytest.raises(NotPermitted):
        require(cast.actor("weizhiqiang"), "people.change", member=cast.weizhiqiang)


def test_the_unit_above_is_not_ones_own(cast: Cast) -> None:
    with pytest.raises(NotFound):
        require(cast.actor("shilei"), "people.see", unit=cast.town)


def test_a_member_role_and_a_contact_person_reach_no_unit(cast: Cast) -> None:
    for username in ("weizhiqiang", "lufang"):
        assert not permits(cast.actor(username), "people.see", unit=cast.qingshi)


def test_a_system_actor_may_everywhere(cast: Cast) -> None:
    require(FOUNDER, "people.add", unit=cast.liuhe)
    assert visible(FOUNDER, "people.see") == Q()


def test_an_undeclared_permission_raises(cast: Cast) -> None:
    with pytest.raises(LookupError):
        require(FOUNDER, "people.fly", unit=cast.town)
    with pytest.raises(LookupError):
        permits(FOUNDER, "people.fly", unit=cast.town)
    with pytest.raises(LookupError):
        visible(FOUNDER, "people.fly")
    with pytest.raises(TypeError):
        require(FOUNDER, "people.see")


def test_every_answer_leaves_a_trace(cast: Cast) -> None:
    actor = cast.actor("shilei")
    with collecting() as asked:
        assert asked.permissions == set()
        require(actor, "people.change", member=cast.huangxiulan)
        with collecting() as inner:
            visible(actor, "people.see")
        declare_public()
        permits(actor, "people.add", unit=cast.qingshi)
    assert inner.permissions == {"people.see"}
    assert asked.permissions == {"people.change", "people.see", ""}
    assert asked.cover(cast.qingshi.path, cast.huangxiulan.id)
    assert not asked.cover(cast.qingshi.path, cast.weizhiqiang.id)
    with collecting() as on_unit:
        require(actor, "people.change", unit=cast.qingshi)
    assert on_unit.cover(cast.qingshi.path + "0001", None)
    assert not on_unit.cover(cast.liuhe.path, None)
    assert not on_unit.cover(cast.town.path, None)
