"""Subtrees as ranges: the database finds exactly what `Subtree` contains, on SQLite and on PostgreSQL."""

import pytest

from tests.cast import FOUNDER
from yanzhen.access.checks import visible
from yanzhen.kernel.actor import Actor, Grant, Reach
from yanzhen.kernel.paths import DIGITS, Subtree, ancestors, depth, segment
from yanzhen.org.models import Unit
from yanzhen.org.services import found_root

pytestmark = pytest.mark.django_db

# Neighbours in every order that a database might get wrong: digits before letters, a last segment of Zs, deep ones.
PATHS = [
    "0001",
    "00010001",
    "0001000A",
    "0001ZZZZ",
    "0001ZZZZZZZZ",
    "0002",
    "00020001",
    "000A",
    "000Z",
    "ZZZZ",
]


def test_a_subtree_is_one_range() -> None:
    found_root(actor=FOUNDER, name="云岭县青禾镇党委")
    for number, path in enumerate(PATHS[1:]):
        Unit.objects.create(path=path, code=f"c{number}", name=path, kind="branch")
    officer = frozenset({"org.see"})
    for low in PATHS:
        actor = Actor(name="x", grants=(Grant("officer", officer, Reach.SUBTREE, low),))
        found = Unit.objects.filter(visible(actor, "org.see", member=None)).order_by("path")
        expected = [path for path in PATHS if path in Subtree(low)]
        assert list(found.values_list("path", flat=True)) == expected
        assert expected == sorted(path for path in PATHS if path.startswith(low))


def test_the_order_of_paths_is_that_of_their_characters() -> None:
    for number, path in enumerate(reversed(PATHS)):
        Unit.objects.create(path=path, code=f"c{number}", name=path, kind="branch")
    assert list(Unit.objects.order_by("path").values_list("path", flat=True)) == PATHS


def test_segments_count_through_digits_and_capitals() -> None:
    assert [segment(number) for number in (0, 9, 10, 35, 36, 36**4 - 1)] == [
        "0000",
        "0009",
        "000A",
        "000Z",
        "0010",
        "ZZZZ",
    ]
    assert all(
        segment(number) < segment(number + 1) < Subtree("").high for number in range(0, 36**4 - 1, 9973)
    )
    for number in (-1, 36**4):
        with pytest.raises(ValueError, match="no path segment"):
            segment(number)
    assert sorted(DIGITS) == list(DIGITS)


def test_ancestors_lead_from_the_root_to_the_path_itself() -> None:
    assert ancestors("0001000A0003") == ["0001", "0001000A", "0001000A0003"]
    assert depth("0001000A0003") == 3
    assert ancestors("") == []
