"""Sizes of units (支部工作条例 2018): where each rule begins to bite."""

import pytest

from yanzhen.org.rules import COMMITTEE, GENERAL_MOST, LEAST, MOST, needs_committee, sizes

LIMITS = {LEAST: 3, MOST: 50, GENERAL_MOST: 100, COMMITTEE: 7}


@pytest.mark.parametrize(
    ("kind", "members", "full", "bites"),
    [
        ("branch", 0, 0, []),
        ("branch", 3, 2, [LEAST]),
        ("branch", 3, 3, []),
        ("joint_branch", 2, 2, [LEAST]),
        ("branch", 50, 50, []),
        ("branch", 51, 51, [MOST]),
        ("branch", 101, 90, [GENERAL_MOST]),
        ("general_branch", 100, 100, []),
        ("general_branch", 101, 101, [GENERAL_MOST]),
        ("committee", 5000, 5000, []),
        ("group", 1, 1, []),
        ("temporary_branch", 2, 2, []),
    ],
)
def test_which_rule_bites(kind: str, members: int, full: int, bites: list[str]) -> None:
    assert sizes(kind, members=members, full=full, limit=LIMITS.__getitem__) == bites


def test_seven_full_members_have_a_branch_committee() -> None:
    for kind, full, asked in (("branch", 6, False), ("branch", 7, True), ("general_branch", 70, False)):
        assert needs_committee(kind, full=full, limit=LIMITS.__getitem__) is asked
