"""Damaged and disordered rosters without end: whatever the bytes are, a roster comes out or one sentence.

    python -m tests.sheets.recognition.fuzzing MINUTES [SEED]

Each seed is one file: a fixture layout in one kind of file, changed in its bytes, its parts or its cells. Any other
exception, an end of the process, more than a gigabyte of memory or a minute for one file is a finding, printed with
its seed. `test_fuzzing.py` runs some seeds in a few seconds.
"""

from __future__ import annotations

import faulthandler
import io
import random
import re
import resource
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache

from tests.sheets.recognition.layouts import offices, official, towns
from tests.sheets.recognition.layouts.writing import Grid, csv_text, page, xls, xlsx, xml_2003
from yanzhen.sheets.recognition import ANY_FIELD, RosterError, open_roster
from yanzhen.sheets.recognition.container import Container, wrap

TODAY = date(2026, 11, 23)
CODES = {
    "checksum", "length", "format", "impossible_date", "future_date", "order", "conflict", "unknown_value", "unknown_unit",
    "duplicate_in_file", "required",
}  # fmt: skip
_MAKERS = [official.a, official.b, official.c, official.d, official.e, official.f, *towns.ALL, *offices.ALL]
_MEMORY = 1 << 30
_SECONDS = 60
_BATCH = 200
_SHEET = "xl/worksheets/sheet1.xml"
_CELL = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*?(?:/>|>.*?</c>)", re.DOTALL)
_ODD: list[object] = [
    None, "", "合计", "小计", "姓名", "填表人：", "　", "/", "😀", "\x07", "�", "一" * 300, "=1", "#N/A", "2010.13", "20100", "无",
    0, -1, 1e300, -0.0, 5e17, 45000, 45000.5, 201007, 2010.1, True, False, date(1900, 1, 1), date(9999, 12, 31),
    "52269919850312032X", "1" * 18, "19900000001", "a,b;c\td|e", '"', "<b>", "&amp;",
]  # fmt: skip
_REFS = [b"XFD1048576", b"A1048576", b"XFD1", b"ZZZ99999999999", b"A0", b"1A", b"", b"AAAA1", b"B-1"]
_SPANS = ["0", "-1", "2000", "999999999999", "x", "", "1e9"]

Dice = random.Random


@cache
def _grids(maker: int) -> tuple[Grid, ...]:
    return tuple(_MAKERS[maker]().grids)


def _disordered(dice: Dice, grids: tuple[Grid, ...]) -> list[Grid]:
    """The sheets with cells thrown about: odd values, headings doubled, lines and columns moved, sheets in any order."""
    found = [Grid([list(line) for line in grid.lines], list(grid.merged), grid.name) for grid in grids]
    dice.shuffle(found)
    for grid in found:
        for _change in range(dice.choice([0, 1, 5, 40])):
            _change_lines(dice, grid)
    return found


def _change_lines(dice: Dice, grid: Grid) -> None:
    lines = grid.lines
    if not lines:
        return
    line = dice.choice(lines)
    kind = dice.randrange(6)
    if kind == 0 and line:
        line[dice.randrange(len(line))] = dice.choice(_ODD)  # type: ignore[call-overload]
    elif kind == 1:
        lines.insert(dice.randrange(len(lines)), list(line))
    elif kind == 2:
        dice.shuffle(line)
    elif kind == 3:
        line.extend(dice.choices(_ODD, k=dice.choice([1, 20, 300])))  # type: ignore[arg-type]
    elif kind == 4:
        del lines[dice.randrange(len(lines)) :][: dice.randrange(3)]
        lines.reverse()
    elif line:
        line[dice.randrange(len(line))] = dice.choice(dice.choice(lines) or [None])


def _workbook(dice: Dice, grids: list[Grid]) -> bytes:
    data = xlsx(*[Grid(grid.lines, [], f"{number}", grid.hidden) for number, grid in enumerate(grids)])
    return _with_parts_changed(dice, data) if dice.random() < 0.8 else data


def _old_workbook(dice: Dice, grids: list[Grid]) -> bytes:
    short = [Grid([line[:200] for line in grid.lines[:3000]], [], f"{n}") for n, grid in enumerate(grids)]
    data = xls(*short)
    return _with_records_changed(dice, data) if dice.random() < 0.7 else data


def _text(dice: Dice, grids: list[Grid]) -> bytes:
    encoding = dice.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    data = csv_text(grids[0], encoding=encoding, separator=dice.choice([",", "\t", ";", "|"]))
    for _change in range(dice.randrange(4)):
        odd = dice.choice(
            [b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b'"', b'"' * 99, b"\r", "党".encode("gb18030"), b"," * 9000]
        )
        place = dice.randrange(len(data) + 1)
        data = data[:place] + odd + data[place:]
    return data


