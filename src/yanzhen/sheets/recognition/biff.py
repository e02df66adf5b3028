"""Looking into an .xls or .et for the dates that show no day: the reader of workbooks tells days but not formats.

Only what that needs of MS-CFB (the container) and MS-XLS (BIFF8) is read. A file that is put together otherwise simply
has no such dates here: nothing is ever refused.
"""

import struct
from collections.abc import Iterator

from .package import builtin_lengths, shown_length

_END_OF_CHAIN = 0xFFFFFFFA
_BOUND_SHEET, _FORMAT, _XF, _NUMBER, _RK, _MULTIPLE_RK, _FORMULA, _END = 0x85, 0x41E, 0xE0, 0x203, 0x27E, 0xBD, 0x06, 0x0A
# Streams of these names hold the sheets; "Book" is BIFF5, whose strings lie differently.
_STREAM = "Workbook"


def dates_without_day(data: bytes) -> dict[str, dict[int, dict[int, int]]]:
    """Sheet name to row (from 1) to column to how much of the ISO date its cell shows."""
    try:
        return _read(_stream(data))
    except (struct.error, IndexError, ValueError, KeyError, UnicodeDecodeError):
        return {}


def _chain(table: list[int], start: int) -> Iterator[int]:
    for _step in range(len(table) + 1):
        if start >= _END_OF_CHAIN:
            return
        yield start
        start = table[start]


def _stream(data: bytes) -> bytes:
    """The bytes of the workbook inside the container."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    listed = list(struct.unpack_from("<109I", data, 76))
    next_list, lists = struct.unpack_from("<II", data, 68)
    for _step in range(min(lists, 1000)):
        *more, next_list = struct.unpack(f"<{size // 4}I", sector(next_list))
        listed += more
    table: list[int] = []
    for number in listed:
        if number < _END_OF_CHAIN:
            table += struct.unpack(f"<{size // 4}I", sector(number))
    directory = b"".join(sector(number) for number in _chain(table, struct.unpack_from("<I", data, 48)[0]))
    entries = {}
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le")
        entries[name] = struct.unpack_from("<II", directory, at + 116)
    start, length = entries[_STREAM]
    if length >= struct.unpack_from("<I", data, 56)[0]:
        return b"".join(sector(number) for number in _chain(table, start))[:length]
    small = b"".join(sector(number) for number in _chain(table, entries["Root Entry"][0]))
    small_table: list[int] = []
    for number in _chain(table, struct.unpack_from("<I", data, 60)[0]):
        small_table += struct.unpack(f"<{size // 4}I", sector(number))
    return b"".join(small[number * 64 : number * 64 + 64] for number in _chain(small_table, start))[:length]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record up to the end of this part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _END:
            return
        yield kind, at + 4, length
        at += 4 + length


def _read(stream: bytes) -> dict[str, dict[int, dict[int, int]]]:
    lengths = builtin_lengths()
    formats: list[int] = []
    sheets: dict[str, int] = {}
    for kind, at, _length in _records(stream, 0):
        if kind == _FORMAT:
            number, characters, wide = struct.unpack_from("<HHB", stream, at)
            length = shown_length(_text(stream, at + 5, characters, wide))
            lengths.pop(number, None)
            if length is not None:
                lengths[number] = length
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", stream, at + 2)[0])
        elif kind == _BOUND_SHEET:
            place, characters, wide = struct.unpack_from("<I2xBB", stream, at)
            sheets[_text(stream, at + 8, characters, wide)] = place
    styles = {style: lengths[number] for style, number in enumerate(formats) if number in lengths}
    return {name: _cells(stream, place, styles) for name, place in sheets.items()} if styles else {}


def _text(stream: bytes, at: int, characters: int, wide: int) -> str:
    return stream[at : at + 2 * characters].decode("utf-16-le") if wide & 1 else stream[at : at + characters].decode("latin-1")


def _cells(stream: bytes, at: int, styles: dict[int, int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for kind, place, length in _records(stream, at):
        if kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", stream, place)
            if style in styles:
                found.setdefault(row + 1, {})[column] = styles[style]
        elif kind == _MULTIPLE_RK:
            row, column = struct.unpack_from("<HH", stream, place)
            for step in range((length - 6) // 6):
                style = struct.unpack_from("<H", stream, place + 4 + 6 * step)[0]
                if style in styles:
                    found.setdefault(row + 1, {})[column + step] = styles[style]
    return found
