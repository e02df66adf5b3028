"""Text tables: .csv in UTF-8 or GB18030, separated by comma, semicolon, tab or a bar."""

import csv
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .errors import RosterError
from .tables import Cells, Table

_SEPARATORS = ",\t;，；|"
# Enough lines to see which separator is meant, few enough to be quick on 100,000 rows.
_SAMPLE_LINES = 40


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030. Raises RosterError."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    # A file cut off in the middle of a character is still readable up to there.
    for encoding in encodings:
        text = data.decode(encoding, errors="ignore")
        if len(text.encode(encoding, errors="ignore")) >= len(data) - 4:
            return text
    raise RosterError("format", _("这个文件不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx，再试一次。"))


def _separator(text: str) -> str:
    lines = text[:200_000].splitlines()[:_SAMPLE_LINES]
    counts = {mark: sum(line.count(mark) > 0 for line in lines) * 1000 + sum(line.count(mark) for line in lines)
              for mark in _SEPARATORS}  # fmt: skip
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def _lines(text: str) -> Iterator[str]:
    """The lines one at a time: a reader over the whole text would hold it four times."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def read(data: bytes) -> Table:
    """The one table of a text file. Raises RosterError when the bytes are no text."""
    text = decode(data)
    if "\0" in text:
        raise RosterError("format", _("这个文件不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx，再试一次。"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text)

    def walk() -> Iterator[Cells]:
        try:
            for row in csv.reader(_lines(text), delimiter=separator):
                # Excel guards digits in CSV as ="0123": the guard is no part of the value.
                yield [cell[2:-1] if cell[:2] == '="' and cell[-1:] == '"' else cell for cell in row]
        except csv.Error as error:
            raise RosterError("damaged", _("文件内容有损坏，读不下去。请重新保存后再试。")) from error

    return Table(None, walk, knows_merges=False)
