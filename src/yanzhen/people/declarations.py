"""What the room people declares."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind
from yanzhen.people import groups
from yanzhen.policy.registry import Parameter, Version

PERMISSIONS = (
    Permission("people.see", _("查看党员")),
    Permission("people.add", _("登记党员")),
    Permission("people.change", _("修改党员信息")),
    Permission("people.unmask", _("查看完整号码")),
    Permission("people.correction.propose", _("提出更正本人信息")),
    Permission("people.correction.decide", _("核对本人提出的更正")),
    Permission("people.photo.change", _("换上或去掉党员照片")),
    Permission("people.category.define", _("定党员的分类")),
    Permission("people.categorize", _("给党员归类")),
    Permission("people.merge", _("合并重复登记，拆开合并")),
    Permission("people.link", _("为党员开通本人账号")),
    Permission("people.responsible.set", _("定党员归谁管")),
    Permission("people.remove", _("撤销导入时移除党员")),
)

FACTS = (
    FactKind("people.member.added", _("%(actor)s把党员登记到%(unit_name)s")),
    FactKind("people.member.changed", _("%(actor)s修改了%(what)s"), personal=frozenset({"before", "after"})),
    FactKind(
        "people.member.moved",
        _(
            "%(actor)s把党员从“%(from_name)s”转到“%(to_name)s”〔，离开%(group)s〕〔，依据：%(what)s〕〔，理由：%(reason)s〕"
        ),
        personal=frozenset({"group", "reason"}),
    ),
    FactKind(
        "people.responsible.set",
        _("%(actor)s定下%(since_on)s起由“%(unit_name)s”管，依据：%(what)s〔，理由：%(reason)s〕"),
        personal=frozenset({"reason"}),
    ),
    FactKind("people.member.removed", _("%(actor)s撤销导入，移除了这条登记")),
    FactKind("people.member.seen", _("%(actor)s查看了党员信息")),
    FactKind(
        "people.field.unmasked",
        _("%(actor)s查看了完整的%(what)s，理由：%(reason)s"),
        personal=frozenset({"reason"}),
    ),
    FactKind("people.correction.proposed", _("%(actor)s提出更正%(what)s"), personal=frozenset({"values"})),
    FactKind(
        "people.correction.accepted",
        _("%(actor)s核对了本人更正的%(what)s，照改〔：%(reason)s〕"),
        personal=frozenset({"reason"}),
    ),
    FactKind(
        "people.correction.declined",
        _("%(actor)s没有采纳本人更正的%(what)s〔：%(reason)s〕"),
        personal=frozenset({"reason"}),
    ),
    # What a unit calls its categories is no secret; which of them a member is in is his.
    FactKind("people.category.added", _("%(actor)s增加了“%(name)s”这一类")),
    FactKind("people.category.changed", _("%(actor)s把“%(old)s”这一类改为“%(name)s”")),
    FactKind("people.category.ended", _("%(actor)s停用了“%(name)s”这一类，原来有 %(count)s 名党员")),
    FactKind("people.categories.set", _("%(actor)s把党员归类为%(names)s"), personal=frozenset({"names"})),
    FactKind("people.categories.cleared", _("%(actor)s取消了党员的归类")),
    FactKind("people.photo.set", _("%(actor)s换上了照片")),
    FactKind("people.photo.removed", _("%(actor)s去掉了照片")),
    FactKind(
        "people.members.merged",
        _("%(actor)s把%(unit_name)s的“%(name)s”并入这条登记〔，%(what)s用了那边的〕"),
        personal=frozenset({"name", "undo"}),
        joins=True,
    ),
    FactKind(
        "people.member.merged_away",
        _("%(actor)s把这条登记并入“%(name)s”"),
        personal=frozenset({"name", "undo"}),
        leaves=True,
    ),
    FactKind("people.members.split", _("%(actor)s把合并的两条登记拆开了"), joins=False),
    FactKind("people.members.apart", _("%(actor)s确认这条登记和%(unit_name)s的另一条登记不是同一个人")),
    FactKind(
        "people.members.apart_withdrawn",
        _("%(actor)s收回了“和%(unit_name)s的另一条登记不是同一个人”"),
    ),
    FactKind("people.account.linked", _("%(actor)s为党员开通了本人账号")),
)

PROJECTIONS = groups.PROJECTIONS

PARAMETERS = (
    Parameter(
        "people.category.graduate.years",
        _("归为高校毕业生的年龄：不满"),
        _("岁"),
        (
            Version(
                date(1949, 10, 1),
                "30",
                _("大专以上学历、不满 30 岁的在外党员，建议归为高校毕业生；由支部确认。"),
                _("本地默认值，没有全国统一年龄；党委可以改。"),
            ),
        ),
    ),
    Parameter(
        "people.category.retired.years",
        _("归为退休随迁的年龄：年满"),
        _("岁"),
        (
            Version(
                date(1949, 10, 1),
                "60",
                _("年满 60 岁、随家人居住的在外党员，建议归为退休随迁；由支部确认。"),
                _("本地默认值，没有全国统一年龄；党委可以改。"),
            ),
        ),
    ),
    Parameter(
        "people.correction.days",
        _("本人提出更正后多少天内核对"),
        _("天"),
        (
            Version(
                date(1949, 10, 1),
                "15",
                _("党员提出更正本人信息的，党支部在 15 天内核对，照改或者说明为什么不改。"),
                _("本地默认值，没有全国统一天数；更正的权利见《个人信息保护法》第四十六条"),
            ),
        ),
    ),
)
