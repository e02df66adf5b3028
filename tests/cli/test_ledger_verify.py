"""`yanzhen ledger verify`: whole chains are named, and the first place that was touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import Cast
from yanzhen.cli import main
from yanzhen.ledger import append_only
from yanzhen.ledger.models import ChainHead, Fact, Seal


def test_it_prints_the_last_seal_of_each_chain(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    head = ChainHead.objects.get()
    assert main(["ledger", "verify"]) == 0
    out = capsys.readouterr().out
    assert cast.town.name in out
    assert head.digest in out
    assert main(["ledger", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "chains": [
            {
                "chain": "0001",
                "unit": cast.town.name,
                "number": head.number,
                "facts": Fact.objects.count(),
                "seal": head.digest,
            }
        ],
        "broken": None,
    }


def test_an_empty_ledger_is_whole(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "verify"]) == 0
    assert "还没有事实" in capsys.readouterr().out


def _alter() -> None:
    fact = Fact.objects.filter(kind="people.member.added").earliest("id")
    Fact.objects.filter(pk=fact.pk).update(on=date(2020, 1, 1))


def _remove() -> None:
    fact = Fact.objects.filter(kind="people.member.added").latest("id")
    Fact.objects.filter(pk=fact.pk).delete()


def _slip_in() -> None:
    fact = Fact.objects.latest("id")
    fact.pk, fact.act_id = uuid4(), uuid4()
    fact.save(force_insert=True)


def _cut_off_the_end() -> None:
    seal = Seal.objects.latest("number")
    Fact.objects.filter(act_id=seal.act_id).delete()
    Seal.objects.filter(pk=seal.pk).delete()


@pytest.mark.parametrize("touch", [_alter, _remove, _slip_in, _cut_off_the_end])
def test_whatever_was_touched_is_found(
    cast: Cast, capsys: pytest.CaptureFixture[str], touch: Callable[[], None]
) -> None:
    append_only.remove(connection)  # somebody with the database's own rights
    touch()
    assert main(["ledger", "verify"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("台账在")
    assert len(error.strip().splitlines()) == 1
    assert main(["ledger", "verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["broken"]["what"]


def test_the_place_is_the_first_that_was_touched(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    append_only.remove(connection)
    number = Seal.objects.order_by("number").values_list("number", "act_id")[3]
    Fact.objects.filter(act_id=number[1]).update(on=date(2020, 1, 1))
    Fact.objects.filter(kind="people.member.added").update(on=date(2020, 1, 1))
    assert main(["ledger", "verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["broken"]["number"] == number[0]
