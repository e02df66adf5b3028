"""Lines of a roster that are no person: totals, signatures, notes, repeated headings, names of branches in between.

The reasons are stable words: title, unit, group, note, instruction, heading, numbers, example, subtotal, total,
footer, empty, continuation.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from .text import NOTHING, cell_text, compact

_TOTAL = re.compile(
    r"^(?:本表)?(?:合计|总计|共计|累计|总合计|全镇合计|总人数|总数|全部合计|统计)(?:[:：(（\d].*|人数.*)?$|^.{0,12}(?:合计|总计|共计)[:：]?\d*[人名个]?$"
)
_SUBTOTAL = re.compile(
    r"^(?:小计|本页小计|本页合计|页计|分计)(?:[:：(（\d].*)?$|^.{0,20}小计[:：]?\d*[人名个]?$"
)
_SUM = re.compile(r"^(?:以上)?共(?:计|有)?\d+(?![\d页张])")
_FOOTER = re.compile(
    r"(?:填表|制表|审核|填报|经办|复核|统计|录入|登记|核对|审批|审签|报送|校对|汇总)(?:人|员|单位|时间|日期)?[（(]?(?:签[字名章]|盖章)?[)）]?[:：]"
    r"|(?:负责人|书记|组织委员|主管领导|分管领导|联系人|联系电话|日期|时间|签字|签名|盖章|单位)[（(]?(?:签[字名章]|盖章)*[)）]?[:：]"
    r"|^第\d+页|^共\d+页|第.{1,4}页.{0,3}共.{1,4}页|[（(](?:盖章|签字|签章|公章)[)）]|^\d{4}年\d{1,2}月\d{1,2}日$"
)
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填写说明|填报说明|注意|要求|特别说明|附注|注意事项|提示|附|填表要求|填报要求|温馨提示|填写要求)"
    r"(?:[:：,，.。、\d（(]|$)|^[★※*]"
)
_EXAMPLE_WORD = "(?:例|示例|样例|例如|范例|举例|样表|填写示例|示范|例子|填表示例)"
_EXAMPLE = re.compile(
    rf"^{_EXAMPLE_WORD}(?:[:：].*|\d*)$|^[（(【\[]{_EXAMPLE_WORD}[)）】\]]|[（(](?:例|示例|样例)[)）]$|^如[:：]"
)
# What stands under the last person to say that nobody follows.
_END = frozenset(["以下空白", "以下无正文", "此行以下空白", "以下为空", "完", "结束", "无正文", "以下空"])
_GROUP_LINE = re.compile(
    r"(?:第.{1,3})?(?:党小组|小组|村民组|网格)(?:[（(].*[)）])?[:：]?|(?:第.{1,3}|[一二三四五六七八九十\d]{1,3})组(?:[（(].*[)）])?[:：]?|.{1,8}(?:党小组|村民小组)(?:[（(].*[)）])?"
)
_NUMERAL = re.compile(r"[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[)）]?[、.．]?|[①-⑳]")
_HAN = re.compile(r"[一-鿿]")
# 党支部名称：上河村党支部: a label with its text in one cell, as people write above a block of rows.
_LABELLED = re.compile(r"[一-鿿]{2,12}(?:[（(][^）)]{1,8}[)）])?[:：].*")
_UNIT_LABEL = re.compile(
    r"^(?:所在|所属|填报)?(?:基层)?(?:党支部|支部|单位|党组织|村|社区|村社区|组织)(?:名称|全称)?(?:[（(][^）)]{1,8}[)）])?[:：]"
)
# Who signs below a list; between the rows it names nobody's unit.
_SIGNATURE = re.compile(
    r"^(?:中共|中国共产党).{2,20}(?:镇|乡|县|区|市|街道)(?:工作)?委员会$|(?:办公室|组织部|党建办|党政办|组织办|人民政府)$"
)
_NO_NAME = re.compile(
    r"(?:以上|以下|情况|信息|内容).*(?:属实|空白|为空|真实|无误)|^(?:经办|审批|审核|填表|制表|填报|复核|审查|签字|签名|盖章|落款)(?:人|意见|说明|日期|时间|单位)?$"
    r"|^年月日$|^(?:本页|此页)|(?:意见|说明|盖章|签字|签名)[:：]?$"
)
# Numbers that only a person has: alone in a row they are somebody who was not named.
# An ID number or a mobile number stands for somebody even where nothing else does: a row without a name is reported.
_IDENTITY = re.compile(r"\d{15}(?:\d{2}[\dXx])?|(?:\+?86)?1[3-9]\d{9}")
_BREAKS = re.compile(r"[\s-]")
_LETTERED = re.compile(
    r"[甲乙丙丁戊己庚辛壬癸]|[A-Za-z]|[（(]?\d{1,3}[)）]?|第?[一二三四五六七八九十]{1,3}[栏列]?|[①-⑳]"
)
_PERSON_NAME = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff〇·•‧∙⋅・．. 　A-Za-z]{2,40}")
_UNIT_LINE = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[、.．])?\s*(.+?)(?:[（(]?(?:共|计)?\d+[人名][)）]?|[:：])?$"
)
_UNIT_WORDS = re.compile(
    r"支部|总支|党委|委员会|村|社区|居委|公司|学校|中学|小学|医院|机关|单位|中心|合作社|局|所|站|街道|镇|乡|厂|协会|园区|集团|党组|商会|小区|大队"
)
_KIND_OF_CELL = re.compile(
    r"必填|选填|必须|自动生成|全称|文本|日期型|字符|数字|下拉|格式|填写|yyyy|YYYY|请选择|如[:：]|例[:：]|选择|代码|示例|参照|按.*填"
)
_HOW_TO_NAME = re.compile(
    r"^(?:必填|选填|必须|必录|下拉|手填)|(?:与|按|同|以)(?:居民)?身份证|^如[:：\d]|^例|^(?:党员)?真实姓名$|一致$"
)
_FEW = 3


def looks_like_name(text: str) -> bool:
    """Whether a text in the name column can be somebody's name."""
    return (
        _PERSON_NAME.fullmatch(text) is not None
        and text not in _END
        and _NO_NAME.search(text) is None
        and _TOTAL.match(text) is None
        and _SUBTOTAL.match(text) is None
    )


