"""How large units are to be (支部工作条例 2018), which rule bites for a unit of this size, and where groups stand.
Pure; people decide."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

LEAST, MOST, GENERAL_MOST, COMMITTEE = (
    "org.branch.least",
    "org.branch.most",
    "org.general_branch.most",
    "org.branch.committee",
)
_BRANCHES = frozenset({"branch", "joint_branch"})
GROUPED = _BRANCHES | {"temporary_branch", "mobile_unit"}
"""The kinds of units that may be divided into groups (党小组; 支部工作条例 2018)."""


def sizes(kind: str, *, members: int, full: int, limit: Callable[[str], int]) -> list[str]:
    """The keys of the parameters that bite for a unit of `kind` with so many members, `full` of them full ones.

    An empty unit says nothing yet. The one for a branch committee asks for nothing while it is kept.
    """
    if not members:
        return []
    if kind in _BRANCHES:
        bites = [LEAST] if full < limit(LEAST) else []
        if members > limit(GENERAL_MOST):
            return [*bites, GENERAL_MOST]
        return [*bites, MOST] if members > limit(MOST) else bites
    return [GENERAL_MOST] if kind == "general_branch" and members > limit(GENERAL_MOST) else []


def needs_committee(kind: str, *, full: int, limit: Callable[[str], int]) -> bool:
    """Whether a branch of this size is to have a branch committee (支部委员会)."""
    return kind in _BRANCHES and full >= limit(COMMITTEE)


MISFIT = _("党小组设在党支部下面，它下面不再设党组织。")
"""What `fits` says no for."""


def fits(kind: str, *, below: str) -> bool:
    """Whether a unit of `kind` may stand right below one of the other kind: a group in a branch, nothing in a group."""
    return below in GROUPED if kind == "group" else below != "group"
