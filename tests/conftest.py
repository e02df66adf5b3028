"""What every test stands on: a clock that stands still, the cast, and a ledger that lets a test database be emptied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings
from zeal.constants import initialize_app_registry
from zeal.patch import patch

from tests import cast as the_cast
from tests.standing import built_once
from yanzhen.ledger import append_only
from yanzhen.vault.keys import keys

HOME, AWAY, EMPTY = "home", "away", "empty"


@pytest.fixture(scope="session", autouse=True)
def _the_day() -> Iterator[None]:
    """It is always the same Monday, in this process and in those that a test starts."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("YANZHEN_TODAY", the_cast.TODAY.isoformat())
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_query_in_a_loop() -> Iterator[None]:
    """A page that asks the same of the database again and again, row by row, fails."""
    initialize_app_registry()
    patch()
    watched = [*settings.MIDDLEWARE, "zeal.middleware.zeal_middleware"]
    with override_settings(MIDDLEWARE=watched, ZEAL_NPLUSONE_THRESHOLD=3):
        yield


@pytest.fixture(scope="session", autouse=True)
def _cheap() -> Iterator[None]:
    """A hasher that does not cost a second a test; and no client of a test reads the folder of static files."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """The language of the last page that another test asked for is forgotten, and how often it asked."""
    translation.deactivate()
    cache.clear()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks what may reach the database: only there can the two differ, from all others pytest-django withholds it."""
    if item.get_closest_marker("django_db") or "_django_db_helper" in getattr(item, "fixturenames", ()):
        item.add_marker("database")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test says by its fixtures in which world it plays; pytest lets those of one world follow one another."""
    marked = metafunc.definition.get_closest_marker("django_db")
    transactional = "transactional_db" in metafunc.fixturenames or (
        marked and marked.kwargs.get("transaction")
    )
    if transactional or "cast" not in metafunc.fixturenames:
        world = EMPTY
    else:
        world = AWAY if "cast_away" in metafunc.fixturenames else HOME
    metafunc.parametrize("world", [world], indirect=True, scope="session", ids=[pytest.HIDDEN_PARAM])


@pytest.fixture(scope="session", autouse=True)
def world(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker, _the_day: None, _cheap: None
) -> Iterator[the_cast.Cast | None]:
    """The cast as it stands before each test of this world; None where a test begins with an empty database."""
    if request.param == EMPTY:
        yield None
        return
    request.getfixturevalue("django_db_setup")
    with built_once(
        django_db_blocker, the_cast.build if request.param == HOME else the_cast.build_away
    ) as cast:
        yield cast


@pytest.fixture
def cast(world: the_cast.Cast | None, db: None) -> the_cast.Cast:
    """周慧 and the others, built by acts (see `tests.cast`)."""
    return deepcopy(world) or the_cast.build()


@pytest.fixture
def cast_away(world: the_cast.Cast | None, cast: the_cast.Cast) -> the_cast.Cast:
    """The cast with 韦志强 and 覃小燕 away from home."""
    if world is None:
        the_cast.send_away(cast)
    return cast


@pytest.fixture
def data_folder(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of the test's own, with the keys under which the cast is sealed."""
    keys()  # made at first need
    shutil.copy(Path(settings.DATA_FOLDER) / "keys.json", tmp_path)
    settings.DATA_FOLDER = tmp_path
    return tmp_path


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
