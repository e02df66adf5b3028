"""The floor under a reading: the very statements it sends, sent again through a bare cursor and fetched whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection


def statements(function: Callable[[], object]) -> list[tuple[str, Any]]:
    """The SELECT statements that `function` sends, with their parameters."""
    sent: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith("SELECT"):
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        function()
    return sent


def bare(sent: list[tuple[str, Any]]) -> Callable[[], object]:
    """Sends them again and fetches every row."""

    def run() -> int:
        with connection.cursor() as cursor:
            count = 0
            for sql, params in sent:
                cursor.execute(sql, params)
                count += len(cursor.fetchall())
        return count

    return run
