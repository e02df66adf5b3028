"""set_responsible and the basis of a move: which unit is responsible for a member, why and since when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import redact
from yanzhen.org.models import UnitKind
from yanzhen.people.models import Basis, Member
from yanzhen.people.responsibility import Responsible, responsible, set_responsible
from yanzhen.reorganization.services import merge_units, move_members, split_unit

pytestmark = pytest.mark.django_db

WHY = "在柳河产业园上班"


def told(cast: Cast, member: Member, who: str = "zhouhui") -> Responsible:
    return responsible(actor=cast.actor(who), member_id=member.id)


def test_the_affiliation_is_the_basis_until_another_is_set(cast: Cast) -> None:
    member = cast.weizhiqiang
    assert told(cast, member) == Responsible(Basis.RELATION, None, "")
    since = TODAY - timedelta(days=3)
    set_responsible(
        actor=cast.actor("zhouhui"), member_id=member.id, basis="employer", reason=f" {WHY} ", on=since
    )
    for who in ("zhouhui", "shilei", "weizhiqiang", "guming"):
        assert told(cast, member, who) == Responsible(Basis.EMPLOYER, since, WHY)
    (fact,) = Fact.objects.filter(kind="people.responsible.set")
    assert (fact.on, fact.member_id) == (since, member.id)
    assert WHY not in str(fact.data)
    assert tell([fact])[0].sentence == (
        f"周慧定下2026年11月20日起由“青石村党支部”管，依据：条：按工作单位，理由：{WHY}"
    )


def test_the_same_again_writes_nothing(cast: Cast) -> None:
    officer, member = cast.actor("zhouhui"), cast.weizhiqiang
    for basis, reason in (("relation", ""), ("residence", WHY)):
        before = Fact.objects.filter(kind="people.responsible.set").count()
        for _twice in range(2):
            set_responsible(actor=officer, member_id=member.id, basis=basis, reason=reason)
        assert Fact.objects.filter(kind="people.responsible.set").count() == before + 1


@pytest.mark.parametrize(
    ("basis", "reason", "on", "field"),
    [
        ("points", "", TODAY, "basis"),
        ("residence", " ", TODAY, "reason"),
        ("relation", "", date(2026, 11, 24), "on"),
    ],
)
def test_what_is_refused(cast: Cast, basis: str, reason: str, on: date, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        set_responsible(
            actor=cast.actor("zhouhui"), member_id=cast.weizhiqiang.id, basis=basis, reason=reason, on=on
        )
    assert refused.value.field == field


@pytest.mark.parametrize(("who", "why"), [("shilei", NotPermitted), ("liuqing", NotFound)])
def test_only_the_officer_sets_it(cast: Cast, who: str, why: type[DomainError]) -> None:
    with pytest.raises(why):
        set_responsible(actor=cast.actor(who), member_id=cast.weizhiqiang.id, basis="relation")


def test_a_move_says_why_the_other_unit_is_responsible(cast: Cast) -> None:
    officer, member = cast.actor("zhouhui"), cast.weizhiqiang
    with pytest.raises(DomainError) as refused:
        move_members(actor=officer, member_ids=[member.id], to_id=cast.liuhe.id, basis="employer")
    assert refused.value.field == "reason"
    move_members(
        actor=officer, member_ids=[member.id], to_id=cast.liuhe.id, basis="employer", reason=WHY, on=TODAY
    )
    assert told(cast, member) == Responsible(Basis.EMPLOYER, TODAY, WHY)
    (moved,) = tell(Fact.objects.filter(kind="people.member.moved"))
    assert moved.sentence == (
        f"周慧把党员从“青石村党支部”转到“柳河村党支部”，依据：条：按工作单位，理由：{WHY}"
    )


def test_a_split_says_why_or_leaves_the_basis_as_it_was(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    given: dict[str, Any] = {"actor": officer, "unit_id": cast.qingshi.id, "kind": UnitKind.BRANCH}
    set_responsible(actor=officer, member_id=cast.huangxiulan.id, basis="residence", reason="住在新村")
    split_unit(**given, member_ids=[cast.huangxiulan.id], name="新村党支部")
    assert told(cast, cast.huangxiulan) == Responsible(Basis.RESIDENCE, TODAY, "住在新村")
    split_unit(
        **given, member_ids=[cast.weizhiqiang.id], name="园区党支部", basis="employer", reason=WHY, on=TODAY
    )
    assert told(cast, cast.weizhiqiang) == Responsible(Basis.EMPLOYER, TODAY, WHY)


def test_a_merger_leaves_the_basis_as_it_was(cast: Cast) -> None:
    officer, member = cast.actor("zhouhui"), cast.weizhiqiang
    set_responsible(actor=officer, member_id=member.id, basis="residence", reason="住在青石村")
    merge_units(actor=officer, unit_id=cast.qingshi.id, into_id=cast.liuhe.id)
    assert told(cast, member) == Responsible(Basis.RESIDENCE, TODAY, "住在青石村")


def test_a_reason_that_was_erased_is_not_told(cast: Cast) -> None:
    set_responsible(
        actor=cast.actor("zhouhui"), member_id=cast.weizhiqiang.id, basis="agreed", reason="上级来函"
    )
    redact(cast.weizhiqiang.id)
    assert told(cast, cast.weizhiqiang) == Responsible(Basis.AGREED, TODAY, "")


def test_the_pages(cast: Cast) -> None:
    client, member = Client(), cast.weizhiqiang
    client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    url = reverse("member_responsible", args=[member.id])
    page = client.get(reverse("member", args=[member.id])).content.decode()
    assert "依据：组织关系所在" in page
    assert url in page
    refused = client.post(url, {"basis": "employer", "on": TODAY.isoformat()})
    assert refused.status_code == 422
    assert "请写明为什么由这里管" in refused.content.decode()
    client.post(url, {"basis": "employer", "on": TODAY.isoformat(), "reason": WHY})
    page = client.get(reverse("member", args=[member.id])).content.decode()
    for said in ("依据：条：按工作单位", "2026年11月23日起", WHY):
        assert said in page
    listed = client.get(reverse("members"), {"f": "employer"}).content.decode()
    assert "韦志强" in listed
    assert "黄秀兰" not in listed
    assert "韦志强" not in client.get(reverse("away"), {"f": "employer"}).content.decode()
    move = reverse("unit_members", args=[cast.qingshi.id])
    given = {"members": [cast.huangxiulan.id], "to": cast.liuhe.id, "on": TODAY.isoformat(), "yes": "1"}
    refused = client.post(move, {**given, "basis": "residence"})
    assert refused.status_code == 422
    assert "请写明为什么由这里管" in refused.content.decode()
    client.post(move, {**given, "basis": "residence", "reason": "住在柳河村"})
    assert told(cast, cast.huangxiulan) == Responsible(Basis.RESIDENCE, TODAY, "住在柳河村")
