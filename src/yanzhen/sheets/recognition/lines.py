"""Lines of a roster that are no person: totals, signatures, notes, repeated headings, names of branches in between.

The reasons are stable words: title, unit, group, note, instruction, heading, numbers, example, subtotal, total,
footer, empty, continuation, other_table.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from . import choices, meaning
from .text import NOTHING, cell_text, compact

_TOTAL = re.compile(
    r"^(?:本表)?(?:合计|总计|共计|累计|总合计|全镇合计|总人数|总数|全部合计)(?:[:：(（\d].*|人数.*)?$|^统计(?:[:：(（\d]|人数)|^.{0,12}(?:合计|总计|共计)[:：]?\d*[人名个]?$"
    r"|^(?:应到|实到|到会|出席|缺席|请假|参会|在册|在籍)(?:党员)?(?:人数|人|数)$"
)
_SUBTOTAL = re.compile(
    r"^(?:小计|本页小计|本页合计|页计|分计)(?:[:：(（\d].*)?$|^.{0,20}小计[:：]?\d*[人名个]?$"
)
_COUNT = re.compile(r"\d{1,6}[人名个]?")
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
# A0101, birth_date: what programs call their columns.
_NAME_OF_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,30}")
_STARRED = re.compile(r"[★※*]+[㐀-鿿·]{2,5}")
_EXAMPLE_WORD = "(?:例|示例|样例|例如|范例|举例|样表|填写示例|示范|例子|填表示例)"
_EXAMPLE = re.compile(
    rf"^{_EXAMPLE_WORD}(?:[:：].*|\d*)$|^[（(【\[]{_EXAMPLE_WORD}[)）】\]]|[（(](?:例|示例|样例|范例|举例)(?:[，,、：:数请].*)?[)）]$|^如[:：]"
)
# 某村党员花名册（续）: a title that comes again on the next page.
_TITLE = re.compile(
    r"(?:名册|名单|台[账帐]|一览表|[登统汇信]\S{1,4}[表簿])(?:[（(]?(?:续|接)[^）)]{0,4}[）)]?)?$"
)
# What stands under the last person to say that nobody follows.
_END = frozenset(["以下空白", "以下无正文", "此行以下空白", "以下为空", "完", "结束", "无正文", "以下空"])
_GROUP_LINE = re.compile(
    r"^(?:(?:第.{1,3})?(?:党小组|小组|村民组|网格)(?:[（(].*[)）])?[:：]?|(?:第.{1,3}|[一二三四五六七八九十\d]{1,3})组(?:[（(].*[)）])?[:：]?|.{1,8}小组(?:[（(].*[)）])?)$"
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
# 青禾镇党委 beside 2026年春: who hands in the list, and when.
_SIGNING_UNIT = re.compile(r"(?:支部|总支|党委|党工委|委员会|政府|办公室|组织部)$")
_SIGNING_DATE = re.compile(r"(?:19|20)\d\d[年.]|二[〇○零]")
_NO_NAME = re.compile(
    r"(?:以上|以下|情况|信息|内容).*(?:属实|空白|为空|真实|无误)|^(?:经办|审批|审核|填表|制表|填报|复核|审查|签字|签名|盖章|落款)(?:人|意见|说明|日期|时间|单位)?$"
    r"|^年月日$|^(?:本页|此页)|仅供|请勿|保密|(?:意见|说明|盖章|签字|签名)[:：]?$"
)
# An identity number, also one of a wrong length, or a mobile number stands for somebody even where nothing else does:
# a row without a name is reported. The first of them is never found in a line that is no person.
_ID_NUMBER = re.compile(r"\d{14,19}[Xx]?|\d\.\d{2,}[Ee]\+1[4-8]")
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_BREAKS = re.compile(r"[\s-]")
# Who signs below a list, in a cell that holds nothing else: with a colon anywhere, without one where a row begins.
_SIGNER = (
    r"(?:填表|制表|审核|填报|经办|复核|统计|录入|登记|核对|审批|审签|报送|校对|汇总|负责|联系|联络|主管|分管|签发)"
    r"(?:人|员|单位|领导|部门)(?:签[字名章])?|(?:党?支部|党组织|党委)(?:书记|负责人)(?:签[字名章])?|(?:签[字名章]|盖章)"
)
_LABEL = re.compile(
    rf"(?:{_SIGNER}|书记|负责人|联系电话|电话|日期|时间"
    r"|[一-鿿]{1,5}(?:人|员|核|审|批)(?:[（(]?(?:签[字名章]|盖章)[)）]?)?)[:：]"
)
_SIGNED = re.compile(rf"(?:{_SIGNER})")
# What stands over numbers that count the rows.
SERIALS = frozenset(["序号", "编号", "序", "No", "NO"])
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
    r"^(?:必填|选填|必须|必录|下拉|手填)|(?:与|按|同|以)(?:居民)?身份证|^如[:：\d]|^例|^(?:党员)?真实姓名$|...一致$"
)
# 18位, 男/女, 年.月: what is to be filled in, not a value; and an example in front of which 如 stands.
_EXPLAINS = re.compile(r"[位年月日/或填选必格式字符文本汉数码X×xyYmMdD]")
_VALUE = re.compile(r"(?<![如例:：\d])\d{3}")
_FEW = 3
# No person's row holds so many words that stand over columns.
_LONG_NUMBER = re.compile(r"\d{7}")  # of a person: a heading counts, or names a year
_SURELY_KNOWN = 3


def looks_like_name(text: str) -> bool:
    """Whether a text in the name column can be somebody's name."""
    return (
        _PERSON_NAME.fullmatch(text) is not None
        and text not in _END
        and _NO_NAME.search(text) is None
        and _TOTAL.match(text) is None
        and _SUBTOTAL.match(text) is None
    )


