"""What the room mobility declares: permissions, facts, and the periods that regulations give."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind
from yanzhen.policy.registry import Parameter, Version

PERMISSIONS = (
    Permission("mobility.see", _("查看外出情况")),
    Permission("mobility.departure.report", _("报告外出")),
    Permission("mobility.arrival.report", _("报告到达")),
    Permission("mobility.return.record", _("登记返回")),
    Permission("mobility.decide", _("决定接转或持证")),
)

# `whom` is the member's name where somebody else reports for him. Addresses and phones are kept, sealed, and never
# told: a timeline must not be the way around the mask.
FACTS = (
    FactKind(
        "mobility.departure.reported",
        _(
            "%(actor)s〔代%(whom)s〕报告 %(departed_on)s外出到%(destination)s，原因：%(reason)s"
            "〔，预计 %(expected_return_on)s返回〕"
        ),
        personal=frozenset({"whom", "destination", "reason", "address", "phone", "host_employer"}),
    ),
    FactKind(
        "mobility.absence.recorded",
        _(
            "%(actor)s按名册登记：〔%(departed_on)s〕外出〔到%(destination)s〕〔，原因：%(reason)s〕"
            "〔，%(returned_on)s返回〕"
        ),
        personal=frozenset({"destination", "reason", "address", "host_employer"}),
    ),
    FactKind(
        "mobility.arrival.reported",
        _(
            "%(actor)s〔代%(whom)s〕报告 %(arrived_on)s到达%(destination)s〔，在%(host_employer)s〕，住址和电话已登记"
        ),
        personal=frozenset({"whom", "destination", "address", "phone", "host_employer"}),
    ),
    FactKind(
        "mobility.return.recorded",
        _("%(actor)s〔代%(whom)s〕报告 %(returned_on)s返回"),
        personal=frozenset({"whom"}),
    ),
    FactKind(
        "mobility.decided",
        _("%(actor)s决定：%(what)s〔，理由：%(reason)s〕"),
        personal=frozenset({"reason"}),
    ),
)

_CERTIFICATE_RULES = _("《流动党员活动证》有关规定；镇党委《党员管理措施》三（二）")

PARAMETERS = (
    Parameter(
        "mobility.arrival.days",
        _("到达后报告住址和电话的期限"),
        _("天"),
        (
            Version(
                date(2006, 6, 1),
                "15",
                _("党员到达外地后，应在 15 天内向原党支部和联系人报告电话和通讯地址。"),
                _("镇党委规定（本地默认，全国没有统一天数）；《党员管理措施》一（一）：到达后必须及时提供"),
            ),
        ),
    ),
    Parameter(
        "mobility.mobile.months",
        _("外出多久算流动党员，要决定接转或持证"),
        _("个月"),
        (
            Version(
                date(2006, 6, 1),
                "6",
                _("外出时间 6 个月以上、地点和单位比较固定的，接转组织关系；其余的持《流动党员活动证》。"),
                _("《党员管理措施》三（二）；《中国共产党党员教育管理工作条例》第二十五条"),
            ),
            Version(
                date(2024, 11, 1),
                "6",
                _("外出连续 6 个月以上、没有转移组织关系、不能参加所在党支部组织生活的党员，是流动党员。"),
                _("《关于加强新时代流动党员管理的意见》（2024 年 11 月）"),
            ),
        ),
    ),
    Parameter(
        "mobility.review.months",
        _("持证期间多久复核一次能否接转"),
        _("个月"),
        (
            Version(
                date(2006, 6, 1),
                "6",
                _("暂时不能转移组织关系的，办理《流动党员活动证》，每半年复核一次能否接转。"),
                _CERTIFICATE_RULES,
            ),
        ),
    ),
    Parameter(
        "mobility.branch.members",
        _("一地有多少名正式党员要提出设立（临时）党支部"),
        _("人"),
        (
            Version(
                date(2006, 6, 1),
                "3",
                _("相对集中的地区有流动党员 3 人以上的，成立临时党支部。"),
                _("《党员管理措施》一（一）；《中国共产党支部工作条例（试行）》"),
            ),
        ),
    ),
)