def is_instruction(name: str) -> bool:
    """Whether a text in the name column says how to fill it in: 必填, 与身份证一致."""
    return _HOW_TO_NAME.search(name) is not None


def reason(
    cells: Sequence[object],
    *,
    headings: Mapping[int, Sequence[str]],
    name_column: int | None,
    unit_column: int | None,
    before_first: bool,
) -> str | None:
    """Why this row is no person, or None when it may be one."""
    filled = [
        (column, compact(cell_text(cell)))
        for column, cell in enumerate(cells)
        if cell is not None and cell != ""
    ]
    filled = [(column, text) for column, text in filled if text]
    if not filled:
        return "empty"
    texts = [text for _column, text in filled]
    if _repeats_heading(filled, headings):
        return "heading"
    for text in texts[:_FEW]:
        if _SUBTOTAL.match(text):
            return "subtotal"
        if _TOTAL.match(text) or (len(texts) <= _FEW and _SUM.match(text)):
            return "total"
    name = next((text for column, text in filled if column == name_column), "")
    if any(_EXAMPLE.match(text) for text in texts[:2]) or _EXAMPLE.search(name):
        return "example"
    if before_first and sum(1 for text in texts if _KIND_OF_CELL.search(text)) * 2 >= len(texts):
        return "instruction"
    person_like = bool(name) and looks_like_name(name) and len(texts) > 1
    if person_like and len(texts) > _FEW:
        return None
    if len(texts) >= 3 and all(_LETTERED.fullmatch(text) for text in texts) and _in_sequence(texts):
        return "numbers"
    return _prose(filled, name_column, unit_column, person_like=person_like, before_first=before_first)


def _prose(
    filled: list[tuple[int, str]],
    name_column: int | None,
    unit_column: int | None,
    *,
    person_like: bool,
    before_first: bool,
) -> str | None:
    """Notes, signatures and lines that name a branch: few cells, and words where persons have names and numbers."""
    texts = [text for _column, text in filled]
    note = "instruction" if before_first else "note"
    if _NOTE.match(texts[0]) and len(texts) <= _FEW:
        return note
    if any(_UNIT_LABEL.match(text) for text in texts[:2]) and len(texts) <= 8 and not person_like:
        return "unit"
    if _FOOTER.search("".join(texts)) and len(texts) <= 8 and not person_like:
        return "footer"
    if _LABELLED.fullmatch(texts[0]) and not person_like:
        return note
    words = [(column, text) for column, text in filled if _NUMERAL.fullmatch(text) is None]
    if not words or len({text for _column, text in words}) > 1:
        return None
    column, text = words[0]
    if _SIGNATURE.search(text):
        return "footer"
    if column != unit_column and unit_of(text) is not None:
        return "unit"
    if _GROUP_LINE.fullmatch(text):
        return "group"
    if text in _END:
        return note
    if name_column is None:
        return note if len(_HAN.findall(text)) >= 2 and (column == 0 or len(text) > 24) else None
    if column == name_column and looks_like_name(text):
        return None
    return None if _IDENTITY.fullmatch(_BREAKS.sub("", text)) else note


def _repeats_heading(filled: list[tuple[int, str]], headings: Mapping[int, Sequence[str]]) -> bool:
    same = sum(1 for column, text in filled if text in headings.get(column, ()))
    return same == len(filled) or (same >= 2 and same * 10 >= len(filled) * 6)


def _in_sequence(texts: list[str]) -> bool:
    """甲 乙 1 2 3 or A B C or 1 2 3: a row that numbers the columns."""
    digits = [int(number[0]) for number in (re.findall(r"\d+", text) for text in texts) if number]
    if digits:
        return all(later - earlier == 1 for earlier, later in pairwise(digits)) and len(digits) >= 2
    return len(set(texts)) == len(texts)


def unit_of(text: str) -> str | None:
    """The unit that a line between the persons names (一、青石村党支部（12人） → 青石村党支部), or None."""
    match = _UNIT_LINE.match(text)
    if match is None or text in NOTHING or len(match[1]) > 40:
        return None
    name = match[1].removeprefix("所在").lstrip(":：")
    labelled = _UNIT_LABEL.match(text)
    name = _UNIT_LABEL.sub("", name)
    if labelled is not None and labelled.end() == len(text):
        return None
    return name if _UNIT_WORDS.search(name) and not re.search(r"[，。；]", name) else None
