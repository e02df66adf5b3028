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

from . import biff, container
from .errors import RosterError
from .package import Package, SheetShape
from .tables import Cells, Region, Table

# What Office puts into a container for a file with a password (MS-OFFCRYPTO), and what other programs put there.
_ENCRYPTED = "EncryptedPackage"
_OTHERS = {"WordDocument", "PowerPoint Document", "VisioDocument"}


def read(data: bytes) -> list[Table]:
    """The sheets of a workbook, each laid out only when it is looked at. Raises RosterError."""
    if data[:2] == b"PK":
        package = Package(data)
        if not package.is_workbook:
            raise _no_table()
        shapes = package.check_all()
    elif data[:8] == container.SIGNATURE:
        data, shapes = _checked(data)
    else:
        shapes = {}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [item for item in book.sheets_metadata if item.typ == SheetTypeEnum.WorkSheet]
    except BaseException as error:
        raise _sentence(error) from error
    return [
        _table(book, item.name, item.visible == SheetVisibleEnum.Visible, shapes.get(item.name))
        for item in sheets
    ]


def _checked(data: bytes) -> tuple[bytes, dict[str, SheetShape]]:
    """An old workbook in a container that is known good, and the shapes of its sheets."""
    try:
        opened = container.Container(data)
        names = opened.names()
        if _ENCRYPTED in names:
            raise _password()
        stream_name = next((name for name in container.STREAMS if name in names), None)
        if stream_name is None:
            raise _no_table() if names & _OTHERS else _damaged()
        stream = opened.stream(stream_name)
        return container.wrap(stream_name, stream), biff.shapes(stream)
    except (container.BrokenContainerError, biff.UnsoundError) as error:
        if _ENCRYPTED.encode("utf-16-le") in data:
            raise _password() from error
        raise (
            _no_table() if any(name.encode("utf-16-le") in data for name in _OTHERS) else _damaged()
        ) from error
    except biff.LockedError as error:
        raise _password() from error
    except biff.TooLargeError as error:
        raise RosterError("too_big", _("表格太大，请删除多余的行和列，或分成几个文件再试。")) from error


def _password() -> RosterError:
    return RosterError("password", _("文件设了密码。请取消密码后再试。"))


def _damaged() -> RosterError:
    return RosterError("damaged", _("文件有损坏，打不开。请重新保存或重新传一次。"))


def _no_table() -> RosterError:
    return RosterError("format", _("这不是表格文件。请用 Excel 或 WPS 打开后另存为 .xlsx，再试一次。"))


def _sentence(error: BaseException) -> BaseException:
    """Errors and panics of the reader as a sentence; a stop from outside stays what it is."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit)):
        return error
    return _password() if isinstance(error, PasswordError) else _damaged()


def _table(book: CalamineWorkbook, name: str, visible: bool, shape: SheetShape | None) -> Table:
    loaded: list[CalamineSheet] = []

    def sheet() -> CalamineSheet:
        if not loaded:
            try:
                loaded.append(book.get_sheet_by_name(name))
            except BaseException as error:
                raise _sentence(error) from error
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
