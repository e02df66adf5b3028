"""Runs steps side by side, each timed and named; the first one that fails ends the rest."""

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tooling.environment import ROOT

POLL_SECONDS = 0.1
NEWS_SECONDS = 15.0


@dataclass(frozen=True)
class Step:
    """One command; `environ` is its whole environment, `remedy` what to do when it is red."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    remedy: str = ""


@dataclass(frozen=True)
class Result:
    """What a step printed, whether it passed, and its duration in seconds."""

    step: Step
    passed: bool
    output: str
    seconds: float


class _Running:
    def __init__(self, step: Step, folder: Path) -> None:
        self.step = step
        self.began = self.told = time.monotonic()
        self._log = folder / re.sub(r"\W+", "-", step.name)
        with self._log.open("wb") as output:
            # A group of its own: a browser that the tests started must end with them.
            self._process = subprocess.Popen(
                step.command, cwd=ROOT, env=step.environ, stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, start_new_session=os.name == "posix",
            )  # fmt: skip

    def result(self) -> Result | None:
        code = self._process.poll()
        if code is None:
            return None
        return Result(self.step, code == 0, self._output(), time.monotonic() - self.began)

    def news(self) -> str | None:
        """Now and then: how far a long step is (pytest prints a percentage)."""
        now = time.monotonic()
        if now - self.told < NEWS_SECONDS:
            return None
        self.told = now
        percent = re.findall(r"\[ *(\d+%)\]", self._output())
        return f"  … {self.step.name} {percent[-1] if percent else ''} after {now - self.began:.0f} s"

    def end(self) -> None:
        if self._process.poll() is not None:
            return
        self._signal(hard=False)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._signal(hard=True)
            self._process.wait()

    def _signal(self, *, hard: bool) -> None:
        if os.name == "posix":
            os.killpg(self._process.pid, signal.SIGKILL if hard else signal.SIGTERM)
        else:
            self._process.kill()

    def _output(self) -> str:
        return self._log.read_text("utf-8", errors="replace")


def run(steps: Sequence[Step], *, at_once: int = 2) -> Generator[Result, None, None]:
    """Yields results as they come. Steps begin in their order, the next one as soon as fewer than `at_once` run.

    Whoever stops iterating, by an error or on purpose, ends what still runs.
    """
    waiting = list(steps)
    running: list[_Running] = []
    with tempfile.TemporaryDirectory(prefix="yanzhen-steps-", ignore_cleanup_errors=True) as folder:
        try:
            while running or waiting:
                while waiting and len(running) < at_once:
                    running.append(_Running(waiting.pop(0), Path(folder)))
                for current in list(running):
                    if result := current.result():
                        running.remove(current)
                        yield result
                    elif news := current.news():
                        print(news)
                time.sleep(POLL_SECONDS)
        finally:
            for current in running:
                current.end()
