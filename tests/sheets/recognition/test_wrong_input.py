"""Whatever is dropped in: one clear sentence or a roster, never a traceback, never all of the memory."""

from __future__ import annotations

import io
import random
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.sheets.recognition.layouts import offices, official, towns
from tests.sheets.recognition.layouts.writing import Grid, csv_text, page, xls, xlsx, xml_2003
from yanzhen.sheets.recognition import RosterError, open_roster
from yanzhen.sheets.recognition.container import Container, wrap

TODAY = date(2026, 11, 23)
B = official.b()
XLSX = xlsx(*B.grids)
XLS = xls(*B.grids)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def rezipped(data: bytes, change: dict[str, bytes | None]) -> bytes:
    """The package with parts replaced, added, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in change:
                new.writestr(item, old.read(item))
        for name, content in change.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(5000), "empty"),
        (xlsx(Grid([])), "empty"),
        (xlsx(Grid([[]]), Grid([[]], name="Sheet2")), "empty"),
        (csv_text(Grid([["", "", ""], ["", "", ""]])), "empty"),
        (XLSX[: len(XLSX) // 2], "damaged"),
        (XLSX[:-30], "damaged"),
        (b"PK\x03\x04" + bytes(300), "damaged"),
        (XLS[: len(XLS) // 3], "damaged"),
        (OLE + bytes(3000), "damaged"),
        (wrap("EncryptedPackage", bytes(9000)), "password"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "password"),
        (wrap("WordDocument", bytes(9000)), "format"),
        (
            wrap("Workbook", b"\x09\x08\x10\0" + bytes(16) + b"\x2f\0\x06\0" + bytes(6) + b"\x0a\0\0\0"),
            "password",
        ),
        (zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<T/>"}), "format"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nendobj\n", "format"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "format"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200), "format"),
        (bytes(range(128, 256)) * 30, "format"),
        (rezipped(XLSX, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}), "damaged"),
        (rezipped(XLSX, {"xl/worksheets/sheet1.xml": None}), "damaged"),
        ("今天天气很好。\n我们去开会。".encode(), "no_heading"),
        (xml_2003(*B.grids)[:900], "damaged"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + xml_2003(*B.grids)[21:], "format"),
        (b"<html><body><p>404</p></body></html>", "empty"),
        (xlsx(Grid([["学校", "人数"], ["一中", 300], ["二中", 200]])), "no_heading"),
    ],
)
def test_one_sentence(data: bytes, code: str) -> None:
    with pytest.raises(RosterError) as caught:
        list(open_roster(data, "名册.xlsx", today=TODAY).rows())
    assert caught.value.code == code
    assert str(caught.value).endswith("。")


def test_two_sheets_alike_are_asked_about() -> None:
    layout = offices.two_to_choose()
    with pytest.raises(RosterError) as caught:
        open_roster(xlsx(*layout.grids), "x", today=TODAY)
    assert caught.value.code == "several_sheets"
    assert caught.value.candidates == ("白云社区", "青石村")
    assert "白云社区、青石村" in str(caught.value)


def test_a_sheet_that_is_not_there() -> None:
    with pytest.raises(RosterError) as caught:
        open_roster(XLSX, "x", today=TODAY, sheet="没有这张")
    assert caught.value.code == "unknown_sheet"


@pytest.mark.parametrize(
    ("fields", "code"), [({"A": "nonsense"}, "unknown_field"), ({"ZZ": "name"}, "unknown_column")]
)
def test_wrong_corrections(fields: dict[str, str | None], code: str) -> None:
    with pytest.raises(RosterError) as caught:
        open_roster(XLSX, "x", today=TODAY, fields=fields)
    assert caught.value.code == code


def test_corrections_of_the_officer_go_first() -> None:
    roster = open_roster(XLSX, "x", today=TODAY, fields={"i": "phone", "D": None})
    assert [column.field for column in roster.columns] == [
        "name", "gender", "birth_on", None, "departed_on", "destination", None, "unit", "phone",
    ]  # fmt: skip
    assert next(roster.rows()).values["phone"] == "0855-1234567"


def test_a_heading_without_people() -> None:
    roster = open_roster(xlsx(Grid([["姓名", "性别", "电话"]])), "x", today=TODAY)
    assert list(roster.rows()) == []


def test_formulas_show_their_last_result_and_errors_are_empty() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, ["序号", "姓名", "性别", "电话"])
    sheet.write_formula(1, 0, "=ROW()-1", None, 1)
    sheet.write_formula(1, 1, '="王"&"芳"', None, "王芳")
    sheet.write_formula(1, 2, "=[外部.xlsx]Sheet1!A1", None, "女")
    sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    book.close()
    (row,) = open_roster(out.getvalue(), "x", today=TODAY).rows()
    assert row.values == {"name": "王芳", "gender": "female"}
    assert row.problems == []


def test_macros_and_pictures_are_left_alone() -> None:
    data = rezipped(XLSX, {"xl/vbaProject.bin": bytes(5000), "xl/media/image1.png": b"\x89PNG" + bytes(9000)})
    assert len(list(open_roster(data, "名册.xlsm", today=TODAY).rows())) == 4


def sheet_xml(rows: str) -> bytes:
    head = "<?xml version='1.0'?><worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    return f"{head}{rows}</sheetData></worksheet>".encode()


_HEAD = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{text}</t></is></c>'
    for letter, text in zip("ABC", ["姓名", "性别", "电话"], strict=True)
)
_PERSON = '<c r="A2" t="inlineStr"><is><t>王芳</t></is></c><c r="B2" t="inlineStr"><is><t>女</t></is></c>'


def test_stray_cells_in_a_far_corner() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    body = f'<row r="1">{_HEAD}</row><row r="2">{_PERSON}</row>{far}'
    with pytest.raises(RosterError) as caught:
        open_roster(rezipped(XLSX, {"xl/worksheets/sheet1.xml": sheet_xml(body)}), "x", today=TODAY)
    assert caught.value.code == "too_big"
    assert "XFD1048576" in str(caught.value)


@pytest.mark.parametrize(
    "stray",
    [
        '<c r="AAAA1"/><c r="A1048576"><v>1</v></c>',
        '<c r="XFD1048576"><v>1</v></c>',
        "<c s='0' r='XFD1048576'><v>1</v></c>",
    ],
)
def test_a_stray_cell_before_the_last_of_its_row(stray: str, tmp_path: Path) -> None:
    body = f'<row r="1">{_HEAD}</row><row r="2">{stray}{_PERSON}</row>'
    said, grown = measured(rezipped(XLSX, {"xl/worksheets/sheet1.xml": sheet_xml(body)}), tmp_path)
    assert said == "too_big"
    assert grown < 200


def test_texts_that_are_not_there(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(XLSX)) as book:
        texts = book.read("xl/sharedStrings.xml")
    many = re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4294967295"', texts)
    said, grown = measured(rezipped(XLSX, {"xl/sharedStrings.xml": many}), tmp_path)
    assert said == "damaged"
    assert grown < 200


@pytest.mark.parametrize("size", [(0, 14, 0xFFFF, 200), (0xFFFF, 7, 0, 9), (0, 0xFFFFFFFF, 0, 200)])
def test_an_old_sheet_that_lies_about_its_size(size: tuple[int, ...], tmp_path: Path) -> None:
    stream = bytearray(Container(XLS).stream("Workbook"))
    at = stream.find(b"\x00\x02\x0e\x00")
    struct.pack_into("<IIHH", stream, at + 4, *size)
    said, grown = measured(wrap("Workbook", bytes(stream)), tmp_path)
    assert said == "damaged"
    assert grown < 200


def test_a_page_with_marked_sections() -> None:
    data = page(B.grids[0]).replace(b"<tr>", b"<![if x]><tr><![CDtTA[x]]>", 3) + b"<![CDtTA["
    assert len(list(open_roster(data, "x", today=TODAY).rows())) == 4


def test_ten_thousand_columns() -> None:
    grid = Grid([["姓名", "性别", "电话", *[f"其他{n}" for n in range(9997)]], ["王芳", "女", "19900000001"]])
    roster = open_roster(xlsx(grid), "x", today=TODAY)
    assert [row.values for row in roster.rows()] == [
        {"name": "王芳", "gender": "female", "phone": "19900000001"}
    ]


_MEASURE = """
import resource, sys
from datetime import date
from django.conf import settings
settings.configure(USE_I18N=False)
from yanzhen.sheets.recognition.container import wrap
from yanzhen.sheets.recognition import RosterError, open_roster
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    print("rows", sum(1 for row in open_roster(open(sys.argv[1], "rb").read(), "x", today=date(2026, 11, 23)).rows()))
except RosterError as error:
    print(error.code)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def measured(data: bytes, folder: Path) -> tuple[str, int]:
    """What comes out of a process of its own, and by how many MB its memory grew."""
    file = folder / "data"
    file.write_bytes(data)
    out = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(file)], check=True, capture_output=True, text=True
    )
    said, grown = out.stdout.split("\n")[:2]
    return said, int(grown)


