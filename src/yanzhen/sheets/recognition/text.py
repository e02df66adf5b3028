"""What is done to every cell before anything else: invisible characters out, blanks off, full width to half width."""

import re
import unicodedata

# Zero-width and formatting characters that copying from chat windows and web pages leaves behind.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC, 0xFFFD]
    + list(range(0x200B, 0x2010))
    + list(range(0x202A, 0x202F))
    + list(range(0x2060, 0x2070))
    + [code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)]
    + list(range(0x7F, 0xA0))
)
# Only digits and letters become half width: Chinese punctuation is right as it is.
_HALF_WIDTH = {
    code: code - 0xFEE0
    for span in (range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B))
    for code in span
}
_CLEANING = {**_INVISIBLE, **_HALF_WIDTH}
# Words and strokes that people write into a cell that has no content. "0" is not among them.
NOTHING = frozenset(
    [
        "", "/", "／", "\\", "＼", "//", "无", "（无）", "(无)", "无。", "暂无", "没有", "-", "--", "---", "－",
            "—", "——", "―", "──",
        "–", "一一", "ー", "＿", "_", "、", "。", ".", "…", "……", "*", "空", "空白", "未填", "未填写", "NA",
            "N/A", "n/a", "#N/A", "NULL",
        "null", "None", "none", "nan", "NaN", "无此项", "无内容", "~", "～", "|", "丨", "''", "'", "〃/",
            "#VALUE!", "#REF!", "#NAME?",
        "#DIV/0!", "#NULL!", "#NUM!", "#####",
    ]
)  # fmt: skip
_BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """Invisible characters removed, full-width digits and letters made half width, blanks off both ends."""
    # What is printable and lies below the full-width digits needs no closer look, but for one joiner.
    if not (text.isprintable() and max(text, default="") < "\uff10" and "\u034f" not in text):
        text = text.translate(_CLEANING)
    return text.strip()


def compact(text: str) -> str:
    """Cleaned, with every blank and line break removed: for headings and for comparing names of units."""
    return _BLANKS.sub("", clean(text))


def fold(text: str) -> str:
    """Compatibility form for recognizing codes and numbers: every full-width sign becomes its ASCII twin."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", clean(text)))


def number_text(value: float) -> str:
    """A number as people wrote it: whole ones without a decimal point, never in powers of ten."""
    if value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    return repr(value)


def cell_text(value: object) -> str:
    """Any cell as text, for headings and for looking at a row as people see it."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return number_text(value)
    return str(value)
