"""Which field the rules take each column for: headings first, values as second witness, neighbours where a heading is
silent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from . import evidence as look
from . import meaning
from .evidence import Evidence
from .fields import FIELD_BY_KEY
from .pairs import COMBINED, Reading
from .text import cell_text

# Fields whose values have a form of their own: a column full of something else is not such a field.
FORMED = {"date", "month", "id_number", "phone", "yes_no", "gender", "ethnicity", "whole", "stage", "email"}
# Where fewer than this share of at least MIN_CELLS cells can be read, the heading was misunderstood.
MISFIT, MIN_CELLS = 0.25, 4
# Headings that leave open what they are.
_OPEN = frozenset(
    ["类别", "类型", "分类", "种类", "性质", "身份", "状态", "编号", "编码", "号", "号码", "证件", "ID", "id"]
)
_OF_HOME = re.compile(r"组织关系|流出|^原|^户籍|正式")
# Words for a unit that leave it to the heading above to say whose it is.
_PLAIN_UNITS = meaning.NAMES_OF_UNITS | {"党组织", "党支部", "支部", "党组织名称", "党支部名称", "支部名称"}
# 流出地党组织: of somebody who lives here now, unless the list is of those who went.
_FLOWN_OUT = re.compile(r"流出(?!党员)|^户籍")
# 流出地: where somebody came from who lives here now; in the list of those who went it is where they are.
_FLOWN_FROM = re.compile(r"流出|何地流入")
# 老家支部, 来深前所在支部: said in so many words, whichever way the list goes.
_CAME_HERE = re.compile(r"老家|家乡|迁出地|(?:转入|流入|迁入|来\S{0,3})前")
_OF_HOST = re.compile(r"[流转]入|接收|^在|现|外出|务工|对[方接]|组织生活|活动|临时|当地|驻")
# 原党支部: of somebody who lives here now, unless the list says where he went.
_CAME_FROM = re.compile(r"^原")
_OF_OUTFLOW = ("departed_on", "destination", "host_unit", "departure_reason")
_WITH_YEAR = re.compile(r"20\d\d.?\d")
_AND = re.compile(r"及其|以及|及|和|与|或|、")
_CERTIFICATE = re.compile(r"[持发领办换]证|活动证|流动证")
# Fields that stand for somebody, with the field for the telephone number to the right of them.
_PHONE_OF = {"contact_person": "contact_person_phone", "host_contact": "host_contact_phone"}
_HOSTS = ("host_unit", "host_employer")
# 外出居住地: a place where another column says the address (外出居住详址), an address where none does.
_ROUGHLY, _LESS_THAN_AN_ADDRESS = re.compile(r"(?:居住|所在|暂住)地$"), 0.8
# Whom a list is of: who came in, who went out, or whoever.
Way = Literal["in", "out", ""]


@dataclass
class Draft:
    """A column on the way to its field: `choices` are the fields it may be, best first."""

    index: int
    parts: tuple[str, ...]
    evidence: Evidence
    reading: Reading | None = None
    choices: tuple[tuple[str, float], ...] = ()

    @property
    def leaf(self) -> str:
        """The lowest label, without blanks, marks and remarks."""
        return meaning.bare(self.parts[-1]) if self.parts else ""


def read(
    headings: Mapping[int, tuple[str, ...]], evidence: Mapping[int, Evidence], *, today: date, way: Way
) -> list[Draft]:
    """The columns as the rules read them."""
    drafts = [
        Draft(index, headings.get(index, ()), evidence.get(index, Evidence(())))
        for index in sorted(set(headings) | set(evidence))
    ]
    for place, draft in enumerate(drafts):
        draft.reading = meaning.read(draft.parts) if draft.parts else None
        if draft.reading is not None:
            draft.reading = _by_neighbour(draft, drafts[:place], drafts)
    for draft in drafts:
        draft.choices = _choices(draft, drafts, today, way)
    return drafts


def _by_neighbour(draft: Draft, before: list[Draft], drafts: list[Draft]) -> Reading | None:
    """A bare 联系电话 or 联系人 belongs to whoever stands left of it."""
    reading = draft.reading
    if reading is None or not before:
        return reading
    left = before[-1]
    left_field = left.reading.field if left.reading else None
    if reading.field == "phone" and reading.plain:
        whose = _PHONE_OF.get(left_field or "")
        if whose is not None and not _has(whose, draft, drafts):
            # 手机号 beside a contact person is the member's own where no other column holds that.
            if "手机" not in draft.leaf or _has("phone", draft, drafts):
                return Reading(whose, 0.8)
        elif left_field == "host_unit" and _has("phone", draft, drafts):
            return Reading("host_contact_phone", 0.7)
        elif left_field is None and re.search(r"书记|负责人", left.leaf):
            return Reading("home_unit_phone", COMBINED)
        elif left_field is None and re.search(r"配偶|紧急|家属|亲属|父亲|母亲|户主|家长", left.leaf):
            return Reading(None, 0.7) if _has("phone", draft, drafts) else reading
    if reading.field == "contact_person" and draft.leaf in ("联系人", "联系人姓名") and left_field in _HOSTS:
        return Reading("host_contact", 0.75)
    return reading


def _has(field: str, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether another column's heading says this field."""
    others = [meaning.read(other.parts) for other in drafts if other is not draft and other.parts]
    return any(reading is not None and reading.field == field for reading in others)


