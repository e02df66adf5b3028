"""党员, its columns: which can be chosen, and what stands in them. Only the address remembers a choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.people.columns import Column
from yanzhen.people.models import Member
from yanzhen.sheets.listing import CATEGORIES, LISTED, listed
from yanzhen.sheets.records import records
from yanzhen.web.record import SECTIONS, in_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Line:
    """A member of the list, with the text of each column."""

    member: Member
    cells: list[tuple[Column, str]]


def offered() -> list[tuple[str | _StrPromise, list[Column]]]:
    """What can be chosen besides the name, section by section."""
    laid_out = [(label, [LISTED[key] for key in keys if key in LISTED]) for label, keys in SECTIONS]
    placed = {column.key for _label, columns in laid_out for column in columns} | {"name"}
    others = [column for key, column in LISTED.items() if key not in placed]
    found = [(_("支部、外出和联系"), others), *laid_out]
    return [(label, [it for it in columns if it.key != "name"]) for label, columns in found if columns]


def lines(
    members: Collection[Member], columns: Collection[Column], sorted_into: Mapping[UUID, Collection[str]]
) -> list[Line]:
    """The members with what the columns say of them; `sorted_into`: their categories. A few queries."""
    known = records(members, {"birth_on", *(column.key for column in columns)})  # the age comes from it

    def said(member: Member, column: Column) -> str:
        if column.key == CATEGORIES:
            return _("、").join(sorted_into.get(member.id, ()))
        value = listed(column.key, known[member.id])
        return "" if value is None else in_words(column, value)

    return [Line(member, [(column, said(member, column)) for column in columns]) for member in members]