def explains(text: str) -> bool:
    """Whether a text that cannot be read as a value says what the value should look like."""
    return _EXPLAINS.search(text) is not None and _VALUE.search(text) is None


def is_instruction(name: str) -> bool:
    """Whether a text in the name column says how to fill it in: 必填, 与身份证一致."""
    return _HOW_TO_NAME.search(name) is not None


# Rows that begin with one of these, or whose name is or ends with one of these, are looked at closely.
_SUSPECT_STARTS = frozenset(
    "合小总共例示填注备说本累附如审制页甲第样范统全分以经复录校核签盖负联主支党书其（(【※★*"
)
_SUSPECT_ENDS = frozenset("计组部村区页表委会校局所站数人员导字章记名称户象")
_COLONS = frozenset(":：")
_SUSPECT_NAMES = _END | {
    "必填", "必须", "选填", "填写", "文本", "文本型", "字符型", "示例", "样例",
}  # fmt: skip


@cache
def _suspect_names() -> frozenset[str]:
    return _SUSPECT_NAMES | meaning.known().keys()


def _beside(cells: Sequence[object], name_column: int | None) -> object:
    """What stands before a name: the first cell of the row, or the one left of the name where the first is empty."""
    if not cells or not name_column or cells[0] != "":
        return cells[0] if cells else ""
    return cells[min(name_column, len(cells)) - 1]


def is_plain(name: object, cells: Sequence[object], name_column: int | None, words: Sequence[str]) -> bool:
    """Whether a row is surely a person by its name and what stands before it: nothing else need be looked at.

    `words` stand in the heading of that column; a page that repeats the heading says them again.
    """
    first = _beside(cells, name_column)
    return (
        isinstance(name, str)
        and 2 <= len(name) <= 4
        and name.isalpha()
        and not name.isascii()
        and name[-1] not in _SUSPECT_ENDS
        and name not in _suspect_names()
        and name not in words
        and not (
            isinstance(first, str)
            and first is not name
            and (first[:1] in _SUSPECT_STARTS or first[-1:] in _COLONS)
        )
    )


