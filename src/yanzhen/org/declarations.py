"""What the room org declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind

PERMISSIONS = (
    Permission("org.see", _("查看党组织")),
    Permission("org.change", _("新建、改名党组织")),
)

FACTS = (
    FactKind("org.unit.founded", _("%(actor)s设立%(kind)s“%(name)s”")),
    FactKind("org.unit.ended", _("%(actor)s撤销“%(name)s”")),
    FactKind("org.unit.renamed", _("%(actor)s把“%(former)s”改名为“%(name)s”")),
)