def _page(dice: Dice, grids: list[Grid]) -> bytes:
    data = page(grids[0], encoding=dice.choice(["utf-8", "gb18030"]))
    for _change in range(dice.randrange(6)):
        tags = list(re.finditer(rb"<t[dr]\b", data))
        if not tags:
            break
        at = dice.choice(tags)
        span = f" colspan={dice.choice(_SPANS)} rowspan='{dice.choice(_SPANS)}'".encode()
        nested = [
            b"<table><tr><td>",
            b"</table>",
            b"<td>" * 40,
            b"<script>",
            b"<!--",
            b"</td></td>",
            b"<table>" * 200,
            b"<![CDATA[",
        ]
        odd = dice.choice([span, b">" + dice.choice(nested), b"<p>\xff</p>", b" x='"])
        data = data[: at.end()] + odd + data[at.end() :]
    return data


def _xml(dice: Dice, grids: list[Grid]) -> bytes:
    data = xml_2003(*[Grid(grid.lines, [], f"{number}") for number, grid in enumerate(grids)])
    for _change in range(dice.randrange(4)):
        cells = list(re.finditer(rb"<(?:ss:)?(Cell|Row)\b", data))
        if not cells:
            break
        at = dice.choice(cells).end()
        odd = dice.choice(["Index", "MergeAcross", "MergeDown", "StyleID"])
        data = data[:at] + f' ss:{odd}="{dice.choice(_SPANS)}"'.encode() + data[at:]
    return data


