"""Application-made keys: UUID version 7, so that rows made later sort later on every database."""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

_COUNTER_BITS = 12
_lock = threading.Lock()
_last = 0


def first_key(moment: float) -> UUID:
    """The least key that can have been made at `moment` (seconds since 1970) or later."""
    return UUID(int=int(moment * 1000) << 80)


def uuid7() -> UUID:
    """A new time-ordered key (RFC 9562, version 7).

    Keys of one process strictly increase: milliseconds and a 12-bit counter form one number, and where the clock
    stands still or goes back the number is counted on from the last one.
    """
    global _last  # noqa: PLW0603 - one counter per process is the point
    with _lock:
        _last = max(_last + 1, (time.time_ns() // 1_000_000) << _COUNTER_BITS)
        stamp = _last
    tail = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    millis, counter = stamp >> _COUNTER_BITS, stamp & ((1 << _COUNTER_BITS) - 1)
    return UUID(int=(millis << 80) | (7 << 76) | (counter << 64) | (2 << 62) | tail)
