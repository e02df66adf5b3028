"""What every test stands on: a clock that stands still, the cast, and a ledger that lets a test database be emptied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import Settings

from tests import cast as the_cast
from yanzhen.ledger import append_only


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is always the same Monday, in this process and in those that a test starts."""
    monkeypatch.setenv("YANZHEN_TODAY", the_cast.TODAY.isoformat())


@pytest.fixture
def cast(db: None, settings: Settings) -> the_cast.Cast:
    """周慧 and the others, built by acts (see `tests.cast`); with a hasher that does not cost a second a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return the_cast.build()


@pytest.fixture
def cast_away(cast: the_cast.Cast) -> the_cast.Cast:
    """The cast with 韦志强 and 覃小燕 away from home."""
    the_cast.send_away(cast)
    return cast


@pytest.fixture(scope="session", autouse=True)
def _databases_can_be_emptied() -> Iterator[None]:
    """After a test with real transactions all rows go, facts too: only around that the database lets them."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # django-stubs leave it out

    def open_and_empty(case: TransactionTestCase) -> None:
        append_only.remove(connection)
        try:
            empty(case)
        finally:
            append_only.install(connection)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", open_and_empty)
        yield
