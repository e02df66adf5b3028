"""Any list as an .xlsx: declared once as columns, written row by row, so that its length costs no memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Generic, TypeVar

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yanzhen.kernel.errors import DomainError

T = TypeVar("T")
Cell = str | int | date | None

ROWS = 1_048_576  # of a sheet (Microsoft: Excel specifications and limits)
_A4 = 9  # xlsxwriter's number of the paper
_FITS = 300  # characters that one A4 page across still holds in print that can be read
# A sheet is Chinese whatever the pages speak: offices pass it on, imports read it.
_FOOTER = "&C第 &P 页，共 &N 页"
_DAY = 'yyyy"年"mm"月"dd"日"'


@dataclass(frozen=True)
class OutColumn(Generic[T]):
    """One column of a list on its way out.

    An upper heading, merged over the columns that share it, goes before the lower one, joined by "/". What `of` gives
    of a row decides the cell: a whole number is a number, a date a day, everything else text, so that nothing is taken
    for a number or a formula.
    """

    heading: str
    of: Callable[[T], Cell]
    width: int = 15  # characters


@dataclass(frozen=True)
class Form:
    """What stands around the list: the sheet's name, a title and lines above the headings, and rules between the cells,
    which cost a wide list half its time."""

    sheet: str
    title: str = ""
    lines: tuple[str, ...] = ()
    is_ruled: bool = True


@dataclass
class _Page:
    """The sheet while it is written: rows in their order, each once."""

    sheet: Worksheet
    columns: int
    looks: dict[str, Format | None]
    line: int = field(default=0)

    def put(self, column: int, cell: Cell, look: str) -> None:
        style = self.looks[look]
        if isinstance(cell, int):
            self.sheet.write_number(self.line, column, cell, style)
        elif isinstance(cell, date):
            self.sheet.write_datetime(self.line, column, cell, self.looks["day"])
        elif cell:
            self.sheet.write_string(self.line, column, cell, style)
        elif style:
            self.sheet.write_blank(self.line, column, None, style)

    def across(self, text: str, look: str) -> None:
        """A text over the whole width."""
        for column in range(self.columns):
            self.put(column, "" if column else text, look)
        self.merge(self.line, 0, self.line, self.columns - 1)
        self.line += 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge cells that are written already. `merge_range` writes them itself, which rows that went to the disk
        do not let it do."""
        if (top, left) != (bottom, right):
            self.sheet.merge.append([top, left, bottom, right])


def list_xlsx(form: Form, columns: Sequence[OutColumn[T]], rows: Iterable[T | str]) -> bytes:
    """The list as a workbook that prints on A4 across, its headings on every page. A text among the rows is a line of
    its own, such as the branch that the next rows are of. DomainError for more than a sheet holds."""
    target = BytesIO()
    with Workbook(target, {"constant_memory": True}) as book:
        page = _Page(book.add_worksheet(form.sheet), len(columns), _looks(book, form))
        _set_up(page.sheet, columns)
        if form.title:
            page.across(form.title, "title")
        for line in form.lines:
            page.across(line, "line")
        _headings(page, [it.heading.split("/") for it in columns])
        for row in rows:
            if page.line >= ROWS:  # what goes beyond, the writer would drop without a word
                raise DomainError(_("名单太长，一张 Excel 表放不下，请按党组织分开导出。"))
            if isinstance(row, str):
                page.across(row, "between")
                continue
            for place, column in enumerate(columns):
                page.put(place, column.of(row), "cell")
            page.line += 1
    return target.getvalue()


def _looks(book: Workbook, form: Form) -> dict[str, Format | None]:
    cell = {"border": 1, "valign": "vcenter", "text_wrap": True}
    looks: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
        "line": {"valign": "vcenter"},
        "heading": {**cell, "bold": True, "align": "center"},
        "between": {**cell, "bold": True},
        "cell": cell if form.is_ruled else {},
        "day": {**cell, "num_format": _DAY},
    }
    return {name: book.add_format(look) if look else None for name, look in looks.items()}


def _set_up(sheet: Worksheet, columns: Sequence[OutColumn[T]]) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_footer(_FOOTER)
    if sum(it.width for it in columns) <= _FITS:
        sheet.fit_to_pages(1, 0)


def _headings(page: _Page, headings: Sequence[Sequence[str]]) -> None:
    """As many rows as the deepest heading has parts; the lowest part of every other reaches down to the last."""
    first, depth = page.line, max(map(len, headings))
    for level in range(depth):
        for place, parts in enumerate(headings):
            begins = place == 0 or headings[place - 1][: level + 1] != parts[: level + 1]
            is_lowest = level == len(parts) - 1
            text = parts[level] if level < len(parts) and (begins or is_lowest) else ""
            page.put(place, text, "heading")
            if is_lowest:
                page.merge(page.line, place, first + depth - 1, place)
            elif level < len(parts) and begins:
                page.merge(page.line, place, page.line, place + _alike(headings[place:], level) - 1)
        page.line += 1
    page.sheet.repeat_rows(first, page.line - 1)
    page.sheet.freeze_panes(page.line, 1)


def _alike(headings: Sequence[Sequence[str]], level: int) -> int:
    """Over how many columns from the first on the part at `level` stands."""
    upper = headings[0][: level + 1]
    for count, parts in enumerate(headings):
        if parts[: level + 1] != upper:
            return count
    return len(headings)
