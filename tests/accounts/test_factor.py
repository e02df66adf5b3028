"""The second factor: set up, asked for, counted, given up, taken away by an officer, asked of certain roles."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, TODAY, Cast
from yanzhen.accounts.factors import (
    add_app,
    factors,
    make_recovery_codes,
    oneself,
    recovery_codes,
    remove_factor,
    take_factors_away,
    use_code,
)
from yanzhen.accounts.models import Account
from yanzhen.accounts.starting import invite_member
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.errors import WriteOutsideAct
from yanzhen.ledger.facts import tell
from yanzhen.ledger.guard import acts_only
from yanzhen.ledger.models import Fact
from yanzhen.policy.services import set_parameter
from yanzhen.vault.keys import Unreadable

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of nobody's app


@pytest.fixture(autouse=True)
def _no_code_was_used_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def code(ahead: int = 0, secret: str = SECRET) -> str:
    """What the app shows now, or shows so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def with_app(cast: Cast, username: str = "shilei") -> Account:
    """The account, which has set up the app a while ago."""
    account = cast.account(username)
    add_app(actor=oneself(account), account=account, secret=SECRET, code=code(-1))
    return account


def first_step(username: str = "shilei", address: str = "192.0.2.1") -> Client:
    client = Client(REMOTE_ADDR=address)
    answer = client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def second_step(client: Client, written: str) -> int:
    return client.post(reverse("mfa_authenticate"), {"code": written}).status_code


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def kinds(account: Account) -> list[str]:
    told = Fact.objects.filter(subject_id=account.id, kind__regex="factor|recovery").order_by("id")
    return [kind.removeprefix("accounts.") for kind in told.values_list("kind", flat=True)]


def sure(username: str = "shilei") -> Client:
    """Signed in, and has given the password once more a moment ago."""
    client = Client(REMOTE_ADDR="192.0.2.1")
    client.force_login(Account.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    asked = client.get(reverse("app_add"))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(asked.headers["Location"], {"password": PASSWORD}).status_code == 302
    return client


def test_the_app_is_set_up_and_asked_for(cast: Cast) -> None:
    client = sure()
    page = client.get(reverse("app_add")).content.decode()
    secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))
    assert len(secret) == 32
    assert (
        "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", client.get(reverse("app_add")).content.decode()))
        == secret
    )
    assert secret not in str(dict(client.session.items()))
    wrong = client.post(reverse("app_add"), {"code": "000000"})
    assert wrong.status_code == 422
    assert "验证码不对" in wrong.content.decode()
    done = client.post(reverse("app_add"), {"code": code(secret=secret)})
    assert done.headers["Location"] == reverse("recovery_codes")
    assert (
        len(re.findall(r'class="key">\d{4} \d{4}<', client.get(reverse("recovery_codes")).content.decode()))
        == 10
    )
    assert kinds(cast.account("shilei")) == ["factor.added", "recovery_codes.made"]

    other = first_step()
    assert not is_in(other)
    assert second_step(other, code(secret=secret)) == 200  # used while it was set up
    assert not is_in(other)
    assert second_step(other, f" {code(1, secret)[:3]} {code(1, secret)[3:]}") == 302
    assert is_in(other)


def test_secrets_are_sealed_for_this_account_only(cast: Cast) -> None:
    account = with_app(cast)
    kept = {one.type: one for one in Authenticator.objects.filter(user=account)}
    assert SECRET not in str(kept["totp"].data)
    assert kept["totp"].data["secret"].startswith("k1.")
    assert kept["recovery_codes"].data["seed"].startswith("k1.")
    for one in recovery_codes(account=account):
        assert one.replace(" ", "") not in str(kept["recovery_codes"].data)
    other = cast.account("zhouhui")
    Authenticator.objects.filter(user=account).update(user=other)
    with pytest.raises(Unreadable):
        use_code(actor=oneself(other), account=other, code=code())


@pytest.mark.parametrize("written", ["{}", "{}-{}", "１２３"])
def test_each_code_counts_once_however_it_is_written(cast: Cast, written: str) -> None:
    account, now = with_app(cast), code()
    typed = {
        "{}": now,
        "{}-{}": f"{now[:3]}-{now[3:]}",
        "１２３": now.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    }[written]
    assert use_code(actor=oneself(account), account=account, code=typed)
    cache.clear()  # another process of the server
    for again in (now, f"{now[:3]} {now[3:]}"):
        assert not use_code(actor=oneself(account), account=account, code=again)
    assert not use_code(actor=oneself(account), account=account, code=code(3))


