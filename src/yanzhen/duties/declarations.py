"""What the room duties declares: the duties themselves, their parameters, and the projection that keeps them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.duties import projection, rules
from yanzhen.duties.registry import Duty, Group, Level
from yanzhen.ledger.registry import Projection
from yanzhen.policy.registry import Parameter, Version

PERMISSIONS = (Permission("duties.see", _("查看要办的事")),)

_ALWAYS = date(1949, 10, 1)
_LOCAL = _("本地默认值，没有全国统一规定；党委可以改。")

PARAMETERS = (
    Parameter(
        key="duties.lead.days",
        label=_("提前多少天列入要办的事"),
        unit=_("天"),
        versions=(Version(_ALWAYS, "92", _("到期前一个季度列入要办的事。"), _LOCAL),),
    ),
    Parameter(
        key="duties.lead.decision.days",
        label=_("接转或持证的决定提前多少天列入要办的事"),
        unit=_("天"),
        versions=(Version(_ALWAYS, "31", _("到期前一个月列入要办的事。"), _LOCAL),),
    ),
    Parameter(
        key="duties.escalate.secretary.days",
        label=_("超期多少天报支部书记"),
        unit=_("天"),
        versions=(Version(_ALWAYS, "15", _("超期 15 天还没有办的，报支部书记。"), _LOCAL),),
    ),
    Parameter(
        key="duties.escalate.officer.days",
        label=_("超期多少天报组织干事"),
        unit=_("天"),
        versions=(Version(_ALWAYS, "30", _("超期 30 天还没有办的，报组织干事。"), _LOCAL),),
    ),
)

CONTACT = Group("contact", _("联系"))
WHEREABOUTS = Group("whereabouts", _("去向"))
FORMALITIES = Group("formalities", _("手续"))

# Overdue goes up a level; an inspector sees what has come up to the officer, and acts on none of it.
_SECRETARY_LATER = Level("secretary", after="duties.escalate.secretary.days", at_once_if_unkept=True)
_ABOVE = (
    Level("officer", after="duties.escalate.officer.days"),
    Level("inspector", after="duties.escalate.officer.days"),
)

DUTIES = (
    Duty(
        key="contact_quarterly",
        label=_("定期联系"),
        group=CONTACT,
        stands=rules.contact_quarterly,
        levels=(Level("contact_person"), _SECRETARY_LATER, *_ABOVE),
        parameter="contact.quarters",
        first=_("%(departed)s外出，还没有联系过。"),
        again=_("上次联系是%(last)s。"),
        lead="duties.lead.days",
        page="contact_log",
        action=_("记一次联系"),
        permission="contact.log",
        minutes=5,
    ),
    Duty(
        key="contact_person_missing",
        label=_("指定联系人"),
        group=CONTACT,
        stands=rules.contact_person_missing,
        levels=(Level("secretary"), *_ABOVE),
        parameter="contact.assign.days",
        first=_("%(since)s起没有联系人，应在 %(limit)s 天内指定。"),
        lead="duties.lead.days",
        page="contact_assign",
        action=_("指定联系人"),
        permission="contact.assign",
        minutes=2,
    ),
    Duty(
        key="arrival_report",
        label=_("到达后报告住址和电话"),
        group=WHEREABOUTS,
        stands=rules.arrival_report,
        levels=(Level("member"), Level("contact_person"), _SECRETARY_LATER, *_ABOVE),
        parameter="mobility.arrival.days",
        first=_("%(departed)s外出，应在 %(limit)s 天内报告到达的住址和电话。"),
        lead="duties.lead.days",
        page="arrival_report",
        action=_("登记到达"),
        permission="mobility.arrival.report",
        minutes=3,
    ),
    Duty(
        key="decision",
        label=_("接转还是持证，请支部决定"),
        group=FORMALITIES,
        stands=rules.decision,
        levels=(Level("secretary"), *_ABOVE),
        parameter="mobility.mobile.months",
        clause_again="mobility.review.months",
        first=_("%(departed)s外出，满 %(limit)s 个月要决定接转组织关系还是持流动党员活动证。"),
        again=_("%(last)s作过决定，满 %(limit)s 个月要复核能不能接转组织关系。"),
        lead="duties.lead.decision.days",
        page="absence_decide",
        action=_("看建议并决定"),
        permission="mobility.decide",
        minutes=10,
    ),
    Duty(
        key="correction_check",
        label=_("核对本人提出的更正"),
        group=FORMALITIES,
        stands=rules.correction_check,
        levels=(Level("secretary"), Level("contact_person"), *_ABOVE),
        parameter="people.correction.days",
        first=_("%(since)s本人提出更正，应在 %(limit)s 天内核对。"),
        lead="duties.lead.days",
        page="correction_decide",
        action=_("核对"),
        permission="people.correction.decide",
        minutes=3,
    ),
)

PROJECTIONS = (Projection("duties.standing", projection.KINDS, projection.apply),)
