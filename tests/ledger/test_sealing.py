"""verify: whatever is done to facts or seals behind the program's back, the chain shows where."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.db.models import F

from tests.cast import FOUNDER, Cast
from yanzhen.kernel.ids import uuid7
from yanzhen.ledger import append_only
from yanzhen.ledger.models import ChainHead, Fact, MemberKey, Seal
from yanzhen.ledger.sealing import Break, Verified, verify
from yanzhen.org.services import found_root

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast: Cast) -> Iterator[None]:
    """Somebody who owns the database has taken the triggers off."""
    append_only.remove(connection)
    yield
    append_only.install(connection)


def breaks() -> list[Break]:
    return [found for found in verify() if isinstance(found, Break)]


def test_an_untouched_ledger_is_whole(cast: Cast) -> None:
    found_root(actor=FOUNDER, name="白水镇党委")
    first, second = verify()
    assert isinstance(first, Verified)
    assert isinstance(second, Verified)
    assert (first.chain, first.facts) == ("0001", Fact.objects.filter(path__startswith="0001").count())
    assert (second.chain, second.number, second.facts) == ("0002", 1, 1)
    assert first.digest == ChainHead.objects.get(chain="0001").digest


ALTERATIONS: dict[str, Callable[[Fact], object]] = {
    "kind": lambda fact: Fact.objects.filter(pk=fact.pk).update(kind="people.member.removed"),
    "data": lambda fact: Fact.objects.filter(pk=fact.pk).update(data={"unit_name": "柳河村党支部"}),
    "day": lambda fact: Fact.objects.filter(pk=fact.pk).update(on="2026-01-01"),
    "moment": lambda fact: Fact.objects.filter(pk=fact.pk).update(at="2026-01-01T00:00:00+08:00"),
    "whose": lambda fact: Fact.objects.filter(pk=fact.pk).update(member_id=uuid7()),
    "by whom": lambda fact: Fact.objects.filter(pk=fact.pk).update(actor_id=uuid7()),
    "where": lambda fact: Fact.objects.filter(pk=fact.pk).update(path="00010002"),
    "secret": lambda fact: Fact.objects.filter(pk=fact.pk).update(secret="x"),  # noqa: S106 - no password
    "removed": lambda fact: Fact.objects.filter(pk=fact.pk).delete(),
}


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("how", ALTERATIONS)
def test_an_altered_fact_is_found(how: str) -> None:
    fact = Fact.objects.filter(kind="people.member.added").earliest("id")
    number = Seal.objects.get(act_id=fact.act_id).number
    ALTERATIONS[how](fact)
    (found,) = breaks()
    assert (found.chain, found.number) == ("0001", number)


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("under", ["an act's seal", "no seal"])
def test_a_fact_slipped_in_is_found(under: str) -> None:
    fact = Fact.objects.filter(kind="people.member.added").earliest("id")
    fact.pk = uuid7()
    if under == "no seal":
        fact.act_id = uuid7()
    fact.save(force_insert=True)
    assert len(breaks()) == 1


@pytest.mark.usefixtures("opened")
def test_an_end_that_was_cut_off_is_found() -> None:
    last = Seal.objects.filter(chain="0001").latest("number")
    Fact.objects.filter(act_id=last.act_id).delete()
    last.delete()
    (found,) = breaks()
    assert found.number == last.number - 1


@pytest.mark.usefixtures("opened")
def test_an_act_cut_out_of_the_middle_is_found_even_when_the_rest_is_renumbered() -> None:
    middle = Seal.objects.get(chain="0001", number=3)
    Fact.objects.filter(act_id=middle.act_id).delete()
    middle.delete()
    for later in Seal.objects.filter(chain="0001", number__gt=3).order_by("number"):
        Seal.objects.filter(pk=later.pk).update(number=F("number") - 1)
    (found,) = breaks()
    assert found.number == 3


@pytest.mark.usefixtures("opened")
def test_a_chain_emptied_whole_is_found_by_its_head() -> None:
    Fact.objects.all().delete()
    Seal.objects.all().delete()
    (found,) = breaks()
    assert (found.chain, found.number) == ("0001", 0)


def test_redaction_leaves_the_chain_whole(cast: Cast) -> None:
    from yanzhen.ledger.secrets import redact
    from yanzhen.people.services import change_member

    change_member(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id, values={"phone": "19900000099"})
    redact(cast.weizhiqiang.id)
    assert not MemberKey.objects.filter(member_id=cast.weizhiqiang.id).exists()
    assert breaks() == []
