"""The floor that an import is measured against: the very rows it wrote, inserted bare into copies of their tables."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection, transaction

_OF_ADDED = "member_id IN (SELECT member_id FROM sheets_batchmember WHERE batch_id = %s AND added)"
_OF_BATCH = "batch_id = %s"
_OF_ADDITION = "id IN (SELECT row_id FROM sheets_batchaddition WHERE batch_id = %s)"
# What an import of new members writes, by the condition that finds it again.
_WRITTEN = {
    "org_unit": _OF_ADDITION,
    "contact_contactperson": _OF_ADDITION,
    "people_member": _OF_ADDED.replace("member_id IN", "id IN"),
    "people_searchterm": _OF_ADDED,
    "mobility_absence": _OF_ADDED,
    "contact_assignment": _OF_ADDED,
    "contact_contact": _OF_ADDED,
    "duties_standing": _OF_ADDED,
    "ledger_memberkey": _OF_ADDED,
    "ledger_fact": _OF_BATCH,
    "sheets_batchmember": _OF_BATCH,
    "sheets_batchaddition": _OF_BATCH,
}
_CHUNK = 2000


def bare_insert_seconds(batch_id: UUID) -> float:
    """How long a bare `executemany` of all rows that importing the batch wrote takes, indexes and commit included.

    The rows go into copies of their tables that hold everything else which the tables hold, with the same indexes: an
    entry costs more in a large index than in an empty one, whoever makes it. Making the copies and reading the rows is
    not counted; the copies are dropped again.
    """
    spent = 0.0
    try:
        for table in _WRITTEN:
            _copy(table, batch_id)
        with transaction.atomic():
            for table in _WRITTEN:
                for rows in _rows(table, batch_id):
                    began = time.perf_counter()
                    _insert(table, rows)
                    spent += time.perf_counter() - began
            began = time.perf_counter()
        return spent + time.perf_counter() - began
    finally:
        with connection.cursor() as cursor:
            for table in _WRITTEN:
                cursor.execute(f"DROP TABLE IF EXISTS floor_{table}")


def _copy(table: str, batch_id: UUID) -> None:
    """Make a copy of a table as it was before the batch. The indexes come last: they are quicker made than kept."""
    with connection.cursor() as cursor:
        fill = f"INSERT INTO floor_{table} SELECT * FROM {table} WHERE ({_WRITTEN[table]}) IS NOT TRUE"  # noqa: S608 - our own tables
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(fill, [_key(batch_id)])
            return
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL AND type IN ('table', 'index')"
            " ORDER BY type DESC",
            [table],
        )
        table_itself, *indexes = [statement for (statement,) in cursor.fetchall()]
        cursor.execute(_of_copy(table_itself, table))
        cursor.execute(fill, [_key(batch_id)])
        for index in indexes:
            cursor.execute(_of_copy(index, table))


def _of_copy(statement: str, table: str) -> str:
    """A statement that makes a table or an index of it, for the copy."""
    named = re.sub(r'(INDEX )"(\w+)"', r'\1"floor_\2"', statement)
    return re.sub(rf'(TABLE|ON) "{table}"', rf'\1 "floor_{table}"', named)


def _key(batch_id: UUID) -> UUID | str:
    return batch_id if connection.features.has_native_uuid_field else batch_id.hex


def _rows(table: str, batch_id: UUID) -> Iterator[list[tuple[Any, ...]]]:
    """The rows as they stand in the database, a chunk at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {_WRITTEN[table]}", [_key(batch_id)])  # noqa: S608 - our own tables
        while rows := cursor.fetchmany(_CHUNK):
            yield rows


def _insert(table: str, rows: list[tuple[Any, ...]]) -> None:
    """Past Django: the database driver's own `executemany`."""
    mark = "%s" if connection.vendor == "postgresql" else "?"
    marks = ", ".join([mark] * len(rows[0]))
    cursor = connection.connection.cursor()
    cursor.executemany(f"INSERT INTO floor_{table} VALUES ({marks})", rows)  # noqa: S608 - our own tables
    cursor.close()
