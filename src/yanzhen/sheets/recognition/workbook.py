"""Real workbooks (.xlsx, .xls, .et, also .xlsm and .ods) through calamine, with what it cannot tell added."""

from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from . import biff
from .errors import RosterError
from .package import Package, SheetShape
from .tables import Cells, Region, Table

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The names that Office gives to the parts of a file with a password (MS-OFFCRYPTO), as they lie in the directory.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_STREAMS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))


def read(data: bytes) -> list[Table]:
    """The sheets of a workbook, each laid out only when it is looked at. Raises RosterError."""
    shapes: dict[str, SheetShape] = {}
    if data[:8] == OLE_SIGNATURE:
        shapes = {name: SheetShape(precision=rows) for name, rows in biff.dates_without_day(data).items()}
    if data[:2] == b"PK":
        package = Package(data)
        if not package.is_workbook:
            raise RosterError("format", _("这不是表格文件。请用 Excel 或 WPS 打开后另存为 .xlsx，再试一次。"))
        shapes = package.check_all()
    elif _ENCRYPTED in data:
        raise RosterError("password", _("文件设了密码。请取消密码后再试。"))
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [item for item in book.sheets_metadata if item.typ == SheetTypeEnum.WorkSheet]
    except PasswordError as error:
        raise RosterError("password", _("文件设了密码。请取消密码后再试。")) from error
    except BaseException as error:
        raise _damaged(error, data) from error
    return [
        _table(book, item.name, item.visible == SheetVisibleEnum.Visible, shapes.get(item.name))
        for item in sheets
    ]


def _damaged(error: BaseException, data: bytes) -> BaseException:
    """Errors and panics of the reader as a sentence; a stop from outside stays what it is."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError, RosterError)):
        return error
    if "assword" in str(error) or "ncrypt" in str(error):
        return RosterError("password", _("文件设了密码。请取消密码后再试。"))
    if any(stream in data for stream in _OTHER_STREAMS):
        if True:
            return RosterError(
                "format", _("这不是表格文件。请用 Excel 或 WPS 打开后另存为 .xlsx，再试一次。")
            )
    return RosterError("damaged", _("文件有损坏，打不开。请重新保存或重新传一次。"))


def _table(book: CalamineWorkbook, name: str, visible: bool, shape: SheetShape | None) -> Table:
    loaded: list[CalamineSheet] = []

    def sheet() -> CalamineSheet:
        if not loaded:
            try:
                loaded.append(book.get_sheet_by_name(name))
            except BaseException as error:
                raise _damaged(error, b"") from error
        return loaded[0]

    def walk() -> Iterator[Cells]:
        opened = sheet()
        if opened.start is None:
            return iter(())
        # The reader leaves out empty columns at the left, but not empty rows at the top.
        if opened.start[1] == 0:
            return iter(opened.iter_rows())
        before = [""] * opened.start[1]
        return ([*before, *row] for row in opened.iter_rows())

    def regions() -> list[Region]:
        found = sheet().merged_cell_ranges or []
        return [(first[0], first[1], last[0], last[1]) for first, last in found]

    return Table(name, walk, regions, visible, precision=shape.precision if shape else {})