def test_a_recovery_code_counts_once_and_a_fact_says_so(cast: Cast) -> None:
    account = with_app(cast)
    paper = recovery_codes(account=account)[3]
    client = first_step()
    assert second_step(client, paper) == 302
    assert is_in(client)
    assert second_step(first_step(), paper) == 200
    assert kinds(account)[-1] == "recovery_codes.used"
    assert factors(account=account).codes_left == 9
    (fact,) = Fact.objects.filter(kind="accounts.recovery_codes.used")
    assert tell([fact])[0].sentence == "石磊用一个备用码通过了验证，还剩 9 个"
    make_recovery_codes(actor=oneself(account), account=account)
    assert not set(recovery_codes(account=account)) & {paper}
    assert len(recovery_codes(account=account)) == 10


def test_five_wrong_codes_lock_the_second_step_from_everywhere(cast: Cast) -> None:
    with_app(cast)
    steps = [second_step(first_step(address=f"192.0.2.{number}"), "000000") for number in range(5)]
    assert steps == [200] * 4 + [429]
    client = first_step(address="192.0.2.77")
    assert second_step(client, code()) == 429
    assert not is_in(client)
    assert "000000" not in str(list(AccessAttempt.objects.values_list("post_data", flat=True)))
    assert is_in(first_step("zhouhui"))  # nobody else is


def test_a_right_code_forgets_the_wrong_ones(cast: Cast) -> None:
    with_app(cast)
    client = first_step()
    assert [second_step(client, "000000") for _try in range(4)] == [200] * 4
    assert second_step(client, code()) == 302
    assert second_step(first_step(), "000000") == 200


def test_wrong_codes_are_counted_where_they_are_asked_for_once_more_too(cast: Cast) -> None:
    account, client = with_app(cast), Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    again = reverse("mfa_reauthenticate")
    assert [client.post(again, {"code": "000000"}).status_code for _try in range(5)] == [200] * 4 + [429]


def test_a_code_from_paper_stands_for_the_password_only(cast: Cast) -> None:
    account = with_app(cast, "weizhiqiang")
    invited = invite_member(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id)
    own, client = "shan-gao-lu-yuan", Client()
    given = {"username": "weizhiqiang", "code": invited.code, "password": own, "again": own}
    assert client.post(reverse("start"), given).headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert second_step(client, code()) == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_it_is_given_up_with_the_codes(cast: Cast) -> None:
    account, client = with_app(cast), sure()
    app = factors(account=account).app
    assert app
    url = reverse("factor_off", args=[app.pk])
    assert "这是最后一个" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert not Authenticator.objects.exists()
    assert kinds(account)[-1] == "factor.removed"
    assert is_in(first_step())
    assert client.post(url).status_code == 404


def test_what_needs_the_password_once_more(cast: Cast) -> None:
    account = with_app(cast)
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    app = factors(account=account).app
    assert app
    for url in (reverse("recovery_codes"), reverse("factor_off", args=[app.pk]), reverse("passkey_add")):
        for answer in (client.get(url), client.post(url)):
            assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert kinds(account) == ["factor.added", "recovery_codes.made"]


def test_refusals(cast: Cast) -> None:
    account, other = cast.account("shilei"), cast.account("zhouhui")
    with pytest.raises(DomainError) as refused:
        add_app(actor=oneself(account), account=account, secret=SECRET, code="12")
    assert refused.value.field == "code"
    with pytest.raises(DomainError):
        make_recovery_codes(actor=oneself(account), account=account)
    with_app(cast)
    with pytest.raises(Conflict):
        add_app(actor=oneself(account), account=account, secret=SECRET, code=code())
    app = factors(account=account).app
    assert app
    with pytest.raises(NotFound):
        remove_factor(actor=oneself(other), account=other, factor_id=app.pk)
    with pytest.raises((NotFound, NotPermitted)):  # 石磊's own ground is not the town's
        remove_factor(actor=oneself(account), account=other, factor_id=app.pk)
    assert factors(account=account).any


@pytest.mark.parametrize(
    "credential", ["", "1", "[]", "{}", '{"id":1}', '{"id":"a","rawId":"b","response":1}', "nonsense"]
)
def test_a_passkey_that_is_none_is_refused_in_a_sentence(cast: Cast, credential: str) -> None:
    with_app(cast)
    client = sure()
    for url in (reverse("passkey_add"), reverse("mfa_reauthenticate_webauthn")):
        client.get(url)
        assert client.post(url, {"credential": credential}).status_code in (302, 422), url
    public = Client()
    public.get(reverse("passkey_sign_in"))
    answer = public.post(reverse("passkey_sign_in"), {"credential": credential})
    assert answer.status_code == 422
    assert "没有收到通行密钥" in answer.content.decode()
    half = first_step()
    assert half.post(reverse("mfa_authenticate"), {"credential": credential}).status_code == 200
    assert not is_in(half)