@dataclass(frozen=True)
class _Line:
    """A row as it is looked at: its filled cells, and what stands over and where in the table they are."""

    filled: list[tuple[int, str]]
    headings: Mapping[int, Sequence[str]]
    name_column: int | None
    unit_column: int | None
    before_first: bool

    @cached_property
    def texts(self) -> list[str]:
        return [text for _column, text in self.filled]

    @cached_property
    def few(self) -> bool:
        return len(self.texts) <= _FEW

    @cached_property
    def name(self) -> str:
        return next((text for column, text in self.filled if column == self.name_column), "")

    @cached_property
    def person_like(self) -> bool:
        return bool(self.name) and looks_like_name(self.name) and len(self.texts) > 1

    def holds(self, number: re.Pattern[str]) -> bool:
        """Whether a cell is nothing but such a number."""
        return any(number.fullmatch(_BREAKS.sub("", text)) for text in self.texts)

    @cached_property
    def counted(self) -> bool:
        """Whether the row has nothing but its number and something in the column of names: somebody, however called."""
        return self.lone is not None and self.lone[0] == self.name_column and self.texts[0].isdecimal()

    @cached_property
    def lone(self) -> tuple[int, str] | None:
        """The one word that stands there, beside numerals; None when there are several words or none."""
        words = [(column, text) for column, text in self.filled if _NUMERAL.fullmatch(text) is None]
        return words[0] if len({text for _column, text in words}) == 1 else None

    @cached_property
    def said_of_somebody(self) -> bool:
        """Whether the row has a number of its own and two more: of somebody whose name is missing."""
        numerals = [text for text in self.texts if _NUMERAL.fullmatch(text) is not None]
        return self.texts[0].isdecimal() and len(numerals) >= _FEW

    @cached_property
    def personal(self) -> bool:
        """Whether it says of one person whether it is a man or a woman."""
        return sum(1 for text in self.texts if text in ("男", "女")) == 1 and len(self.texts) >= 3

    @cached_property
    def starred(self) -> bool:
        """Whether the first cell is a name with a mark: ★赵静."""
        return (
            len(self.texts) > 1 and self.texts[0] == self.name and _STARRED.fullmatch(self.name) is not None
        )

    def repeats_heading(self) -> bool:
        same = sum(1 for column, text in self.filled if text in self.headings.get(column, ()))
        if same == len(self.texts) or (same >= 2 and same * 10 >= len(self.texts) * 6):
            return True
        read = meaning.read((self.name,)) if self.name else None
        if read is not None and read.field == "name":
            said = sum(1 for text in self.texts if meaning.read((text,)) is not None)
            return said >= 2 and said * 10 >= len(self.texts) * 6
        return names_columns(self.texts)

    def is_example(self) -> bool:
        return any(_EXAMPLE.match(text) for text in self.texts[:2]) or _EXAMPLE.search(self.name) is not None

    def says_how_to_fill_in(self) -> bool:
        said = sum(1 for text in self.texts if _KIND_OF_CELL.search(text))
        coded = len(self.texts) > 1 and all(map(_NAME_OF_CODE.fullmatch, self.texts))
        return self.before_first and (said * 2 >= len(self.texts) or coded)

    def is_total(self) -> bool:
        if self.texts[0].startswith("其中") or self.counts():
            return True
        first = self.texts[:_FEW]
        return any(map(_TOTAL.match, first)) or (self.few and any(map(_SUM.match, first)))

    def counts(self) -> bool:
        """男 12 女 3, 青石村 12 3: words and how many."""
        told = [text for text in self.texts[1:] if text not in NOTHING]
        if self.name in told and all(map(_COUNT.fullmatch, told)) and not self.texts[0].isdecimal():
            return True
        if self.person_like and unit_of(self.name) is None:
            return False
        counted = [_COUNT.fullmatch(text) is not None for text in self.texts]
        return (
            len(counted) >= 4
            and len(counted) % 2 == 0
            and all(is_count == (place % 2 == 1) for place, is_count in enumerate(counted))
        )

    def is_subtotal(self) -> bool:
        return any(map(_SUBTOTAL.match, self.texts[:_FEW]))

    def is_signed(self) -> bool:
        """Whether a cell says nothing but who signs (审核人：), or the row begins so where no such word is a value."""
        if not self.name and self.few and any(map(_SIGNED.fullmatch, self.texts)):
            return not self.texts[0].isdecimal()
        column, text = self.filled[0]
        value = column != self.name_column and self.headings.get(column, ("序号",))[-1] not in SERIALS
        return (not value and _SIGNED.fullmatch(text) is not None) or any(map(_LABEL.fullmatch, self.texts))

    def numbers_columns(self) -> bool:
        return len(self.texts) >= 3 and all(map(_LETTERED.fullmatch, self.texts)) and _in_sequence(self.texts)

    def is_labelled(self, label: re.Pattern[str]) -> bool:
        return len(self.texts) <= 8 and any(map(label.match, self.texts[:2]))

    def is_footer(self) -> bool:
        if not self.name and self.few and any(map(_SIGNING_UNIT.search, self.texts)):
            return any(map(_SIGNING_DATE.match, self.texts))
        return len(self.texts) <= 8 and _FOOTER.search("".join(self.texts)) is not None

    def names_somebody(self) -> bool:
        """Whether the lone word is somebody: his name or his telephone, or stands beside his number and more."""
        if self.lone is None:
            return len(self.texts) > 1
        if self.said_of_somebody:
            return True
        column, text = self.lone
        if self.name_column is None:
            return len(_HAN.findall(text)) < 2 or (column > 0 and len(text) <= 24)
        named = (column == self.name_column and looks_like_name(text)) or text in ("男", "女")
        return (
            named or self.holds(_MOBILE) or (self.counted and text not in _END and not _NO_NAME.search(text))
        )

    def lone_is(self, pattern: re.Pattern[str]) -> bool:
        return self.lone is not None and pattern.search(self.lone[1]) is not None

    def lone_unit(self) -> bool:
        """Whether the lone word names a unit; as short as 李村 it is a person's name where names stand."""
        if self.lone is None or self.lone[0] == self.unit_column or unit_of(self.lone[1]) is None:
            return False
        column, text = self.lone
        numbered = len(self.texts) > 1 and self.texts[0].isdecimal()
        if column == self.name_column:
            return len(text) > (3 if numbered else 2)
        return self.name_column is None or column < self.name_column or not numbered


