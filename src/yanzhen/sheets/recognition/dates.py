"""Dates in every written form, kept at the precision that was written: `2010`, `2010-07`, `2010-07-01`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite

from .outcome import Bad
from .text import NOTHING, fold

# Excel counts days from here (its 1900 leap-year fault is behind every date that a roster holds).
_EPOCH = date(1899, 12, 30)
# Serials outside this span (1927 to 2064) are not read as days: they would be years or plain numbers.
_SERIALS = range(10000, 60001)
_SERIAL_DIGITS = 5
_EARLIEST_YEAR = 1880

_SEP = r"[年.\-/\\、·,。:;_—–−‐~～]+"
_FULL = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}})(?:{_SEP}|月份?[.\-/]?)(\d{{1,2}})[日号.]?")
_MONTH = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}})(?:月份?|[.\-/年])?")
_YEAR = re.compile(r"(\d{4})(?:年度?|[.\-/])?")
# How most lists write it: read at once.
_USUAL = re.compile(r"([0-9]{4})[-./]([0-9]{2}|[1-9])(?:[-./]([0-9]{1,2}))?")
_SHORT = re.compile(rf"'?(\d{{2}}){_SEP}(\d{{1,2}})(?:(?:{_SEP}|月份?)(\d{{1,2}}))?[月日号.]?份?")
_SHORT_YEAR = re.compile(r"'?(\d{2})年")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_CLOCK = re.compile(r"(?:[T日]?\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?|分)?(?:AM|PM|Z)?)$")
_REMARK = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
_LEADING = re.compile(r"^(?:公历|阳历|农历|阴历|大约|大概|约|自|从|于|[‘’'\"`“])+")
_TRAILING = re.compile(
    r"(?:[-—–~至到]*(?:至今|今)|起|以来|开始|左右|前后|以前|之前|许|间|年?[初底末]|上旬|中旬|下旬|[上下]半年|支部大会|大会|通过|批准|入党|转正|出生|生)+$"
)
# 201007.0: what programs make of a number on its way into a text file.
_FLOAT = re.compile(r"(\d{4,8})\.0")
_ENGLISH = re.compile(
    r"([A-Za-z]{3})[a-z]*[-/. ]?(\d{2}|\d{4})|(\d{1,2})[-/. ]([A-Za-z]{3})[a-z]*[-/. ](\d{2}|\d{4})"
)
_MONTH_NAMES = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_CHINESE_DIGITS = str.maketrans("〇○零OＯo一二三四五六七八九壹贰叁肆伍陆柒捌玖", "000000123456789123456789")
_CHINESE_NUMBER = re.compile(r"[〇○零一二三四五六七八九十廿卅]")
_TENS = re.compile(r"([二三廿卅]?)(十?)([一二三四五六七八九]?)(?=月|日|号)")
# Said of somebody who has no such date: nothing is left out by leaving the cell empty.
_NO_DATE = NOTHING | {
    "0",
    "未转正",
    "预备",
    "预备期",
    "尚未转正",
    "未返回",
    "未归",
    "未返乡",
    "未失联",
    "未回",
    "未返",
    "未外出",
    "0.0",
    "至今",
}


@dataclass(frozen=True)
class Habit:
    """How a column writes dates: months below ten in decimal numbers as 07 (True), as 7 (False) or not to be seen;
    and whether serial numbers stand there as text (a single 20100 is rather a slip of the hand)."""

    two_digit_months: bool | None = None
    serials_in_text: bool = False


NO_HABIT = Habit()


def _chinese_to_digits(text: str) -> str:
    def tens(match: re.Match[str]) -> str:
        lead, ten, unit = match.groups()
        if not ten and lead in ("", "二", "三"):
            return match.group()
        first = {"": "1", "二": "2", "三": "3", "廿": "2", "卅": "3"}[lead]
        return first + (unit.translate(_CHINESE_DIGITS) if unit else "0")

    return _TENS.sub(tens, text).translate(_CHINESE_DIGITS)


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | Bad:
    if year < _EARLIEST_YEAR:
        return Bad("impossible_date")
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return Bad("impossible_date")
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return Bad("impossible_date")


def _century(two_digits: int, today: date) -> int:
    """85 is 1985 and 10 is 2010: a written-down past lies in the hundred years up to now, a year ahead allowed."""
    year = today.year // 100 * 100 + two_digits
    return year if year <= today.year + 1 else year - 100


def _from_digits(digits: str, today: date) -> str | Bad:
    if len(digits) == 4:
        return _iso(int(digits)) if digits[:2] in ("18", "19", "20", "21") else Bad("format")
    if len(digits) == 5:
        return from_serial(int(digits))
    if len(digits) == 6:
        if digits[:2] in ("19", "20"):
            return _iso(int(digits[:4]), int(digits[4:]))
        read = _iso(_century(int(digits[:2]), today), int(digits[2:4]), int(digits[4:]))
        return read if isinstance(read, str) else Bad("format")
    if len(digits) == 8 and digits[:2] in ("18", "19", "20", "21"):
        return _iso(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if len(digits) == 14 and digits[:2] in ("19", "20"):
        return _iso(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    return Bad("format")


def from_serial(serial: int) -> str | Bad:
    """The day of an Excel serial number."""
    return (_EPOCH + timedelta(days=serial)).isoformat() if serial in _SERIALS else Bad("format")


def _english(match: re.Match[str], today: date) -> str | Bad:
    name, year_a, day, name_b, year_b = match.groups()
    month = _MONTH_NAMES.get((name or name_b).lower())
    if month is None:
        return Bad("format")
    digits = year_a or year_b
    year = _century(int(digits), today) if len(digits) == 2 else int(digits)
    return _iso(year, month, int(day) if day else None)


def from_text(text: str, today: date) -> str | Bad | None:
    """A date written as text; None when it says that there is none; Bad when it cannot be read."""
    spaced = re.sub(r"(?<=\d)\s+(?=\d)", " ", text.strip())
    if " " in spaced and re.fullmatch(r"\d{4} \d{1,2}( \d{1,2})?", spaced):
        text = spaced.replace(" ", ".")
    else:
        text = re.sub(r"(?<=\d)[ T]+(?=\d{1,2}:\d)", "T", text)
    folded = fold(text)
    if folded in _NO_DATE:
        return None
    if folded.isascii() and folded.isdigit():
        return _from_digits(folded, today)
    if _CHINESE_NUMBER.search(folded):
        folded = _chinese_to_digits(folded)
    folded = _LEADING.sub("", _REMARK.sub("", folded.replace("元月", "1月")))
    if match := _FLOAT.fullmatch(folded):
        return _from_digits(match[1], today)
    folded = _CLOCK.sub("", folded) if ":" in folded or "时" in folded or "点" in folded else folded
    folded = _TRAILING.sub("", folded).strip("'\"`.。,，;；、:：~—–-")
    return _from_shape(folded, today)


def _from_shape(text: str, today: date) -> str | Bad:
    if match := _FULL.fullmatch(text):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH.fullmatch(text):
        return _iso(int(match[1]), int(match[2]))
    if match := _YEAR.fullmatch(text):
        return _from_digits(match[1], today)
    if text.isascii() and text.isdigit():
        return _from_digits(text, today)
    return _from_rare_shape(text, today)


def _from_rare_shape(text: str, today: date) -> str | Bad:
    if match := _DAY_FIRST.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if (first > 12) == (second > 12) and first != second:
            return Bad("format")
        return _iso(year, min(first, second), max(first, second))
    if match := _SHORT.fullmatch(text):
        return _iso(_century(int(match[1]), today), int(match[2]), int(match[3]) if match[3] else None)
    if match := _SHORT_YEAR.fullmatch(text):
        return _iso(_century(int(match[1]), today))
    if match := _ENGLISH.fullmatch(text):
        return _english(match, today)
    if re.fullmatch(r"\d{5}\.\d+", text):
        return from_serial(int(float(text)))
    return Bad("format")


def from_number(value: float, today: date, habit: Habit) -> str | Bad | None:
    """A date kept as a number: 2010, 201007, 20100701, a serial, or 2010.07.

    2010.1 is what Excel leaves of a typed 2010.10: October where the column writes its months as 07, not to be
    guessed where it writes them as 7 or where nothing is known.
    """
    if value == 0:
        return None
    if not isfinite(value):
        return Bad("format")
    if value.is_integer():
        return _from_digits(str(int(value)), today)
    if value >= 10000:
        return from_serial(int(value))
    text = repr(value)
    year, _, months = text.partition(".")
    if len(year) == 4 and len(months) == 1:
        if months == "1":
            return _iso(int(year), 10) if habit.two_digit_months else Bad("format", "lost_zero")
        return _iso(int(year), int(months))
    return from_text(text, today)


def _lone_serial(serial: int, today: date) -> str | Bad:
    """A text of five digits among other dates: a day that has been, unless it begins like a year (20100)."""
    read = from_serial(serial)
    year = str(serial)[:2] in ("19", "20")
    return read if not year and isinstance(read, str) and read <= today.isoformat() else Bad("format")


def from_cell(value: object, today: date, habit: Habit = NO_HABIT) -> str | Bad | None:
    """Any cell of a date column."""
    if isinstance(value, str):
        if len(value) == _SERIAL_DIGITS and value.isdecimal() and not habit.serials_in_text:
            return _lone_serial(int(value), today)
        if match := _USUAL.fullmatch(value):
            return _iso(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
        return from_text(value, today)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return Bad("format")
    if isinstance(value, (int, float)):
        return from_number(float(value), today, habit)
    if isinstance(value, time):
        return None if value == time() else Bad("format")
    if isinstance(value, timedelta):
        return None if value == timedelta() else Bad("format")
    return Bad("format")
