"""What a heading means: by whole wordings that are known, else by taking it apart.

A Chinese heading says last what it is (联系电话) and before that whose it is (流入地党组织联系人). The words for
both lie in wordings.toml; `_COMBINED` says what field a pair means. What cannot be explained by these words lowers
the score or leaves the heading without a meaning: a wrong field costs an office more than an empty one.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from .fields import FIELD_BY_KEY
from .text import fold

_BRACKETS = re.compile(r"[(\[{【〔<].*?[)\]}】〕>]|[(\[【〔].*$")
_REMARKS = re.compile(r"[(\[【〔](.*?)[)\]】〕]")
_MARKS = re.compile(r"[^\w#]+|[_＿]+")
_NUMBERING = re.compile(r"^(?:\d{1,2}(?=[^\d位])|[一二三四五六七八九十]{1,2}(?=[、.])|[★☆▲*※]+)")
# Words in brackets that are only about filling in.
_YES_NO_HEAD = re.compile(r"^(?:是否|有无|是不是|能否|可否)|是否")
_FIRST_OF_TWO = re.compile(r"(.{2,}?)(?:及|和|与|或)")
_DATE_END = re.compile(r"(?:时间|日期|年月)$")
_YES_NO_TAIL = re.compile(r"(?:有无|与否|有没有|是否)$")
# Headings that ask (哪年入的党, 为什么外出): the question word, and the noun that asks the same.
_QUESTIONS = (
    (
        re.compile(
            r"(?:是|在)?(?:什么时候|什么时间|哪年哪月|哪一年|哪年|哪天|哪月|几时|啥时候|何年何月|何年|何时)"
        ),
        "时间",
    ),
    (re.compile(r"(?:在|到|去)?(?:什么地方|哪里|哪儿|啥地方|何处)"), "地点"),
    (re.compile(r"(?:为什么|为啥|因为什么|因什么|为何|因何|何故)"), "原因"),
)

# Words for somebody that end a heading (帮联党员, 支部书记, 入党介绍人), and 党费 up to a month.
_PERSON_END = re.compile(r"(?:人|员|支委|干部|书记|支书|领导|委员|配偶|父亲|母亲|对象)(?:姓名)?$")
_DUES_UP_TO = re.compile(r"党费.*(?:至|到|截止|截至|止)")

# How sure a reading is: a whole known wording, a pair taken apart, a pair whose subject was only implied.
KNOWN, COMBINED, IMPLIED, FAINT = 1.0, 0.85, 0.6, 0.4


@dataclass(frozen=True)
class Reading:
    """One meaning of a heading. `field` None: known to be none of the fields. `plain`: it does not say whose it is."""

    field: str | None
    score: float
    plain: bool = False


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("wordings.toml").read_text(encoding="utf-8"))


@cache
def known() -> dict[str, Reading]:
    """Whole wordings. The first ones of a list are the clearest: of two columns with one field they win by a hair."""
    return {
        bare(word): Reading(None if field == "nothing" else field, KNOWN - place * 0.0005)
        for field, words in _words()["exact"].items()
        for place, word in enumerate(words)
    }


@cache
def _endings() -> list[tuple[str, str]]:
    pairs = [(word, attribute) for attribute, words in _words()["attributes"].items() for word in words]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def _subject_words() -> list[tuple[str, str]]:
    pairs = [(word, subject) for subject, words in _words()["subjects"].items() for word in words]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def _fillers() -> list[str]:
    return sorted(_words()["fillers"]["words"], key=len, reverse=True)


@lru_cache(maxsize=4096)
def bare(heading: str) -> str:
    """A heading without blanks, marks, numbering and remarks in brackets."""
    folded = fold(heading)
    inside = _MARKS.sub("", _NUMBERING.sub("", _BRACKETS.sub("", folded)))
    return inside or _MARKS.sub("", folded)


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
    for word, subject in _subject_words():
        if word in text:
            found.add(subject)
            text = text.replace(word, "\0")
    rest = re.sub(r"\d+", "", text.replace("\0", ""))
    for filler in _fillers():
        rest = rest.replace(filler, "")
    return frozenset(found), rest


_Rule = tuple[str, set[str], str | None]
# Attribute, subjects that must all be named, field. The first rule that fits is taken, so narrow ones come first.
_COMBINED: list[_Rule] = [
    ("phone", {"kin"}, None),
    ("phone", {"in", "contact"}, "host_contact_phone"), ("phone", {"in", "unit"}, "host_contact_phone"),
    ("phone", {"away", "contact"}, "host_contact_phone"), ("phone", {"away", "unit"}, "host_contact_phone"),
        ("phone", {"away"}, "phone"),
    ("phone", {"in", "secretary"}, "host_contact_phone"), ("phone", {"household"}, "landline"),
    ("phone", {"contact"}, "contact_person_phone"), ("phone", {"secretary"}, "home_unit_phone"),
    ("phone", {"unit"}, "home_unit_phone"), ("phone", {"self"}, "phone"), ("phone", {"in"}, "host_contact_phone"),
    ("phone", {"home"}, "home_unit_phone"), ("phone", {"out"}, "phone"), ("phone", {"employer"}, "landline"),
    ("phone", {"group"}, None),
    ("landline", {"kin"}, None), ("landline", {"unit"}, "home_unit_phone"), ("landline", set(), "landline"),
    ("date", {"kin"}, None), ("date", {"transfer"}, None), ("date", {"lost"}, "lost_on"),
    ("date", {"plan", "return"}, "expected_return_on"), ("date", {"return"}, "returned_on"),
    ("date", {"plan", "out"}, None), ("date", {"certificate"}, "certificate_issued_on"), ("date", {"issue"},
        "certificate_issued_on"),
    ("date", {"dues"}, "dues_paid_to"), ("date", {"plan", "convert"}, None), ("date", {"convert"}, "converted_on"),
    ("date", {"join"}, "joined_on"), ("date", {"birth"}, "birth_on"), ("date", {"work"}, "started_work_on"),
    ("date", {"latest", "contact"}, "last_contact_on"), ("date", {"latest", "unit"}, "last_contact_on"), ("date",
        {"latest", "life"}, "last_contact_on"),
    ("date", {"out"}, "departed_on"), ("date", {"in"}, "departed_on"),
    ("date", {"away"}, "departed_on"), ("address", {"away"}, "destination_address"), ("place", {"away"},
        "destination"),
    ("unit", {"away"}, "host_unit"), ("unit", {"life"}, "host_unit"), ("employer", {"away"}, "host_employer"),
    ("person", {"away", "contact"}, "host_contact"), ("person", {"away", "unit"}, "host_contact"), ("reason",
        {"away"}, "departure_reason"),
    ("address", {"kin"}, None), ("address", {"in"}, "destination_address"), ("address", {"out"},
        "destination_address"),
    ("address", {"employer"}, None), ("address", {"unit"}, None), ("address", set(), "home_address"),
    ("place", {"lost"}, None), ("place", {"transfer"}, None), ("place", {"join"}, None), ("place", {"convert"}, None),
    ("place", {"birth"}, "native_place"), ("place", {"in", "unit"}, "host_unit"), ("place", {"out", "self"},
        "destination"),
    ("place", {"out"}, "destination"), ("place", {"in"}, "destination"), ("place", {"household"}, "home_address"),
    ("unit", {"transfer"}, None), ("unit", {"join"}, None), ("unit", {"convert"}, None), ("unit", {"in"},
        "host_unit"),
    ("unit", {"home"}, "home_unit"), ("unit", {"out"}, "home_unit"), ("unit", set(), "unit"),
    ("employer", {"kin"}, None), ("employer", {"transfer"}, None), ("employer", {"contact"}, None),
    ("employer", {"in", "unit"}, "host_unit"), ("employer", {"in"}, "host_employer"),
    ("employer", {"out"}, "host_employer"), ("employer", {"home", "unit"}, "unit"), ("employer", set(), "employer"),
    ("person", {"kin"}, None), ("person", {"in", "contact"}, "host_contact"), ("person", {"in", "unit"},
        "host_contact"),
    ("person", {"in", "secretary"}, "host_contact"), ("person", {"contact"}, "contact_person"),
    ("person", {"in"}, "host_contact"), ("person", {"secretary"}, None), ("person", {"self"}, "name"),
    ("person", {"out"}, "name"), ("person", {"unit"}, "contact_person"), ("person", {"home"}, "contact_person"),
    ("reason", {"lost"}, None), ("reason", {"transfer"}, None), ("reason", {"return"}, None),
    ("reason", {"out"}, "departure_reason"), ("reason", {"in"}, "departure_reason"),
    ("number", {"certificate"}, "certificate_number"), ("number", {"issue"}, "certificate_number"),
    ("flow", {"out"}, "direction"), ("flow", {"in"}, "direction"), ("flow", {"self"}, "direction"),
    ("status", {"lost"}, "is_lost"), ("status", {"home"}, "membership_status"), ("status", {"self"},
        "membership_status"),
    ("status", {"certificate"}, "has_certificate"),
    ("occupation", {"kin"}, None), ("occupation", set(), "occupation"),
    ("position", {"kin"}, None), ("position", {"contact"}, None), ("position", {"secretary"}, None), ("position",
        set(), "position"),
    ("yes_no", {"lost"}, "is_lost"), ("yes_no", {"life"}, None), ("yes_no", {"issue", "certificate"},
        "has_certificate"),
    ("yes_no", {"certificate"}, "has_certificate"), ("yes_no", {"hold"}, "has_certificate"),
    ("yes_no", {"transfer"}, None), ("yes_no", {"return"}, None), ("yes_no", {"contact"}, None), ("yes_no",
        {"unit"}, None),
    ("yes_no", {"join"}, None), ("yes_no", {"convert"}, None), ("yes_no", {"in"}, None), ("yes_no", {"out"},
        "is_mobile"),
    ("yes_no", set(), None), ("kind", {"employer"}, None), ("kind", {"unit"}, None), ("kind", {"join"}, "stage"),
        ("kind", {"self"}, "stage"), ("kind", {"out"}, "direction"), ("kind", set(), None), ("count", set(), None),
    ("note", set(), "note"), ("nothing", set(), None),
]  # fmt: skip
# What an upper heading about somebody else (联系人/职务) makes that other person's: no field of a member's.
_OF_THE_MEMBER = {
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
_NAMES_OF_UNITS = frozenset(["名称", "全称"])
_OPEN_LEAVES = _NAMES_OF_UNITS | {"联系人", "负责人", "书记"}
_ABOUT = re.compile(r"(?:基本)?(?:情况|信息)$")
_OWN_LEAF = re.compile(r"^(?:党员|流动党员|外出党员)?本人|^(?:流动|外出)?党员(?!组织)|^个人")
_OTHERS = frozenset(["kin", "contact", "secretary", "unit", "home", "in"])
# Subjects of an upper heading that make a plain lower heading somebody else's.
_GOVERNING = {"kin", "contact", "secretary", "lost", "return", "certificate", "in", "out", "away", "home", "unit",
    "convert", "join", "issue", "transfer", "birth"}  # fmt: skip


def _attribute(text: str) -> tuple[str, str] | None:
    """What the text is, and the rest of it: by its ending, or by 是否 and 何时 in front."""
    if _YES_NO_HEAD.search(text):
        # 是否属流动党员 asks whether somebody is away, not who he is.
        return "yes_no", _YES_NO_HEAD.sub("", text).replace("党员", "")
    if _YES_NO_TAIL.search(text):
        return "yes_no", _YES_NO_TAIL.sub("", text)
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
    stem = re.sub(r"(?:情况|信息|一栏|栏|及说明)$", "", text) or text
    if _DUES_UP_TO.search(stem):
        return "date", "党费"
    subjects = _subjects(stem)[0]
    if subjects & {"contact", "kin", "secretary"} and _PERSON_END.search(stem):
        return "person", stem
    for ending, attribute in _endings():
        if stem.endswith(ending):
            first = _FIRST_OF_TWO.match(stem)
            if attribute == "nothing" and first:
                return _attribute(first[1])
            return attribute, stem[: -len(ending)]
    return None


def _governing(parts: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for part in parts:
        found |= _subjects(bare(part))[0]
    return frozenset(found & _GOVERNING)


@lru_cache(maxsize=8192)
def read(parts: tuple[str, ...]) -> Reading | None:
    """The meaning of a heading given as its parts, the upper one first; None when nothing is known about it."""
    leaf = bare(parts[-1])
    upper = parts[:-1]
    exact = known()
    if leaf not in exact and _as_noun(leaf) in exact:
        leaf = _as_noun(leaf)
    joined = "".join(bare(part) for part in parts)
    if upper and joined in exact:
        return exact[joined]
    if upper and leaf in _OPEN_LEAVES:
        near = bare(_ABOUT.sub("", bare(upper[-1]))) + leaf
        if near in exact:
            return exact[near]
        of = read(upper) if leaf in _NAMES_OF_UNITS else None
        if of is not None and of.field is not None and FIELD_BY_KEY[of.field].kind in ("unit", "text"):
            return of
    governing = _governing(upper)
    if _OWN_LEAF.search(leaf):
        # 支部联系情况/本人电话: the lowest label says whose it is.
        governing -= _OTHERS
    found = _read_leaf(leaf, parts[-1], governing)
    if found is not None and found.field in _OF_THE_MEMBER and governing & {"kin", "contact", "secretary"}:
        return Reading(None, COMBINED)
    return found


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
        return not self.subjects - {"self", "household"} and self.attribute in _PLAIN_ATTRIBUTES


def _parse(leaf: str, written: str) -> _Parsed | None:
    taken_apart = _attribute(leaf)
    if taken_apart is None:
        return None
    subjects, rest = _subjects(taken_apart[1])
    # 联系方式（家属）: a remark that names somebody else says whose it is.
    remark = _subjects("".join(_REMARKS.findall(fold(written))))[0] & {"kin", "secretary"}
    return _Parsed(taken_apart[0], subjects | remark, remark, rest)


def _read_leaf(leaf: str, written: str, governing: frozenset[str]) -> Reading | None:
    if "正式" in written and "预备" in written and not _DATE_END.search(leaf):
        return Reading("stage", KNOWN)
    parsed = _parse(leaf, written)
    if governing and parsed is not None and parsed.plain and len(parsed.rest) <= 1:
        found = _combine(parsed.attribute, parsed.subjects | governing)
        if found is not None:
            return found
    exact = known()
    for form in (leaf, _with_remarks(written)):
        other_person = parsed is not None and parsed.remark and form == leaf
        if form in exact and not (other_person and exact[form].field is not None):
            return replace(exact[form], plain=parsed is not None and parsed.plain and not parsed.subjects)
    return _faint(leaf) if parsed is None else _read_parsed(parsed, governing)


def _read_parsed(parsed: _Parsed, governing: frozenset[str]) -> Reading | None:
    found = _combine(parsed.attribute, parsed.subjects | (governing if parsed.plain else frozenset()))
    if found is None:
        own = _OWN.get(parsed.attribute) if not parsed.subjects - {"self"} else None
        if own is None or len(parsed.rest) > 1:
            return None
        return Reading(own, IMPLIED if own in ("phone", "name") else FAINT, plain=True)
    # The more of a heading its subjects explain, the more may be left over.
    if found.field is not None and len(parsed.rest) > 2 + 2 * len(parsed.subjects):
        return None
    return Reading(found.field, max(found.score - 0.12 * len(parsed.rest), FAINT), found.plain)


def _combine(attribute: str, subjects: frozenset[str]) -> Reading | None:
    for wanted, needed, field in _COMBINED:
        if wanted == attribute and needed <= subjects:
            return Reading(field, COMBINED if needed or field is None else IMPLIED, plain=not subjects)
    # Attributes that are a field by themselves (性别, 学历, 身份证号): the member's, unless somebody else is named.
    if attribute in FIELD_BY_KEY:
        return Reading(None if subjects & {"kin", "contact", "secretary"} else attribute, COMBINED)
    return None


def _faint(leaf: str) -> Reading | None:
    """A known wording inside a longer heading (党员姓名一栏, 民族成份): only when little else is there."""
    found = [word for word in known() if len(word) >= 2 and word in leaf]
    if not found:
        return None
    best = max(found, key=len)
    if len(best) * 3 < len(leaf) * 2:
        return None
    return Reading(known()[best].field, FAINT + 0.3 * len(best) / len(leaf))
