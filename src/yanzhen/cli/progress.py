"""Progress on a terminal: one line on stderr, written over itself, with counts and the time left."""

from __future__ import annotations

import sys
import time
from gettext import gettext as _

_EVERY = 0.2  # seconds between two drawings


class Line:
    """Call it with what is done and what there is in all. Where nobody looks it keeps silent but for its last word."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = time.monotonic()
        self._drawn = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        last = done >= total
        if not last and (not sys.stderr.isatty() or now - self._drawn < _EVERY):
            return
        self._drawn = now
        passed = now - self._began
        if last:
            told = _("完成，用了 %(seconds).0f 秒") % {"seconds": passed}
        elif done:
            left = passed * (total - done) / done
            told = _("%(percent)d%%，约剩 %(left)d 秒") % {"percent": 100 * done // total, "left": left + 1}
        else:
            told = ""
        start = "\r\033[K" if sys.stderr.isatty() else ""
        print(f"{start}{self._what}  {told}", end="\n" if last else "", file=sys.stderr, flush=True)
