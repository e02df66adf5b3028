"""`yanzhen unlock`: the only officer, without his telephone and his password, gets in again."""

from __future__ import annotations

import json
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.cast import Cast
from yanzhen.accounts.factors import add_app, factors, oneself
from yanzhen.accounts.starting import account_by_code
from yanzhen.cli import main
from yanzhen.ledger.models import Fact

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of nobody's app


@pytest.mark.django_db
def test_the_only_officer_gets_in_again(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    account = cast.account("zhouhui")
    shown = str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))
    add_app(actor=oneself(account), account=account, secret=SECRET, code=shown)
    assert main(["unlock", "ZhouHui", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["user"], told["expires_on"]) == ("zhouhui", "2026-12-07")
    assert account_by_code("zhouhui", told["code"]) == account
    assert not factors(account=account).any
    assert not cast.account("zhouhui").has_usable_password()
    kinds = list(
        Fact.objects.filter(subject_id=account.id, system_name="yanzhen unlock").values_list(
            "kind", flat=True
        )
    )
    assert set(kinds) == {"accounts.factor.taken_away", "accounts.password.reset", "accounts.code.issued"}
    assert main(["unlock", "zhouhui"]) == 0
    assert "首次登录" in capsys.readouterr().out


@pytest.mark.django_db
def test_nobody_of_that_name(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unlock", "nobody"]) == 1
    assert capsys.readouterr().err == "没有用户名“nobody”。\n"