def _choices(draft: Draft, drafts: list[Draft], today: date, way: Way) -> tuple[tuple[str, float], ...]:
    """The fields this column may be, best first."""
    reading = draft.reading
    if reading is None:
        return _by_values_alone(draft)
    if reading.field is None:
        return _by_values_alone(draft) if draft.leaf in _OPEN else _of_nobody(draft, today)
    field = _by_values(reading.field, draft, way, drafts)
    if field is None:
        return ()
    score = reading.score if field == reading.field else min(reading.score, 0.8)
    of = FIELD_BY_KEY[field]
    if of.kind in FORMED:
        fit = draft.evidence.fit(of, today)
        if fit < MISFIT and len(draft.evidence.cells) >= MIN_CELLS:
            return _misunderstood(field, draft, drafts)
        score *= 0.6 + 0.4 * fit
        if field == "phone" and reading.score < COMBINED and draft.evidence.share(look.is_landline) >= 0.9:
            return (("landline", score),)
    elif field == "destination_address" and _ROUGHLY.search(draft.leaf):
        score = min(score, _LESS_THAN_AN_ADDRESS)
    elif of.kind == "unit":
        score += 0.01 * draft.evidence.share(look.is_unit)
    second = _second_choice(field, draft)
    return ((field, score), (second, 0.5)) if second else ((field, score),)


def _second_choice(field: str, draft: Draft) -> str | None:
    """What a column may be where a clearer one has taken its field."""
    if field == "unit":
        return "home_unit" if _OF_HOME.search(draft.leaf) else None
    if field == "phone":
        return "landline" if draft.evidence.share(look.is_landline) >= 0.5 else None
    if field == "destination_address" and _ROUGHLY.search(draft.leaf):
        return "destination"
    return "unit" if field == "home_unit" else None


def _misunderstood(field: str, draft: Draft, drafts: list[Draft]) -> tuple[tuple[str, float], ...]:
    """A heading over values that are something else."""
    if field == "id_number" and "身份" not in draft.leaf:
        # 证件编号 beside 活动证 or 发证日期 over numbers that identify nobody.
        of_certificates = any(_CERTIFICATE.search("".join(other.parts)) for other in drafts)
        if of_certificates and not _has("certificate_number", draft, drafts):
            return (("certificate_number", 0.7),)
    return _first_of_several(draft)


def _of_nobody(draft: Draft, today: date) -> tuple[tuple[str, float], ...]:
    """A heading known to be no field may stand over one after all, where no other column is it."""
    if "转入" in draft.leaf or "总支" in draft.leaf:
        return (("unit", 0.3),) if draft.evidence.share(look.is_branch) >= 0.9 else ()
    return _dues(draft, today)


def _dues(draft: Draft, today: date) -> tuple[tuple[str, float], ...]:
    """党费缴纳情况 over months says up to when dues are paid; over amounts or words it is none of the fields."""
    if "党费" not in draft.leaf or len(draft.evidence.cells) < 2:
        return ()
    months = draft.evidence.share(
        lambda cell: _WITH_YEAR.search(cell_text(cell)) is not None and look.is_date(cell, today)
    )
    return (("dues_paid_to", 0.7),) if months >= 0.7 else ()


def _first_of_several(draft: Draft) -> tuple[tuple[str, float], ...]:
    """A heading for two things (流入地党组织名称及联系方式) over free text is what it names first."""
    first, *others = _AND.split(draft.leaf)
    reading = meaning.read((*draft.parts[:-1], first)) if others and first else None
    if reading is None or reading.field is None or FIELD_BY_KEY[reading.field].kind in FORMED:
        return ()
    return ((reading.field, 0.5),)


# The same heading over other values: field, question, whether at least or at most this share says yes, what it is then.
_OVER_VALUES: tuple[tuple[str, look.Test, str, float, str | None], ...] = (
    ("host_employer", look.is_unit, ">", 0.5, "host_unit"),
    ("occupation", look.is_unit, ">", 0.5, None),
    ("employer", look.is_branch, ">", 0.8, "unit"),
    ("has_certificate", look.is_yes_no, "<", 0.3, "certificate_number"),
    ("certificate_number", look.is_yes_no, ">", 0.7, "has_certificate"),
    ("membership_status", look.is_stage, ">", 0.7, "stage"),
    ("contact_person", look.is_phone, ">", 0.7, "contact_person_phone"),
    ("host_contact", look.is_phone, ">", 0.7, "host_contact_phone"),
    ("direction", look.is_reason, ">", 0.7, "departure_reason"),
    ("is_mobile", look.is_yes_no, "<", 0.3, "direction"),
    ("destination", look.is_number, ">", 0.5, None),
)


