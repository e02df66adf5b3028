"""What a page shows of a roster before it is imported: columns, first rows, problems, and what the import would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from uuid import UUID

from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.sheets.columns import SURE
from yanzhen.sheets.founding import Listed, counts, listed_units, renamed
from yanzhen.sheets.importing import COUNTED
from yanzhen.sheets.models import Batch
from yanzhen.sheets.opening import Unrecognized, open_batch
from yanzhen.sheets.outcome import RowReport
from yanzhen.sheets.places import Doubt, Renamed
from yanzhen.sheets.plan import CHUNK, LOOKED_AT, MAY_FOUND_BELOW, Does, Planned, Planner, Sort
from yanzhen.sheets.queries import batch_for
from yanzhen.sheets.recognition import ANY_FIELD, Column, Roster, Row
from yanzhen.sheets.writing import masked, masked_numbers, written

FIRST_ROWS = 10
PROBLEM_ROWS = 200


@dataclass(frozen=True)
class PreviewColumn:
    """One column: what a correction calls it, where it stands, its whole heading, the field it was taken for, and how
    sure that is (0 to 1).

    `corrected` says that an officer said so.
    """

    name: str
    letter: str
    heading: str
    field: str | None
    label: str
    confidence: float
    examples: tuple[str, ...]
    corrected: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether nobody is asked to look at it."""
        return self.confidence >= SURE


@dataclass(frozen=True)
class PreviewTable:
    """A table with another heading below: the row of its heading, and its columns."""

    row: int
    columns: tuple[PreviewColumn, ...]


@dataclass(frozen=True)
class Preview:
    """`sheets` is not empty where somebody must choose one first; then there is nothing else.

    `counts` has rows, added, changed, same, left_out, problems. They are of the first `LOOKED_AT` rows only where
    `is_whole` is false. `without_unit` are rows that add somebody to a unit above the branches, because they name none;
    `decided` are those that something was decided about, one by one.
    `problems` are the first rows with some, `problem_codes` count all of them.
    """

    batch_id: UUID
    sheets: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    columns: tuple[PreviewColumn, ...] = ()
    below: tuple[PreviewTable, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    problems: tuple[RowReport, ...] = ()
    problem_codes: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    sorts: dict[str, int] = field(default_factory=dict)
    without_unit: int = 0
    decided: int = 0
    new_units: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    is_whole: bool = True
    units: tuple[Listed, ...] = ()
    is_of_units: bool = False

    @property
    def has_names(self) -> bool:
        """Whether a column was taken for the name: without one every row stays out."""
        return any(it.field == "name" for it in chain(self.columns, *(table.columns for table in self.below)))

    @property
    def taken(self) -> int:
        """How many rows the import takes: all but those that stay out."""
        return self.counts["rows"] - self.counts["left_out"]

    @property
    def can_be_imported(self) -> bool:
        """Whether there is a row that the import takes, as far as was looked."""
        return self.taken > 0 or not self.is_whole


def preview(*, actor: Actor, batch_id: UUID) -> Preview:
    """What importing the batch would do as things stand. Raises Unrecognized where it cannot be read."""
    batch = batch_for(actor=actor, batch_id=batch_id)
    try:
        roster = open_batch(batch)
    except Unrecognized as refusal:
        if refusal.sheets:
            return Preview(batch_id=batch.id, sheets=refusal.sheets)
        raise
    if roster.is_of_units:
        return _of_units(batch, roster)
    planner = Planner(batch, today=clock.today())
    rows = roster.rows()
    first: list[Row] = []
    below: dict[str, list[Row]] = {}
    found: Counter[str] = Counter(dict.fromkeys(("rows", *COUNTED.values(), "problems"), 0))
    sorts: Counter[str] = Counter(dict.fromkeys(Sort, 0))
    codes: Counter[str] = Counter()
    problems: list[RowReport] = []
    without_unit = 0
    while found["rows"] < LOOKED_AT and (chunk := list(islice(rows, CHUNK))):
        first = first or chunk[:FIRST_ROWS]
        _sort_below(chunk, roster, below)
        for one in planner.plan(chunk):
            found["rows"] += 1
            found[COUNTED[one.does]] += 1
            sorts[one.sort] += 1
            without_unit += one.does is Does.ADDS and not one.values.get("unit")
            found["problems"] += bool(one.told and one.does is not Does.STAYS_OUT)
            codes.update(it.code for it in one.told)
            if one.told and len(problems) < PROBLEM_ROWS:
                problems.append(_report(one))
    return Preview(
        batch_id=batch.id,
        header_rows=tuple(roster.header_rows),
        columns=_columns(batch, roster.columns, first),
        below=tuple(
            PreviewTable(it.first + 1, _columns(batch, it.columns, below.get(it.key, []), f"{it.key}:"))
            for it in roster.below
        ),
        rows=tuple((row.row, tuple(_shown(it.field, row) for it in roster.columns)) for row in first),
        problems=tuple(problems),
        problem_codes=dict(codes),
        counts=dict(found),
        sorts=dict(sorts),
        decided=len(planner.decided.rows),
        without_unit=without_unit if batch.unit.kind in MAY_FOUND_BELOW else 0,
        new_units=tuple(it.name for it in planner.new_places),
        doubts=planner.doubts,
        renamed=planner.renamed,
        is_whole=next(rows, None) is None,
    )


def _of_units(batch: Batch, roster: Roster) -> Preview:
    """The same of a list of units."""
    listed = listed_units(batch, roster)
    return Preview(
        batch_id=batch.id,
        header_rows=tuple(roster.header_rows),
        columns=_columns(batch, roster.columns, [one.row for one in listed[:FIRST_ROWS]]),
        counts=counts(listed),
        units=tuple(listed),
        renamed=renamed(listed),
        is_of_units=True,
    )


def _sort_below(chunk: list[Row], roster: Roster, below: dict[str, list[Row]]) -> None:
    """Keep the first rows of each table below, by its key."""
    for row in chunk if roster.below else ():
        table = next((it for it in reversed(roster.below) if row.row > it.last + 1), None)
        if table and len(kept := below.setdefault(table.key, [])) < FIRST_ROWS:
            kept.append(row)


def _columns(
    batch: Batch, columns: Sequence[Column], first: list[Row], before: str = ""
) -> tuple[PreviewColumn, ...]:
    return tuple(
        PreviewColumn(
            name=before + it.letter,
            letter=it.letter,
            heading=it.heading,
            field=it.field,
            label=ANY_FIELD[it.field].title() if it.field else "",
            confidence=it.confidence,
            examples=_examples(first, it.field) or tuple(map(masked_numbers, it.cells)),
            corrected=before + it.letter in batch.fields,
        )
        for it in columns
    )


def _report(one: Planned) -> RowReport:
    return RowReport(one.row.row, str(one.row.values.get("name", "")), tuple(one.told))


def _examples(rows: list[Row], key: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_shown(key, row) for row in rows))))[:3]


def _shown(key: str | None, row: Row) -> str:
    """A value as a page shows it: words for choices, sealed ones masked."""
    if key is None or key not in row.values:
        return ""
    return masked(key, written(key, row.values[key]))
