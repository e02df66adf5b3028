"""Commands started as a user starts them: as processes, each with a data folder of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from yanzhen.cli import main


def environment(folder: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's variables with another data folder, its SQLite file and none of the tests' settings."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "YANZHEN_DATABASE"))
    }
    return {**kept, "YANZHEN_DATA": str(folder), "PYTHONUNBUFFERED": "1", **(extra or {})}


def command(*arguments: str) -> list[str]:
    """The command line of `yanzhen`."""
    return [sys.executable, "-c", "import sys; from yanzhen.cli import main; sys.exit(main())", *arguments]


def yanzhen(
    *arguments: str, folder: Path, given: str = "", extra: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `yanzhen` to its end."""
    return subprocess.run(
        command(*arguments),
        env=environment(folder, extra),
        input=given,
        capture_output=True,
        text=True,
        timeout=600,  # a machine that has much else to do is no failure
        check=False,
    )


def yanzhen_here(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """The same in this process and on its database: for all that a command answers, once a test has seen it start."""
    said, complained = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(said), redirect_stderr(complained):
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        try:
            code = main([*arguments])
        except SystemExit as left:
            code = int(left.code or 0)
    return subprocess.CompletedProcess(arguments, code, said.getvalue(), complained.getvalue())


def is_one_sentence(text: str) -> bool:
    """One line for people: Chinese, ended, and no traceback."""
    line = text.strip()
    return "\n" not in line and line.endswith("。") and "Traceback" not in line
