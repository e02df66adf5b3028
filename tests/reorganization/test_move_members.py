"""move_members and split_unit: members who belong to another unit from a day on, with all that is theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import FOUNDER, TODAY, Cast
from yanzhen.duties.models import Standing
from yanzhen.duties.services import check
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.kernel.ids import uuid7
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_root
from yanzhen.people.models import SearchTerm
from yanzhen.people.queries import member_for
from yanzhen.people.services import add_members
from yanzhen.reorganization.queries import preview_members
from yanzhen.reorganization.services import move_members, split_unit

pytestmark = pytest.mark.django_db


def test_a_member_goes_with_all_that_is_his(cast_away: Cast) -> None:
    officer, liuhe = cast_away.actor("zhouhui"), cast_away.liuhe
    member = cast_away.weizhiqiang
    assert move_members(actor=officer, member_ids=[member.id], to_id=liuhe.id, reason="迁居") == 1
    member.refresh_from_db()
    assert (member.unit_id, member.path) == (liuhe.id, liuhe.path)
    for rows in (
        SearchTerm.objects.filter(member=member),
        Standing.objects.filter(member=member),
        member.absences.all(),
        member.assignments.all(),
    ):
        assert set(rows.values_list("path", flat=True)) == {liuhe.path}
    assert list(check()) == []
    for who in ("liuqing", "lufang", "weizhiqiang"):
        assert member_for(actor=cast_away.actor(who), permission="people.see", member_id=member.id) == member
    with pytest.raises(NotFound):
        member_for(actor=cast_away.actor("shilei"), permission="people.see", member_id=member.id)


def test_the_reason_is_his_own_and_sealed(cast_away: Cast) -> None:
    move_members(
        actor=cast_away.actor("zhouhui"),
        member_ids=[cast_away.weizhiqiang.id],
        to_id=cast_away.liuhe.id,
        on=TODAY - timedelta(days=5),
        reason="家人患病",
    )
    fact = Fact.objects.get(kind="people.member.moved")
    assert "家人患病" not in str(fact.data)
    assert tell([fact])[0].sentence == "周慧把党员从“青石村党支部”转到“柳河村党支部”，理由：家人患病"
    assert (fact.on, fact.path) == (TODAY - timedelta(days=5), cast_away.liuhe.path)


def test_who_is_there_already_is_not_moved(cast: Cast) -> None:
    everybody = [cast.weizhiqiang.id, cast.qinxiaoyan.id]
    for moved in (1, 0):
        assert move_members(actor=cast.actor("zhouhui"), member_ids=everybody, to_id=cast.liuhe.id) == moved
    assert Fact.objects.filter(kind="people.member.moved").count() == 1


def test_moves_that_are_refused(cast: Cast) -> None:
    officer, key = cast.actor("zhouhui"), cast.weizhiqiang.id
    elsewhere = found_root(actor=FOUNDER, name="白水镇党委")
    with pytest.raises(NotFound):
        move_members(actor=officer, member_ids=[key], to_id=elsewhere.id)
    with pytest.raises((NotFound, NotPermitted)):
        move_members(actor=cast.actor("shilei"), member_ids=[key], to_id=cast.liuhe.id)
    for nobody in ([], [key, uuid7()]):
        with pytest.raises(DomainError):
            move_members(actor=officer, member_ids=nobody, to_id=cast.liuhe.id)
    with pytest.raises(DomainError):
        move_members(actor=officer, member_ids=[key], to_id=cast.liuhe.id, on=TODAY + timedelta(days=1))
    Unit.objects.filter(pk=cast.liuhe.pk).update(ended_on=TODAY)
    with pytest.raises(DomainError):
        move_members(actor=officer, member_ids=[key], to_id=cast.liuhe.id)


def test_many_cost_no_more_queries_than_one(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    rows = [(cast.liuhe.id, {"name": f"莫{chr(0x4E00 + n)}"}) for n in range(120)]
    keys = [member.id for member in add_members(actor=officer, rows=rows)]
    counts = []
    for some in (keys[:1], keys[1:]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            move_members(actor=officer, member_ids=some, to_id=cast.qingshi.id)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_unit_is_split(cast_away: Cast) -> None:
    officer, qingshi = cast_away.actor("zhouhui"), cast_away.qingshi
    shown = preview_members(actor=officer, unit_id=qingshi.id, member_ids=[cast_away.weizhiqiang.id])
    assert (shown.members, shown.names, shown.away) == (1, ["韦志强"], 1)
    new = split_unit(
        actor=officer,
        unit_id=qingshi.id,
        member_ids=[cast_away.weizhiqiang.id],
        name="青石新村党支部",
        kind=UnitKind.BRANCH,
        reason="便于管理",
    )
    assert new.parent_id == qingshi.parent_id
    cast_away.weizhiqiang.refresh_from_db()
    assert cast_away.weizhiqiang.unit_id == new.id
    (split,) = tell(Fact.objects.filter(kind="org.unit.split"))
    assert split.sentence == "周慧从“青石村党支部”分出“青石新村党支部”，1 名党员转入，理由：便于管理"
    assert list(check()) == []


def test_only_own_members_split_off(cast: Cast) -> None:
    for members in ([], [cast.qinxiaoyan.id]):
        with pytest.raises(DomainError) as refused:
            split_unit(
                actor=cast.actor("zhouhui"),
                unit_id=cast.qingshi.id,
                member_ids=members,
                name="新村党支部",
                kind=UnitKind.BRANCH,
            )
        assert refused.value.field == "members"
    with pytest.raises((NotFound, NotPermitted)):
        split_unit(
            actor=cast.actor("shilei"),
            unit_id=cast.qingshi.id,
            member_ids=[cast.weizhiqiang.id],
            name="新村党支部",
            kind=UnitKind.BRANCH,
        )
    assert Unit.objects.count() == 3
