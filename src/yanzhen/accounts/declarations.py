"""What the room accounts declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind

PERMISSIONS = (
    Permission("accounts.see", _("查看账号和任职")),
    Permission("accounts.create", _("开设账号、重设密码")),
    Permission("accounts.invite", _("为党员和联系人开通账号")),
    Permission("accounts.appoint", _("任命和解除职务")),
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
)