# What a line is, in this order: the first test that holds says it. "" is a line that may be a person.
_TESTS: tuple[tuple[str, Callable[[_Line], object]], ...] = (
    ("heading", _Line.repeats_heading),
    ("example", _Line.is_example),
    ("instruction", _Line.says_how_to_fill_in),
    ("", lambda line: line.holds(_ID_NUMBER)),
    ("subtotal", lambda line: not line.holds(_MOBILE) and line.is_subtotal()),
    ("total", lambda line: not line.holds(_MOBILE) and line.is_total()),
    ("", lambda line: line.personal),
    ("footer", _Line.is_signed),
    ("", lambda line: line.person_like and not line.few),
    ("numbers", _Line.numbers_columns),
    ("note", lambda line: line.few and _NOTE.match(line.texts[0]) and not line.starred),
    ("unit", lambda line: not line.person_like and line.is_labelled(_UNIT_LABEL)),
    ("footer", lambda line: not line.person_like and line.is_footer()),
    ("note", lambda line: not line.person_like and _LABELLED.fullmatch(line.texts[0])),
    ("footer", lambda line: line.lone_is(_SIGNATURE)),
    ("title", lambda line: line.lone_is(_TITLE)),
    ("unit", _Line.lone_unit),
    ("group", lambda line: line.lone_is(_GROUP_LINE)),
    ("", _Line.names_somebody),
    ("note", lambda line: True),
)


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
        (column, text)
        for column, cell in enumerate(cells)
        if cell is not None and cell != "" and (text := compact(cell_text(cell)))
    ]
    if not filled:
        return "empty"
    line = _Line(filled, headings, name_column, unit_column, before_first)
    found = next(reason for reason, test in _TESTS if test(line))
    return "instruction" if found == "note" and before_first else found or None


def names_columns(cells: Sequence[object]) -> bool:
    """Whether a row is a heading by itself: most of its cells are known words for columns, no two the same."""
    texts = [text for cell in cells if cell not in ("", None) and (text := compact(cell_text(cell)))]
    if len(set(texts)) < len(texts) or any(map(_LONG_NUMBER.search, texts)):
        return False
    known = (meaning.known().keys() & texts) | choices.beside_each_other(texts)
    if len(known) < _SURELY_KNOWN:
        return False
    said = sum(1 for text in texts if text in known or meaning.read((text,)) is not None)
    return said * 10 >= len(texts) * 6


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
