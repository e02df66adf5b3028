"""Signing in: by user name, hashed by argon2, throttled after five failures, each session listed."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from tests.cast import FOUNDER, PASSWORD, Cast
from yanzhen.accounts.services import create_account
from yanzhen.config import settings as shipped

pytestmark = pytest.mark.django_db


def sign_in(client: Client, username: str, password: str, address: str = "192.0.2.1") -> int:
    answer = client.post(
        reverse("account_login"), {"login": username, "password": password}, REMOTE_ADDR=address
    )
    return answer.status_code


@pytest.mark.parametrize("username", ["shilei", " ShiLei "])
def test_the_right_password_signs_in_and_the_session_is_listed(
    cast: Cast, client: Client, username: str
) -> None:
    assert sign_in(client, username, PASSWORD) == 302
    assert UserSession.objects.filter(user=cast.account("shilei"), ip="192.0.2.1").count() == 1


def test_five_failures_lock_this_name_from_this_address(cast: Cast, client: Client) -> None:
    spellings = ["shilei", "ShiLei", " shilei", "SHILEI", "shilei"]
    assert [sign_in(client, spelling, "falsch") for spelling in spellings] == [200] * 4 + [429]
    assert sign_in(client, "shilei", PASSWORD) == sign_in(Client(), "Shilei", PASSWORD) == 429
    assert sign_in(Client(), "liuqing", PASSWORD) == 302
    assert sign_in(Client(), "shilei", PASSWORD, address="192.0.2.2") == 302


def test_after_a_quarter_of_an_hour_it_opens_again(cast: Cast, client: Client) -> None:
    for number in range(5):
        sign_in(client, "shilei", f"falsch-{number}")
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= timedelta(minutes=16)
        attempt.save()
    assert sign_in(client, "shilei", PASSWORD) == 302


def test_nobody_signs_up_by_himself() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_passwords_are_kept_by_argon2(cast: Cast, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    account = create_account(
        actor=FOUNDER, username="linfang", name="林芳", password=PASSWORD, unit_id=cast.town.id
    )
    assert identify_hasher(account.password).algorithm == "argon2"


def test_what_a_password_must_be_is_said_once_and_held_to(cast: Cast, client: Client) -> None:
    sign_in(client, "shilei", PASSWORD)
    page = reverse("account_change_password")
    shown = client.get(page).content.decode()
    assert shown.count("至少十个字") == 1
    assert "你的" not in shown
    given = {"oldpassword": PASSWORD, "password1": "一只大雁往南飞过山", "password2": "一只大雁往南飞过山"}
    assert client.post(page, given).status_code == 200
    given |= dict.fromkeys(("password1", "password2"), "一只大雁往南飞过云岭")
    assert client.post(page, given).status_code == 302
    assert sign_in(Client(), "shilei", "一只大雁往南飞过云岭") == 302