def test_nothing_of_it_is_written_outside_an_act(cast: Cast) -> None:
    account = with_app(cast)
    with acts_only():
        Authenticator.objects.get(user=account, type="totp").record_usage()
        for statement in (
            "INSERT INTO mfa_authenticator (type) VALUES ('totp')",
            "DELETE FROM mfa_authenticator",
        ):
            with pytest.raises(WriteOutsideAct), connection.cursor() as cursor:
                cursor.execute(statement)


class TestTakingAway:
    def test_the_officer_takes_it_and_the_person_is_told(self, cast: Cast) -> None:
        account = with_app(cast)
        lost = first_step()
        assert second_step(lost, code()) == 302
        for _again in range(2):
            take_factors_away(
                actor=cast.actor("zhouhui"), account_id=account.id, reason="手机丢了，本人来过办公室"
            )
        assert not factors(account=account).any
        assert kinds(account).count("factor.taken_away") == 1
        assert lost.get("/").headers["Location"].startswith(reverse("account_login"))
        client = first_step()
        page = client.get("/").content.decode()
        assert "周慧当面核实后取消了丢失的第二道验证，理由：手机丢了，本人来过办公室" in page
        assert "马上告诉组织干事" in page
        assert "取消了丢失" not in first_step().get("/").content.decode()

    def test_who_may_not(self, cast: Cast) -> None:
        account, officer = with_app(cast), with_app(cast, "zhouhui")
        for who in ("liuqing", "shilei", "guming"):
            with pytest.raises((NotFound, NotPermitted)):
                take_factors_away(actor=cast.actor(who), account_id=account.id, reason="丢了")
        for reason, target in ((" ", account), ("丢了", officer)):
            with pytest.raises(DomainError):
                take_factors_away(actor=cast.actor("zhouhui"), account_id=target.id, reason=reason)
        assert factors(account=account).any
        assert factors(account=officer).any

    def test_on_the_pages(self, cast: Cast) -> None:
        account, client = with_app(cast), Client()
        member = with_app(cast, "weizhiqiang")
        client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
        url = reverse("staff_factor", args=[account.id])
        page = client.get(reverse("staff")).content.decode()
        assert page.count("验证丢了") == 1
        assert url in page
        others = client.get(reverse("staff"), {"f": "none"}).content.decode()
        assert others.count("验证丢了") == 1
        assert reverse("staff_factor", args=[member.id]) in others
        assert client.post(url, {"reason": ""}).status_code == 422
        told = client.post(url, {"reason": "手机丢了"}, follow=True).content.decode()
        assert "石磊的第二道验证已取消" in told
        assert "验证丢了" not in told


class TestAskedOfRoles:
    def level(self, cast: Cast, value: str) -> None:
        set_parameter(
            actor=cast.actor("zhouhui"),
            unit=cast.town,
            key="accounts.factor.level",
            value=value,
            effective_from=TODAY,
            reason="镇党委会议定",
        )

    def test_by_default_nobody_must(self, cast: Cast) -> None:
        assert first_step("zhouhui").get("/").status_code == 200

    @pytest.mark.parametrize(
        ("value", "must"),
        [
            ("1", {"zhouhui", "guming"}),
            ("2", {"zhouhui", "guming", "shilei", "liuqing"}),
            ("3", {"zhouhui", "guming", "shilei", "liuqing", "lufang", "weizhiqiang"}),
        ],
    )
    def test_whom_a_level_asks(self, cast: Cast, value: str, must: set[str]) -> None:
        self.level(cast, value)
        found = set()
        for who in ("zhouhui", "guming", "shilei", "liuqing", "lufang", "weizhiqiang"):
            answer = first_step(who).get("/")
            if answer.status_code == 302:
                assert answer.headers["Location"] == reverse("security")
                found.add(who)
        assert found == must

    def test_nowhere_else_until_it_is_done(self, cast: Cast) -> None:
        self.level(cast, "2")
        client = first_step()
        for name in ("members", "staff", "mine", "rules"):
            assert client.get(reverse(name)).headers["Location"] == reverse("security")
        assert "党委要求" in client.get(reverse("security")).content.decode()
        assert client.get(reverse("account_logout")).status_code == 200
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        page = client.get(reverse("app_add")).content.decode()
        secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))
        client.post(reverse("app_add"), {"code": code(secret=secret)})
        assert client.get("/").status_code == 200
        app = factors(account=cast.account("shilei")).app
        assert app
        client.post(reverse("factor_off", args=[app.pk]))
        assert client.get("/").headers["Location"] == reverse("security")
