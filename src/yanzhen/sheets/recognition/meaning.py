"""What a heading means: by whole wordings that are known, else by taking it apart.

A Chinese heading says last what it is (联系电话) and before that whose it is (流入地党组织联系人). The words for
both lie in wordings.toml; pairs.py says what field a pair means. What cannot be explained by these words lowers
the score or leaves the heading without a meaning: a wrong field costs an office more than an empty one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from . import vocabulary
from .fields import FIELD_BY_KEY
from .pairs import COMBINED, FAINT, IMPLIED, KNOWN, Reading, combine
from .text import fold

_BRACKETS = re.compile(r"[(\[{【〔<].*?[)\]}】〕>]|[(\[【〔].*$")
_REMARKS = re.compile(r"[(\[【〔](.*?)[)\]】〕]")
_HAN_REMARK = re.compile(r"[(\[【〔]([一-鿿/、]{2,})[)\]】〕]")
_REMARK_ONLY = re.compile(r"[(\[【〔<].*[)\]】〕>]")
# Date of Birth beside 出生日期.
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z.\-' ]*")
_HAN = re.compile(r"[一-鿿]{2}")
_ASCII_CODE = re.compile(r"[A-Za-z_]\w*")
_MARKS = re.compile(r"[^\w#]+|[_＿]+")
_FORM = re.compile(
    r"(?:Q?\d{1,2}[.、:：]?)?(?:请(?:选择|填写|输入|问))?[您你](?:本人)?的?(?P<what>[^?？]+?)(?:是什么|是多少|是)?[?？:：]?(?:[(\[【].*)?$"
)
_NUMBERING = re.compile(r"^(?:\d{1,2}(?=[^\d位])|[一二三四五六七八九十]{1,2}(?=[、.])|[★☆▲*※]+)")
# Words in brackets that are only about filling in.
_YES_NO_HEAD = re.compile(r"^(?:是否|有无|是不是|能否|可否)|是否")
_FIRST_OF_TWO = re.compile(r"(.{2,}?)(?:及|和|与|或)")
# 流动党员（是/否）: what a remark asks.
_ASKS = re.compile(r"是[/、或,，]?否|有[/、或,，]?无|√")
_EITHER_WAY = re.compile(r"流出.{0,2}流入|流入.{0,2}流出|省内.{0,2}省外|省外.{0,2}省内")
_DATE_END = re.compile(r"(?:时间|日期|年月)$")
_COMES_BACK = re.compile(r"(?:[返回归].?|来)$")
# 在沪住址: whatever place they live in now.
_THERE = re.compile(r"^在[^职校岗编册籍村读学组线党外](?=住|居|单位|工作|就业|党|支部|联|电话|手机)")
# 外出地, 在外单位及党组织 above other labels: what stands below is where they live now.
_ELSEWHERE = re.compile(r"^(?:外出地(?!点)|在外(?!联系)|外地|务工地(?!点)|驻地|接收(?:情况|单位|地))")
# 思想反馈, 思想情况记录: what they think, but not when or how often they say so.
_THOUGHTS = re.compile(r"思想(?!.*(?:时间|日期|次数|频次)$)")
# 出海时间, 来甬时间, 离厂日期: whatever place people leave or come to.
_GOES = re.compile(r"(?:出[^生席勤资院党]|[离来赴去抵][^任职队校休退婚世年])(?:务工|打工|就业|工作|经商)?")
_YES_NO_TAIL = re.compile(r"(?:有无|与否|有没有|是否|标识|标志)$")
# Headings that ask (哪年入的党, 为什么外出): the question word, and the noun that asks the same.
_QUESTIONS = (
    (
        re.compile(
            r"(?:是|在)?(?:什么时候|什么时间|哪年哪月|哪一年|哪年|哪天|哪月|几时|啥时候?|何年何月|何年|何时)"
        ),
        "时间",
    ),
    (re.compile(r"(?:在|到|去)?(?:什么地方|哪里|哪儿|啥地方|何处)"), "地点"),
    (re.compile(r"(?:干|做)(?:什么|啥)(?:的|活|工作)?"), "职业"),
    (re.compile(r"(?:为什么|为啥|因为什么|因什么|为何|因何|何故)"), "原因"),
)

# Words for somebody that end a heading (帮联党员, 支部书记, 入党介绍人), and 党费 up to a month.
_MAX_WHO = 4  # characters that say who the people of a list are
_PERSON_END = re.compile(r"(?:人|员|支委|干部|书记|支书|领导|委员|配偶|父亲|母亲|对象)(?:姓名)?$")
_DUES_UP_TO = re.compile(r"党费.*(?:至|到|截止|截至|止)|^已?[缴交][纳费]?[至到]")


@cache
def known() -> dict[str, Reading]:
    """Whole wordings. The first ones of a list are the clearest: of two columns with one field they win by a hair."""
    return {
        bare(word): Reading(None if field == "nothing" else field, KNOWN - place * 0.0005)
        for field, words in vocabulary.whole().items()
        for place, word in enumerate(words)
    }


def _as_label(heading: str) -> str:
    """Q1.您的姓名是? as 姓名: what forms to be filled in on a telephone ask."""
    asked = _FORM.match(heading)
    return asked["what"] if asked else heading


@lru_cache(maxsize=4096)
def bare(heading: str) -> str:
    """A heading without blanks, marks, numbering and remarks in brackets."""
    folded = _as_label(fold(heading))
    inside = _MARKS.sub("", _NUMBERING.sub("", _BRACKETS.sub("", folded)))
    if _ASCII_CODE.fullmatch(inside) and (explained := _HAN_REMARK.findall(folded)):
        # sfzh（身份证号）: the name of a field of some program, and its meaning.
        return _MARKS.sub("", explained[0])
    return inside or _MARKS.sub("", folded)


def remarks(heading: str) -> list[str]:
    """What the heading says in brackets."""
    found: list[str] = _REMARKS.findall(fold(heading))
    return found


def _as_noun(leaf: str) -> str:
    """哪年入的党 as 入党时间: what a question asks for, said as other headings say it."""
    for question, noun in _QUESTIONS:
        if question.search(leaf):
            return question.sub("", leaf).replace("的", "").removesuffix(noun) + noun
    return leaf


def _with_remarks(heading: str) -> str:
    return _MARKS.sub("", fold(heading))


def _subjects(text: str) -> tuple[frozenset[str], str]:
    """The subjects named in the text, longest words first, and what is left of the text."""
    found = set()
    for word, subject in vocabulary.subjects():
        if word in text:
            found.add(subject)
            text = text.replace(word, "\0")
    rest = re.sub(r"\d+", "", text.replace("\0", ""))
    for filler in vocabulary.fillers():
        rest = rest.replace(filler, "")
    return frozenset(found), rest


# Beside somebody else, what a remark may say of an attribute.
_IN_REMARKS = {
    "address": {"in", "away", "out"},
    "date": {"plan"},
    "phone": {"self"},
}
# What an upper heading about somebody else (联系人/职务) makes that other person's: no field of a member's.
OF_A_PERSON = {
    "name", "gender", "ethnicity", "birth_on", "id_number", "education", "degree", "stage", "age", "position",
    "occupation", "employer", "phone", "home_address", "joined_on",
}  # fmt: skip
# Attributes that mean something of the member when nobody else is named.
_OWN = {
    "phone": "phone",
    "person": "name",
    "place": "destination",
    "reason": "departure_reason",
}
# Upper headings that only group columns about the member say nothing about whose a lower heading is.
_PLAIN_ATTRIBUTES = {
    "phone",
    "person",
    "place",
    "date",
    "reason",
    "unit",
    "employer",
    "address",
    "number",
    "note",
    "yes_no",
    "status",
}
# Lowest labels that need the label right above them to say what they are.
NAMES_OF_UNITS = frozenset(["名称", "全称"])
# What a lowest label says of how the upper one is filled in.
_REMARK_WORDS = frozenset(["代码", "编码", "全日制", "必填", "选填"])
# Lowest labels that leave out that they are dates: 预计 and 实际 under 返回.
_DATES_LEFT_OUT = frozenset(["预计", "计划", "实际", "最近一次", "最后一次", "最近", "最后"])
_OPEN_LEAVES = NAMES_OF_UNITS | {"联系人", "负责人", "书记"}
_ABOUT = re.compile(r"(?:基本)?(?:情况|信息)$")
_OWN_LEAF = re.compile(r"^(?:党员|流动党员|外出党员)?本人|^(?:流动|外出)?党员(?!组织)|^个人")
_OTHERS = frozenset(["kin", "contact", "secretary", "unit", "home", "in"])
# Subjects of an upper heading that make a plain lower heading somebody else's.
_GOVERNING = {"kin", "contact", "secretary", "lost", "return", "certificate", "in", "out", "away", "home", "unit",
    "convert", "join", "issue", "transfer", "birth", "dues", "life"}  # fmt: skip


def _attribute(text: str) -> tuple[str, str] | None:
    """What the text is, and the rest of it."""
    return _asked(text) or _by_ending(re.sub(r"(?:情况|信息|一栏|栏|及说明)$", "", text) or text)


def _asked(text: str) -> tuple[str, str] | None:
    """By 是否 and 何时 in it."""
    if _YES_NO_HEAD.search(text):
        # 是否属流动党员 asks whether somebody is away, not who he is.
        return "yes_no", _YES_NO_HEAD.sub("", text).replace("党员", "")
    if _YES_NO_TAIL.search(text):
        return "yes_no", _YES_NO_TAIL.sub("", text).replace("党员", "")
    for lead, attribute in (
        ("何年何月", "date"),
        ("何时", "date"),
        ("何地", "place"),
        ("因何", "reason"),
        ("为何", "reason"),
        ("何故", "reason"),
    ):
        if lead in text:
            return attribute, text.replace(lead, "")
    return None


def _by_ending(stem: str) -> tuple[str, str] | None:
    if _DUES_UP_TO.search(stem):
        return "date", "党费"
    if _THOUGHTS.search(stem):
        return "thought_note", ""
    subjects = _subjects(stem)[0]
    if subjects & {"contact", "kin", "secretary"} and _PERSON_END.search(stem):
        return "person", stem
    for ending, attribute in vocabulary.endings():
        if stem.endswith(ending):
            first = _FIRST_OF_TWO.match(stem)
            if attribute == "nothing" and first:
                return _attribute(first[1])
            # 现住何处 asks for an address.
            return "address" if attribute == "place" and "住" in stem else attribute, stem[: -len(ending)]
    # 预计返乡 leaves out that it is a date.
    return ("date", stem) if subjects >= {"plan", "return"} and _COMES_BACK.search(stem) else None


def _governing(parts: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for part in parts:
        found |= _subjects(bare(part))[0] | ({"away"} if _ELSEWHERE.search(bare(part)) else set())
    return frozenset(found & _GOVERNING)


def _is_said(noun: str) -> bool:
    """Whether what a question asks for is said so in other lists, or reads like it."""
    return noun in known() or _read_leaf(noun, noun, frozenset()) is not None


@lru_cache(maxsize=8192)
def read(parts: tuple[str, ...]) -> Reading | None:
    """The meaning of a heading given as its parts, the upper one first; None when nothing is known about it."""
    upper, leaf = parts[:-1], bare(parts[-1])
    if upper and (leaf in _REMARK_WORDS or _REMARK_ONLY.fullmatch(fold(parts[-1]))):
        # （代码） in a row of its own under 学历 is a remark on it.
        return read((*upper[:-1], f"{upper[-1]}({leaf})"))
    if leaf not in known() and (noun := _as_noun(leaf)) != leaf and _is_said(noun):
        leaf = noun
    elif upper and leaf in _DATES_LEFT_OUT:
        leaf += "时间"
    governing = _governing(upper)
    found = _read_together(upper, leaf, governing) if upper else None
    if found is not None:
        return found
    attribute = _attribute(leaf)
    if "away" in governing and attribute and attribute[0] in ("phone", "person"):
        # 外出地/联系人电话: the contact person is somebody there.
        whose = _subjects(leaf)[0]
        if whose == {"contact"}:
            return combine(attribute[0], whose | {"away"})
    if _OWN_LEAF.search(leaf):
        # 支部联系情况/本人电话: the lowest label says whose it is.
        governing -= _OTHERS
    found = _read_leaf(leaf, parts[-1], governing)
    if found is not None and found.field in OF_A_PERSON and governing & {"kin", "contact", "secretary"}:
        return Reading(None, COMBINED)
    return found


def _read_together(upper: tuple[str, ...], leaf: str, governing: frozenset[str]) -> Reading | None:
    """Headings that say only together what they are: 流入地党组织/名称, 联系人/电话, 联系电话/支部."""
    exact, above = known(), bare(upper[-1])
    joined = exact.get("".join(map(bare, upper)) + leaf)
    if joined is not None and not _goes_on(above, leaf, joined):
        return joined
    if turned := _turned(above, leaf):
        return read((turned,))
    if leaf not in _OPEN_LEAVES:
        return None
    near = exact.get(bare(_ABOUT.sub("", above)) + leaf)
    if near is not None or leaf not in NAMES_OF_UNITS:
        return near or (combine("person", governing) if "in" in governing else None)
    of = read(upper)
    return of if of and of.field and FIELD_BY_KEY[of.field].kind in ("unit", "text") else None


def _goes_on(upper: str, leaf: str, joined: Reading) -> bool:
    """Whether 职务 under 工作单位 is a field of its own although 工作单位职务 in one is known as the upper's."""
    over, under = known().get(bare(upper)), known().get(leaf)
    return over is not None and under is not None and joined.field == over.field != under.field is not None


