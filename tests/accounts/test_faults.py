"""Keys that are gone, a disk that is full: a sentence that says what to do, and what was typed is still there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.db import DataError, OperationalError
from django.urls import reverse
from pytest_django import Settings

from tests.accounts.test_factor import code, first_step, is_in, with_app
from tests.cast import Cast
from tests.web.test_pages import signed_in
from yanzhen.cli import start
from yanzhen.contact import services
from yanzhen.contact.models import Contact
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.models import Fact
from yanzhen.vault.keys import Unreadable, load

NOTE = "谈了很久，他想把孩子接过去上学。"
WAY_BACK = "请管理员从备份里放回来"


def full() -> sqlite3.Error:
    """What SQLite says when there is no room."""
    small = sqlite3.connect(":memory:")
    small.execute("PRAGMA max_page_count = 2")
    small.execute("CREATE TABLE t (x)")
    with pytest.raises(sqlite3.OperationalError) as raised:
        small.execute("INSERT INTO t VALUES (zeroblob(100000))")
    return raised.value


@pytest.mark.parametrize("text", [None, "", "{}", "[1]", '{"current": "k1", "ciphers": {"k1": "x"}}'])
def test_other_keys_or_damaged_ones_are_said_to_be(
    cast_away: Cast, settings: Settings, tmp_path: Path, text: str | None
) -> None:
    with_app(cast_away)
    client, member = signed_in(cast_away, "lufang"), cast_away.weizhiqiang.id
    if text is not None:
        (tmp_path / "keys.json").write_text(text, "utf-8")
    settings.DATA_FOLDER = tmp_path
    other = first_step()
    answer = other.post(reverse("mfa_authenticate"), {"code": code()})
    assert answer.status_code == 409
    assert WAY_BACK in answer.content.decode()
    assert not is_in(other)
    assert WAY_BACK in client.get(reverse("member", args=[member])).content.decode()
    sent = client.post(reverse("member_unmask", args=[member, "phone"]), {"reason": "核对档案"})
    assert sent.status_code == 422
    assert WAY_BACK in sent.content.decode()
    assert "核对档案" in sent.content.decode()
    assert not Fact.objects.filter(kind="people.field.unmasked").exists()


def test_damaged_keys_are_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{", "utf-8")
    with pytest.raises(Unreadable):
        load(tmp_path)
    assert (tmp_path / "keys.json").read_text("utf-8") == "{"


@pytest.mark.usefixtures("cast")
def test_no_command_makes_new_keys_beside_what_is_sealed(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    with pytest.raises(DomainError, match="没有密钥文件"):
        start.database()
    assert not (tmp_path / "keys.json").exists()


@pytest.mark.parametrize("cause", [full(), psycopg.errors.DiskFull("could not extend file")])
def test_a_full_disk_is_told_and_the_form_is_kept(
    cast_away: Cast, monkeypatch: pytest.MonkeyPatch, cause: Exception
) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise OperationalError(str(cause)) from cause

    client = signed_in(cast_away, "lufang")
    url = reverse("contact_log", args=[cast_away.weizhiqiang.id])
    monkeypatch.setattr(services, "record", refuse)
    answer = client.post(url, {"means": "phone", "on": "2026-11-20", "note": NOTE, "reached": "1"})
    assert answer.status_code == 422
    assert "磁盘满了" in answer.content.decode()
    assert NOTE in answer.content.decode()
    assert not Contact.objects.filter(on="2026-11-20").exists()


def test_a_character_that_no_database_takes_is_refused(
    cast_away: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")

    monkeypatch.setattr(services, "record", refuse)
    url = reverse("contact_log", args=[cast_away.weizhiqiang.id])
    answer = signed_in(cast_away, "lufang").post(
        url, {"means": "phone", "on": "2026-11-20", "note": NOTE, "reached": "1"}
    )
    assert answer.status_code == 422
    assert "不能用的字符" in answer.content.decode()
    assert NOTE in answer.content.decode()


def test_any_other_fault_of_the_database_is_a_bug(cast_away: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise OperationalError("no such table: people_member")

    monkeypatch.setattr(services, "record", refuse)
    url = reverse("contact_log", args=[cast_away.weizhiqiang.id])
    with pytest.raises(OperationalError):
        signed_in(cast_away, "lufang").post(
            url, {"means": "phone", "on": "2026-11-20", "note": "", "reached": "1"}
        )
