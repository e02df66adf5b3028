"""Some seeds of the fuzzer; `python -m tests.sheets.recognition.fuzzing 10` goes on for ten minutes."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.sheets.recognition import fuzzing


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_a_roster_or_a_sentence(first: int) -> None:
    found = Counter(fuzzing.outcome(fuzzing.make(seed)) for seed in range(first, first + 50))
    assert found["roster"] >= 10
    assert len(found) >= 3
