"""Workbooks of Excel 2003 as plain XML, named .xls by the systems that export them (SpreadsheetML)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from xml.parsers import expat

from django.utils.translation import gettext as _

from .errors import RosterError
from .package import MAX_CELLS, shown_length
from .tables import Cells, Region, Table

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SHEET, _ROW, _CELL, _DATA = (f"{_NAMESPACE}|{name}" for name in ("Worksheet", "Row", "Cell", "Data"))
_STYLE, _FORMAT = f"{_NAMESPACE}|Style", f"{_NAMESPACE}|NumberFormat"
# Furthest row and column of Excel 2003 and later; a greater number is damage.
_LAST = 1_048_576


def looks_like_workbook(data: bytes) -> bool:
    """Whether the bytes begin as such a workbook does."""
    head = data[:4096]
    return (
        head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        and _NAMESPACE.encode() in head
        and b"<html" not in head
    )


class _Sheet:
    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[object]] = []
        self.regions: list[Region] = []
        self.precision: dict[int, dict[int, int]] = {}


class _Reader:
    """Collects rows as the parser meets them."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self._formats: dict[str, int] = {}
        self._style = ""
        self._column = 0
        self._text: list[str] | None = None
        self._type = ""
        self._cell: dict[str, str] = {}
        self._cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        given = {key.rsplit("|", 1)[-1]: value for key, value in attributes.items()}
        if name == _SHEET:
            self.sheets.append(_Sheet(given.get("Name", "")))
        elif name == _STYLE:
            self._style = given.get("ID", "")
        elif name == _FORMAT:
            length = shown_length(given.get("Format", ""))
            if length is not None:
                self._formats[self._style] = length
        elif name == _ROW and self.sheets:
            rows = self.sheets[-1].rows
            for _gap in range(len(rows) + 1, _number(given.get("Index"), len(rows) + 1)):
                rows.append([])
            rows.append([])
            self._column = 0
        elif name == _CELL:
            self._column = _number(given.get("Index"), self._column + 1) - 1
            self._cell = given
        elif name == _DATA:
            self._text = []
            self._type = given.get("Type", "String")

    def end(self, name: str) -> None:
        if name == _DATA and self._text is not None and self.sheets and self.sheets[-1].rows:
            self._put("".join(self._text))
            self._text = None
        elif name == _CELL and self.sheets:
            sheet = self.sheets[-1]
            across = _number(self._cell.get("MergeAcross"), 0)
            down = _number(self._cell.get("MergeDown"), 0)
            if across or down:
                row = len(sheet.rows) - 1
                sheet.regions.append((row, self._column, row + down, self._column + across))
            self._column += across + 1

    def text(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _put(self, text: str) -> None:
        sheet = self.sheets[-1]
        row = sheet.rows[-1]
        self._cells += self._column + 1 - len(row)
        if self._cells > MAX_CELLS:
            raise RosterError("too_big", _("表格太大，请分成几个文件再试。"))
        row.extend("" for _gap in range(len(row), self._column + 1))
        row[self._column] = _value(self._type, text)
        length = self._formats.get(self._cell.get("StyleID", ""))
        if length is not None and isinstance(row[self._column], date):
            sheet.precision.setdefault(len(sheet.rows), {})[self._column] = length


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), _LAST) if text is not None and text.isascii() and text.isdigit() else otherwise


def _value(kind: str, text: str) -> object:
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text).date()
    except ValueError:
        return text
    if kind == "Boolean":
        return text == "1"
    return "" if kind == "Error" else text


def _refuse(*_declaration: object) -> None:
    raise RosterError("format", _("这个文件不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx，再试一次。"))


def read(data: bytes) -> list[Table]:
    """The sheets of such a workbook. Raises RosterError: damaged, too_big, format (it declares entities)."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise RosterError("damaged", _("文件有损坏，打不开。请重新保存或重新传一次。")) from error
    return [
        Table(sheet.name, _walker(sheet.rows), _regions(sheet.regions), precision=sheet.precision)
        for sheet in reader.sheets
    ]


def _walker(rows: list[list[object]]) -> Callable[[], Iterator[Cells]]:
    return lambda: iter(rows)


def _regions(regions: list[Region]) -> Callable[[], list[Region]]:
    return lambda: regions
