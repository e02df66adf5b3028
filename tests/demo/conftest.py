"""One small town for all tests of this folder: it takes seconds to live through."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.cast import TODAY
from yanzhen.demo.history import History, planned
from yanzhen.demo.living import Town


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[History]:
    """The town, lived through to today; taken away again afterwards."""
    history = planned(today=TODAY, members=140)
    hasher = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with (
        pytest.MonkeyPatch.context() as patched,
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(PASSWORD_HASHERS=hasher),
    ):
        patched.setitem(os.environ, "YANZHEN_TODAY", TODAY.isoformat())
        Town(history).live(lambda done, total: None)
        yield history
        transaction.set_rollback(True)