def _by_values(field: str, draft: Draft, way: Way, drafts: list[Draft]) -> str | None:
    """The same heading means different things over different values."""
    if field in ("unit", "home_unit", "host_unit"):
        return _whose_unit(field, draft, way, drafts)
    if field == "destination" and way == "in" and _FLOWN_FROM.search(draft.leaf):
        return "native_place"
    seen = draft.evidence
    if len(seen.cells) < 2:
        return field
    if field == "name":
        return _named(draft)
    for of, question, relation, share, becomes in _OVER_VALUES:
        if of == field and (
            seen.share(question) > share if relation == ">" else seen.share(question) < share
        ):
            return becomes
    return field


def _whose_unit(field: str, draft: Draft, way: Way, drafts: list[Draft]) -> str:
    """组织关系所在党支部 is the unit of a member who left, and the home unit of one who came."""
    if field != "host_unit" and _CAME_HERE.search("".join(draft.parts)):
        return "home_unit"
    leaf = "".join(draft.parts[-2:]) if draft.leaf in _PLAIN_UNITS else draft.leaf
    of_home = _OF_HOME.search(leaf) is not None
    plain_unit = any(
        other is not draft
        and other.reading is not None
        and other.reading.field == "unit"
        and not _OF_HOME.search(other.leaf)
        for other in drafts
    )
    if field == "host_unit":
        # 流动党支部 is where they are members, unless another column says that.
        ours = way == "in" or not _OF_HOST.search(leaf)
        return "unit" if ours and not plain_unit else field
    came = _CAME_FROM.search(leaf) is not None and not any(_has(away, draft, drafts) for away in _OF_OUTFLOW)
    if way == "in" or came or (_FLOWN_OUT.search(leaf) and way != "out"):
        return "home_unit" if of_home else field
    return "unit" if field == "home_unit" and not plain_unit else field


def _named(draft: Draft) -> str | None:
    """流动党员 over ticks asks who is one; over anything else but names it is no field."""
    seen = draft.evidence
    if seen.share(look.is_yes_no) > 0.6:
        return "is_mobile" if "流动" in draft.leaf or "外出" in draft.leaf else None
    return "name" if len(seen.cells) < MIN_CELLS or seen.share(look.is_person) >= 0.2 else None


# What a column is by its values alone, whatever stands above them: question, share that must say yes, field, score.
_SPEAKING: tuple[tuple[look.Test, float, str, float], ...] = (
    (look.is_id_number, 0.6, "id_number", 0.5),
    (look.is_gender, 0.9, "gender", 0.5),
    (look.is_member, 0.9, "stage", 0.5),
    (look.is_direction, 0.9, "direction", 0.5),
    (look.is_ethnicity, 0.9, "ethnicity", 0.4),
    (look.is_email, 0.6, "email", 0.4),
)
# What it is where the heading hints at it.
_HINTED: tuple[tuple[re.Pattern[str], look.Test, float, str], ...] = (
    (re.compile(r"活动证|流动证"), look.is_yes_no, 0.7, "has_certificate"),
    (re.compile(r"外出|流动|流出|离"), look.is_reason, 0.7, "departure_reason"),
    (re.compile(r"^(?!.*(?:入党|转正|培养|上级|谈话|介绍|转入|转出))"), look.is_branch, 0.9, "unit"),
    (re.compile(r"(?:名称|所|店|厂|企业|公司|机构|商户)$"), look.is_employer, 0.8, "employer"),
    (re.compile(r"^$|(?<!编)号码?$|联系|电话|手机"), look.is_phone, 0.8, "phone"),
    # 缴费人, 返乡党员, 登记对象: whoever a list is of, where nobody else is named in it.
    (re.compile(r"(?:[人员工名]|同志|对象|毕业生)$"), look.is_person, 0.9, "name"),
)


def _by_values_alone(draft: Draft) -> tuple[tuple[str, float], ...]:
    """A column whose heading says nothing, but whose values can be only one thing."""
    seen = draft.evidence
    if len(seen.cells) < 3:
        return ()
    for question, share, field, score in _SPEAKING:
        if seen.share(question) >= share:
            return ((field, score),)
    if draft.reading is not None:
        return ()
    for hint, question, share, field in _HINTED:
        if hint.search(draft.leaf) and seen.share(question) >= share:
            return ((field, 0.3),)
    return ()