def _turned(upper: str, leaf: str) -> str | None:
    """支部联系电话 for 支部 under 联系电话, where the upper heading says what it is and the lower one whose it is."""
    above = _attribute(upper)
    if above is None or above[0] not in ("phone", "date") or _subjects(above[1])[0]:
        return None
    below = _attribute(leaf)
    subjects, rest = _subjects(leaf)
    return (
        leaf + upper if subjects and not rest and (below is None or below[0] in ("person", "unit")) else None
    )


# Subjects that say when or how, not whose it is.
_BESIDE = {"date": {"plan", "latest"}, "yes_no": {"issue", "hold"}}


@dataclass(frozen=True)
class _Parsed:
    """A heading taken apart: what it is, whose it is, who is named in a remark, and how much stays unexplained."""

    attribute: str
    subjects: frozenset[str]
    remark: frozenset[str]
    rest: str

    @property
    def plain(self) -> bool:
        """Whether it leaves open whose it is."""
        when = _BESIDE.get(self.attribute, set())
        return not self.subjects - {"self", "household"} - when and self.attribute in _PLAIN_ATTRIBUTES


def _parse(leaf: str, written: str) -> _Parsed | None:
    taken_apart = _attribute(leaf)
    if taken_apart is None:
        return None
    subjects, rest = _subjects(taken_apart[1])
    if _THERE.search(taken_apart[1]) or _THERE.search(leaf):
        subjects, rest = subjects | {"away"}, ""
    if not subjects and taken_apart[0] in ("date", "reason") and _GOES.fullmatch(taken_apart[1]):
        subjects, rest = frozenset(["out"]), ""
    # 联系方式（家属）, 现住址（外出地）, 返回时间（预计）: a remark may say whose it is, where or when.
    telling = _IN_REMARKS.get(taken_apart[0], frozenset()) | {"kin", "secretary"}
    remark = _subjects("".join(remarks(written)))[0] & telling
    return _Parsed(taken_apart[0], subjects | remark, remark, rest)


