"""A session that ends in the middle of a form: after signing in the form is there as it was filled in, not yet sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, Cast
from tests.people.pictures import photograph
from tests.web.test_pages import signed_in
from yanzhen.accounts.interrupted import COOKIE
from yanzhen.contact.models import Contact
from yanzhen.ledger.models import Fact

NOTE = "谈了很久，他想把孩子接过去上学。"
SAID = "登录过期了，刚才这一步没有办成。"


def sent_too_late(client: Client, url: str, **more: Any) -> str:
    """What is sent from a page after the session is over; the page to sign in that it leads to."""
    client.get(reverse("mine"))
    Session.objects.all().delete()
    answer = client.post(url, more.pop("data"), **more)
    return str(answer.headers.get("HX-Redirect") or answer.headers["Location"])


def sign_in(client: Client, address: str, username: str) -> HttpResponse:
    """Sign in where that leads, and on to the page from where one came."""
    assert SAID in client.get(address).content.decode()
    to = parse_qs(urlsplit(address).query)["next"][0]
    answer = client.post(address, {"login": username, "password": PASSWORD, "next": to})
    return client.get(answer.headers["Location"])  # type: ignore[return-value]  # the test client's has more


def logged(cast: Cast) -> str:
    return reverse("contact_log", args=[cast.weizhiqiang.id]) + "?next=/away/"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "line1"}])
def test_what_was_typed_is_there_after_signing_in(cast_away: Cast, headers: dict[str, str]) -> None:
    client, url = signed_in(cast_away, "lufang"), logged(cast_away)
    data = {"means": "wechat", "on": "2026-11-20", "note": NOTE, "reached": "1", "next": "/away/"}
    address = sent_too_late(client, url, data=data, headers={**headers, "Referer": "http://testserver/"})
    assert NOTE not in client.cookies[COOKIE].value
    page = sign_in(client, address, "lufang").content.decode()
    assert SAID in page
    assert NOTE in page
    assert 'value="2026-11-20"' in page
    assert not Contact.objects.filter(on="2026-11-20").exists()
    assert NOTE not in client.get(url).content.decode()
    assert client.post(url, data).headers["Location"] == "/away/"
    assert Contact.objects.filter(on="2026-11-20").exists()


def test_what_may_not_be_opened_is_not_shown_to_whoever_signs_in(cast_away: Cast) -> None:
    client = signed_in(cast_away, "lufang")
    address = sent_too_late(client, logged(cast_away), data={"note": NOTE})
    answer = sign_in(client, address, "liuqing")
    assert answer.status_code == 404
    assert NOTE not in answer.content.decode()


def test_nobody_else_on_the_same_computer_is_shown_it(cast_away: Cast) -> None:
    client, url = signed_in(cast_away, "lufang"), logged(cast_away)
    address = sent_too_late(client, url, data={"note": NOTE})
    assert NOTE not in sign_in(client, address, "zhouhui").content.decode()
    assert NOTE not in client.get(url).content.decode()
    client.post(reverse("account_logout"))
    client.force_login(cast_away.account("lufang"))
    assert NOTE in client.get(url).content.decode()


def test_it_waits_for_no_later_page(cast_away: Cast) -> None:
    client = signed_in(cast_away, "lufang")
    sent_too_late(client, logged(cast_away), data={"note": NOTE})
    client.force_login(cast_away.account("shilei"), "django.contrib.auth.backends.ModelBackend")
    client.get("/")
    assert NOTE not in client.get(logged(cast_away)).content.decode()


def test_a_button_is_not_pressed_by_signing_in(cast_away: Cast) -> None:
    client = signed_in(cast_away, "shilei")
    page = reverse("twins")
    url = reverse("members_apart", args=[cast_away.weizhiqiang.id, cast_away.huangxiulan.id])
    address = sent_too_late(client, url, data={"apart": "1"}, headers={"Referer": f"http://testserver{page}"})
    assert sign_in(client, address, "shilei").headers["Location"] == page
    assert not Fact.objects.filter(kind="people.members.apart").exists()


def test_no_password_is_kept(cast_away: Cast) -> None:
    client = signed_in(cast_away, "shilei")
    sent_too_late(client, reverse("account_change_password"), data={"oldpassword": "a", "password1": "b"})
    assert COOKIE not in client.cookies


def test_what_no_cookie_holds_is_not_kept_and_neither_are_files(cast_away: Cast) -> None:
    client = signed_in(cast_away, "lufang")
    long = "".join(chr(0x4E00 + n) for n in range(3000))  # no two alike: nothing packs that
    referer = {"Referer": "http://testserver/away/"}
    address = sent_too_late(client, logged(cast_away), data={"note": long}, headers=referer)
    assert parse_qs(urlsplit(address).query) == {"next": ["/away/"]}
    assert COOKIE not in client.cookies
    url = reverse("photo_change", args=[cast_away.weizhiqiang.id])
    sent_too_late(client, url, data={"photo": SimpleUploadedFile("a.jpg", photograph()), "next": "/"})
    assert COOKIE not in client.cookies


@pytest.mark.parametrize("value", ["", "x", "k1.", "azEuAAAA", "é"])
def test_a_cookie_of_ones_own_making_is_passed_over(cast_away: Cast, value: str) -> None:
    client = signed_in(cast_away, "lufang")
    client.cookies[COOKIE] = value
    assert client.get(logged(cast_away)).status_code == 200


class TestAFormWithTheTokenOfAnEarlierSession:
    """Signed in anew in another tab, somebody sends what he had begun before."""

    @pytest.fixture
    def client(self, cast_away: Cast) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast_away.account("lufang"), "django.contrib.auth.backends.ModelBackend")
        return client

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "line1"}])
    def test_it_is_there_again(self, cast_away: Cast, client: Client, headers: dict[str, str]) -> None:
        url = logged(cast_away)
        data = {"csrfmiddlewaretoken": "x" * 64, "means": "phone", "on": "2026-11-20", "note": NOTE}
        answer = client.post(url, data, headers={**headers, "Referer": "http://testserver/"})
        page = client.get(answer.headers.get("HX-Redirect") or answer.headers["Location"]).content.decode()
        assert SAID in page
        assert NOTE in page
        assert not Contact.objects.filter(on="2026-11-20").exists()

    def test_a_button_leads_back_to_its_page(self, client: Client) -> None:
        answer = client.post("/care", {"care": "1"}, headers={"Referer": "http://testserver/away/"})
        assert client.get(answer.headers["Location"]).headers["Location"] == "/away/"
        long = client.post("/care", {"next": "/"}, headers={"Referer": "http://testserver/away/"})
        assert long.headers["Location"] == "/away/"
        assert SAID in client.get("/away/").content.decode()

    @pytest.mark.parametrize("cookie", [True, False])
    def test_signing_in_says_why_it_did_not(self, cast_away: Cast, cookie: bool) -> None:
        client, url = Client(enforce_csrf_checks=True), reverse("account_login")
        if cookie:
            client.get(url)
        sent = {"login": "lufang", "password": PASSWORD}
        answer = client.post(url, sent, headers={"Referer": f"http://testserver{url}"})
        if cookie:
            assert SAID in client.get(answer.headers["Location"]).content.decode()
        else:
            assert answer.status_code == 403
            assert "没有收下 Cookie" in answer.content.decode()

    @pytest.mark.parametrize("referer", ["", "https://elsewhere.example/"])
    def test_from_elsewhere_it_is_refused(self, cast_away: Cast, client: Client, referer: str) -> None:
        answer = client.post(logged(cast_away), {"note": NOTE}, headers={"Referer": referer})
        assert answer.status_code == 403
        assert "不是从雁阵的页面上办的" in answer.content.decode()
        assert COOKIE not in client.cookies
