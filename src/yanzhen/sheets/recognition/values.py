"""From a raw cell to the value of a field: one function for each kind of field, chosen once for each column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from yanzhen.people.id_number import find_fault
from yanzhen.people.names import as_kept

from . import codes, dates, phones
from .fields import Field
from .outcome import Bad, Outcome
from .text import NOTHING, cell_text, clean, fold, number_text

Reader = Callable[[object], Outcome]

_NAME_REMARK = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]$")
_HAN = "㐀-鿿豈-﫿\U00020000-\U0003ffff〇"
_BLANKS = re.compile(r"\s+")
_NUMBERING = re.compile(r"^\d{1,3}[.、．·]\s*")
_ANY_REMARK = re.compile(r"[(\[【][^)\]】]*[)\]】]")
# 身份证：522699…, 522699…已核: a number among words is that number.
_AMONG_WORDS = re.compile(rf"[{_HAN}:ID]*(\d{{17}}[\dXx])[{_HAN}]*")
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_WHOLE = re.compile(r"(?:约|共|计)?(\d{1,4})(?:\.0+)?(?:周岁|虚岁|岁|人|口人|口|个人|个|名|位)?")
_CHINESE_WHOLE = re.compile(
    r"(?:约|共|计)?([一二两三四五六七八九十]{1,3})(?:周岁|虚岁|岁|人|口人|口|个人|个|名|位)?"
)
# 2026年1-6月, 2026年第三季度: dues are often paid for several months at once.
_MONTHS = re.compile(
    r"(\d{4})年?[.\-/]?(?:\d{1,2}月?[-~至到—–](\d{1,2})月份?|第?([一二三四1234])季度|([上下全])半?年)"
)
# 2026.1-9, 2026.01-2026.09: with two kinds of signs, the one between is the span's.
_SPAN = re.compile(r"(\d{4})[.年/]\d{1,2}月?[-~至到—–](?:(\d{4})[.年/])?(\d{1,2})月?份?")
_LAST_OF = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12, "上": 6, "下": 12, "全": 12}
_PAID = re.compile(r"^(?:党费)?(?:已|现)?(?:缴|交)?(?:纳|清)?(?:至|到)")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
# Nobody in a roster is younger or older than this, and no household is larger: beyond, a digit is wrong.
_AGES = range(10, 131)
_HOUSEHOLDS = range(100)


# Fields whose date lies ahead or never comes, and how people say so.
_ENDS = ("returned_on", "expected_return_on")
_OPEN_END = frozenset(
    [
        "长期",
        "不定",
        "待定",
        "未定",
        "不确定",
        "不返回",
        "暂不返回",
        "未知",
        "不详",
        "未返回",
        "在外",
        "否",
        "没有计划",
        "无计划",
        "长期外出",
        "不定期",
    ]
)


@dataclass(frozen=True)
class Setting:
    """What reading depends on besides the cell: today, how the column writes dates, codes explained in the file."""

    today: date
    habit: dates.Habit = dates.NO_HABIT
    own_codes: Mapping[str, str] = field(default_factory=dict)


def name(value: object) -> Outcome:
    """A person's name: blanks between Chinese characters removed, one kind of dot, remarks in brackets left out."""
    if not isinstance(value, str):
        return Bad("format") if value else None
    if value.isalpha() and value < "\uff00":
        return value if value not in NOTHING else None
    text = clean(value)
    if text in NOTHING:
        return None
    text = as_kept(_NUMBERING.sub("", text))
    if text.count("*") > 1 or re.fullmatch(r".\*.?", text):
        return Bad("format")
    bare = _NAME_REMARK.sub("", text).strip(" ·*＊★☆▲△※#、，,。")
    text = _BLANKS.sub(" ", bare or text)
    return Bad("format") if any(character.isdecimal() for character in text) else text


def text(value: object) -> Outcome:
    """Any other text: stripped, digits and letters half width."""
    if not isinstance(value, str):
        return _plain(value)
    cleaned = value if value.isalnum() and value.isascii() else clean(value)
    return cleaned if cleaned not in NOTHING else None


def _plain(value: object) -> Outcome:
    if isinstance(value, float):
        return number_text(value)
    return cell_text(value)


