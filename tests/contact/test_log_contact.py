"""log_contact: one contact with a member, or one attempt."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast
from yanzhen.contact.models import Contact
from yanzhen.contact.services import log_contact
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def log(cast: Cast, by: str = "shilei", on: date = DAY, means: str = "phone", **more: Any) -> Contact:
    return log_contact(actor=cast.actor(by), member_id=cast.huangxiulan.id, on=on, means=means, **more)


def facts(cast: Cast) -> list[Fact]:
    return list(Fact.objects.filter(member_id=cast.huangxiulan.id, kind="contact.logged").order_by("id"))


def test_effect(cast: Cast) -> None:
    contact = log(cast, note="想参加线上组织生活")
    kept = Contact.objects.get(member=cast.huangxiulan)
    assert (kept.id, kept.on, kept.means, kept.reached) == (contact.id, "2026-11-20", "phone", True)
    assert (kept.by_name, kept.path) == ("石磊", cast.qingshi.path)
    assert "组织生活" not in kept.note_sealed


def test_fact(cast: Cast) -> None:
    log(cast, note="想参加线上组织生活")
    log(cast, means="wechat", reached=False)
    first, second = tell(facts(cast))
    assert first.sentence == "石磊打电话联系上了本人：想参加线上组织生活"
    assert second.sentence == "石磊发微信联系，没有联系上"
    assert "note" not in first.fact.data
    assert (first.fact.on, first.fact.data["reached"], second.fact.data["reached"]) == (DAY, True, False)


def test_the_same_contact_twice_is_one(cast: Cast) -> None:
    first = log(cast, note="安好")
    assert log(cast, note=" 安好 ").id == first.id
    assert len(facts(cast)) == 1


@pytest.mark.parametrize(
    "other", [{"note": "换了工作"}, {"means": "visit"}, {"reached": False}, {"by": "zhouhui"}]
)
def test_another_contact_on_that_day_is_another(cast: Cast, other: dict[str, Any]) -> None:
    log(cast, note="安好")
    log(cast, **{"note": "安好", **other})
    assert len(facts(cast)) == 2


@pytest.mark.parametrize(
    ("wrong", "field"), [({"on": date(2026, 11, 24)}, "on"), ({"means": "telegram"}, "means")]
)
def test_refusals(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        log(cast, **wrong)
    assert refused.value.field == field
    assert not facts(cast)


def test_scope(cast: Cast) -> None:
    with pytest.raises(NotFound):
        log(cast, by="liuqing")
    with pytest.raises(NotPermitted):
        log(cast, by="guming")
    assert not facts(cast)
