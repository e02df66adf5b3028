"""Citizen identity numbers (公民身份号码) by GB 11643-1999: 18 characters, birth date inside, check character last.

Pure: text in, facts or a fault code out. Nothing here guesses: a number that lost digits is a fault, not a puzzle.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import mul
from typing import Literal

Fault = Literal["length", "format", "impossible_date", "checksum"]
Gender = Literal["male", "female"]

LENGTH = 18
# GB 11643: weights of the first 17 digits; the sum modulo 11 picks the check character.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_CHARACTERS = frozenset(_CHECK_CHARACTERS)
# Digits are summed as ASCII codes for speed; this takes the 48 of "0" out of the sum again.
_ASCII_SURPLUS = ord("0") * sum(_WEIGHTS)


@dataclass(frozen=True)
class IdNumber:
    """What a valid number says: itself with a capital X, birth date, sex, and the six digits of the division."""

    number: str
    born_on: date
    gender: Gender
    division: str


class IdNumberError(ValueError):
    """The text is no valid number; `code` says why (the codes of `roster check`)."""

    def __init__(self, code: Fault) -> None:
        super().__init__(code)
        self.code: Fault = code


def check_character(first_17: str) -> str:
    """The 18th character that GB 11643 gives to these 17 ASCII digits."""
    return _CHECK_CHARACTERS[(sum(map(mul, first_17.encode(), _WEIGHTS)) - _ASCII_SURPLUS) % 11]


@lru_cache(maxsize=65536)
def _is_birth_date(eight_digits: str) -> bool:
    """Whether YYYYMMDD is a day of the calendar since 1800 (no number was given to anybody born earlier)."""
    try:
        return date(int(eight_digits[:4]), int(eight_digits[4:6]), int(eight_digits[6:])).year >= 1800
    except ValueError:
        return False


def find_fault(text: str, *, is_birth_date: Callable[[str], bool] = _is_birth_date) -> Fault | None:
    """Why this text, already stripped and with a capital X, is no valid number; None when it is one.

    A digit damaged inside the date spoils the check character too, so the date is named first. Old numbers of 15
    digits are no longer accepted anywhere and count as `length`.
    """
    if len(text) != LENGTH:
        return "length" if text and not set(text) - _CHARACTERS else "format"
    first = text[:17]
    last = text[17]
    if not (text.isascii() and first.isdigit() and (last.isdigit() or last == "X")):
        return "format"
    if not is_birth_date(text[6:14]):
        return "impossible_date"
    if _CHECK_CHARACTERS[(sum(map(mul, first.encode(), _WEIGHTS)) - _ASCII_SURPLUS) % 11] != last:
        return "checksum"
    return None


def read(text: str) -> IdNumber:
    """What the number says. Blanks around it and a small x are allowed. Raises IdNumberError."""
    number = text.strip().upper()
    fault = find_fault(number)
    if fault is not None:
        raise IdNumberError(fault)
    born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    # GB 11643: the 17th digit is odd for men, even for women.
    return IdNumber(number, born_on, "male" if int(number[16]) % 2 else "female", number[:6])
