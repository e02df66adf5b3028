"""Garbage at every door the matrix knows, from somebody who may use it: a page that says so, never a broken one, and
what was typed beside it is still there."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import quote, quote_plus

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.web.test_matrix import EXPECTED, PUBLIC, WHO, Objects

GARBAGE = {  # as it stands in an address or a form, encoded
    "nothing": "",
    "no character of a database's": "a%00b",
    "half a character": "%ED%A0%80",
    "no character of anybody's": quote("\uffff"),
    "a line break": "a%0D%0AX-Header:+b",
    "a long text": "x" * 100_000,
    "a long number": "9" * 5_000,
    "a large number": "1" + "0" * 30,
    "no day": "0000-00-00",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "a day of no month": "2026-13-45",
    "half a key": "01900000-0000",
    "a key of nobody": "01900000-0000-7000-8000-000000000000",
    "two of them": "01900000-0000-7000-8000-000000000000:01900000-0000-7000-8000-000000000000",
    "deep JSON": "%5B" * 20_000,
    "JSON with half a character": quote('{"id":"\\ud800"}'),
}
ALONE = ("no character of a database's", "the last day", "a key of nobody")
ASKED = (
    "q f c s sort col unit page group year all at from next role direct away reached province overdue to find"
)
SENT = (
    "member category out column-1 sheet rule row-1 field-1-phone every-phone unit-青石村 pair apart begin end next care"
    f" new_units language find remove row-{'9' * 5_000} field-{'9' * 5_000}-phone column-{'9' * 5_000}"
).split()
TYPED = "没有丢"
FORM = "application/x-www-form-urlencoded"


class Fields(HTMLParser):
    """What the forms of a page's main part send as they are shown, by name; texts that stand empty are `TYPED`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select, self._within = "", False
        self.feed(page.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "form":
            self._within = given.get("method") == "post"
        if tag == "option" and self._select and ("selected" in given or not self.found[self._select]):
            self.found[self._select] = given.get("value", "")
        is_sent = self._within or "form" in given
        if not name or not is_sent or kind == "file" or name == "csrfmiddlewaretoken":
            return
        if tag == "select":
            self._select = name
        if kind in ("radio", "checkbox") or tag == "button":
            if name not in self.found or "checked" in given:
                self.found[name] = given.get("value", "on")
        elif tag in ("input", "select", "textarea"):
            typed = TYPED if tag == "textarea" or (tag == "input" and kind in ("text", "search")) else ""
            self.found[name] = given.get("value") or typed

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "form":
            self._within = False


@pytest.fixture
def doors(cast_away: Cast) -> list[tuple[str, str, Client]]:
    """Each address with its name, and somebody who may open it; the public ones are open to who is not signed in."""
    keys, found = Objects(cast_away).keys, []
    for name, expected in EXPECTED.items():
        spec = expected.get or expected.post
        if "ok" not in spec or name == "account_logout":
            continue
        client = Client(raise_request_exception=False)
        if name not in PUBLIC:
            who = WHO[spec.split().index("ok")]
            client.force_login(cast_away.account(who), "django.contrib.auth.backends.ModelBackend")
        found.append((name, reverse(name, kwargs=keys[expected.takes]), client))
    return found


@pytest.mark.parametrize("garbage", GARBAGE)
def test_in_an_address(garbage: str, doors: list[tuple[str, str, Client]]) -> None:
    value = GARBAGE[garbage][:5_000]
    broken = []
    for name, url, client in doors:
        if EXPECTED[name].get:
            with transaction.atomic():
                answer = client.get(url, QUERY_STRING="&".join(f"{key}={value}" for key in ASKED.split()))
                transaction.set_rollback(True)
            broken += [f"{name}: {why(answer)}"] if answer.status_code >= 500 else []
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("garbage", GARBAGE)
def test_in_a_form(garbage: str, doors: list[tuple[str, str, Client]]) -> None:
    faults = []
    for name, url, client in doors:
        if not EXPECTED[name].post:
            continue
        page = client.get(url).content.decode() if EXPECTED[name].get else ""
        shown = {key: quote_plus(value) for key, value in Fields(page).found.items()}
        value = GARBAGE[garbage]
        faults += sent(name, url, client, dict.fromkeys([*shown, *SENT], value))
        for field in shown if garbage in ALONE and len(shown) < 15 else ():
            faults += sent(name, url, client, {**shown, field: value}, typed=field)
    assert not faults, "\n".join(faults)


def sent(name: str, url: str, client: Client, fields: Mapping[str, str], typed: str = "") -> list[str]:
    """What is wrong with the answer: it is broken, or has lost what stood in the other fields than `typed`."""
    body = "&".join(f"{key}={value}" for key, value in fields.items())
    with transaction.atomic():
        answer = client.post(url, body, FORM)
        transaction.set_rollback(True)
    if answer.status_code >= 500:
        return [f"{name} {typed}: {why(answer)}"]
    others = {value for key, value in fields.items() if key != typed}
    if answer.status_code == 422 and quote_plus(TYPED) in others and TYPED not in answer.content.decode():
        return [f"{name} {typed}: what was typed is lost"]
    return []


def why(answer: object) -> str:
    """The exception behind a broken page, and our line that it came from."""
    raised = getattr(answer, "exc_info", None)
    if raised is None:
        return "broken"
    ours = [it for it in traceback.extract_tb(raised[2]) if "yanzhen" in it.filename]
    return f"{raised[0].__name__} {str(raised[1])[:200]} ({ours[-1].filename}:{ours[-1].lineno})"
