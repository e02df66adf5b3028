"""Small workbooks for tests, written the way an office writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook

from yanzhen.people.columns import Value
from yanzhen.sheets.recognition import FIELD_BY_KEY
from yanzhen.sheets.writing import written


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
    """A workbook of these rows by field key, with a column for each field that one of them has."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[written(key, row[key]) if key in row else "" for key in keys] for row in rows]
    return workbook([FIELD_BY_KEY[key].label for key in keys], *cells)
