"""`yanzhen init`: a committee, its officer, and that nothing is made twice."""

from __future__ import annotations

import json

import pytest

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.cli import main
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit, UnitKind

CALL = ["init", "--unit", "云岭县青禾镇党委", "--admin", "zhouhui"]
PASSWORD = "qing-he-2026"  # noqa: S105 - of an invented person


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANZHEN_ADMIN_PASSWORD", PASSWORD)


@pytest.mark.django_db
def test_it_founds_a_committee_with_one_officer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CALL, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    unit = Unit.objects.get()
    account = Account.objects.get()
    assert told == {"unit": "云岭县青禾镇党委", "code": unit.code, "admin": "zhouhui"}
    assert unit.kind == UnitKind.COMMITTEE
    assert account.check_password(PASSWORD)
    assert [(grant.role, grant.path) for grant in actor_for(account).grants] == [("officer", unit.path)]
    assert set(Fact.objects.values_list("kind", flat=True)) == {
        "org.unit.founded",
        "accounts.account.created",
        "accounts.appointed",
    }


@pytest.mark.django_db
def test_in_words_it_names_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(CALL) == 0
    assert f"代码 {Unit.objects.get().code}" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (CALL, "已经有叫“云岭县青禾镇党委”的党委了。\n"),
        (
            ["init", "--unit", "云岭县白鹭镇党委", "--admin", "ZhouHui"],
            "已经有用户名“zhouhui”了，请换一个。\n",
        ),
    ],
)
def test_nothing_is_made_twice(call: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(CALL)
    facts = Fact.objects.count()
    capsys.readouterr()
    assert main(call) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", sentence)
    assert (Fact.objects.count(), Unit.objects.count(), Account.objects.count()) == (facts, 1, 1)


@pytest.mark.django_db
def test_a_password_too_short_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YANZHEN_ADMIN_PASSWORD", "short")
    assert main(CALL) == 1
    assert "10" in capsys.readouterr().err
    assert (Unit.objects.count(), Account.objects.count(), Fact.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_without_terminal_or_variable_it_says_how_to_give_the_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("YANZHEN_ADMIN_PASSWORD")
    assert main(CALL) == 1
    assert "YANZHEN_ADMIN_PASSWORD" in capsys.readouterr().err
    assert not Unit.objects.exists()