def id_number(value: object) -> Outcome:
    """18 characters with a capital X, or why not. Kept as a number it has lost its last digits, and with them its check
    character: said, not mended."""
    if not isinstance(value, str):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return Bad("format")
        if value == 0:
            return None
        return Bad("format", "lost_digits") if value >= 1e17 else Bad("length")
    number = (
        value if len(value) == 18 and value.isascii() else _ANY_REMARK.sub("", fold(value)).strip("'‘’`\"")
    )
    fault = find_fault(number)
    if fault is None:
        return number
    number = number.upper()
    if number in NOTHING or number == "0":
        return None
    if _POWER.fullmatch(number):
        return Bad("format", "lost_digits")
    fault = find_fault(number)
    if fault == "length" or fault == "format":
        bare = re.sub(r"[\s\-·.]", "", number)
        bare = match[1] if (match := _AMONG_WORDS.fullmatch(bare)) else bare
        fault = find_fault(bare) if bare != number else fault
        number = bare if fault is None else number
    return number if fault is None else Bad(fault)


def whole(value: object, span: range) -> Outcome:
    """A whole number with or without its unit (45岁, 4口人)."""
    if isinstance(value, float) and value.is_integer():
        number = int(value)
    else:
        folded = _ANY_REMARK.sub("", fold(cell_text(value)))
        if folded in NOTHING:
            return None
        if match := _WHOLE.fullmatch(folded):
            number = int(match[1])
        elif match := _CHINESE_WHOLE.fullmatch(folded):
            number = _chinese_whole(match[1])
        else:
            return Bad("format")
    return number if number in span else Bad("format")


def _chinese_whole(digits: str) -> int:
    ones = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
    if "十" not in digits:
        return int("".join(str(ones[digit]) for digit in digits))
    before, _, after = digits.partition("十")
    return ones.get(before, 1) * 10 + ones.get(after, 0)


def email(value: object) -> Outcome:
    """An address with one @; a bare QQ number is taken as it stands."""
    folded = fold(cell_text(value)).strip(".,;。，；")
    if folded in NOTHING:
        return None
    return folded if _EMAIL.fullmatch(folded) or folded.isdigit() else Bad("format")


def day(value: object, setting: Setting, none: frozenset[str]) -> Outcome:
    """A date at its written precision; the words in `none` say that there is no date yet."""
    if isinstance(value, str) and value.strip() in none:
        return None
    return dates.from_cell(value, setting.today, setting.habit)


def month(value: object, setting: Setting) -> Outcome:
    """A month: a day that was written is cut off; a span of months ends with its last; a year alone with December."""
    if isinstance(value, str):
        value = _PAID.sub("", value.strip())
        if match := _MONTHS.fullmatch(fold(value)):
            year, last, quarter, half = match.groups()
            number = int(last or _LAST_OF[quarter or half])
            return f"{year}-{number:02d}" if 1 <= number <= 12 else Bad("impossible_date")
        if match := _SPAN.fullmatch(fold(value)):
            value = f"{match[2] or match[1]}.{match[3]}"
    read = dates.from_cell(value, setting.today, setting.habit)
    if not isinstance(read, str):
        return read
    return read[:7] if len(read) > 4 else f"{read}-12"


def reader(of: Field, setting: Setting) -> Reader:
    """The function that reads the cells of a column with this field."""
    own = setting.own_codes
    plain: dict[str, Reader] = {
        "name": name, "text": text, "unit": text, "gender": codes.gender, "ethnicity": codes.ethnicity,
        "stage": codes.stage, "yes_no": codes.yes_no, "phone": phones.from_cell, "id_number": id_number,
        "email": email,
        "education": lambda value: codes.coded(value, "education", own),
        "degree": lambda value: codes.coded(value, "degree", own),
        "position": lambda value: codes.coded(value, "", own),
        "date": lambda value: day(value, setting, _OPEN_END if of.key in _ENDS else frozenset()),
        "month": lambda value: month(value, setting),
        "whole": lambda value: whole(value, _AGES if of.key == "age" else _HOUSEHOLDS),
    }  # fmt: skip
    return plain[of.kind]
