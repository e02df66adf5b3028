"""What of a row's values the base can keep, asked value by value: one cell that is too long keeps nobody out."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import CharField, Model
from django.utils.translation import gettext as _

from yanzhen.contact.models import ContactPerson
from yanzhen.kernel.errors import DomainError
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.people.columns import COLUMNS, OWN, Value
from yanzhen.people.values import cleaned
from yanzhen.sheets.recognition import FIELD_BY_KEY, Problem

_OWN = frozenset(column.key for column in OWN)
_SEALED_NUMBER = 30  # characters: its sealed form fits the column
_SEALED_TEXT = 200
_COLUMNS: dict[str, tuple[type[Model], str]] = {
    "unit": (Unit, "name"),
    "contact_person": (ContactPerson, "name"),
    "departure_reason": (Absence, "reason"),
}


def _width(key: str) -> int | None:
    """How long the text may be; None where it is no text."""
    column = COLUMNS[key]
    if column.kind in ("bool", "date"):
        return None
    if column.sealed:
        return _SEALED_NUMBER if column.kind == "phone" else _SEALED_TEXT
    model, name = _COLUMNS.get(key, (Absence, key))
    return width_of(model, name)


def width_of(model: type[Model], name: str) -> int | None:
    """How many characters a column of the database takes; None where it is no text of a limited length."""
    stored = model._meta.get_field(name)
    return stored.max_length if isinstance(stored, CharField) else None


_WIDTHS = {
    column.key: width for column in COLUMNS if column.room != "people" and (width := _width(column.key))
}


def keepable(values: Mapping[str, Value]) -> tuple[dict[str, Value], list[Problem]]:
    """The values that can be kept, and a problem for each that cannot."""
    own = {key: value for key, value in values.items() if key in _OWN}
    try:
        cleaned(own)
        faults = []
    except DomainError:
        faults = [fault for key, value in own.items() if (fault := _fault(key, value))]
    for key, width in _WIDTHS.items():
        if len(str(values.get(key, ""))) > width:
            told = {"label": FIELD_BY_KEY[key].title(), "width": width}
            faults.append(Problem(key, "length", _("%(label)s最多 %(width)d 个字，没有导入。") % told))
    bad = {fault.field for fault in faults}
    return {key: value for key, value in values.items() if key in COLUMNS and key not in bad}, faults


def _fault(key: str, value: Value) -> Problem | None:
    try:
        cleaned({key: value})
    except DomainError as refusal:
        return Problem(key, "format", refusal.sentence)
    return None
