"""A thousand headings, each by itself: what it means, or that it means none of the fields."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from tests.sheets.recognition.layouts.writing import Grid, xlsx
from yanzhen.sheets.recognition import FIELD_BY_KEY, FIELDS, meaning, open_roster

_WRITTEN: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("headings.toml").read_text("utf-8"))


@pytest.mark.parametrize("field", _WRITTEN)
def test_headings(field: str) -> None:
    readings = {heading: meaning.read((heading,)) for heading in _WRITTEN[field]}
    found = {heading: reading.field if reading else None for heading, reading in readings.items()}
    assert found == dict.fromkeys(_WRITTEN[field], None if field == "nothing" else field)


def test_every_known_wording_is_of_a_field() -> None:
    assert {reading.field for reading in meaning.known().values()} <= {*FIELD_BY_KEY, None}
    # 流出地党组织 is the unit of whoever left: only beside a unit, or in a list of those who came, the home unit.
    assert {*FIELD_BY_KEY} - {reading.field for reading in meaning.known().values()} == {"home_unit"}


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (("联系人", "姓名"), "contact_person"),
        (("联系人", "职务"), None),
        (("联系人", "电话"), "contact_person_phone"),
        (("流入地党组织", "名称"), "host_unit"),
        (("流入地党组织", "联系人", "电话"), "host_contact_phone"),
        (("流出地党组织", "联系人"), "contact_person"),
        (("流动情况", "时间"), "departed_on"),
        (("返乡情况", "时间"), "returned_on"),
        (("失联情况", "时间"), "lost_on"),
        (("活动证", "编号"), "certificate_number"),
        (("入党", "时间"), "joined_on"),
        (("转正", "时间"), "converted_on"),
        (("基本情况", "联系电话"), "phone"),
        (("家属", "姓名"), None),
        (("家属", "电话"), None),
        (("流动党员基本信息", "姓名"), "name"),
        (("外出务工情况", "备注"), "note"),
    ],
)
def test_upper_headings_say_whose_it_is(parts: tuple[str, ...], field: str | None) -> None:
    reading = meaning.read(parts)
    assert (reading.field if reading else None) == field


def test_our_own_labels_come_back() -> None:
    """A list that this program wrote is read again with every column as it was."""
    grid = Grid([[field.label for field in FIELDS], ["王芳", *[None] * (len(FIELDS) - 1)]])
    roster = open_roster(xlsx(grid), "x", today=date(2026, 11, 23))
    assert [column.field for column in roster.columns] == [field.key for field in FIELDS]
