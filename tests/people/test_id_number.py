"""The identity number: GB 11643, faults named exactly, nothing guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.people.id_number import IdNumber, IdNumberError, check_character, find_fault, read

# The worked example of GB 11643-1999 itself.
STANDARD = "11010519491231002X"


def test_the_example_of_the_standard() -> None:
    assert read(STANDARD) == IdNumber(STANDARD, date(1949, 12, 31), "female", "110105")


def test_small_x_and_blanks_are_accepted() -> None:
    assert read(f"  {STANDARD.lower()} ").number == STANDARD


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "format"),
        ("身份证遗失", "format"),
        ("110105491231002", "length"),
        ("1101051949123100", "length"),
        ("11010519491231002X1", "length"),
        ("11010519491231002O", "format"),
        ("1101051949123X002X", "format"),
        ("110105194902300020", "impossible_date"),
        ("110105194913310021", "impossible_date"),
        ("110105000012310021", "impossible_date"),
        ("110105194912310021", "checksum"),
        ("110105194912310120", "checksum"),
    ],
)
def test_faults(text: str, code: str) -> None:
    assert find_fault(text) == code
    with pytest.raises(IdNumberError) as caught:
        read(text)
    assert caught.value.code == code


@given(
    born=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    division=st.integers(110000, 999999),
    order=st.integers(0, 999),
    place=st.integers(0, 17),
    shift=st.integers(1, 9),
)
def test_every_single_wrong_digit_is_found(
    born: date, division: int, order: int, place: int, shift: int
) -> None:
    first = f"{division}{born:%Y%m%d}{order:03d}"
    number = first + check_character(first)
    assert read(number) == IdNumber(number, born, "male" if order % 2 else "female", str(division))
    old = "0123456789X".index(number[place]) if place == 17 else int(number[place])
    new = "0123456789X"[(old + shift) % 11] if place == 17 else str((old + shift) % 10)
    assert find_fault(number[:place] + new + number[place + 1 :]) in ("checksum", "impossible_date")
