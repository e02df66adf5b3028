"""The command line: each command parses, makes one domain call, prints.

A command is a module with `register(subparsers)` and `run(args) -> exit code`. What it needs before it runs it says
with `parser.set_defaults(needs=…)`: `"database"` where it says nothing (Django, and tables brought up to date),
`"words"` for pure rules (no settings, no data folder, a fast start), `"nothing"` where it sees to itself.
Its words come through the standard library's gettext, because `--help` answers before Django is there.

Exit codes: 0 done, 1 refused for a reason in the data or the rules, 2 wrong call. Refusals are one sentence on stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "init": "init",
    "unlock": "unlock",
    "roster": "roster",
    "decide": "decide",
    "dues": "dues",
    "id": "id_check",
    "duties": "duties",
    "ledger": "ledger",
    "simulate": "simulate",
    "bench": "bench",
}
"""The commands in the order `--help` lists them, and the module of each."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; `yanzhen` calls this."""
    from yanzhen.cli import refusals

    arguments = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(
            stream, "reconfigure"
        ):  # A console that cannot show Chinese gets question marks, no traceback.
            stream.reconfigure(errors="replace")
    return refusals.answered(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    from yanzhen.cli import start
    from yanzhen.cli.parser import top_parser

    parser, commands = top_parser()
    named = arguments[0] if arguments and arguments[0] in COMMANDS else None
    runs: dict[str, Callable[..., int]] = {}
    for name in [named] if named else COMMANDS:
        module = import_module(f"yanzhen.cli.{COMMANDS[name]}")
        module.register(commands)
        runs[name] = module.run
    args = parser.parse_args(arguments)
    start.PREPARE[getattr(args, "needs", "database")]()
    code = runs[args.command](args)
    sys.stdout.flush()
    return code
