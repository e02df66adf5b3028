"""merge_units and dissolve_unit: who goes where, which roles end, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import FOUNDER, TODAY, Cast
from yanzhen.access.models import Appointment
from yanzhen.contact.models import ContactPerson
from yanzhen.duties.services import check
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.org.models import UnitKind
from yanzhen.org.services import found_root, found_unit
from yanzhen.people.queries import members
from yanzhen.reorganization.services import dissolve_unit, merge_units

pytestmark = pytest.mark.django_db


def test_members_groups_and_contact_persons_go_over(cast_away: Cast) -> None:
    officer = cast_away.actor("zhouhui")
    group = found_unit(actor=officer, parent_id=cast_away.qingshi.id, name="一组", kind=UnitKind.GROUP)
    into = merge_units(
        actor=officer,
        unit_id=cast_away.qingshi.id,
        into_id=cast_away.liuhe.id,
        on=TODAY - timedelta(days=1),
        reason="村合并",
    )
    for member in (cast_away.weizhiqiang, cast_away.huangxiulan):
        member.refresh_from_db()
        assert (member.unit_id, member.path) == (into.id, into.path)
    assert Absence.objects.get(member=cast_away.weizhiqiang).path == into.path
    assert ContactPerson.objects.get().path == into.path
    group.refresh_from_db()
    assert (group.parent_id, group.path) == (into.id, into.path + "0001")
    cast_away.qingshi.refresh_from_db()
    assert cast_away.qingshi.ended_on == TODAY - timedelta(days=1)
    assert list(check()) == []


def test_the_facts_of_a_merger(cast_away: Cast) -> None:
    merge_units(actor=cast_away.actor("zhouhui"), unit_id=cast_away.qingshi.id, into_id=cast_away.liuhe.id)
    (merged,) = tell(Fact.objects.filter(kind="org.unit.merged"))
    assert merged.sentence == "周慧把“青石村党支部”并入“柳河村党支部”，2 名党员一同转入"
    moved = Fact.objects.filter(kind="people.member.moved")
    assert {(fact.member_id, fact.path, fact.data["to_unit"]) for fact in moved} == {
        (member.id, cast_away.liuhe.path, str(cast_away.liuhe.id))
        for member in (cast_away.weizhiqiang, cast_away.huangxiulan)
    }
    assert tell(moved)[0].sentence == "周慧把党员从“青石村党支部”转到“柳河村党支部”"


def test_the_secretary_of_the_merged_ends_and_its_contact_persons_go_on(cast_away: Cast) -> None:
    merge_units(actor=cast_away.actor("zhouhui"), unit_id=cast_away.qingshi.id, into_id=cast_away.liuhe.id)
    assert cast_away.actor("shilei").grants == ()
    assert Appointment.objects.get(role="contact_person").unit_id == cast_away.liuhe.id
    assert [one.name for one in members(actor=cast_away.actor("lufang"))] == ["韦志强"]
    assert members(actor=cast_away.actor("liuqing")).count() == 3
    assert Fact.objects.filter(kind="accounts.appointment.ended").count() == 1


def test_mergers_that_cannot_be(cast_away: Cast) -> None:
    officer, qingshi, liuhe = cast_away.actor("zhouhui"), cast_away.qingshi.id, cast_away.liuhe.id
    elsewhere = found_root(actor=FOUNDER, name="白水镇党委")
    with pytest.raises(NotFound):
        merge_units(actor=officer, unit_id=qingshi, into_id=elsewhere.id)
    with pytest.raises((NotFound, NotPermitted)):
        merge_units(actor=cast_away.actor("shilei"), unit_id=qingshi, into_id=liuhe)
    for into in (qingshi, cast_away.qingshi.id):
        with pytest.raises(DomainError):
            merge_units(actor=officer, unit_id=qingshi, into_id=into)
    for parent in (qingshi, liuhe):
        found_unit(actor=officer, parent_id=parent, name="一组", kind=UnitKind.GROUP)
    with pytest.raises(DomainError, match="一组"):
        merge_units(actor=officer, unit_id=qingshi, into_id=liuhe)
    assert not Fact.objects.filter(kind__in=("org.unit.merged", "people.member.moved")).exists()


def test_a_unit_merges_once(cast_away: Cast) -> None:
    officer = cast_away.actor("zhouhui")
    merge_units(actor=officer, unit_id=cast_away.qingshi.id, into_id=cast_away.liuhe.id)
    with pytest.raises(Conflict):
        merge_units(actor=officer, unit_id=cast_away.qingshi.id, into_id=cast_away.town.id)
    with pytest.raises(DomainError):
        merge_units(actor=officer, unit_id=cast_away.liuhe.id, into_id=cast_away.qingshi.id)


def test_an_empty_unit_ends_with_its_roles(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    with pytest.raises(DomainError, match="还有党员"):
        dissolve_unit(actor=officer, unit_id=cast.liuhe.id, reason="撤村")
    merge_units(actor=officer, unit_id=cast.liuhe.id, into_id=cast.qingshi.id)
    empty = found_unit(actor=officer, parent_id=cast.town.id, name="旧村党支部", kind=UnitKind.BRANCH)
    with pytest.raises(DomainError) as refused:
        dissolve_unit(actor=officer, unit_id=empty.id, reason=" ")
    assert refused.value.field == "reason"
    for _twice in range(2):
        assert dissolve_unit(actor=officer, unit_id=empty.id, reason="撤村").ended_on == TODAY
    assert [entry.sentence for entry in tell(Fact.objects.filter(kind="org.unit.ended"))] == [
        "周慧撤销“旧村党支部”，理由：撤村"
    ]
    with pytest.raises(DomainError):
        dissolve_unit(actor=FOUNDER, unit_id=cast.town.id, reason="撤镇")


def test_nothing_ends_before_it_was_there(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    fresh = found_unit(actor=officer, parent_id=cast.town.id, name="新党支部", kind=UnitKind.BRANCH)
    before = TODAY - timedelta(days=1)
    with pytest.raises(DomainError, match="2026-11-23 登记的") as refusal:
        merge_units(actor=officer, unit_id=fresh.id, into_id=cast.qingshi.id, on=before)
    assert refusal.value.field == "on"
    with pytest.raises(DomainError, match="2026-11-23 登记的"):
        dissolve_unit(actor=officer, unit_id=fresh.id, on=before, reason="撤村")
    fresh.refresh_from_db()
    assert fresh.ended_on is None
