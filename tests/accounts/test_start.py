"""Codes on paper: a secretary lets a member or a contact person in, who then sets a password of his own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.web.test_pages import signed_in
from yanzhen.accounts.models import Account, StartCode
from yanzhen.accounts.starting import (
    account_by_code,
    engage,
    free_username,
    invite_contact_person,
    invite_member,
    reset_password,
)
from yanzhen.contact.services import assign, name_contact_person
from yanzhen.kernel import clock
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.people.queries import members

pytestmark = pytest.mark.django_db
OWN = "shan-gao-lu-yuan"


def begin(username: str, code: str, password: str = OWN) -> tuple[Client, int]:
    client = Client()
    given = {"username": username, "code": code, "password": password, "again": password}
    return client, client.post(reverse("start"), given, REMOTE_ADDR="192.0.2.1").status_code


def test_a_member_signs_in_by_code_once(cast: Cast) -> None:
    invited = invite_member(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id)
    assert (invited.account.username, invited.expires_on) == ("huangxiulan", TODAY + timedelta(days=14))
    assert "".join(invited.groups) == invited.code
    assert invited.code not in StartCode.objects.get().hashed
    client, status = begin(" HuangXiulan", " ".join(invited.groups).upper())
    assert status == 302
    assert client.get(reverse("my_record")).status_code == 302
    assert [one.name for one in members(actor=cast.actor("huangxiulan"))] == ["黄秀兰"]
    assert begin("huangxiulan", invited.code)[1] == 422
    by_password = Client().post(reverse("account_login"), {"login": "huangxiulan", "password": OWN})
    assert by_password.status_code == 302
    kinds = set(Fact.objects.filter(subject_id=invited.account.id).values_list("kind", flat=True))
    assert kinds == {
        "accounts.account.created",
        "people.account.linked",
        "accounts.code.issued",
        "accounts.code.used",
    }


def test_a_weak_password_does_not_cost_the_code(cast: Cast) -> None:
    invited = invite_member(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id)
    assert begin("huangxiulan", invited.code, "123")[1] == 422
    assert begin("huangxiulan", invited.code)[1] == 302


def test_a_code_ends_and_a_new_one_replaces_it(cast: Cast) -> None:
    secretary, key = cast.actor("shilei"), cast.huangxiulan.id
    first = invite_member(actor=secretary, member_id=key)
    second = invite_member(actor=secretary, member_id=key)
    assert first.account == second.account
    assert account_by_code("huangxiulan", first.code) is None
    with clock.set_to(TODAY + timedelta(days=14)):
        assert account_by_code("huangxiulan", second.code) == first.account
    with clock.set_to(TODAY + timedelta(days=15)):
        assert account_by_code("huangxiulan", second.code) is None


def test_wrong_codes_lock_like_wrong_passwords(cast: Cast) -> None:
    invited = invite_member(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id)
    assert [begin("huangxiulan", "falsch")[1] for _try in range(5)] == [422] * 4 + [429]
    assert begin("huangxiulan", invited.code)[1] == 429


def test_a_contact_person_gets_his_role(cast: Cast) -> None:
    secretary = cast.actor("shilei")
    person = name_contact_person(actor=secretary, unit_id=cast.qingshi.id, name="莫怀远", phone="19900000012")
    assign(actor=secretary, member_id=cast.huangxiulan.id, person_id=person.id)
    invited = invite_contact_person(actor=secretary, person_id=person.id, username="mohy")
    assert begin("mohy", invited.code)[1] == 302
    assert [one.name for one in members(actor=cast.actor("mohy"))] == ["黄秀兰"]
    assert invite_contact_person(actor=secretary, person_id=person.id).account == invited.account


def test_a_forgotten_password_is_void_and_a_code_sets_another(cast: Cast) -> None:
    shilei = cast.account("shilei")
    invited = reset_password(actor=cast.actor("zhouhui"), account_id=shilei.id)
    assert not cast.account("shilei").has_usable_password()
    told = Fact.objects.filter(subject_id=shilei.id).order_by("-id").values_list("kind", flat=True)[:2]
    assert set(told) == {"accounts.password.reset", "accounts.code.issued"}
    client, status = begin("shilei", invited.code)
    assert status == 302
    assert client.get(reverse("members")).status_code == 200
    with pytest.raises(NotPermitted):
        reset_password(actor=cast.actor("shilei"), account_id=cast.account("lufang").id)


def test_an_account_a_role_and_a_code_in_one(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    invited = engage(actor=officer, unit_id=cast.liuhe.id, role="deputy_secretary", name="莫怀远")
    assert invited.account.username == "mohuaiyuan"
    assert cast.actor("mohuaiyuan").has_role("deputy_secretary")
    assert begin("mohuaiyuan", invited.code)[1] == 302
    with pytest.raises(DomainError):
        engage(actor=officer, unit_id=cast.liuhe.id, role="king", name="林芳")
    with pytest.raises(NotPermitted):
        engage(actor=cast.actor("liuqing"), unit_id=cast.liuhe.id, role="secretary", name="林芳")
    assert not Account.objects.filter(name="林芳").exists()


def test_sent_twice_it_opens_no_second_account(cast: Cast) -> None:
    client, given = signed_in(cast, "zhouhui"), {"name": "莫怀远", "role": "deputy_secretary"}
    sent = {**given, "unit": str(cast.liuhe.id), "starts_on": "2026-11-23"}
    assert client.post(reverse("staff_add"), sent).status_code == 200
    again = client.post(reverse("staff_add"), sent)
    assert again.status_code == 422
    assert "已经有这个职务" in again.content.decode()
    assert client.post(reverse("staff_add"), {**sent, "username": "mohuaiyuan-er"}).status_code == 200


def test_who_may_not_invite(cast: Cast) -> None:
    with pytest.raises(NotFound):
        invite_member(actor=cast.actor("liuqing"), member_id=cast.huangxiulan.id)
    with pytest.raises(NotPermitted):
        invite_member(actor=cast.actor("guming"), member_id=cast.huangxiulan.id)
    with pytest.raises(Conflict):
        invite_member(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, username="zhouhui")
    assert not StartCode.objects.exists()
    cast.huangxiulan.account_id = cast.account("zhouhui").id
    cast.huangxiulan.save()
    with pytest.raises((NotFound, NotPermitted)):  # with that account one would be the officer
        invite_member(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id)


def test_user_names_are_pinyin_and_free(cast: Cast) -> None:
    assert free_username("黄秀兰") == "huangxiulan"
    assert free_username("韦志强") == "weizhiqiang2"


def test_the_code_stands_on_the_page_once(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account("shilei"), "django.contrib.auth.backends.ModelBackend")
    url = reverse("member_account", args=[cast.huangxiulan.id])
    assert 'value="huangxiulan"' in client.get(url).content.decode()
    page = client.post(url, {"username": "xiulan"}).content.decode()
    assert "到2026年12月7日，只能用一次" in page
    assert reverse("start") in page
    assert "给黄秀兰重开登录验证码" in client.get(url).content.decode()
