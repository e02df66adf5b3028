"""One line of progress: refreshed in place on a terminal, printed now and then into a file."""

import sys
import time
from types import TracebackType
from typing import Self

QUIET_SECONDS = 10.0  # into a file (CI) a line now and then shows life without filling the log


class Line:
    """``with Line("installing") as line: line.update("3/40")`` ends with how long it took."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._began = time.monotonic()
        self._printed = self._began
        self._live = sys.stdout.isatty()

    def __enter__(self) -> Self:
        if self._live:
            print(f"{self._label} … ", end="", flush=True)
        else:
            print(f"{self._label} …")
        return self

    def update(self, detail: str) -> None:
        """Shows how far it is."""
        now = time.monotonic()
        if self._live:
            print(f"\r{self._label} … {detail} ", end="", flush=True)
        elif now - self._printed > QUIET_SECONDS:
            self._printed = now
            print(f"{self._label} … {detail}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        start = "\r" if self._live else ""
        took = time.monotonic() - self._began
        print(f"{start}{self._label} … {'完成 done' if kind is None else '失败 failed'}, {took:.1f} s   ")