def _read_leaf(leaf: str, written: str, governing: frozenset[str]) -> Reading | None:
    if "正式" in written and "预备" in written and not _DATE_END.search(leaf):
        return Reading("stage", KNOWN)
    aside = "".join(remarks(written))
    if _EITHER_WAY.search(aside) and "流" in leaf:
        return Reading("direction", COMBINED)
    if _ASKS.search(aside) and not _YES_NO_HEAD.search(leaf):
        asked = _read_leaf("是否" + leaf, leaf, governing)
        if asked is not None and asked.field is not None:
            return asked
    parsed = _parse(leaf, written)
    if governing and parsed is not None and parsed.plain and len(parsed.rest) <= 1:
        found = combine(parsed.attribute, parsed.subjects | governing)
        if found is not None:
            return found
    exact = known()
    for form in (leaf, _with_remarks(written)):
        other_person = parsed is not None and parsed.remark and form == leaf
        if form in exact and not (other_person and exact[form].field is not None):
            return replace(exact[form], plain=parsed is not None and parsed.plain and not parsed.subjects)
    chinese = _ENGLISH.sub("", leaf)
    if chinese != leaf and _HAN.search(chinese):
        return _read_leaf(chinese, chinese, governing)
    return _faint(leaf) if parsed is None else _read_parsed(parsed, governing)