def test_a_million_empty_formatted_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="H{n}" s="1"/></row>' for n in range(3, 1_048_577))
    body = f'<row r="1">{_HEAD}</row><row r="2">{_PERSON}</row>{empty}'
    said, grown = measured(rezipped(XLSX, {"xl/worksheets/sheet1.xml": sheet_xml(body)}), tmp_path)
    assert said == "rows 1"
    assert grown < 200


def with_packed(data: bytes, part: str, packed: bytes) -> bytes:
    """The package with this part replaced by bytes that are packed already: it says of itself that it is small."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for item in old.infolist():
            new.writestr(item.filename, packed if item.filename == part else old.read(item))
    whole = bytearray(out.getvalue())
    name = part.encode()
    for at in (whole.find(name) - 22, whole.rfind(name) - 36):
        struct.pack_into("<H", whole, at, zipfile.ZIP_DEFLATED)
    return bytes(whole)


@pytest.fixture(scope="module")
def packed() -> bytes:
    """700 MB of blanks, packed to less than one."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    block = b" " * 1_000_000
    return b"".join([packer.compress(block) for _time in range(700)] + [packer.flush()])


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_zip_bomb(part: str, packed: bytes, tmp_path: Path) -> None:
    said, grown = measured(with_packed(XLSX, part, packed), tmp_path)
    assert said == "too_big"
    assert grown < 200


