"""What many tests stand on, built once: in a transaction around theirs, which is rolled back when they are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

T = TypeVar("T")


@contextmanager
def built_once(blocker: DjangoDbBlocker, build: Callable[[], T]) -> Iterator[T]:
    """What `build` built, for a fixture wider than one test; each test's own changes still go when it ends."""
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
        built = build()
        connection.check_constraints()  # once, and not again after each test
    yield built
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
