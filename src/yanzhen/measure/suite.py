"""The whole benchmark, in a folder of its own that is thrown away: each line as it is measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from yanzhen.measure import rosters
from yanzhen.measure.timing import Measure

_IMPORTS = 3
_SEED = 1
# Times the floor, at most: from the figures that the releases were asked for.
_CHECK, _IMPORT, _READING = 3.0, 12.0, 3.0
_IMPORT_MEGABYTES = 400.0
_TREE_QUERIES = 15

Say = Callable[[str], None]
"""Told which stage begins: roster, check, import, read."""


def measures(*, members: int, today: date, folder: Path, say: Say) -> Iterator[Measure]:
    """Measure everything, with `members` on the roster and in the population; `folder` is empty."""
    file = folder / "roster.xlsx"
    say("roster")
    rosters.write(file, members=members, seed=_SEED, today=today)
    say("check")
    yield Measure(key="roster_check", target=_CHECK, **_stage("check", file, folder=folder / "check"))
    runs = []
    for number in range(_IMPORTS):
        say("import")
        runs.append(_stage("import", members, file, folder=folder / f"import{number}"))
    yield Measure(
        key="roster_import",
        target=_IMPORT,
        seconds=median(run["seconds"] for run in runs),
        floor_seconds=median(run["floor_seconds"] for run in runs),
        megabytes=max(run["megabytes"] for run in runs),
        megabytes_target=_IMPORT_MEGABYTES,
    )
    say("read")
    for key, found in _stage("read", members, _SEED, folder, folder=folder / "population").items():
        yield Measure(
            key=key,
            target=_IMPORT if key == "import_beside" else _READING,
            megabytes_target=_IMPORT_MEGABYTES if key == "import_beside" else None,
            queries_target=_TREE_QUERIES if key == "tree_page" else None,
            **found,
        )


def _stage(name: str, *arguments: object, folder: Path) -> dict[str, Any]:
    """What a stage measures, in a process with a data folder of its own and SQLite in it."""
    kept = {key: value for key, value in os.environ.items() if key != "YANZHEN_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "yanzhen.measure", name, *map(str, arguments)],
        env={**kept, "YANZHEN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "yanzhen.config.settings"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
