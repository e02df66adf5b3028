"""A roster against the base: its rows by how they stand to what is known, and their differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.people.columns import COLUMNS, Value
from yanzhen.people.models import Member
from yanzhen.sheets.comparing import Values, differences, parts
from yanzhen.sheets.decisions import Decision, decisions
from yanzhen.sheets.models import Batch
from yanzhen.sheets.opening import open_batch
from yanzhen.sheets.plan import CHUNK, LOOKED_AT, Planned, Planner, Sort
from yanzhen.sheets.queries import batch_for
from yanzhen.sheets.records import records
from yanzhen.sheets.writing import masked, written

_APART = ("gender", "birth_on", "id_number", "joined_on", "phone")


@dataclass(frozen=True)
class Difference:
    """One field: what the base has, and what the roster says; as a page shows it.

    `key` is what it is decided by, "" where it goes with the one before; `said` what was decided, "" for nothing.
    """

    key: str
    said: str
    label: str
    kept: str
    written: str


@dataclass(frozen=True)
class Candidate:
    """A member of the base whom the row may speak of, and what it would change of him."""

    member: Member
    differences: tuple[Difference, ...]
    is_chosen: bool


@dataclass(frozen=True)
class Line:
    """One row beside the base. `told` is what the row says that tells people apart; `choice` what was decided about it,
    "" where nothing was."""

    planned: Planned
    told: tuple[str, ...]
    differences: tuple[Difference, ...]
    candidates: tuple[Candidate, ...]
    choice: str


@dataclass
class Comparison:
    """The rows of one sort, and how many there are of each. `fields` counts the changed rows by what differs in them.
    `is_whole` is false for a roster longer than a page's wait allows: it stops after `plan.LOOKED_AT` rows."""

    batch: Batch
    counts: dict[Sort, int]
    rows: list[Planned] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)
    is_whole: bool = True

    def lines(self, rows: Sequence[Planned]) -> list[Line]:
        """Some of the rows with all that a page says of them; a few queries however many they are."""
        known = records([member for one in rows for member in one.candidates])
        decided = decisions(self.batch).rows
        return [_line(one, known, decided.get(one.row.key)) for one in rows]


def comparison(*, actor: Actor, batch_id: UUID, sort: Sort) -> Comparison:
    """The batch's rows against the base as it is now. Raises Unrecognized where it cannot be read."""
    batch = batch_for(actor=actor, batch_id=batch_id)
    counts: Counter[Sort] = Counter(dict.fromkeys(Sort, 0))
    found = Comparison(batch, counts)
    for seen, one in enumerate(walk(batch), start=1):
        if seen > LOOKED_AT:
            found.is_whole = False
            break
        counts[one.sort] += 1
        if one.sort is Sort.CHANGED:
            found.fields.update(parts(one.differences, one.known).keys())
        if one.sort is sort:
            found.rows.append(one)
    return found


def walk(batch: Batch, planner: Planner | None = None) -> Iterator[Planned]:
    """Every row of a batch and what importing it would do as things stand; `planner` then knows their names."""
    planner = planner or Planner(batch, today=clock.today())
    rows = open_batch(batch).rows()
    while chunk := list(islice(rows, CHUNK)):
        yield from planner.plan(chunk)


def _line(one: Planned, known: dict[UUID, dict[str, Value]], decided: Decision | None) -> Line:
    is_question = one.sort in (Sort.TWIN, Sort.CONTRADICTS)
    decided = decided or Decision()
    said = decided.fields
    return Line(
        planned=one,
        told=tuple(masked(key, written(key, one.values[key])) for key in _APART if key in one.values),
        differences=() if is_question else _shown(one.differences, one.known, said),
        candidates=tuple(
            Candidate(
                it,
                _shown(differences(one.values, known[it.id]), known[it.id], said),
                it.id == decided.member_id,
            )
            for it in one.candidates
        ),
        choice=str(decided.choice or ""),
    )


def _shown(changes: Values, known: Values, said: Mapping[str, str]) -> tuple[Difference, ...]:
    """What differs, part by part, as it can be decided."""
    found = []
    for name, part in parts(changes, known).items():
        differing = [key for key, value in part.items() if value != known.get(key, "")]
        for place, key in enumerate(differing):
            label, kept, told = _told(key, known.get(key, ""), part[key])
            found.append(Difference("" if place else name, said.get(name, ""), label, kept, told))
    return tuple(found)


def _told(key: str, kept: Value, value: Value) -> tuple[str, str, str]:
    before, after = ("" if it == "" else masked(key, written(key, it)) for it in (kept, value))
    if before == after:
        after = _("%(value)s（盖住的几位不同）") % {"value": after}
    return str(COLUMNS[key].label), before, after
