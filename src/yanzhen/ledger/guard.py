"""Watching what is written: an act that changes state must say so, and state changes only inside acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from yanzhen.ledger.errors import WriteOutsideAct

# The rooms whose tables are domain state. Sessions, sign-in attempts and the task queue are not.
_STATE = r"(?:access|policy|org|people|mobility|contact|duties|sheets)_\w+"
# How somebody signs in besides his password is allauth's: that comes and goes in acts; being used is no act.
_COMES_AND_GOES = "mfa_authenticator"
_INTO, _FROM = r"INSERT\s+(?:OR\s+\w+\s+)?INTO", r"DELETE\s+FROM"
_WRITE = re.compile(
    rf'\s*(?:(?:{_INTO}|UPDATE|{_FROM})\s+"?({_STATE})"?|(?:{_INTO}|{_FROM})\s+"?({_COMES_AND_GOES})\b)',
    re.IGNORECASE,
)
_watched: ContextVar[bool] = ContextVar("writes_are_watched", default=False)


@dataclass
class Writes:
    """The tables of domain state that were written to."""

    tables: set[str] = field(default_factory=set)


@contextmanager
def watching(database: BaseDatabaseWrapper) -> Iterator[Writes]:
    """Note every write to domain state inside the block."""
    writes = Writes()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := _WRITE.match(sql):
            writes.tables.add(found[1] or found[2])
        return execute(sql, params, many, context)

    token = _watched.set(True)
    try:
        with database.execute_wrapper(note):
            yield writes
    finally:
        _watched.reset(token)


@contextmanager
def acts_only() -> Iterator[None]:
    """Refuse, inside the block, every write to domain state that no act makes. Each web request runs in one."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITE.match(sql)
        if found and not _watched.get():
            raise WriteOutsideAct(found[1] or found[2])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
