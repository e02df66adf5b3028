"""Looking into an .xlsx before it is opened: how large it really is, and which dates show no day.

The reader of workbooks lays a sheet out as a full rectangle, so two stray cells in far corners, or a zip bomb, would
cost all memory. Everything here streams: nothing larger than a few megabytes is held.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from django.utils.translation import gettext as _

from .errors import RosterError
from .tables import column_index

# 100,000 rows of 25 cells unpack to about 130 MB; beyond four times that no roster was seen.
MAX_UNPACKED = 600_000_000
# The reader needs some 30 bytes for each cell of the rectangle: this keeps it near 300 MB.
MAX_CELLS = 10_000_000
_CHUNK = 1 << 20
# A row of a sheet is never larger; text without any row end would otherwise pile up here.
_MAX_ROW = 64 << 20
_MAX_PART = 32 << 20

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_CELL_REF = re.compile(rb'c r="([A-Z]{1,3})(\d+)"')
# Refs that make a sheet large, wherever in a row they stand: cells may be written in any order.
_FAR = re.compile(rb' r="(?:[A-Za-z]{3}|[A-Za-z]{2}\d{5}|[A-Za-z]\d{6})')
_ANY_REF = re.compile(rb"""\br=["']([A-Za-z]{1,9})(\d+)["']""")
_UNIQUE = re.compile(rb"uniqueCount\s*=\s*[\"']?(\d+)")
_CELL_START = re.compile(rb"<(?:\w+:)?c[ >]")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
# Built-in formats of Chinese Excel that show year and month only (ECMA-376, 18.8.30; 17 is mmm-yy everywhere).
_MONTH_FORMATS = {17, 27, 36, 50, 52, 57}
MONTH, YEAR = 7, 4


@dataclass
class SheetShape:
    """The rectangle that holds content, and the dates without a day: row to columns to characters to keep of ISO."""

    rows: int = 0
    columns: int = 0
    precision: dict[int, dict[int, int]] = field(default_factory=dict)


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode("ascii", "ignore").rsplit(":", 1)[-1]: html.unescape(
            (double or single).decode("utf-8", "replace")
        )
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


class Package:
    """An open .xlsx. Raises RosterError damaged, too_big or format."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._names = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise RosterError("damaged", _("文件有损坏，打不开。请重新保存或重新传一次。")) from error
        self._unpacked = 0

    @property
    def is_workbook(self) -> bool:
        return any(name.lower().startswith("xl/") or name == "content.xml" for name in self._names)

    def _stream(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of one part, counted: sizes that the file states about itself are not believed."""
        info = self._names[name]
        if info.flag_bits & 1:
            raise RosterError("password", _("文件设了密码。请取消密码后再试。"))
        start = info.header_offset
        header = self._data[start : start + 30]
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise RosterError("damaged", _("文件有损坏，打不开。请重新保存或重新传一次。"))
        start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        packed = memoryview(self._data)[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            yield bytes(packed)
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise RosterError("damaged", _("文件有损坏，打不开。请重新保存或重新传一次。"))
        unpacker = zlib.decompressobj(-15)
        rest: bytes | memoryview = packed
        try:
            while rest and not unpacker.eof:
                chunk = unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unconsumed_tail
                self._unpacked += len(chunk)
                if self._unpacked > MAX_UNPACKED:
                    raise RosterError("too_big", _("文件展开后太大，请分成几个文件再试。"))
                yield chunk
        except zlib.error as error:
            raise RosterError("damaged", _("文件有损坏，打不开。请重新保存或重新传一次。")) from error

    def _part(self, name: str) -> bytes:
        if name not in self._names:
            return b""
        collected = bytearray()
        for chunk in self._stream(name):
            collected += chunk
            if len(collected) > _MAX_PART:
                raise RosterError("too_big", _("文件展开后太大，请分成几个文件再试。"))
        return bytes(collected)

    def sheet_parts(self) -> dict[str, str]:
        """Sheet name to the part that holds it."""
        relations = {
            item.get("Id", ""): item.get("Target", "")
            for item in map(_attributes, _RELATION.findall(self._part("xl/_rels/workbook.xml.rels")))
        }
        parts = {}
        for item in map(_attributes, _SHEET.findall(self._part("xl/workbook.xml"))):
            target = relations.get(item.get("id", ""), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in self._names:
                parts[item.get("name", "")] = path
        return parts

    def check_all(self) -> dict[str, SheetShape]:
        """The shape of every sheet; every other part that a reader would unpack is counted too. Raises RosterError."""
        short_styles = _styles_without_day(self._part("xl/styles.xml"))
        shapes = {name: self._shape(part, short_styles) for name, part in self.sheet_parts().items()}
        for name in self._names:
            if name.lower().endswith("sharedstrings.xml") or name == "content.xml":
                self._check_count(name)
        return shapes

    def _check_count(self, name: str) -> None:
        """A reader makes room for as many texts as the part says that it has; each takes five bytes at least."""
        head, size = b"", 0
        for chunk in self._stream(name):
            head = head or chunk[:4096]
            size += len(chunk)
        match = _UNIQUE.search(head)
        if match is not None and int(match[1]) > size:
            raise RosterError("damaged", _("文件有损坏，打不开。请重新保存或重新传一次。"))

    def _shape(self, part: str, short_styles: dict[int, int]) -> SheetShape:
        shape = SheetShape()
        interned: dict[tuple[tuple[int, int], ...], dict[int, int]] = {}
        short = (
            re.compile(
                rb'<(?:\w+:)?c r="([A-Z]+)\d+"[^>]*? s="(%s)"' % "|".join(map(str, short_styles)).encode()
            )
            if short_styles
            else None
        )
        for row in self._row_pieces(part):
            # Cells without content are not laid out: only what stands before the last value counts.
            end = max(row.rfind(b"v>"), row.rfind(b"is>"))
            if end < 0:
                continue
            start = row.rfind(b'c r="', 0, end)
            match = _CELL_REF.match(row, start) if start >= 0 else None
            if match is not None:
                letters, number = match[1].decode(), int(match[2])
                shape.columns = max(shape.columns, column_index(letters) + 1)
            else:
                # Cells that do not say where they stand follow each other.
                letters, number = "", shape.rows + 1
                shape.columns = max(shape.columns, len(_CELL_START.findall(row)))
            shape.rows = max(shape.rows, number)
            if _FAR.search(row) is not None or b" r='" in row:
                for far, below in _ANY_REF.findall(row):
                    shape.columns = max(shape.columns, column_index(far.decode()) + 1)
                    shape.rows = max(shape.rows, int(below))
            if shape.rows * shape.columns > MAX_CELLS:
                raise RosterError(
                    "too_big",
                    _("表格太大：内容一直写到了 %(cell)s。请删除多余的行和列，或分成几个文件再试。")
                    % {"cell": f"{letters}{number}"},
                )
            if short is not None:
                found = tuple(
                    (column_index(letter.decode()), short_styles[int(style)])
                    for letter, style in short.findall(row)
                )
                if found:
                    shape.precision[number] = interned.setdefault(found, dict(found))
        return shape

    def _row_pieces(self, part: str) -> Iterator[bytes]:
        """The text of one row after the other, whatever namespace prefix the writer gave its elements."""
        rest = b""
        ending = b""
        for chunk in self._stream(part):
            rest += chunk
            if not ending:
                match = _ROW_END.search(rest)
                ending = match[0] if match else b""
            if ending:
                *whole, rest = rest.split(ending)
                yield from whole
            if len(rest) > _MAX_ROW:
                raise RosterError("too_big", _("文件展开后太大，请分成几个文件再试。"))
        yield rest


def _styles_without_day(styles: bytes) -> dict[int, int]:
    """Cell styles whose number format shows a year without a day, to the length of the ISO date that is meant."""
    formats = builtin_lengths()
    for tag in re.findall(rb"<numFmt\b[^>]*>", styles):
        item = _attributes(tag)
        length = shown_length(item.get("formatCode", ""))
        if item.get("numFmtId", "").isdigit():
            number = int(item["numFmtId"])
            formats.pop(number, None)
            if length is not None:
                formats[number] = length
    match = re.search(rb"<cellXfs\b.*?</cellXfs>", styles, re.DOTALL)
    found = {}
    for index, tag in enumerate(re.findall(rb"<xf\b[^>]*>", match[0] if match else b"")):
        number_format = _attributes(tag).get("numFmtId", "")
        if number_format.isdigit() and int(number_format) in formats:
            found[index] = formats[int(number_format)]
    return found


def builtin_lengths() -> dict[int, int]:
    """The formats that every workbook has without naming them and that show no day, with the ISO length they show."""
    return dict.fromkeys(_MONTH_FORMATS, MONTH)


def shown_length(code: str) -> int | None:
    """How much of an ISO date a number format shows: MONTH, YEAR, or None when it shows a day or is no date."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", code.split(";", maxsplit=1)[0]).lower()
    if (
        ("y" not in bare and "e" not in bare.replace("general", ""))
        or "d" in bare
        or "0" in bare
        or "#" in bare
    ):
        return None
    if "h" in bare or "s" in bare:
        return None
    return MONTH if "m" in bare else YEAR
