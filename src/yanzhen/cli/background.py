"""What stands beside the server and never outlives it: the worker that does tasks (imports), and the page processes.

`python -m yanzhen.cli.background` is the worker. Its standard input is a pipe from the server: when the pipe ends,
however the server ended, the worker finishes its task and goes. Page processes are forks and look for their parent.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from types import TracebackType

_PAUSE = 2.0  # seconds before a worker that died is started again; and between two looks for the parent
_PATIENCE = 10.0  # seconds that a task may take to come to its end when the server stops


class Background:
    """The worker process for the length of a `with` block; one that dies is started again."""

    def __enter__(self) -> Background:
        self._stopping = threading.Event()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._in_a_page_process)
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

    def _in_a_page_process(self) -> None:
        if self._stopping.is_set():
            return
        if self._process.stdin:
            self._process.stdin.close()  # this copy would keep the worker's pipe open when the server is gone
        threading.Thread(target=_leave_with_the_parent, daemon=True).start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "yanzhen.cli.background"], stdin=subprocess.PIPE)

    def _watch(self) -> None:
        while not self._stopping.wait(_PAUSE):
            if self._process.poll() is not None:
                self._process = self._start()


def _leave_with_the_parent() -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(_PAUSE)
    os._exit(1)


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
