"""What the room accounts declares."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind
from yanzhen.policy.registry import Parameter, Version

PERMISSIONS = (
    Permission("accounts.see", _("查看账号和任职")),
    Permission("accounts.create", _("开设账号、重设密码、取消丢失的第二道验证")),
    Permission("accounts.invite", _("为党员和联系人开通账号")),
    Permission("accounts.appoint", _("任命和解除职务")),
    # Everybody's for himself (`factors.oneself`), so no role's.
    Permission("accounts.factor.own", _("管理自己的第二道验证")),
)

# The account is the fact's subject: its name is found by that key while it lives, and stands in no fact.
FACTS = (
    FactKind("accounts.account.created", _("%(actor)s开设了账号")),
    FactKind("accounts.code.issued", _("%(actor)s开出了首次登录的验证码")),
    FactKind("accounts.code.used", _("本人凭验证码登录，设了自己的密码")),
    FactKind("accounts.password.reset", _("%(actor)s重设了账号的密码")),
    FactKind("accounts.appointed", _("%(actor)s任命了%(unit_name)s的%(role_name)s，自%(starts_on)s起")),
    FactKind(
        "accounts.appointment.handed_over",
        _("%(actor)s办理了%(unit_name)s%(role_name)s的交接，自%(starts_on)s起"),
    ),
    FactKind("accounts.appointment.ended", _("%(actor)s解除了%(unit_name)s的%(role_name)s，自%(ends_on)s起")),
    FactKind("accounts.factor.added", _("%(actor)s给自己的登录加了第二道验证")),
    FactKind("accounts.factor.removed", _("%(actor)s停用了自己的一个第二道验证")),
    FactKind("accounts.factor.taken_away", _("%(actor)s当面核实后取消了丢失的第二道验证，理由：%(reason)s")),
    FactKind("accounts.recovery_codes.made", _("%(actor)s生成了备用码")),
    FactKind("accounts.recovery_codes.used", _("%(actor)s用一个备用码通过了验证，还剩 %(left)s 个")),
)

PARAMETERS = (
    Parameter(
        "accounts.factor.level",
        _("哪些人登录必须有第二道验证：0 只建议，1 组织干事和督查，2 加上书记和副书记，3 所有人"),
        _("级"),
        (
            Version(
                date(2026, 1, 1),
                "0",
                _("建议管理党员信息的人用手机验证器或通行密钥做第二道验证，不强求。"),
                _("GB/T 22239-2019 8.1.4.1 d) 要求三级系统用两种以上的鉴别；只建议是本地默认"),
            ),
        ),
    ),
)
