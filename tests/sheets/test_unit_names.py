"""Unit names as towns write them."""

from __future__ import annotations

from time import perf_counter

import pytest

from yanzhen.sheets.unit_names import UnitNames, kind_of, told_apart

NAMES = (
    "云岭县青禾镇党委",
    "青石村党支部",
    "石村党支部",
    "红岩村党总支",
    "红岩村第一党支部",
    "大坪村党支部",
    "大坪村党总支",
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("青石村党支部", {"青石村党支部"}),
        ("青石村支部", {"青石村党支部"}),
        (" 青石村 党支部", {"青石村党支部"}),
        ("中共云岭县青禾镇青石村支部委员会", {"青石村党支部"}),
        ("青禾镇青石村党支部", {"青石村党支部"}),
        ("中共青石村支部委员会", {"青石村党支部"}),
        ("青石村", {"青石村党支部"}),
        ("石村党支部", {"石村党支部"}),
        ("红岩村", {"红岩村党总支"}),
        ("红岩村党支部", set()),
        ("红岩村第一支部", {"红岩村第一党支部"}),
        ("大坪村党总支部", {"大坪村党总支"}),
        ("大坪村支部委员会", {"大坪村党支部"}),
        ("中共云岭县青禾镇委员会", {"云岭县青禾镇党委"}),
        ("高坡村党支部", set()),
    ],
)
def test_find(written: str, expected: set[str]) -> None:
    known = UnitNames(((name, name) for name in NAMES), above=["云岭县青禾镇党委"])
    assert known.find(written) == expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("青石村党支部", "branch"),
        ("中共青石村支部委员会", "branch"),
        ("青石村", "branch"),
        ("红岩村党总支", "general_branch"),
        ("红岩村总支部委员会", "general_branch"),
        ("商会联合党支部", "joint_branch"),
        ("工地临时党支部", "temporary_branch"),
        ("驻深圳流动党员党支部", "mobile_unit"),
        ("青石村第一党小组", "group"),
        ("青禾镇党委", "committee"),
        ("中共青禾镇委员会", "committee"),
    ],
)
def test_kind_of(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_units_of_one_name_are_told_apart_by_those_above() -> None:
    units = {
        "0001": "青禾镇党委",
        "00010001": "清水片区党总支",
        "000100010001": "第一党支部",
        "00010002": "兴隆产业园党总支",
        "000100020001": "第一党支部",
        "000100020002": "第二党支部",
    }
    names = told_apart(units)
    assert names["000100010001"] == "清水片区党总支第一党支部"
    assert names["000100020001"] == "兴隆产业园党总支第一党支部"
    assert names["000100020002"] == "第二党支部"
    assert told_apart({"0001": "一", "00010001": "党支部", "00010002": "党支部"})["00010002"] == "一党支部"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("桐花村党支步", ["桐花村党支部"]),
        ("云岭县青禾镇桐花村党支步", ["桐花村党支部"]),
        ("桐华村支部", ["桐花村党支部"]),
        ("桐村党支部", ["桐花村党支部"]),
        ("桐花花村党支部", ["桐花村党支部"]),
        ("花桐村", ["桐花村党支部"]),
        ("同花村党支部", ["桐花村党支部", "杏花村党支部"]),
        ("红岩村第三党支部", []),
        ("红岩村党支部", []),
        ("红岩村第一党支步", ["红岩村第一党支部"]),
        ("下坪村党支部", []),
        ("高坡村党支部", []),
        ("岩村", []),
    ],
)
def test_near(written: str, expected: list[str]) -> None:
    """A slip of the hand has a name beside it, the one that sounds alike first; a number or a side is none."""
    names = (
        "云岭县青禾镇党委",
        "杏花村党支部",
        "桐花村党支部",
        "红岩村第一党支部",
        "红岩村第二党支部",
        "红岩村党总支",
        "上坪村党支部",
        "石村党支部",
    )
    known = UnitNames(((name, name) for name in names), above=["云岭县青禾镇党委"])
    assert not known.find(written)
    assert known.near(written) == expected


def test_near_is_asked_of_a_county() -> None:
    """500 names that nobody bears among 5,000 units; the floor is what finding them exactly takes."""
    signs = [chr(0x4E00 + 7 * number) for number in range(72)]
    names = [f"{one}{other}村党支部" for one in signs for other in signs][:5000]
    known = UnitNames((name, name) for name in names)
    slips = [f"{name[:2]}村党支步" for name in names[::10]]
    began = perf_counter()
    assert [known.near(it)[0] for it in slips] == names[::10]
    assert perf_counter() - began < 5
