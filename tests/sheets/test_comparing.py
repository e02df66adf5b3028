"""What is a difference and what only says less."""

from __future__ import annotations

import pytest

from yanzhen.people.columns import Value
from yanzhen.sheets.comparing import age_of, differences, parts

AWAY: dict[str, Value] = {"is_mobile": True, "departed_on": "2026-03", "destination": "广东省深圳市"}


@pytest.mark.parametrize(
    ("row", "known", "differs"),
    [
        ({"birth_on": "1985"}, {"birth_on": "1985-03-07"}, False),
        ({"birth_on": "1986"}, {"birth_on": "1985-03-07"}, True),
        ({"age": 41}, {"birth_on": "1985-03-07"}, False),
        ({"age": 43}, {"birth_on": "1985-03-07", "age": 39}, False),  # 虚岁
        ({"age": 44}, {"birth_on": "1985-03-07"}, True),
        ({"age": 41}, {}, True),
        ({"occupation": "电工，6万元"}, {"occupation": "电工", "annual_income": "6万元"}, False),
        ({"occupation": "瓦工，6万元"}, {"occupation": "电工", "annual_income": "6万元"}, True),
        ({"departed_on": "2026", "destination": "广东省"}, AWAY, False),
        ({"destination": "浙江省"}, AWAY, True),
        ({"destination": "广东省广州市"}, AWAY, True),
    ],
)
def test_what_says_less_and_agrees_is_no_difference(
    row: dict[str, Value], known: dict[str, Value], differs: bool
) -> None:
    assert bool(differences(row, known)) is differs


def test_a_new_absence_is_told_whole_however_like_the_last_one() -> None:
    over = {**AWAY, "is_mobile": False, "returned_on": "2026-05"}
    row: dict[str, Value] = {"departed_on": "2026-09", "destination": "广东省"}
    assert differences(row, over) == {**row, "is_mobile": True}
    assert set(parts(differences(row, over), over)) == {"is_mobile"}


def test_an_age_is_counted_from_the_birth_date_as_far_as_it_is_known() -> None:
    assert age_of({"birth_on": "1985-11-23"}) == 41
    assert age_of({"birth_on": "1985-11-24", "age": 50}) == 40
    assert age_of({"birth_on": "1985"}) == 41
    assert age_of({"age": 50}) == 50
    assert age_of({}) is None
