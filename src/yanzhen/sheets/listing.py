"""The list of members in the columns that somebody chose: the same on the page, on paper and as a workbook.

Any field can be chosen that is not stored sealed and fits into a line. The workbook is a layout like the official ones,
in the columns of the roster; its key names them, so that the worker knows it by the key as well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from yanzhen.people.columns import COLUMNS, Column, Value
from yanzhen.sheets.comparing import age_of
from yanzhen.sheets.layouts import LAYOUTS, Layout, Person
from yanzhen.sheets.recognition import FIELD_BY_KEY
from yanzhen.sheets.workbooks import Cell, OutColumn
from yanzhen.sheets.writing import written

CATEGORIES = "categories"
USUAL = ("name", "unit", "stage", "joined_on", "destination", "contact_person", CATEGORIES)
"""What a list shows where nothing is chosen."""
_NEVER = {"is_mobile", "returned_on"}  # a list tells of present absences: their place says that there is one
_OFFERED = [it for it in COLUMNS if not it.sealed and it.kind != "long_text" and it.key not in _NEVER]
LISTED: dict[str, Column] = {
    it.key: it for it in (COLUMNS["name"], COLUMNS["unit"], *_OFFERED, Column(CATEGORIES, _("分类")))
}
"""What can be chosen, in the order of the list."""
_WORKBOOK = dict(zip((*FIELD_BY_KEY, CATEGORIES), LAYOUTS[""].columns, strict=True))
_MARK = "list:"


def chosen(keys: Collection[str]) -> list[Column]:
    """The columns of these keys, and the name; of keys that are none, the usual ones."""
    wanted = LISTED.keys() & keys or set(USUAL)
    return [column for key, column in LISTED.items() if key == "name" or key in wanted]


def listed(key: str, values: Mapping[str, Value]) -> Value | None:
    """A field of a roster row as the list shows it: of an absence while it lasts, the age of today."""
    if key == "age":
        return age_of(values)
    return values.get(key) if values["is_mobile"] or LISTED[key].room != "mobility" else None


def as_listed(columns: Collection[Column]) -> Layout:
    """The layout of a workbook in these columns."""
    keys = [column.key for column in columns]
    return Layout(_MARK + " ".join(keys), _("页面上的栏目"), tuple(map(_out, keys)))


def layout_of(key: str) -> Layout:
    """An official layout, or that of a list in the columns which the key names."""
    return as_listed(chosen(key.removeprefix(_MARK).split())) if key.startswith(_MARK) else LAYOUTS[key]


def _out(key: str) -> OutColumn[Person]:
    def of(person: Person) -> Cell:
        if key == CATEGORIES:
            return person.categories
        value = listed(key, person.values)
        return None if value is None else written(key, value)

    return OutColumn(_WORKBOOK[key].heading, of, _WORKBOOK[key].width)
