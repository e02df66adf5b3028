"""A member's values between roster form and stored form: checked, sealed, masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.kernel import clock, partial
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.ids import uuid7
from yanzhen.org.models import Unit
from yanzhen.people import id_number
from yanzhen.people.columns import OWN, Column, Kind, Value
from yanzhen.people.models import Gender, Member, Stage
from yanzhen.people.names import as_kept
from yanzhen.people.readings import name_key
from yanzhen.vault.sealed import blind_index, seal, unseal

_BY_KEY = {column.key: column for column in OWN}
_SEALED = frozenset(column.key for column in OWN if column.sealed)
_WIDTHS: dict[str, int | None] = {
    column.key: None if column.sealed else getattr(Member._meta.get_field(column.key), "max_length", None)
    for column in OWN
}
_DEFAULTS = {field.attname: field.get_default() for field in Member._meta.concrete_fields}
_CHOICES = {"gender": Gender.choices, "stage": Stage.choices}
_LONGEST = 10_000  # characters of a long text, so that it goes out: a cell of a sheet holds 32,767
_SEALED_WIDTH = 30  # characters of a sealed number: its sealed form fits the column
_WRITTEN_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WRITTEN_MONTH = re.compile(r"\d{4}(-\d{2})?")
_WRITTEN_PHONE = re.compile(r"\+?\d{3,20}(-\d{1,10}){0,2}")
_BETWEEN_NAMES = re.compile(r"[、，,；;]")
_ALREADY = frozenset({"birth_on", "joined_on", "converted_on", "started_work_on", "lost_on"})  # days gone by


def cleaned(values: Mapping[str, Value | None]) -> dict[str, Value | None]:
    """The values as they are stored; DomainError with its `field` for one that cannot be.

    Nothing known is "" for text, None for a number or a yes/no. LookupError for a column that another room keeps.
    """
    return {
        key: (_clean if key in _SEALED else _clean_often)(_column(key), value)
        for key, value in values.items()
    }


def _column(key: str) -> Column:
    try:
        return _BY_KEY[key]
    except KeyError:
        raise LookupError(f"{key!r} is no column of a member's own row") from None


def _clean(column: Column, value: Value | None) -> Value | None:
    if value is None or value == "":
        return None if column.kind in ("bool", "int") else ""
    if column.key == "name":
        value = as_kept(str(value))
        if _BETWEEN_NAMES.search(value):
            raise DomainError(
                _("“%(name)s”像是几位党员的姓名，请一位一位地写。") % {"name": value}, field="name"
            )
    return _CLEANERS[column.kind](column, value)


_clean_often = lru_cache(maxsize=8192, typed=True)(_clean)
"""A roster says 汉族 and 正式 on every row; sealed values are not kept in memory like this."""


def _text(column: Column, value: Value) -> str:
    text = str(value).strip()
    width = _LONGEST if column.kind == "long_text" else _WIDTHS[column.key]
    if width is not None and len(text) > width:
        raise DomainError(
            _("“%(label)s”最多 %(width)d 个字，请写短一些。") % {"label": column.label, "width": width},
            field=column.key,
        )
    return text


def _date(column: Column, value: Value) -> str:
    text = str(value).strip()
    if not text:
        return ""
    first = _first_day(text, column.kind == "month")
    if first is None:
        raise DomainError(
            _("“%(label)s”请写成 2010、2010-07 或 2010-07-01 这样的日期。") % {"label": column.label},
            field=column.key,
        )
    if column.key in _ALREADY and first > clock.today():
        raise DomainError(_("“%(label)s”不能晚于今天。") % {"label": column.label}, field=column.key)
    return text


@lru_cache(maxsize=8192)
def _first_day(text: str, is_month: bool) -> date | None:
    pattern = _WRITTEN_MONTH if is_month else _WRITTEN_DATE
    try:
        return partial.first_day(text) if pattern.fullmatch(text) else None
    except ValueError:
        return None


def _bool(column: Column, value: Value) -> bool:
    if not isinstance(value, bool):
        raise DomainError(_("“%(label)s”请选“是”或“否”。") % {"label": column.label}, field=column.key)
    return value


def _int(column: Column, value: Value) -> int:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 32767:
        raise DomainError(_("“%(label)s”请写一个整数。") % {"label": column.label}, field=column.key)
    return value


def _choice(column: Column, value: Value) -> str:
    if value not in [key for key, _label in _CHOICES[column.key]]:
        raise DomainError(
            _("“%(label)s”没有“%(value)s”这一项。") % {"label": column.label, "value": value},
            field=column.key,
        )
    return str(value)


def choices(column: Column) -> list[tuple[str, str]]:
    """What a choice column offers: key and label."""
    return [(key, str(label)) for key, label in _CHOICES[column.key]]


def _phone(column: Column, value: Value) -> str:
    text = re.sub(r"\s", "", str(value))
    if text and (len(text) > _SEALED_WIDTH or not _WRITTEN_PHONE.fullmatch(text)):
        raise DomainError(
            _("“%(label)s”请只写数字，座机写成 0755-1234567。") % {"label": column.label}, field=column.key
        )
    return text


def _id_number(column: Column, value: Value) -> str:
    try:
        return id_number.read(str(value)).number if str(value).strip() else ""
    except id_number.IdNumberError as error:
        raise DomainError(_id_sentence(error.code), code=error.code, field=column.key) from error


def _id_sentence(fault: id_number.Fault) -> str:
    return {
        "length": _("公民身份号码应为 18 位，请核对。"),
        "format": _("公民身份号码只有数字，最后一位可以是 X，请核对。"),
        "impossible_date": _("公民身份号码里的出生日期不存在，请核对。"),
        "checksum": _("公民身份号码的校验码不对，可能有一位写错了，请核对。"),
    }[fault]


_CLEANERS: dict[Kind, Callable[[Column, Value], Value]] = {
    "text": _text,
    "long_text": _text,
    "date": _date,
    "month": _date,
    "bool": _bool,
    "int": _int,
    "choice": _choice,
    "phone": _phone,
    "id_number": _id_number,
}


def completed(values: dict[str, Value | None]) -> dict[str, Value | None]:
    """Values of somebody new with the birth month and the sex that the ID number says (GB 11643-1999), where nothing
    else does. The month is enough for whatever goes by age; the day would give away more of the number."""
    if not values.get("id_number") or (values.get("birth_on") and values.get("gender")):
        return values
    said = id_number.read(str(values["id_number"]))
    month = said.born_on.isoformat()[: len("1985-03")]
    return {
        **values,
        "birth_on": values.get("birth_on") or month,
        "gender": values.get("gender") or said.gender,
    }


def stored(values: Mapping[str, Value | None], member_id: UUID) -> dict[str, Any]:
    """Cleaned values as the fields of the member's row that keep them: sealed, with the blind index beside."""
    fields: dict[str, Any] = {}
    for key, value in values.items():
        column = _BY_KEY[key]
        if not column.sealed:
            fields[key] = value
        else:
            fields[f"{key}_sealed"] = seal(str(value), place=column.place, row=member_id)
    if "name" in values:
        fields["name_key"] = name_key(str(values["name"]))
    if "phone" in values:
        fields["phone_index"] = blind_index(digits(str(values["phone"])), use="phone")
    if "id_number" in values:
        fields["id_number_index"] = blind_index(str(values["id_number"]), use="id_number")
    return fields


def new_member(unit: Unit, values: Mapping[str, Value | None]) -> Member:
    """The row of a new member, not stored yet."""
    key = uuid7()
    fields = stored(values, key) | {"id": key, "unit_id": unit.id, "path": unit.path}
    # All fields in their order: by keyword a row of 46 takes Django three times as long.
    values_in_order = [fields.get(name, default) for name, default in _DEFAULTS.items()]
    member = Member.from_db(None, list(_DEFAULTS), values_in_order)
    member.unit = unit
    return member


def digits(phone: str) -> str:
    """A phone number's digits alone: what it is looked up by."""
    return "".join(filter(str.isdigit, phone))


def value_of(member: Member, key: str) -> Value | None:
    """One value of the member in roster form, unsealed."""
    column = _column(key)
    if column.sealed:
        return unseal(getattr(member, f"{key}_sealed"), place=column.place, row=member.id)
    value: Value | None = getattr(member, key)
    return value


def member_values(member: Member, only: Container[str] = _BY_KEY) -> dict[str, Value]:
    """What is known of the member's own columns, in roster form, unsealed; `only` these."""
    found = {column.key: value_of(member, column.key) for column in OWN if column.key in only}
    return {key: value for key, value in found.items() if value is not None and value != ""}
