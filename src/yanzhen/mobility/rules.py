"""接转 or 持证: what a branch does about a member who goes away, with the reasons. Pure: a case and limits in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.partial import add_months

MOST_MONTHS = 1200  # a hundred years: beyond it a number was mistyped


class Purpose(StrEnum):
    """Why somebody is away. `business` is an official errand (公务); trade and shops of one's own are `work`."""

    WORK = "work"
    BUSINESS = "business"
    STUDY = "study"
    SECONDMENT = "secondment"
    MEETING = "meeting"
    LEAVE = "leave"
    FAMILY = "family"
    OTHER = "other"


OFFICIAL = frozenset({Purpose.BUSINESS, Purpose.STUDY, Purpose.SECONDMENT, Purpose.MEETING, Purpose.LEAVE})
"""The purposes for which a membership note is enough while they are short (certificate rules)."""


@dataclass(frozen=True)
class Case:
    """One absence to decide. `months` is how long it lasts, in months, parts of one allowed; `group_of_full_members`
    counts the full members who are away together in one place, this one among them."""

    purpose: Purpose
    months: Decimal
    fixed_place: bool
    host_can_accept: bool
    group_of_full_members: int


@dataclass(frozen=True)
class Limits:
    """The numbers in force: `mobility.mobile.months`, `mobility.review.months`, `mobility.branch.members`."""

    mobile_months: int
    review_months: int
    branch_members: int

    @classmethod
    def read(cls, number: Callable[[str], int]) -> Limits:
        """The limits, each asked for by its parameter's key."""
        return cls(
            number("mobility.mobile.months"),
            number("mobility.review.months"),
            number("mobility.branch.members"),
        )


@dataclass(frozen=True)
class Reason:
    """One rule that was applied: its key, what it says about the case, and where it stands."""

    rule: str
    text: str
    source: str


@dataclass(frozen=True)
class Decision:
    """What the rules suggest; people decide. `outcome` is a key of `models.Outcome`."""

    outcome: str
    review_after_months: int | None
    suggest_temporary_branch: bool
    reasons: tuple[Reason, ...]


def decide(case: Case, limits: Limits) -> Decision:
    """The first of four situations that fits, in the order of the regulations; a group of full members adds a proposal.

    Exactly `mobile_months` is not yet longer than that.
    """
    outcome, reasons = _outcome(case, limits)
    is_reviewed = reasons[-1].rule == "review"
    has_group = case.group_of_full_members >= limits.branch_members
    if has_group:
        told = {"count": case.group_of_full_members, "limit": limits.branch_members}
        text = _("同在一地的正式党员有 %(count)d 人，达到 %(limit)d 人，建议成立（临时）党支部。") % told
        reasons.append(
            Reason(
                "temporary_branch",
                text,
                _("镇党委《党员管理措施》一（一）；《中国共产党支部工作条例（试行）》"),
            )
        )
    return Decision(outcome, limits.review_months if is_reviewed else None, has_group, tuple(reasons))


def _outcome(case: Case, limits: Limits) -> tuple[str, list[Reason]]:
    told = {
        "months": f"{case.months.normalize():f}",
        "limit": limits.mobile_months,
        "review": limits.review_months,
    }
    town = _("镇党委《党员管理措施》三（二）")
    if case.months <= limits.mobile_months and case.purpose in OFFICIAL:
        text = _(
            "外出 %(months)s 个月，不超过 %(limit)d 个月，是开会、学习、借调、公务或休假：开党员证明信。"
        )
        return "note", [Reason("short_official", text % told, _("《流动党员活动证》管理使用规定"))]
    if case.months <= limits.mobile_months:
        text = _("外出 %(months)s 个月，不超过 %(limit)d 个月：办理《流动党员活动证》。")
        return "certificate", [Reason("short", text % told, town)]
    if case.fixed_place and case.host_can_accept:
        text = _("外出 %(months)s 个月，超过 %(limit)d 个月，地点固定，那里有党组织可以接收：接转组织关系。")
        source = _("镇党委《党员管理措施》三（二）；《中国共产党党员教育管理工作条例》第二十五条")
        return "transfer", [Reason("transfer", text % told, source)]
    why = _("那里暂时没有党组织可以接收") if case.fixed_place else _("地点还不固定")
    text = _("外出 %(months)s 个月，超过 %(limit)d 个月，但%(why)s：办理《流动党员活动证》。") % {
        **told,
        "why": why,
    }
    again = _("每 %(review)d 个月看一次，能不能接转组织关系。") % told
    return "certificate", [Reason("long", text, town), Reason("review", again, town)]


def months_between(start: date, end: date) -> Decimal:
    """How many months `end` lies after `start`: whole ones, and days over as tenths of a month, at least one tenth."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    while add_months(start, whole) > end:
        whole -= 1
    over = (end - add_months(start, whole)).days
    return Decimal(whole) + (max(Decimal(over * 10 // 31), Decimal(1)) / 10 if over else 0)


_SPOKEN = {
    Purpose.SECONDMENT: ("挂职", "借调"),
    Purpose.MEETING: ("会议", "开会"),
    Purpose.STUDY: ("学习", "求学", "读书", "上学", "培训", "升学", "留学", "进修"),
    Purpose.LEAVE: ("休假", "探亲"),
    Purpose.BUSINESS: ("公务", "出差"),
    Purpose.FAMILY: ("照顾", "照料", "随子女", "随迁", "带孙", "带小孩", "投靠", "投亲", "养老", "居住"),
    Purpose.WORK: ("务工", "打工", "经商", "就业", "创业", "工作", "务农", "个体", "做生意", "零工"),
}


def purpose_of(reason: str) -> Purpose:
    """The purpose that a written reason speaks of; `other` where it speaks of none of them."""
    return next(
        (purpose for purpose, words in _SPOKEN.items() if any(it in reason for it in words)), Purpose.OTHER
    )


def read_case(values: Mapping[str, Any]) -> Case:
    """The case in these JSON values; DomainError with its `field` for the first one that is missing or impossible.

    Keys that a case does not have are passed over.
    """
    return Case(
        purpose=_purpose(_given(values, "purpose")),
        months=_months(_given(values, "months")),
        fixed_place=_yes_or_no(values, "fixed_place"),
        host_can_accept=_yes_or_no(values, "host_can_accept"),
        group_of_full_members=_count(_given(values, "group_of_full_members")),
    )


def _given(values: Mapping[str, Any], key: str) -> Any:
    if values.get(key) is None:
        raise DomainError(_("缺少 %(key)s。") % {"key": key}, field=key)
    return values[key]


def _purpose(value: Any) -> Purpose:
    if not isinstance(value, str) or value not in set(Purpose):
        sentence = _("purpose（外出原因）只能是 %(known)s 之一。")
        raise DomainError(sentence % {"known": "、".join(Purpose)}, field="purpose")
    return Purpose(value)


def _months(value: Any) -> Decimal:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    months = Decimal(str(value)) if is_number else Decimal("NaN")
    if not (months.is_finite() and 0 <= months <= MOST_MONTHS):
        sentence = _("months（外出几个月）要写 0 到 %(most)d 之间的数。")
        raise DomainError(sentence % {"most": MOST_MONTHS}, field="months")
    return months


def _yes_or_no(values: Mapping[str, Any], key: str) -> bool:
    value = _given(values, key)
    if not isinstance(value, bool):
        raise DomainError(_("%(key)s 只能是 true 或 false。") % {"key": key}, field=key)
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1_000_000:
        sentence = _("group_of_full_members（同在一地的正式党员人数）要写不小于 0 的整数。")
        raise DomainError(sentence, field="group_of_full_members")
    return value
