"""Sheets as towns make them, written in every kind of file: the makers of all fixtures, at test time."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import xlsxwriter
import xlwt

EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Shown:
    """A number or date with the number format that its cell shows."""

    value: float | date
    format: str

    @property
    def serial(self) -> float:
        return float((self.value - EPOCH).days) if isinstance(self.value, date) else self.value


Cell = str | float | int | bool | date | Shown | None


@dataclass
class Grid:
    """One sheet: lines from row 1, merged regions (first row, first column, last row, last column, from 0)."""

    lines: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    name: str = "Sheet1"
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


def text_of(cell: Cell) -> str:
    """The cell as it looks in a text file."""
    if cell is None:
        return ""
    if isinstance(cell, Shown):
        cell = cell.value
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def shown_as(cell: Cell) -> Shown | None:
    """The cell as a number with a format, when it is one."""
    if isinstance(cell, Shown):
        return cell
    return Shown(cell, "yyyy/m/d") if type(cell) is date else None


def filled(grid: Grid) -> Iterator[tuple[int, int, Cell]]:
    """Row, column and content of every cell that has some."""
    for number, line in enumerate(grid.lines):
        for column, cell in enumerate(line):
            if cell is not None and cell != "":
                yield number, column, cell


def xlsx(*grids: Grid) -> bytes:
    """The sheets as .xlsx."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False})
    plain = book.add_format({"border": 1})
    formats: dict[str, xlsxwriter.format.Format] = {}
    for grid in grids:
        sheet = book.add_worksheet(grid.name)
        if grid.hidden:
            sheet.hide()
        for first_row, first, last_row, last in grid.merged:
            sheet.merge_range(first_row, first, last_row, last, "", plain)
        for number, column, cell in filled(grid):
            shown = shown_as(cell)
            if shown is not None:
                style = formats.setdefault(shown.format, book.add_format({"num_format": shown.format}))
                sheet.write_number(number, column, shown.serial, style)
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell)
            else:
                sheet.write(number, column, cell)
        for row in grid.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in grid.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def xls(*grids: Grid) -> bytes:
    """The sheets as BIFF (.xls, and .et as WPS writes it)."""
    book = xlwt.Workbook(encoding="utf-8")
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        covered = {(region[0], region[1]): region for region in grid.merged}
        for number, column, cell in filled(grid):
            shown = shown_as(cell)
            style = xlwt.easyxf(num_format_str=shown.format) if shown else xlwt.Style.default_style
            value = shown.serial if shown else cell
            region = covered.get((number, column))
            if region is not None:
                sheet.write_merge(number, region[2], column, region[3], value, style)
            else:
                sheet.write(number, column, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_text(grid: Grid, *, encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """The sheet as text; what was merged stands in its first cell only."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([[text_of(cell) for cell in line] for line in grid.lines])
    return out.getvalue().encode(encoding)


def page(grid: Grid, *, encoding: str = "gb2312") -> bytes:
    """The sheet as a web page saved as .xls."""
    spans = {
        (row, column): (last_row - row + 1, last - column + 1) for row, column, last_row, last in grid.merged
    }
    covered = {
        (row, column)
        for first_row, first, last_row, last in grid.merged
        for row in range(first_row, last_row + 1)
        for column in range(first, last + 1)
    } - set(spans)
    rows = []
    for number, line in enumerate(grid.lines):
        cells = []
        for column, cell in enumerate(line):
            if (number, column) in covered:
                continue
            down, across = spans.get((number, column), (1, 1))
            text = html.escape(text_of(cell)).replace("\n", "<br>") or "&nbsp;"
            cells.append(
                f'<td rowspan="{down}" colspan={across} style="mso-number-format:\'\\@\'">{text}</td>'
            )
        rows.append("<tr>" + "\r\n".join(cells) + "</tr>")
    charset = {"gb18030": "gb2312", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}">'
        '<style><!--table {mso-displayed-decimal-separator:"\\.";}--></style></head>'
        f"<body><table border=1>{''.join(rows)}</table></body></html>"
    ).encode(encoding, errors="xmlcharrefreplace")


def xml_2003(*grids: Grid) -> bytes:
    """The sheets as Excel 2003 writes XML, named .xls by the systems that export it."""
    styles: dict[str, str] = {}
    sheets = []
    for grid in grids:
        spans = {
            (row, column): (last_row - row, last - column) for row, column, last_row, last in grid.merged
        }
        rows = []
        for number, line in enumerate(grid.lines):
            cells = []
            for column, cell in enumerate(line):
                if cell is None or cell == "":
                    continue
                down, across = spans.get((number, column), (0, 0))
                shown = (
                    cell
                    if isinstance(cell, Shown)
                    else Shown(cell, "yyyy/m/d")
                    if type(cell) is date
                    else None
                )
                style = ""
                if shown is not None:
                    style = f' ss:StyleID="{styles.setdefault(shown.format, f"s{len(styles)}")}"'
                    day = EPOCH + timedelta(days=int(shown.serial))
                    data = f'<Data ss:Type="DateTime">{day}T00:00:00.000</Data>'
                elif isinstance(cell, (int, float)):
                    data = f'<Data ss:Type="Number">{cell!r}</Data>'
                else:
                    data = f'<Data ss:Type="String">{html.escape(str(cell))}</Data>'
                merge = f' ss:MergeDown="{down}"' * bool(down) + f' ss:MergeAcross="{across}"' * bool(across)
                cells.append(f'<Cell ss:Index="{column + 1}"{merge}{style}>{data}</Cell>')
            rows.append(f'<Row ss:Index="{number + 1}">{"".join(cells)}</Row>')
        sheets.append(f'<Worksheet ss:Name="{grid.name}"><Table>{"".join(rows)}</Table></Worksheet>')
    formats = "".join(
        f'<Style ss:ID="{name}"><NumberFormat ss:Format="{html.escape(code)}"/></Style>'
        for code, name in styles.items()
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"<Styles>{formats}</Styles>{''.join(sheets)}</Workbook>"
    ).encode()


def padded(lines: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The lines, all as wide as the widest."""
    width = max(len(line) for line in lines)
    return [[*line, *([None] * (width - len(line)))] for line in lines]
