"""What an import did, and the rows an officer still has to look at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from yanzhen.sheets import storage
from yanzhen.sheets.recognition import Problem

_KEPT_AS = "report"


@dataclass(frozen=True)
class RowReport:
    """A row as Excel numbers it, the name in it, and what is wrong with it."""

    row: int
    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Outcome:
    """What an import did. `counts` has rows, added, changed, same, left_out and problems (rows that went in with some).

    `left_out` are rows of which nothing went in, `with_problems` rows of which single values did not. `notes` say which
    names were taken for units that do not bear them.
    """

    batch_id: UUID
    counts: Mapping[str, int]
    new_units: tuple[str, ...]
    left_out: tuple[RowReport, ...]
    with_problems: tuple[RowReport, ...]
    notes: tuple[str, ...] = ()


def keep(outcome: Outcome) -> None:
    """Keep it sealed beside the roster: it names people."""
    told = {
        "counts": dict(outcome.counts),
        "new_units": outcome.new_units,
        "notes": outcome.notes,
        "left_out": [asdict(it) for it in outcome.left_out],
        "with_problems": [asdict(it) for it in outcome.with_problems],
    }
    storage.keep(outcome.batch_id, _KEPT_AS, json.dumps(told, ensure_ascii=False).encode())


def fetch(batch_id: UUID) -> Outcome:
    """What an applied batch did; NotFound where the file is gone."""
    told = json.loads(storage.fetch(batch_id, _KEPT_AS))
    return Outcome(
        batch_id=batch_id,
        counts=told["counts"],
        new_units=tuple(told["new_units"]),
        left_out=tuple(_read(it) for it in told["left_out"]),
        with_problems=tuple(_read(it) for it in told["with_problems"]),
        notes=tuple(told.get("notes", ())),  # imports before there were any
    )


def _read(told: dict[str, Any]) -> RowReport:
    return RowReport(told["row"], told["name"], tuple(Problem(**it) for it in told["problems"]))
