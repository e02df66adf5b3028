"""The act wrapper: what it refuses, and that nothing stays behind of what it refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from tests.cast import Cast
from yanzhen.access.checks import require, visible
from yanzhen.access.errors import PermissionUnchecked
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.errors import (
    ChangeWithoutFact,
    FactOffGround,
    GroundNotHeld,
    NoActor,
    UndeclaredFact,
    WriteOutsideAct,
)
from yanzhen.ledger.facts import record
from yanzhen.ledger.guard import acts_only
from yanzhen.ledger.models import Fact, Seal
from yanzhen.org.services import end_unit
from yanzhen.people.models import Member
from yanzhen.people.services import change_member

pytestmark = pytest.mark.django_db
CHANGED = "people.member.changed"


def state() -> tuple[list[tuple[str, str]], int, int]:
    """Members' notes, facts and seals: what an act may change here."""
    notes = list(Member.objects.order_by("id").values_list("name", "note"))
    return notes, Fact.objects.count(), Seal.objects.count()


def test_no_actor_no_act(cast: Cast) -> None:
    call: Any = change_member  # as somebody without a type checker would
    for given in ({}, {"actor": None}, {"actor": "zhouhui"}):
        with pytest.raises(NoActor):
            call(member_id=cast.huangxiulan.id, values={"note": "x"}, **given)
    with pytest.raises(NoActor):
        call(cast.actor("zhouhui"), member_id=cast.huangxiulan.id, values={"note": "x"})


def test_permission_and_facts_must_be_declared(cast: Cast) -> None:
    @act("people.fly", facts=())
    def fly(*, actor: Actor) -> None: ...

    @act("people.change", facts=("people.flown",))
    def change(*, actor: Actor) -> None: ...

    for undeclared in (fly, change):
        with pytest.raises(LookupError):
            undeclared(actor=cast.actor("zhouhui"))


def test_an_act_must_ask_for_its_permission(cast: Cast) -> None:
    @act("people.change", facts=(CHANGED,))
    def forgets(*, actor: Actor) -> None:
        Member.objects.update(note="x")

    @act("people.change", facts=(CHANGED,))
    def asks_for_another(*, actor: Actor) -> None:
        require(actor, "people.see", unit=cast.town)
        Member.objects.update(note="x")
        record(CHANGED, member=cast.huangxiulan, what="备注")

    before = state()
    for careless in (forgets, asks_for_another):
        with pytest.raises(PermissionUnchecked):
            careless(actor=cast.actor("zhouhui"))
    assert state() == before


@pytest.mark.parametrize("way", ["save", "update", "bulk_create", "bulk_update", "delete"])
def test_a_change_without_a_fact_is_taken_back(cast: Cast, way: str) -> None:
    @act("people.change", facts=(CHANGED,))
    def silent(*, actor: Actor) -> None:
        require(actor, "people.change", unit=cast.town)
        member = cast.huangxiulan
        member.note = "x"
        if way == "save":
            member.save()
        elif way == "update":
            Member.objects.update(note="x")
        elif way == "bulk_create":
            Member.objects.bulk_create(
                [Member(name="林", name_key="lin", unit=cast.town, path=cast.town.path)]
            )
        elif way == "bulk_update":
            Member.objects.bulk_update([member], ["note"])
        else:
            Member.objects.filter(name="黄秀兰").delete()

    before = state()
    with pytest.raises(ChangeWithoutFact):
        silent(actor=cast.actor("zhouhui"))
    assert state() == before


def test_an_act_that_changes_nothing_writes_nothing(cast: Cast) -> None:
    @act("people.see", facts=(CHANGED,))
    def look_around(*, actor: Actor) -> int:
        return Member.objects.filter(visible(actor, "people.see")).count()

    before = state()
    assert look_around(actor=cast.actor("shilei")) == 2
    assert state() == before


def test_a_fact_must_be_one_of_the_acts_kinds(cast: Cast) -> None:
    @act("people.change", facts=(CHANGED,))
    def tells_another_story(*, actor: Actor) -> None:
        require(actor, "people.change", unit=cast.town)
        record("people.member.added", member=cast.huangxiulan, unit_name="x")

    with pytest.raises(UndeclaredFact):
        tells_another_story(actor=cast.actor("zhouhui"))


