"""The background worker beside the server: a process that does tasks (imports), and never outlives its server.

`python -m yanzhen.cli.background` is that process. Its standard input is a pipe from the server: when the pipe ends,
however the server ended, the worker finishes its task and goes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from types import TracebackType

_PAUSE = 2.0  # seconds before a worker that died is started again
_PATIENCE = 10.0  # seconds that a task may take to come to its end when the server stops


class Background:
    """The worker process for the length of a `with` block; one that dies is started again."""

    def __enter__(self) -> Background:
        self._stopping = threading.Event()
        self._process = self._start()
        self._watcher = threading.Thread(target=self._watch, name="background", daemon=True)
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._watcher.join()
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "yanzhen.cli.background"], stdin=subprocess.PIPE)

    def _watch(self) -> None:
        while not self._stopping.wait(_PAUSE):
            if self._process.poll() is not None:
                self._process = self._start()


def work() -> None:
    """Do tasks until the server's pipe ends."""
    from django.core.management import call_command

    from yanzhen.cli.start import django

    django()
    threading.Thread(target=_leave_with_the_server, daemon=True).start()
    call_command("db_worker", startup_delay=False, reload=False, verbosity=0)


def _leave_with_the_server() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)  # db_worker takes it as: finish the task at hand, then stop


if __name__ == "__main__":
    work()
