"""All that stands on anybody's ground, to be compared with what it was."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from yanzhen.duties.models import Standing
from yanzhen.people.models import Member, Photo
from yanzhen.people.values import member_values
from yanzhen.reorganization.ground import OF_MEMBERS, OF_UNITS

# Made anew, the same standing has another key; sealed anew, the same value looks different.
_NOT_COMPARED: dict[type[Model], set[str]] = {
    Standing: {"id"},
    Photo: {"sealed"},
    Member: {field.attname for field in Member._meta.concrete_fields if field.attname.endswith("_sealed")},
}


def state() -> dict[str, Any]:
    """Every row of every table of `reorganization.ground`, and each member's values in the clear."""
    tables: tuple[type[Model], ...] = (*OF_UNITS, Member, *OF_MEMBERS)
    found: dict[str, Any] = {table.__name__: _rows(table) for table in tables}
    found["values"] = {member.id: member_values(member) for member in Member.objects.all()}
    return found


def _rows(table: type[Model]) -> list[tuple[Any, ...]]:
    left_out = _NOT_COMPARED.get(table, set())
    columns = [it.attname for it in table._meta.concrete_fields if it.attname not in left_out]
    return sorted(table._default_manager.values_list(*columns), key=str)
