"""The commands of this repository: run, test, messages, learn, lock.

    ./run  [--port P] [--no-serve] …    set up, build the demonstration town, serve it
    ./test [--quick] [pytest options]   set up, run every check
    python dev.py messages              extract the visible sentences into the English catalogue
    python dev.py learn                 weigh the wordings of tooling/corpus for the recognition of rosters
    python dev.py lock                  renew both requirement locks from pyproject.toml

On Windows: ``py dev.py run`` and ``py dev.py test``. This file and the package ``tooling`` need
Python 3.11 and its standard library only: they build the environment in which everything else lives.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (an older Python may well start this file)
    sys.exit(
        "需要 Python 3.11 或更新版本。 Python 3.11 or newer is needed; this is " + sys.version.split()[0]
    )

import signal
from collections.abc import Callable

from tooling import chores, demo, suite
from tooling.errors import ToolError

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": demo.run,
    "test": suite.run,
    "messages": chores.messages,
    "learn": chores.learn,
    "lock": chores.lock,
}


def main(arguments: list[str]) -> int:
    """Hands over to one command; 0 done, 1 refused or failed, 2 wrong call, 130 stopped by the keyboard."""
    for stream in (sys.stdout, sys.stderr):
        # A Western Windows console cannot show Chinese: question marks are better than a traceback.
        stream.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]  # never a StringIO
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that `finally` stops what was started
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(__doc__, file=sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return command(arguments[1:])
    except ToolError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已停止。 Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
