"""How far an import or an export is, in a small file: an import is one transaction, in which nobody can look.

The page reads it however often it is left and come back to. A request to stop is a second file, looked for between
chunks; once the act commits there is nothing left to stop.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.kernel.errors import DomainError
from yanzhen.sheets import storage
from yanzhen.sheets.storage import NotKept, folder

_WRITE_EVERY = 0.5  # seconds
# A chunk of 2,000 rows takes a few seconds on a slow machine; a worker silent for longer is gone.
_SILENT_AFTER = 60.0  # seconds

Report = Callable[[int], None]
"""Takes the rows done so far. It may raise Cancelled."""


class Cancelled(DomainError):
    """Somebody asked to stop before anything was committed."""

    code = "cancelled"


class State(StrEnum):
    WAITING = "waiting"  # for a worker
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # for the reason in `sentence`; nothing was changed
    CANCELLED = "cancelled"
    FAILED = "failed"  # by a fault of ours; nothing was changed


@dataclass(frozen=True)
class Progress:
    """What the file says. Times are seconds since 1970."""

    state: State
    done: int = 0
    total: int | None = None
    started_at: float = 0.0
    beat_at: float = 0.0
    sentence: str = ""

    @property
    def is_under_way(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING) and not self.is_silent

    @property
    def is_silent(self) -> bool:
        """Whether the worker died: nothing was changed, the import can be started again."""
        waited = time.time() - self.beat_at
        return self.state in (State.WAITING, State.RUNNING) and waited > _SILENT_AFTER

    @property
    def seconds_left(self) -> int | None:
        """How long it will still take at the pace so far."""
        if not self.done or not self.total:
            return None
        return round((self.beat_at - self.started_at) * max(self.total - self.done, 0) / self.done)

    @property
    def minutes_left(self) -> int | None:
        """The same in whole minutes; None below two, when people count in seconds."""
        left = self.seconds_left
        return round(left / 60) if left is not None and left >= 2 * 60 else None


def read(batch_id: UUID) -> Progress | None:
    """How far the batch is; None where nobody started it."""
    try:
        kept = json.loads((folder(batch_id) / "progress.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Progress(**{**kept, "state": State(kept["state"])})


def write(batch_id: UUID, progress: Progress) -> None:
    """Put it into the file, whole: a reader sees the one before or this one."""
    storage.write(batch_id, "progress.json", json.dumps(asdict(progress)).encode())


def wait(batch_id: UUID) -> None:
    """Say that the import waits for a worker; a request to stop an earlier one is forgotten."""
    (folder(batch_id) / "cancel").unlink(missing_ok=True)
    now = time.time()
    write(batch_id, Progress(State.WAITING, started_at=now, beat_at=now))


def ask_to_stop(batch_id: UUID) -> None:
    """Ask the import of this batch to stop before it commits; where its files are gone there is nothing to stop."""
    with storage.in_words(), suppress(FileNotFoundError):
        (folder(batch_id) / "cancel").touch()


class Reporter:
    """Writes the file while an import runs, called with the rows done. Raises Cancelled when asked to stop.

    `total` is how many rows there are, once somebody counted them; the time left counts from then on.
    """

    def __init__(self, batch_id: UUID) -> None:
        self._batch_id = batch_id
        self._stop = folder(batch_id) / "cancel"
        self.total: int | None = None
        self._started = self._written = time.time()
        self._last = Progress(State.RUNNING, started_at=self._started, beat_at=self._started)
        write(batch_id, self._last)

    def __call__(self, done: int) -> None:
        if self._stop.exists():
            raise Cancelled(_("已取消，什么都没有改动。"))
        now = time.time()
        if not done:
            self._started = now
        self._last = Progress(State.RUNNING, done, self.total, self._started, now)
        if now - self._written >= _WRITE_EVERY:
            self._written = now
            write(self._batch_id, self._last)

    def end(self, state: State, sentence: str = "") -> None:
        """Say how it ended, as far as there is room to say it: what was done stands in the database."""
        last = self._last
        with suppress(NotKept):
            write(
                self._batch_id,
                Progress(state, last.done, last.total, self._started, time.time(), sentence),
            )


@contextmanager
def reported(batch_id: UUID) -> Iterator[Reporter]:
    """Keep the file for the length of the block: what is raised in it is how the work ended, and is raised on."""
    reporter = Reporter(batch_id)
    try:
        yield reporter
    except Cancelled as stopped:
        reporter.end(State.CANCELLED, stopped.sentence)
        raise
    except DomainError as refusal:
        reporter.end(State.REFUSED, refusal.sentence)
        raise
    except BaseException:
        reporter.end(State.FAILED)
        raise
    reporter.end(State.DONE)
