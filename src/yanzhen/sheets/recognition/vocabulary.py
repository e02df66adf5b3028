"""The words of `wordings.toml`, each kind once and in the order in which they are looked for."""

import tomllib
from functools import cache
from importlib import resources


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("wordings.toml").read_text(encoding="utf-8"))


def whole() -> dict[str, list[str]]:
    """Whole headings by field; `nothing`: none of the fields."""
    return _words()["exact"]


@cache
def endings() -> list[tuple[str, str]]:
    """What a heading may end with, and what that makes it (电话, phone); the longest first."""
    return _longest_first("attributes")


@cache
def subjects() -> list[tuple[str, str]]:
    """Words that say whose it is (流入地, in); the longest first."""
    return _longest_first("subjects")


@cache
def fillers() -> list[str]:
    """Words that say nothing (情况, 的); the longest first."""
    return sorted(_words()["fillers"]["words"], key=len, reverse=True)


def _longest_first(kind: str) -> list[tuple[str, str]]:
    pairs = [(word, label) for label, words in _words()[kind].items() for word in words]
    return sorted(pairs, key=lambda pair: -len(pair[0]))
