"""uuid7: keys that sort in the order they were made, whatever the clock does."""

import threading
import time
from uuid import UUID

import pytest

from yanzhen.kernel.ids import uuid7


def test_keys_increase_even_within_one_millisecond() -> None:
    keys = [uuid7() for _ in range(20_000)]
    assert keys == sorted(set(keys))
    assert [key.hex for key in keys] == sorted(key.hex for key in keys)


def test_keys_increase_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert uuid7() > before


def test_threads_never_make_the_same_key() -> None:
    made: list[UUID] = []
    threads = [threading.Thread(target=lambda: made.extend(uuid7() for _ in range(2000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8000


def test_it_is_a_version_7_of_its_moment() -> None:
    key = uuid7()
    assert key.version == 7
    assert key.variant == "specified in RFC 4122"
    assert abs((key.int >> 80) - time.time_ns() // 1_000_000) < 60_000
