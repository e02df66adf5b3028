"""Telephone numbers: mobile numbers as 11 digits, landlines as area code, dash, number, those abroad behind 00."""

import re

from .outcome import Bad
from .text import NOTHING, fold

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area codes (numbering plan, YD/T 1105): 010 and 02x with three digits, all others with four.
_AREA = re.compile(r"0(?:10|2\d|[3-9]\d\d)")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d\d))([1-9]\d{6,7})")
# A number of another country, dialled from China: 00, its country code, its number; 15 digits at most (ITU-T E.164).
_ABROAD = re.compile(r"00(?!86)[1-9]\d{6,14}")
_EXTENSION = re.compile(r"(.*\d)(?:转|分机|ext\.?|x|\*|#|-)(\d{1,6})", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s()\-.·—–−‐_+]+")
_REMARK = re.compile(r"[(\[【][^()\[\]]*?[^\d()\[\]+\-\s][^()\[\]]*?[)\]】]")
_LABEL = re.compile(
    r"^(?:手机号?码?|联系电话|电话号?码?|本人|座机|固话|固定电话|办公|家|宅电|tel|mob|mobile|phone)[:：.]?",
    re.IGNORECASE,
)
# What people write for somebody without a telephone.
_NO_PHONE = NOTHING | {
    "0",
    "0.0",
    "无手机",
    "无电话",
    "没手机",
    "没有手机",
    "没电话",
    "没有电话",
    "无号码",
    "无联系方式",
}
# 微信同号19900000001, 19900000001已停机: a mobile number among words is that number.
_AMONG_WORDS = re.compile(r"[㐀-鿿:]*(1[3-9]\d{9})[㐀-鿿]*")
_SEVERAL = re.compile(r"[/、,;|\\或和&及\n\r]+")
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")


def from_digits(digits: str) -> str | None:
    """The normalized number of a run of digits, or None when it is none."""
    if digits.startswith("0086"):
        digits = digits[2:]
    if digits.startswith("86") and len(digits) >= 12:
        # Behind the country's code area codes are written with and without their zero.
        digits = digits[2:] if digits[2] in "01" and not digits.startswith("8610") else "0" + digits[2:]
    if _ABROAD.fullmatch(digits):
        return digits
    size = len(digits)
    if size == 12 and digits[0] == "0" and _MOBILE.fullmatch(digits[1:]):
        return digits[1:]
    if size == 11 and _MOBILE.fullmatch(digits):
        return digits
    if match := _LANDLINE.fullmatch(digits):
        return f"{match[1]}-{match[2]}"
    if size in (7, 8) and digits[0] in "2345678":
        return digits
    if size == 10 and digits[:3] in ("400", "800"):
        return digits
    # A landline kept as a number has lost its leading zero: no other reading is possible.
    if size in (9, 10, 11) and digits[0] in "123456789" and (match := _LANDLINE.fullmatch("0" + digits)):
        return f"{match[1]}-{match[2]}" if digits[0] != "1" or (size == 10 and digits[:2] == "10") else None
    return None


def _one(text: str) -> str | Bad:
    bare = _SEPARATORS.sub("", text)
    if bare.isascii() and bare.isdigit():
        is_abroad = text.startswith("+") and not bare.startswith(("86", "0")) and not _MOBILE.fullmatch(bare)
        number = from_digits("00" + bare if is_abroad else bare)
        if number is not None:
            return number
        if match := re.fullmatch(r"(\(?0\d{2,3}\)?[-\s]?\d{7,8})-(\d{1,5})", text):
            base = from_digits(_SEPARATORS.sub("", match[1]))
            if base is not None:
                return f"{base}-{match[2]}"
        return Bad("format" if len(bare) == 11 else "length")
    if match := _EXTENSION.fullmatch(text):
        base = from_digits(_SEPARATORS.sub("", match[1])) if match[1].isascii() else None
        if base is not None:
            return f"{base}-{match[2]}"
    if match := _AMONG_WORDS.fullmatch(bare):
        return match[1]
    return Bad("format", "power_of_ten" if _POWER.fullmatch(text) else "")


def from_text(text: str) -> str | Bad | None:
    """One telephone number, or the first of several that are all readable."""
    stripped = text.strip()
    if stripped in _NO_PHONE:
        return None
    pieces = [
        fold(piece)
        for piece in _SEVERAL.split(stripped.replace("，", ",").replace("；", ";").replace("／", "/"))
    ]
    pieces = [re.sub(r"\.0$", "", piece.strip("'‘’`\"。.")) for piece in pieces]
    pieces = [piece for piece in (_LABEL.sub("", _REMARK.sub("", piece)) for piece in pieces) if piece]
    if not pieces:
        return None if fold(stripped) in NOTHING else Bad("format")
    if len(pieces) == 1 and (match := re.fullmatch(r"(\+?\d[\d\-() ]{9,})\s+(\+?\d[\d\-() ]{9,})", stripped)):
        pieces = [fold(match[1]), fold(match[2])]
    read = [_one(piece) for piece in pieces]
    for number in read:
        if isinstance(number, Bad):
            return number
    return read[0]


def from_cell(value: object) -> str | Bad | None:
    """Any cell of a telephone column."""
    if isinstance(value, str):
        return value if _MOBILE.fullmatch(value) else from_text(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value == 0:
            return None
        return _one(str(int(value))) if float(value).is_integer() else Bad("format")
    return Bad("format")
