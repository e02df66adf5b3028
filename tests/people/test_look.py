"""look, unmask and the timeline: who saw what of whom, and what the member reads of it."""

from datetime import date

import pytest

from tests.cast import Cast
from yanzhen.kernel import clock
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.people import timeline as timelines
from yanzhen.people.services import change_member, look, unmask
from yanzhen.people.timeline import timeline

pytestmark = pytest.mark.django_db


def sentences(cast: Cast, username: str) -> list[str]:
    return [entry.sentence for entry in timeline(actor=cast.actor(username), member_id=cast.weizhiqiang.id)]


def test_a_look_is_kept_once_a_day_for_each_who_did(cast: Cast) -> None:
    for username in ("shilei", "shilei", "zhouhui"):
        assert look(actor=cast.actor(username), member_id=cast.weizhiqiang.id) == cast.weizhiqiang
    assert Fact.objects.filter(kind="people.member.seen").count() == 2
    with clock.set_to(date(2026, 11, 24)):
        look(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id)
    assert Fact.objects.filter(kind="people.member.seen").count() == 3


def test_looking_at_oneself_is_nobodys_business(cast: Cast) -> None:
    look(actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id)
    assert not Fact.objects.filter(kind="people.member.seen").exists()


def test_the_member_reads_who_looked(cast: Cast) -> None:
    look(actor=cast.actor("guming"), member_id=cast.weizhiqiang.id)
    assert sentences(cast, "weizhiqiang")[0] == "顾明查看了党员信息"


def test_nobody_looks_across_branches(cast: Cast) -> None:
    with pytest.raises(NotFound):
        look(actor=cast.actor("liuqing"), member_id=cast.weizhiqiang.id)
    with pytest.raises(NotFound):
        look(actor=cast.actor("weizhiqiang"), member_id=cast.huangxiulan.id)
    with pytest.raises(NotFound):
        timeline(actor=cast.actor("lufang"), member_id=cast.weizhiqiang.id)


@pytest.mark.parametrize(
    ("field", "full"), [("id_number", "522699198503071236"), ("home_address", "云岭县青禾镇青石村3组")]
)
def test_a_full_value_is_shown_for_a_reason_that_the_member_reads(cast: Cast, field: str, full: str) -> None:
    shown = unmask(
        actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id, field=field, reason=" 核对证件 "
    )
    assert shown == full
    fact = Fact.objects.get(kind="people.field.unmasked")
    assert fact.data["field"] == field
    assert "核对" not in str(fact.data) + fact.secret
    assert sentences(cast, "weizhiqiang")[0].endswith("，理由：核对证件")


@pytest.mark.parametrize(("field", "reason"), [("phone", " "), ("name", "核对"), ("nonsense", "核对")])
def test_no_reason_or_nothing_hidden_shows_nothing(cast: Cast, field: str, reason: str) -> None:
    with pytest.raises(DomainError):
        unmask(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id, field=field, reason=reason)
    assert not Fact.objects.filter(kind="people.field.unmasked").exists()


def test_an_inspector_sees_no_full_numbers(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        unmask(actor=cast.actor("guming"), member_id=cast.weizhiqiang.id, field="phone", reason="核对")
    with pytest.raises(NotFound):
        unmask(actor=cast.actor("liuqing"), member_id=cast.weizhiqiang.id, field="phone", reason="核对")


def test_the_timeline_is_newest_first_and_paged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timelines, "PAGE", 2)
    for employer in ("甲厂", "乙厂"):
        change_member(
            actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id, values={"employer": employer}
        )
    shilei = cast.actor("shilei")
    pages = [timeline(actor=shilei, member_id=cast.weizhiqiang.id, page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 0]
    kinds = [entry.fact.kind for page in pages for entry in page]
    assert kinds == ["people.member.changed"] * 2 + ["people.account.linked", "people.member.added"]
