"""What the room contact declares: permissions, facts, parameters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind

PERMISSIONS = (
    Permission("contact.see", _("查看联系记录")),
    Permission("contact.log", _("记录联系")),
    Permission("contact.assign", _("指定联系人")),
)

FACTS = (
    FactKind("contact.logged", _("%(actor)s通过%(means)s联系：%(note)s"), personal=frozenset({"note"})),
    FactKind("contact.person.assigned", _("%(person)s成为联系人"), personal=frozenset({"person"})),
    FactKind("contact.person.released", _("%(person)s不再是联系人"), personal=frozenset({"person"})),
)
