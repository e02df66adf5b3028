"""Declarations by key."""

from dataclasses import dataclass

import pytest

from yanzhen.kernel.registry import Registry


@dataclass(frozen=True)
class Thing:
    key: str


def test_declared_once_and_found_by_key() -> None:
    things: Registry[Thing] = Registry("thing")
    things.add([Thing("b"), Thing("a")])
    assert [thing.key for thing in things] == ["b", "a"]
    assert (things["a"], "a" in things, "c" in things, len(things)) == (Thing("a"), True, False, 2)
    with pytest.raises(LookupError, match="no thing is declared as 'c'"):
        things["c"]
    with pytest.raises(ValueError, match="declared twice"):
        things.add([Thing("a")])