def _read_parsed(parsed: _Parsed, governing: frozenset[str]) -> Reading | None:
    found = combine(parsed.attribute, parsed.subjects | (governing if parsed.plain else frozenset()))
    if found is None:
        own = _OWN.get(parsed.attribute) if not parsed.subjects - {"self"} else None
        # 船员姓名, 交纳人姓名: whoever they are, it is their list. Somebody else would be named by a subject.
        if own == "name" and 1 < len(parsed.rest) <= _MAX_WHO:
            return Reading(own, FAINT, plain=True)
        if own is None or len(parsed.rest) > 1:
            return None
        return Reading(own, IMPLIED if own in ("phone", "name") else FAINT, plain=True)
    # The more of a heading its subjects explain, the more may be left over.
    if found.field is not None and len(parsed.rest) > 2 + 2 * len(parsed.subjects):
        return None
    return Reading(found.field, max(found.score - 0.12 * len(parsed.rest), FAINT), found.plain)


def _faint(leaf: str) -> Reading | None:
    """A known wording inside a longer heading (党员姓名一栏, 民族成份): only when little else is there."""
    found = [word for word in known() if len(word) >= 2 and word in leaf]
    if not found:
        return None
    # Of two things in one heading (手机/微信) it is what is named first.
    best = max(found, key=lambda word: (len(word), -leaf.index(word)))
    if len(best) * 3 < len(leaf) * 2:
        return None
    return Reading(known()[best].field, FAINT + 0.3 * len(best) / len(leaf))
