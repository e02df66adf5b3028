"""Small workbooks for tests, written the way an office writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook

from yanzhen.people.columns import Value
from yanzhen.people.id_number import check_character
from yanzhen.sheets.recognition import FIELD_BY_KEY
from yanzhen.sheets.writing import written


def id_number(born: str, order: int) -> str:
    """An invented ID number of a county that does not exist: `born` as YYYYMMDD, odd orders are men."""
    first = f"522699{born}{order:03d}"
    return first + check_character(first)


def workbook(headings: Sequence[str], *rows: Sequence[str], sheet: str = "花名册") -> bytes:
    """A workbook with one heading row and these rows, all text."""
    target = BytesIO()
    with Workbook(target) as book:
        page = book.add_worksheet(sheet)
        for line, cells in enumerate((headings, *rows)):
            for column, text in enumerate(cells):
                page.write_string(line, column, text)
    return target.getvalue()


def roster(*rows: Mapping[str, Value]) -> bytes:
    """A workbook of these rows by field key, with a column for each field that one of them has, and a few more."""
    keys = list(dict.fromkeys(("name", "gender", "phone", *(key for row in rows for key in row))))
    cells = [[written(key, row[key]) if key in row else "" for key in keys] for row in rows]
    return workbook([FIELD_BY_KEY[key].label for key in keys], *cells)
