"""What the room org declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind

PERMISSIONS = (
    Permission("org.see", _("查看党组织")),
    Permission("org.change", _("调整党组织")),
)

FACTS = (
    FactKind("org.unit.founded", _("%(actor)s设立%(kind)s“%(name)s”")),
    FactKind("org.unit.ended", _("%(actor)s撤销“%(name)s”〔，理由：%(reason)s〕")),
    FactKind("org.unit.renamed", _("%(actor)s把“%(former)s”改名为“%(name)s”")),
    FactKind(
        "org.unit.moved", _("%(actor)s把“%(name)s”从“%(from_name)s”划到“%(to_name)s”〔，理由：%(reason)s〕")
    ),
    FactKind(
        "org.unit.merged",
        _("%(actor)s把“%(name)s”并入“%(to_name)s”，%(members)d 名党员一同转入〔，理由：%(reason)s〕"),
    ),
    FactKind(
        "org.unit.split",
        _("%(actor)s从“%(from_name)s”分出“%(name)s”，%(members)d 名党员转入〔，理由：%(reason)s〕"),
    ),
)