@pytest.mark.parametrize("seed", range(6))
def test_damaged_bytes(seed: int) -> None:
    """Bytes changed, cut out, doubled: a sentence or a roster, nothing else."""
    dice = random.Random(seed)
    sentences: list[str] = []
    originals = [XLSX, XLS, csv_text(B.grids[0], encoding="gb18030"), csv_text(B.grids[0]), page(B.grids[0])]
    for _time in range(60):
        data = bytearray(dice.choice(originals))
        for _change in range(dice.choice([1, 3, 30])):
            if not data:
                break
            place = dice.randrange(len(data))
            kind = dice.randrange(3)
            if kind == 0:
                data[place] = dice.randrange(256)
            elif kind == 1:
                del data[place : place + dice.randrange(1, 200)]
            else:
                data[place:place] = data[place : place + dice.randrange(1, 200)]
        try:
            list(open_roster(bytes(data), "x", today=TODAY).rows())
        except RosterError as error:
            sentences.append(str(error))
    assert all(sentences)


@pytest.mark.parametrize("seed", range(6))
def test_disordered_sheets(seed: int) -> None:
    """Cells of a real roster thrown about, replaced, merged at random: a sentence or a roster, nothing else."""
    dice = random.Random(seed)
    sentences: list[str] = []
    odd = [
        None,
        "",
        "合计",
        "姓名",
        0,
        -1,
        1e300,
        5e17,
        True,
        date(1900, 1, 1),
        "=1",
        "😀",
        "�",
        "2010.13",
        "无",
        "　",
        "一" * 300,
    ]
    for _time in range(25):
        lines = [
            list(line) for line in dice.choice([official.c(), towns.counties(), towns.pages()]).grids[0].lines
        ]
        for _change in range(dice.choice([2, 20, 200])):
            line = dice.choice(lines)
            if line:
                line[dice.randrange(len(line))] = dice.choice(odd)
        dice.shuffle(lines)
        top = dice.randrange(5)
        merged = [(top, 0, top + dice.randrange(4), 1)] if dice.random() < 0.5 else []
        try:
            list(open_roster(xlsx(Grid(lines, merged)), "x", today=TODAY).rows())
        except RosterError as error:
            sentences.append(str(error))
    assert all(sentences)
