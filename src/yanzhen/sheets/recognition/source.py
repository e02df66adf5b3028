"""Which kind of file this is, by its content and never by its name, and the tables in it."""

from django.utils.translation import gettext as _

from . import container, delimited, markup, spreadsheetml, workbook
from .errors import RosterError
from .tables import Table

# 100 MB of workbook is some ten times a roster of 100,000 rows.
MAX_FILE = 100_000_000
# Signatures of files that people drop in by mistake.
_OTHERS = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"Rar!", "RAR"),
        (b"7z\xbc\xaf", "7z"),
    (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"{\\rtf", "RTF"), (b"\x1f\x8b", "GZIP"), (b"MZ", "EXE"),
)  # fmt: skip


def open_tables(data: bytes) -> list[Table]:
    """Every table of the file. Raises RosterError: empty, too_big, format, damaged, password."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise RosterError("empty", _("文件是空的。"))
    if len(data) > MAX_FILE:
        raise RosterError("too_big", _("文件太大，请分成几个文件再试。"))
    if data[:2] == b"PK" or data[:8] == container.SIGNATURE:
        return workbook.read(data)
    for signature, kind in _OTHERS:
        if data.startswith(signature) and b"\0" in data[:4096] + b"\0" * (kind in ("PDF", "RTF")):
            raise RosterError(
                "format",
                _("这是 %(kind)s 文件，不是表格。请用 Excel 或 WPS 的表格再试一次。") % {"kind": kind},
            )
    if spreadsheetml.looks_like_workbook(data):
        return spreadsheetml.read(data)
    if markup.looks_like_markup(data):
        return markup.read(data)
    # BIFF2 to BIFF4 streams lie bare in the file; every newer .xls is wrapped (OLE) and was taken above.
    if data[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08"):
        return workbook.read(data)
    return [delimited.read(data)]
