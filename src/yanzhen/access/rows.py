"""Storing many new rows at once: one prepared statement, the values straight from the objects.

`bulk_create` spends most of its time on preparing each value of each row, and 100,000 members have five million.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from django.db import connection, models

# Values of these fields go to the database as they are; others are prepared by their field.
_PLAIN = (models.CharField, models.TextField, models.BooleanField, models.IntegerField)


def insert(objects: Sequence[models.Model]) -> None:
    """Insert new rows of one table. Their keys are the application's: nothing is read back. IntegrityError as ever."""
    if not objects:
        return
    meta = objects[0]._meta
    names = [field.attname for field in meta.concrete_fields]
    prepared = [
        (place, prepare) for place, field in enumerate(meta.concrete_fields) if (prepare := _prepare(field))
    ]
    rows = []
    for one in objects:
        kept = one.__dict__
        row = [kept[name] for name in names]
        for place, prepare in prepared:
            row[place] = prepare(row[place])
        rows.append(row)
    write(meta.db_table, [str(field.column) for field in meta.concrete_fields], rows)
    for one in objects:
        one._state.adding, one._state.db = False, connection.alias


def write(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of values that are ready for the database (see `key`)."""
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(" ".join(("INSERT INTO", quote(table), f"({names}) VALUES ({places})")), rows)


def key(value: UUID) -> UUID | str:
    """A key as the database takes it."""
    return value if connection.features.has_native_uuid_field else value.hex


def _prepare(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, _PLAIN):
        return None
    if isinstance(field, models.UUIDField | models.ForeignKey):  # all our keys are UUIDs
        return None if connection.features.has_native_uuid_field else _hex
    prepare = partial(field.get_db_prep_save, connection=connection)
    # The rows of one act share their moment, and few days: each is prepared once.
    return lru_cache(prepare) if isinstance(field, models.DateField) else prepare


def _hex(key: UUID | None) -> str | None:
    return key.hex if key else None
