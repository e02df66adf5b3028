"""What the room policy declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind

PERMISSIONS = (
    Permission("policy.see", _("查看制度")),
    Permission("policy.change", _("修改制度规定的期限")),
)

FACTS = (
    FactKind(
        "policy.parameter.set",
        _(
            "%(actor)s把〔%(whom)s这一类的〕“%(label)s”定为〔%(value)s〕%(unit_of_value)s，自%(effective_from)s起，理由：%(reason)s"
        ),
    ),
)
