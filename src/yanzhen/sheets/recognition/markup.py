"""Web pages saved as .xls: what many systems call "export to Excel". Read with the standard parser, row by row."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from .delimited import decode
from .errors import RosterError
from .tables import Cells, Region, Table

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
# The name that Excel writes into the page for the sheet.
_SHEET_NAME = re.compile(r"<x:ExcelWorksheet>\s*<x:Name>([^<]*)</x:Name>")
_CELLS = ("td", "th")
# A span beyond this is a page's trick, not a table's: it would only cost memory.
_MAX_SPAN = 2000
_MAX_CELLS = 20_000_000


class _Tables(HTMLParser):
    """Collects the rows of every table; a table inside a cell is part of that cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[object]]] = []
        self.regions: list[list[Region]] = []
        self._depth = 0
        self._rows: list[list[object]] = []
        self._spans: list[Region] = []
        self._taken: dict[int, dict[int, bool]] = {}
        self._row: list[object] | None = None
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._hidden = 0
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._rows, self._spans, self._taken = [], [], {}
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in _CELLS:
            self._end_cell()
            if self._row is None:
                self._row = []
            self._text = []
            given = dict(attrs)
            self._span = (_number(given.get("rowspan")), _number(given.get("colspan")))
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table" and self._depth:
            self._depth -= 1
            if self._depth == 0:
                self._end_row()
                self.tables.append(self._rows)
                self.regions.append(self._spans)
        elif self._depth == 1 and tag == "tr":
            self._end_row()
        elif self._depth == 1 and tag in _CELLS:
            self._end_cell()

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """<![…]> is passed over as browsers do; the standard parser ends by an AssertionError at unknown ones."""
        return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._hidden:
            # Line breaks in the source are only blanks to a reader of the page.
            self._text.append(re.sub(r"[\r\n\t]+", " ", data))

    def _end_cell(self) -> None:
        if self._text is None or self._row is None:
            return
        text = re.sub(r" *\n *", "\n", "".join(self._text)).strip()
        self._text = None
        number = len(self._rows)
        taken = self._taken.setdefault(number, {})
        while taken.get(len(self._row)):
            self._row.append("")
        first = len(self._row)
        down, across = self._span
        self._row.append(text)
        self._row.extend("" for _step in range(across - 1))
        self._count += across
        if self._count > _MAX_CELLS:
            raise RosterError("too_big", _("表格太大，请分成几个文件再试。"))
        if down > 1 or across > 1:
            self._spans.append((number, first, number + down - 1, first + across - 1))
            for below in range(number + 1, number + down):
                row = self._taken.setdefault(below, {})
                row.update(dict.fromkeys(range(first, first + across), True))

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            taken = self._taken.pop(len(self._rows), {})
            while taken.get(len(self._row)):
                self._row.append("")
            self._rows.append(self._row)
            self._row = None

    def close(self) -> None:
        super().close()
        if self._depth:
            self._depth = 1
            self.handle_endtag("table")


def _number(text: str | None) -> int:
    digits = (text or "1").strip()
    return min(max(int(digits), 1), _MAX_SPAN) if digits.isascii() and digits.isdigit() else 1


def looks_like_markup(data: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(
        (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<div", b"<style")
    ) or (head.startswith(b"<") and (b"<table" in head or b"<html" in head))


def read(data: bytes) -> list[Table]:
    """The tables of a page, largest spans included. Raises RosterError when the page has none."""
    match = _CHARSET.search(data[:4096])
    declared = match[1].decode("ascii").lower() if match else ""
    text = data.decode("gb18030", errors="replace") if declared.startswith("gb") else decode(data)
    parser = _Tables()
    parser.feed(text)
    parser.close()
    found = [
        (rows, spans)
        for rows, spans in zip(parser.tables, parser.regions, strict=True)
        if any(cell for row in rows for cell in row)
    ]
    if not found:
        raise RosterError("empty", _("文件里没有内容。"))
    if len(found) == 1:
        name = _SHEET_NAME.search(text)
        return [_table(*found[0], name[1].strip() if name else None)]
    return [_table(rows, spans, f"表{number}") for number, (rows, spans) in enumerate(found, start=1)]


def _table(rows: list[list[object]], spans: list[Region], name: str | None) -> Table:
    def walk() -> Iterator[Cells]:
        return iter(rows)

    return Table(name, walk, lambda: spans)