@pytest.mark.parametrize("asked", ["other unit", "other member"])
def test_a_fact_lies_on_ground_that_was_asked_for(cast: Cast, asked: str) -> None:
    @act("people.change", facts=(CHANGED,))
    def reaches_over(*, actor: Actor) -> None:
        if asked == "other unit":
            require(actor, "people.change", unit=cast.liuhe)
        else:
            require(actor, "people.change", member=cast.weizhiqiang)
        record(CHANGED, member=cast.huangxiulan, what="备注")

    before = state()
    with pytest.raises(FactOffGround):
        reaches_over(actor=cast.actor("zhouhui"))
    assert state() == before


def test_a_refusal_in_the_middle_takes_all_back(cast: Cast) -> None:
    @act("people.change", facts=(CHANGED,))
    def stumbles(*, actor: Actor) -> None:
        change_member(actor=actor, member_id=cast.huangxiulan.id, values={"note": "x"})
        require(actor, "people.change", unit=cast.liuhe)

    before = state()
    with pytest.raises(NotFound):
        stumbles(actor=cast.actor("shilei"))
    assert state() == before


def test_acts_inside_an_act_are_one_act(cast: Cast) -> None:
    @act("people.see", facts=("people.member.seen",))
    def outer(*, actor: Actor) -> None:
        require(actor, "people.see", unit=cast.town)
        for member in (cast.huangxiulan, cast.qinxiaoyan):
            change_member(actor=actor, member_id=member.id, values={"note": "x"})
        record("people.member.seen", member=cast.huangxiulan)

    seals = Seal.objects.count()
    outer(actor=cast.actor("zhouhui"))
    facts = list(Fact.objects.order_by("-id")[:3])
    assert len({fact.act_id for fact in facts}) == 1
    assert len({fact.at for fact in facts}) == 1
    assert Seal.objects.count() == seals + 1
    assert Seal.objects.get(act_id=facts[0].act_id).facts == 3


def test_what_an_inner_act_may_the_outer_may_not(cast: Cast) -> None:
    """The kinds and the ground of an inner act hold for that act alone."""

    @act("people.see", facts=("people.member.seen",))
    def borrows(*, actor: Actor) -> None:
        require(actor, "people.see", unit=cast.qingshi)
        change_member(actor=actor, member_id=cast.qinxiaoyan.id, values={"note": "x"})
        record("people.member.seen", member=cast.qinxiaoyan)

    @act("people.see", facts=("people.member.seen",))
    def changes_by_itself(*, actor: Actor) -> None:
        require(actor, "people.see", unit=cast.town)
        change_member(actor=actor, member_id=cast.qinxiaoyan.id, values={"note": "x"})
        record(CHANGED, member=cast.qinxiaoyan, what="备注")

    before = state()
    with pytest.raises(FactOffGround):
        borrows(actor=cast.actor("zhouhui"))
    with pytest.raises(UndeclaredFact):
        changes_by_itself(actor=cast.actor("zhouhui"))
    assert state() == before


def test_an_inner_act_must_ask_for_itself(cast: Cast) -> None:
    @act("people.change", facts=(CHANGED,))
    def inner(*, actor: Actor) -> None:
        record(CHANGED, member=cast.huangxiulan, what="备注")

    @act("people.change", facts=(CHANGED,))
    def outer(*, actor: Actor) -> None:
        require(actor, "people.change", unit=cast.town)
        inner(actor=actor)

    before = state()
    with pytest.raises(FactOffGround):
        outer(actor=cast.actor("zhouhui"))
    assert state() == before


def test_facts_are_written_inside_acts_only(cast: Cast) -> None:
    for outside in (current, lambda: record(CHANGED, member=cast.huangxiulan)):
        with pytest.raises(LookupError):
            outside()


def test_a_request_writes_inside_acts_only(cast: Cast) -> None:
    with acts_only():
        with pytest.raises(WriteOutsideAct), transaction.atomic():
            Member.objects.update(note="x")
        change_member(actor=cast.actor("zhouhui"), member_id=cast.huangxiulan.id, values={"note": "x"})
    assert Member.objects.filter(note="x").count() == 1


def test_what_runs_alone_is_not_called_by_what_does_not(cast: Cast) -> None:
    @act("org.change", facts=("org.unit.ended",))
    def outer(*, actor: Actor) -> None:
        end_unit(actor=actor, unit_id=cast.liuhe.id)

    before = state()
    with pytest.raises(GroundNotHeld):
        outer(actor=cast.actor("zhouhui"))
    assert state() == before