def _with_parts_changed(dice: Dice, data: bytes) -> bytes:
    """A package with cells, references, formats or whole parts made wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = {info.filename: opened.read(info) for info in opened.infolist()}
    for _change in range(dice.choice([1, 2, 8])):
        change = dice.choice([_change_cell, _change_cell, _change_references, _change_parts])
        change(dice, parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", dice.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    whole = bytearray(out.getvalue())
    if dice.random() < 0.3:
        # Sums, sizes, methods and places of the parts, as the directory at the end states them.
        heads = [match.start() for match in re.finditer(b"PK\x01\x02", whole)]
        struct.pack_into(
            "<H", whole, dice.choice(heads) + dice.choice([8, 10, 16, 20, 24, 42]), dice.randrange(65536)
        )
    return bytes(whole)


def _change_cell(dice: Dice, parts: dict[str, bytes]) -> None:
    sheet = parts.get(_SHEET, b"")
    cells = list(_CELL.finditer(sheet))
    if not cells:
        return
    cell = dice.choice(cells)
    ref = cell[1] + cell[2] if dice.random() < 0.85 else dice.choice(_REFS)
    kind, inside = dice.choice(
        [
            (b"", b"<f>A1+1</f>"), (b"", b"<f>1/0</f><v>#DIV/0!</v>"), (b"e", b"<v>#N/A</v>"), (b"b", b"<v>1</v>"), (b"b", b"<v>x</v>"),
            (b"str", "<f>x</f><v>王芳</v>".encode()), (b"inlineStr", "<is><t>王芳</t></is>".encode()), (b"s", b"<v>99999999</v>"),
            (b"inlineStr", "<is><r><rPr><b/></rPr><t>王</t></r><r><t> 芳</t></r></is>".encode()), (b"s", b"<v>-1</v>"), (b"s", b""),
            (b"d", b"<v>2010-07-01T00:00:00Z</v>"), (b"d", b"<v>never</v>"), (b"n", b"<v>1e999</v>"), (b"n", b"<v>NaN</v>"), (b"q", b"<v>1</v>"),
        ]
    )  # fmt: skip
    style = dice.choice([b"", b' s="1"', b' s="99999"', b' s="-1"'])
    new = b'<c r="' + ref + b'"' + style + (b' t="' + kind + b'"' if kind else b"") + b">" + inside + b"</c>"
    parts[_SHEET] = sheet[: cell.start()] + new + sheet[cell.end() :]


def _change_references(dice: Dice, parts: dict[str, bytes]) -> None:
    """Merged cells anywhere, dimensions and rows that lie."""
    sheet = parts.get(_SHEET, b"")
    corner = dice.choice([*_REFS, b"C9", b"A3", b"H2"])
    merged = (
        b"<mergeCells>"
        + b'<mergeCell ref="A%d:%s"/>' % (dice.randrange(1, 9), corner) * dice.choice([1, 3])
        + b"</mergeCells>"
    )
    sheet = sheet.replace(b"</sheetData>", b"</sheetData>" + merged, 1)
    if dice.random() < 0.3:
        sheet = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:' + dice.choice(_REFS) + b'"', sheet)
    if dice.random() < 0.2:
        sheet = re.sub(
            rb' r="%d"' % dice.randrange(1, 9),
            b' r="' + dice.choice([b"0", b"1048576", b"99999999999", b"x"]) + b'"',
            sheet,
        )
    parts[_SHEET] = sheet


def _change_parts(dice: Dice, parts: dict[str, bytes]) -> None:
    name = dice.choice(sorted(parts))
    kind = dice.randrange(6)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[name] = parts[dice.choice(sorted(parts))]
    elif kind == 2:
        parts[name] = parts[name][: dice.randrange(len(parts[name]) + 1)]
    elif kind == 3:
        parts[name] = b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + parts[name].replace(b"<t>", b"<t>&a;", 3)
    elif kind == 4:
        book = parts.get("xl/workbook.xml", b"")
        parts["xl/workbook.xml"] = book.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
    else:
        shared = parts.get("xl/sharedStrings.xml", b"")
        parts["xl/sharedStrings.xml"] = re.sub(rb'ount="\d+"', b'ount="4294967295"', shared).replace(
            b"<si>", b"<si><si>", 1
        )


def _with_records_changed(dice: Dice, data: bytes) -> bytes:
    """An old workbook with records of the wrong length, kind or content, in a sound container."""
    stream = bytearray(Container(data).stream("Workbook"))
    places = []
    at = 0
    while at + 4 <= len(stream):
        places.append(at)
        at += 4 + int.from_bytes(stream[at + 2 : at + 4], "little")
    for _change in range(dice.choice([1, 2, 6])):
        at = dice.choice(places)
        field = dice.choice([0, 2, 2, 4, 6, 8, 10])
        if at + field + 2 <= len(stream):
            struct.pack_into(
                "<H", stream, at + field, dice.choice([0, 1, 2, 8224, 65535, dice.randrange(65536)])
            )
    return wrap("Workbook", bytes(stream))


def _changed_bytes(dice: Dice, data: bytes) -> bytes:
    changed = bytearray(data)
    for _change in range(dice.choice([1, 3, 30])):
        place = dice.randrange(len(changed) + 1)
        length = dice.choice([1, 4, 200, 5000])
        kind = dice.randrange(5)
        if kind == 0:
            changed[place : place + 1] = bytes([dice.randrange(256)])
        elif kind == 1:
            del changed[place : place + length]
        elif kind == 2:
            changed[place:place] = changed[place : place + length]
        elif kind == 3:
            changed[place : place + length] = dice.randbytes(length)
        elif dice.random() < 0.2:
            del changed[place:]
    return bytes(changed)


_KINDS: list[Callable[[Dice, list[Grid]], bytes]] = [_workbook, _workbook, _old_workbook, _text, _page, _xml]


def make(seed: int) -> bytes:
    """The file of this seed."""
    dice = Dice(seed)
    grids = _disordered(dice, _grids(dice.randrange(len(_MAKERS))))
    data = dice.choice(_KINDS)(dice, grids)
    return _changed_bytes(dice, data) if dice.random() < 0.3 else data


def outcome(data: bytes) -> str:
    """What comes out: the code of a refusal, or "roster". AssertionError where the answer contradicts itself."""
    try:
        roster = open_roster(data, "名册.xlsx", today=TODAY)
        rows = list(roster.rows())
    except RosterError as refusal:
        return refusal.code if str(refusal).endswith("。") else f"no sentence: {refusal}"
    numbers = [row.row for row in rows]
    skipped = [skip.row for skip in roster.skipped]
    assert numbers == sorted(numbers)
    assert skipped == sorted(set(skipped))
    assert not set(numbers) & set(skipped)
    assert {column.field for column in roster.columns} <= {*ANY_FIELD, None}
    for row in rows:
        assert {problem.code for problem in row.problems} <= CODES
        assert "" not in row.values.values(), row
    list(roster.source_rows(set(numbers)))
    roster.heading_regions()
    return "roster"


def _work(first: int) -> None:
    """Some seeds in a process of its own, which may end by any of them."""
    from django.conf import settings

    settings.configure(USE_I18N=False)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for seed in range(first, first + _BATCH):
        print(seed, flush=True)
        faulthandler.dump_traceback_later(_SECONDS, exit=True)
        outcome(make(seed))


def _told(errors: str) -> str:
    """What a process said before it ended, without the frames of the reader and of Python itself."""
    lines = [line for line in errors.splitlines() if not re.match(r"\s+(?:\d+:|at )", line)]
    return "\n".join(lines[:4] + lines[-12:])


def main() -> int:
    """Until the minutes are over; 1 when something was found."""
    if sys.argv[1] == "--work":
        _work(int(sys.argv[2]))
        return 0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time()) * 1000
    until = time.monotonic() + 60 * float(sys.argv[1])
    found = made = 0
    while time.monotonic() < until:
        command = [sys.executable, "-m", "tests.sheets.recognition.fuzzing", "--work", str(seed)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        last = int(done.stdout.split()[-1])
        made += last + 1 - seed
        seed = last + 1
        if done.returncode:
            found += 1
            print(f"--- {last} ({done.returncode})\n{_told(done.stderr)}", flush=True)
    print(f"{made} files, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
