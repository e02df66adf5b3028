"""The two locks: hashed, without addresses, and of one mind."""

import re

import pytest

from tooling.environment import LOCKS


def pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.+!-]+)", text, re.MULTILINE))


@pytest.mark.parametrize("purpose", LOCKS)
def test_locks_hold_versions_and_hashes_and_no_address(purpose: str) -> None:
    lines = LOCKS[purpose].read_text("utf-8").splitlines()
    allowed = re.compile(r"[\w.-]+==[\w.+!-]+( ; [^:]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not allowed.fullmatch(line)] == []


def test_what_is_tested_is_what_is_served() -> None:
    served, tested = (pins(LOCKS[purpose].read_text("utf-8")) for purpose in ("run", "test"))
    assert len(served) > 10
    assert {it: tested.get(it) for it in served} == served
