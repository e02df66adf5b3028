"""Who may do what: the roles, each a few lines that read as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yanzhen.access.registry import Role
from yanzhen.kernel.actor import Reach

_LOOK = frozenset(
    {"people.see", "org.see", "duties.see", "oversight.see", "policy.see", "mobility.see", "contact.see"}
)
_LOOK_AFTER = frozenset(
    {
        "contact.log",
        "mobility.departure.report",
        "mobility.arrival.report",
        "mobility.return.record",
        "people.unmask",
        "people.change",
        "people.photo.change",
        "people.categorize",
        "people.correction.decide",
    }
)
_LEAD = _LOOK_AFTER | {
    "contact.assign",
    "mobility.decide",
    "people.add",
    "people.merge",
    "people.link",
    "accounts.invite",
    "sheets.export",
}

ROLE_LIST = (
    Role(
        key="officer",
        label=_("组织干事"),
        reach=Reach.SUBTREE,
        permissions=_LOOK
        | _LEAD
        | {"sheets.import", "org.change", "policy.change", "people.remove", "people.responsible.set"}
        | {"people.category.define"}
        | {"accounts.see", "accounts.create", "accounts.appoint"},
    ),
    Role(key="secretary", label=_("支部书记"), reach=Reach.SUBTREE, permissions=_LOOK | _LEAD),
    Role(
        key="deputy_secretary",
        label=_("支部副书记"),
        reach=Reach.SUBTREE,
        permissions=_LOOK | _LEAD,
        stands_for="secretary",
    ),
    Role(
        key="contact_person",
        label=_("联系人"),
        reach=Reach.ASSIGNED,
        permissions=frozenset(
            {"people.see", "duties.see", "mobility.see", "contact.see", "oversight.see", "policy.see"}
        )
        | _LOOK_AFTER,
    ),
    Role(
        key="member",
        label=pgettext_lazy("职务", "党员"),
        reach=Reach.SELF,
        permissions=frozenset(
            {
                "people.see",
                "people.correction.propose",
                "people.photo.change",
                "duties.see",
                "mobility.see",
                "contact.see",
                "policy.see",
                "mobility.departure.report",
                "mobility.arrival.report",
                "mobility.return.record",
            }
        ),
    ),
    Role(key="inspector", label=_("督查"), reach=Reach.SUBTREE, permissions=_LOOK),
)
