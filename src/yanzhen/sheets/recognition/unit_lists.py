"""Lists of units (党组织名册): a row is a unit, with the unit above it, its kind and its code where they are told."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from .column import Column
from .fields import UNIT_FIELDS

# What a list of units may have; a list with anything else that is told of people is one of members.
_BESIDE = {
    "home_unit_phone",
    "phone",
    "landline",
    "contact_person",
    "contact_person_phone",
    "home_address",
    "note",
}
_OWN = {"unit", *(field.key for field in UNIT_FIELDS)}
_HEADINGS = {
    "upper_unit": re.compile(
        r"上级|隶属|^(?:所属|所在)?(?:基层)?(?:党委|党总支|总支部?)(?:名称)?$|^所属党组织"
    ),
    "unit_kind": re.compile(r"(?:类别|类型|种类|性质)$"),
    "unit_code": re.compile(r"^(?:党?组织|党?支部|机构)?(?:代码|编码)$|^(?:党?组织|党?支部)编号$"),
}


def says(leaf: str) -> bool:
    """Whether a heading is of what only a list of units has."""
    return any(told.search(leaf) for told in _HEADINGS.values())


def is_list(fields: Collection[str | None]) -> bool:
    """Whether columns with these fields make a list of units."""
    told = {field for field in fields if field is not None}
    return "unit" in told and told <= _OWN | _BESIDE


def turned(columns: Sequence[Column]) -> list[Column]:
    """The columns of such a list with what each says of the unit. Any other list stays as it is."""
    if not is_list([it.field for it in columns]):
        return list(columns)
    taken: set[str] = set()
    found = []
    for column in columns:
        key = column.field if column.field == "unit" else _of_units(column, taken)
        taken |= {key} - {None} if key else set()
        score = column.confidence if key in (column.field, None) else max(column.confidence, 0.8)
        found.append(replace(column, field=key, confidence=score))
    return found


def _of_units(column: Column, taken: Collection[str]) -> str | None:
    leaf = column.heading.rpartition("/")[2]
    return next((key for key, told in _HEADINGS.items() if key not in taken and told.search(leaf)), None)
