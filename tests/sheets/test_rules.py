"""Whom a row speaks of: the number first, then name with dates; nobody is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from yanzhen.sheets.rules import Clash, Person, find, stays_out

TODAY = date(2026, 11, 23)
QINGSHI, LIUHE = UUID(int=1), UUID(int=2)
KNOWN = Person(
    name="王芳",
    number="n1",
    phone="p1",
    birth_on="1980-05-06",
    joined_on="2005-07",
    gender="female",
    unit_id=QINGSHI,
    id=UUID(int=11),
)
UNNUMBERED = replace(KNOWN, number="", id=UUID(int=12))
ROW = Person(name="王芳")


@pytest.mark.parametrize(
    ("row", "bearer", "namesakes", "expected"),
    [
        pytest.param(replace(ROW, number="n1"), KNOWN, [KNOWN], KNOWN, id="number"),
        pytest.param(replace(ROW, number="n1", name="王方"), KNOWN, [], Clash.OTHER_NAME, id="other-name"),
        pytest.param(replace(ROW, number="n2"), None, [KNOWN], None, id="other-number-is-a-namesake"),
        pytest.param(
            replace(ROW, number="n2", birth_on="1980-05", joined_on="2005-07-01"),
            None,
            [KNOWN],
            Clash.OTHER_NUMBER,
            id="same-dates-other-number",
        ),
        pytest.param(replace(ROW, number="n2"), None, [UNNUMBERED], UNNUMBERED, id="the-number-is-news"),
        pytest.param(ROW, None, [], None, id="nobody"),
        pytest.param(ROW, None, [KNOWN], KNOWN, id="name-alone-and-unique"),
        pytest.param(ROW, None, [KNOWN, UNNUMBERED], Clash.SEVERAL, id="name-of-two"),
        pytest.param(replace(ROW, gender="male"), None, [KNOWN], None, id="other-gender"),
        pytest.param(replace(ROW, birth_on="1981"), None, [KNOWN], None, id="other-birth-year"),
        pytest.param(replace(ROW, birth_on="1980"), None, [KNOWN], KNOWN, id="coarser-birth"),
        pytest.param(replace(ROW, joined_on="2005-08"), None, [KNOWN], None, id="other-joining-month"),
        pytest.param(replace(ROW, age=47), None, [KNOWN], KNOWN, id="nominal-age"),
        pytest.param(replace(ROW, age=30), None, [KNOWN], None, id="impossible-age"),
        pytest.param(replace(ROW, unit_id=LIUHE), None, [KNOWN], None, id="a-namesake-of-another-unit"),
        pytest.param(
            replace(ROW, unit_id=LIUHE, phone="p1"), None, [KNOWN], KNOWN, id="his-phone-in-another-unit"
        ),
        pytest.param(
            replace(ROW, birth_on="1980-05", joined_on="2005-07"),
            None,
            [KNOWN, replace(UNNUMBERED, birth_on="", joined_on="")],
            KNOWN,
            id="the-one-whose-dates-agree",
        ),
    ],
)
def test_find(
    row: Person, bearer: Person | None, namesakes: list[Person], expected: Person | Clash | None
) -> None:
    assert find(row, bearer=bearer, namesakes=namesakes, today=TODAY) == expected


def test_a_bad_value_keeps_nobody_out() -> None:
    assert not stays_out({"name": "王芳"}, ["checksum", "order", "conflict", "unknown_value"])
    assert stays_out({"name": "王芳"}, ["duplicate_in_file"])
    assert stays_out({"phone": "19900000001"}, ["required"])
