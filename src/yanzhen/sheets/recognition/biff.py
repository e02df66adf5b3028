"""Looking through the records of an .xls or .et (MS-XLS) before it is read: that it is sound, how large it is, and
which dates show no day, which the reader of workbooks does not tell."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from .package import MAX_CELLS, SheetShape, builtin_lengths, shown_length

_pair = struct.Struct("<HH").unpack_from
_END_OF_PART, _LOCKED, _STRINGS, _BOUND_SHEET, _FORMAT, _XF = 0x0A, 0x2F, 0xFC, 0x85, 0x41E, 0xE0
_NUMBER, _RK, _MULTIPLE_RK, _FORMULA = 0x203, 0x27E, 0xBD, 0x06
# Every kind of record that puts something into a cell: text, numbers, truth values, formulas.
_ONE_CELL = frozenset([0x204, 0xFD, 0xD6, 0x205, _NUMBER, _RK, _FORMULA, 0x206, 0x406])
_COLUMNS, _ROWS = 256, 65536
# What a sheet says of its own size; a reader makes room for that before it meets a cell.
_DIMENSIONS = 0x200


class UnsoundError(ValueError):
    """The records contradict themselves."""


class LockedError(ValueError):
    """The records are encrypted: the file has a password."""


class TooLargeError(ValueError):
    """The sheet reaches too far; the text names the cell."""


@dataclass
class _Globals:
    sheets: dict[str, int] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    lengths: dict[int, int] = field(default_factory=builtin_lengths)


def shapes(stream: bytes) -> dict[str, SheetShape]:
    """The shape of every sheet. Raises UnsoundError, LockedError, TooLargeError."""
    try:
        found = _globals(stream)
        short = {
            style: found.lengths[number]
            for style, number in enumerate(found.styles)
            if number in found.lengths
        }
        return {name: _shape(stream, place, short) for name, place in found.sheets.items()}
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise UnsoundError(str(error)) from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record up to the end of this part."""
    size = len(stream)
    while True:
        kind, length = _pair(stream, at)
        if at + 4 + length > size:
            raise UnsoundError(at)
        if kind == _END_OF_PART:
            return
        yield kind, at + 4, length
        at += 4 + length


def _globals(stream: bytes) -> _Globals:
    found = _Globals()
    for kind, at, length in _records(stream, 0):
        if kind == _LOCKED:
            raise LockedError
        if kind == _FORMAT and length >= 5:
            number, characters, wide = struct.unpack_from("<HHB", stream, at)
            shown = shown_length(_text(stream, at + 5, characters, wide))
            found.lengths.pop(number, None)
            if shown is not None:
                found.lengths[number] = shown
        elif kind == _XF:
            found.styles.append(_pair(stream, at)[1])
        elif kind == _STRINGS and struct.unpack_from("<I", stream, at + 4)[0] > len(stream) // 3:
            # Every text of the table takes three bytes at least.
            raise UnsoundError(at)
        elif kind == _BOUND_SHEET:
            place, characters, wide = struct.unpack_from("<I2xBB", stream, at)
            if place + 4 > len(stream):
                raise UnsoundError(at)
            found.sheets[_text(stream, at + 8, characters, wide)] = place
    return found


def _text(stream: bytes, at: int, characters: int, wide: int) -> str:
    if wide & 1:
        return stream[at : at + 2 * characters].decode("utf-16-le", errors="replace")
    return stream[at : at + characters].decode("latin-1")


def _shape(stream: bytes, start: int, short: dict[int, int]) -> SheetShape:
    shape = SheetShape()
    rows = columns = 0
    for kind, at, length in _records(stream, start):
        if kind in _ONE_CELL:
            row, column = _pair(stream, at)
            last = column
        elif kind == _MULTIPLE_RK:
            row, column = _pair(stream, at)
            last = column + (length - 6) // 6 - 1
        else:
            if kind == _DIMENSIONS:
                _check_dimensions(stream, at, length)
            continue
        if last >= _COLUMNS:
            raise UnsoundError(at)
        rows, columns = max(rows, row + 1), max(columns, last + 1)
        if rows * columns > MAX_CELLS:
            raise TooLargeError(row + 1)
        if short:
            _note_short(stream, at, kind, last - column + 1, short, shape.precision)
    shape.rows, shape.columns = rows, columns
    return shape


def _check_dimensions(stream: bytes, at: int, length: int) -> None:
    top, bottom, left, right = struct.unpack_from("<IIHH" if length >= 14 else "<HHHH", stream, at)
    if not (top <= bottom <= _ROWS and left <= right <= _COLUMNS):
        raise UnsoundError(at)


def _note_short(
    stream: bytes, at: int, kind: int, count: int, short: dict[int, int], precision: dict[int, dict[int, int]]
) -> None:
    row, column = _pair(stream, at)
    if kind == _MULTIPLE_RK:
        styles = [_pair(stream, at + 4 + 6 * step)[0] for step in range(count)]
    elif kind in (_NUMBER, _RK, _FORMULA):
        styles = [struct.unpack_from("<H", stream, at + 4)[0]]
    else:
        return
    for step, style in enumerate(styles):
        if style in short:
            precision.setdefault(row + 1, {})[column + step] = short[style]
