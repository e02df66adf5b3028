"""The container of an .xls or .et (compound file, MS-CFB): the stream with the sheets taken out, and wrapped afresh.

The reader of workbooks trusts the tables of a container; a few damaged bytes there make it take all memory and end the
process. So the stream is followed here, where every step is checked, and handed on in a container that is known good.
"""

import struct
from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream with the sheets: "Workbook" since Excel 97, "Book" before.
STREAMS = ("Workbook", "Book")
_LAST = 0xFFFFFFFA  # Sector numbers from here on are marks: end of chain, free, table sector.
_END, _TABLE = 0xFFFFFFFE, 0xFFFFFFFD
_FREE = 0xFFFFFFFF
_SECTOR = 512
# Streams below this size lie in the small sectors of the root (MS-CFB 2.2); a wrapped one is padded beyond it.
_SMALL = 4096


class BrokenContainerError(ValueError):
    """The container contradicts itself or is cut off."""


def _chain(table: list[int], start: int) -> Iterator[int]:
    seen = 0
    while start < _LAST:
        if start >= len(table) or seen > len(table):
            raise BrokenContainerError(start)
        yield start
        start = table[start]
        seen += 1


class Container:
    """An opened container: names and streams. Raises BrokenContainerError for anything that does not add up."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (struct.error, IndexError, UnicodeDecodeError, OverflowError) as error:
            raise BrokenContainerError(str(error)) from error

    def _open(self, data: bytes) -> None:
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if data[:8] != SIGNATURE or shift not in (9, 12):
            raise BrokenContainerError(shift)
        self._size = 1 << shift
        listed = list(struct.unpack_from("<109I", data, 76))
        following, lists = struct.unpack_from("<II", data, 68)
        for _step in range(min(lists, len(data) // self._size)):
            *more, following = self._numbers(following)
            listed += more
        self._table = [entry for number in listed if number < _LAST for entry in self._numbers(number)]
        directory = self._sectors(struct.unpack_from("<I", data, 48)[0])
        self._entries: dict[str, tuple[int, int]] = {}
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            if kind in (1, 2, 5) and 2 <= length <= 64:
                name = directory[at : at + length - 2].decode("utf-16-le")
                self._entries.setdefault(name, struct.unpack_from("<II", directory, at + 116))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if number >= _LAST or start >= len(self._data):
            raise BrokenContainerError(number)
        return self._data[start : start + self._size]

    def _numbers(self, number: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(number))

    def _sectors(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(self._table, start))

    def names(self) -> set[str]:
        """The names of everything in it."""
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises BrokenContainerError when they are not all there."""
        start, length = self._entries[name]
        try:
            if length >= struct.unpack_from("<I", self._data, 56)[0]:
                found = self._sectors(start)
            else:
                small = self._sectors(self._entries["Root Entry"][0])
                table_start = struct.unpack_from("<I", self._data, 60)[0]
                table = [
                    entry for number in _chain(self._table, table_start) for entry in self._numbers(number)
                ]
                found = b"".join(small[number * 64 : number * 64 + 64] for number in _chain(table, start))
        except (struct.error, KeyError) as error:
            raise BrokenContainerError(name) from error
        if len(found) < length:
            raise BrokenContainerError(name)
        return found[:length]


def wrap(name: str, stream: bytes) -> bytes:
    """A container that holds this one stream and nothing else."""
    padded = stream.ljust(_SMALL, b"\0")
    size = len(padded)
    sectors = -(-size // _SECTOR)
    # Sector 0 is the directory, the stream follows, then the table, which must also list itself.
    tables = 1
    while tables * (_SECTOR // 4) < 1 + sectors + tables + _extra(tables):
        tables += 1
    extra = _extra(tables)
    table = [_END, *range(2, 1 + sectors), _END, *[_TABLE] * tables, *[_TABLE - 1] * extra]
    table += [_FREE] * (tables * (_SECTOR // 4) - len(table))
    first_table = 1 + sectors
    numbers = [*range(first_table, first_table + tables)]
    head = struct.pack("<8s16xHHHHH6xII", SIGNATURE, 62, 3, 0xFFFE, 9, 6, 0, tables)
    head += struct.pack("<IIIIIII", 0, 0, _SMALL, _END, 0, first_table + tables if extra else _END, extra)
    head += struct.pack("<109I", *(numbers[:109] + [_FREE] * max(0, 109 - len(numbers))))
    directory = (
        _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 1, size) + _entry("", 0, _FREE, 0, 0) * 2
    )
    lists = b""
    for place in range(extra):
        part = numbers[109 + place * 127 : 109 + (place + 1) * 127]
        after = first_table + tables + place + 1 if place + 1 < extra else _END
        lists += struct.pack("<128I", *part, *[_FREE] * (127 - len(part)), after)
    return (
        head
        + directory
        + padded.ljust(sectors * _SECTOR, b"\0")
        + struct.pack(f"<{len(table)}I", *table)
        + lists
    )


def _extra(tables: int) -> int:
    """How many sectors it takes to list the table's sectors beyond the 109 that the header lists."""
    return max(0, -(-(tables - 109) // 127))


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return struct.pack("<64sHBBIII36xIII", text, length, kind, 1, _FREE, _FREE, child, start, size, 0)
