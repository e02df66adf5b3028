"""Column types that every scoped table shares, and the condition that keeps to one unit's ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from yanzhen.kernel.ids import uuid7
from yanzhen.kernel.paths import Subtree

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Text = models.CharField[str, str]
    _Key = models.UUIDField[Any, Any]
else:
    _Text = models.CharField
    _Key = models.UUIDField


def inside(path: str, column: str = "path") -> models.Q:
    """On a row with a path in `column`: it lies on the ground of the unit with this path. One range of an index."""
    ground = Subtree(path)
    return models.Q(**{f"{column}__gte": ground.low, f"{column}__lt": ground.high})


class OrderedText(_Text):
    """Text whose order is that of its code points on every database, so that ranges over it mean the same.

    SQLite compares so by default; PostgreSQL needs the collation named.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class PathField(OrderedText):
    """A unit's path (see `kernel.paths`): eight levels of four characters and room for more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        super().__init__(*args, **kwargs)


class KeyField(_Key):
    """The primary key of every table: a UUID version 7 that the application makes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(primary_key=True, default=uuid7, editable=False)
        super().__init__(*args, **kwargs)
