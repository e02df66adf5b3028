"""register: one member, however often the form is sent; and who may be there already is asked about."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from yanzhen.kernel.errors import Conflict, NotFound, NotPermitted
from yanzhen.kernel.ids import uuid7
from yanzhen.ledger.models import Fact
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.services import add_member
from yanzhen.reorganization.registering import RegisteredAlready, register
from yanzhen.reorganization.rules import Why

pytestmark = pytest.mark.django_db

ZHANG: dict[str, Value] = {"name": "张小禾", "birth_on": "1990-05-04", "phone": "19900000041"}


@pytest.fixture
def zhang(cast: Cast) -> Member:
    return add_member(actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, values=ZHANG)


def test_the_same_form_sent_twice_is_one_member(cast: Cast) -> None:
    since, actor = uuid7(), cast.actor("shilei")
    first = register(actor=actor, unit_id=cast.qingshi.id, values=ZHANG, since=since)
    facts = Fact.objects.count()
    again = register(actor=actor, unit_id=cast.qingshi.id, values={**ZHANG, "employer": ""}, since=since)
    assert again.id == first.id
    assert Fact.objects.get(member_id=first.id).kind == "people.member.added"
    assert Fact.objects.count() == facts
    other = register(
        actor=actor, unit_id=cast.qingshi.id, values={**ZHANG, "age": 36}, since=since, anyway=True
    )
    assert other.id != first.id


def test_a_form_opened_later_asks(cast: Cast, zhang: Member) -> None:
    with pytest.raises(RegisteredAlready) as asked:
        register(actor=cast.actor("shilei"), unit_id=cast.qingshi.id, values=ZHANG, since=uuid7())
    assert asked.value.may_be_new
    (it,) = asked.value.people
    assert (it.member, it.reasons) == (zhang, (Why.BIRTH, Why.PHONE, Why.READING))
    assert Member.objects.filter(name="张小禾").count() == 1
    register(actor=cast.actor("shilei"), unit_id=cast.qingshi.id, values=ZHANG, since=uuid7(), anyway=True)
    assert Member.objects.filter(name="张小禾").count() == 2


@pytest.mark.parametrize(
    "values",
    [
        {"name": "张小禾", "birth_on": "1991-01", "gender": "male"},
        {"name": "张大禾", "birth_on": "1990-05-04"},
    ],
)
def test_somebody_else_is_not_asked_about(cast: Cast, zhang: Member, values: dict[str, Value]) -> None:
    assert register(actor=cast.actor("zhouhui"), unit_id=cast.liuhe.id, values=values).unit == cast.liuhe


def test_nothing_is_said_of_members_out_of_sight(cast: Cast, zhang: Member) -> None:
    added = register(actor=cast.actor("liuqing"), unit_id=cast.liuhe.id, values=ZHANG)
    assert added.id != zhang.id
    with pytest.raises(Conflict) as refused:
        register(
            actor=cast.actor("liuqing"),
            unit_id=cast.liuhe.id,
            values={"name": "韦志强", "id_number": "522699198503071236"},
        )
    assert not isinstance(refused.value, RegisteredAlready)
    assert "韦志强" not in refused.value.sentence


def test_an_id_number_in_sight_is_named_and_never_registered_again(cast: Cast) -> None:
    with pytest.raises(RegisteredAlready) as refused:
        register(
            actor=cast.actor("zhouhui"),
            unit_id=cast.liuhe.id,
            values={"name": "韦志", "id_number": "522699198503071236"},
            anyway=True,
        )
    assert (refused.value.field, refused.value.may_be_new) == ("id_number", False)
    assert [it.member for it in refused.value.people] == [cast.weizhiqiang]


def test_only_where_one_may(cast: Cast) -> None:
    with pytest.raises(NotFound):
        register(actor=cast.actor("liuqing"), unit_id=cast.qingshi.id, values=ZHANG)
    with pytest.raises(NotPermitted):
        register(actor=cast.actor("guming"), unit_id=cast.qingshi.id, values=ZHANG)


def test_the_page_asks_once_links_and_loses_nothing(cast: Cast, zhang: Member, client: Client) -> None:
    client.force_login(cast.account("shilei"), "django.contrib.auth.backends.ModelBackend")
    url = reverse("member_add")
    opened = client.get(url).context["choice"]["since"].value()
    sent = {**ZHANG, "unit": str(cast.qingshi.id), "since": str(opened), "note": "刚从外地回来"}
    asked = client.post(url, sent)
    page = asked.content.decode()
    assert asked.status_code == 422
    for told in (reverse("member", args=[zhang.id]), "刚从外地回来", "19900000041", str(opened), "仍要登记"):
        assert told in page
    sent["anyway"] = "on"
    first, again = (client.post(url, sent) for _ in range(2))
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    assert Member.objects.filter(name="张小禾").count() == 2
    numbered = {"name": "韦志强", "id_number": "522699198503071236", "unit": str(cast.qingshi.id)}
    page = client.post(url, numbered).content.decode()
    assert reverse("member", args=[cast.weizhiqiang.id]) in page
    assert "仍要登记" not in page
