"""One small town for all tests of this folder: it takes seconds to live through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.cast import TODAY
from tests.standing import built_once
from yanzhen.demo.history import History, planned
from yanzhen.demo.living import Town


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[History]:
    """The town, lived through to today; taken away again afterwards."""
    history = planned(today=TODAY, members=140)
    with built_once(django_db_blocker, lambda: Town(history).live(lambda done, total: None)):
        yield history
