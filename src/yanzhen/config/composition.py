"""What every room declares, listed by hand: nothing registers itself."""

from __future__ import annotations

from yanzhen.access.registry import PERMISSIONS, ROLES
from yanzhen.accounts import declarations as accounts
from yanzhen.config.roles import ROLE_LIST
from yanzhen.contact import declarations as contact
from yanzhen.dues import declarations as dues
from yanzhen.duties import declarations as duties
from yanzhen.duties.registry import DUTIES
from yanzhen.ledger.registry import FACT_KINDS, PROJECTIONS
from yanzhen.mobility import declarations as mobility
from yanzhen.org import declarations as org
from yanzhen.oversight import declarations as oversight
from yanzhen.people import declarations as people
from yanzhen.policy import declarations as policy
from yanzhen.policy.registry import PARAMETERS
from yanzhen.sheets import declarations as sheets


def compose() -> None:
    """Fill the registries, once, when the program starts."""
    if len(PERMISSIONS):
        return
    for room in (policy, org, people, mobility, contact, dues, duties, sheets, oversight, accounts):
        PERMISSIONS.add(getattr(room, "PERMISSIONS", ()))
        FACT_KINDS.add(getattr(room, "FACTS", ()))
        PARAMETERS.add(getattr(room, "PARAMETERS", ()))
        DUTIES.add(getattr(room, "DUTIES", ()))
        PROJECTIONS.add(getattr(room, "PROJECTIONS", ()))
    ROLES.add(ROLE_LIST)
    for role in ROLES:
        for permission in role.permissions:
            PERMISSIONS[permission]
