"""One table of a sheet: its heading, its columns, and who reads its rows. Two lists side by side have two readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import pairwise

from django.utils.translation import gettext as _

from . import columns as assigning
from . import evidence, headings, lines, meaning, unit_lists
from .column import Column
from .errors import RosterError
from .evidence import Evidence
from .fields import ANY_FIELD
from .headings import Heading
from .keepers import names_several, turned
from .merging import Merging
from .reading import RowReader
from .tables import Cells, Region, Table, column_index
from .units import UnitNames

# Rows below the heading that bear witness to what the columns are.
SAMPLE = 200
# Of a file that says what was merged, a unit is carried down only over as many empty cells as nobody leaves by chance.
_MOSTLY_EMPTY, _LONG_GAP = 0.5, 2
# Two lists side by side have at least this many columns each.
_MIN_WIDTH = 2


@dataclass(frozen=True)
class Surroundings:
    """What every table of a sheet is read with. `corrections` are an officer's, by the key of the table; "" is the
    first."""

    table: Table
    regions: tuple[Region, ...]
    own_codes: Mapping[str, Mapping[str, str]]
    today: date
    units: UnitNames | None
    corrections: Mapping[str, Mapping[str, str | None]]


@dataclass(frozen=True)
class Block:
    """The columns of one list, from `left` up to `right`; `columns` are what they were taken for."""

    heading: Heading
    left: int
    right: int | None
    columns: tuple[Column, ...] = ()

    def cells(self, cells: Cells) -> Cells:
        """A row as far as it belongs to this list, every cell in its own column."""
        return [*[""] * self.left, *cells[self.left : self.right]] if self.left or self.right else cells


def blocks(heading: Heading) -> list[Block]:
    """The lists that stand side by side under one heading: 姓名 电话 姓名 电话 are two, most headings one."""
    order = sorted(heading.parts)
    said = [_said(heading.parts[column]) for column in order]
    names = [place for place, it in enumerate(said) if it[0] == "name"]
    width = names[1] - names[0] if len(names) > 1 else 0
    start = names[0] if names else 0
    while start and width and said[start - 1] == said[start - 1 + width]:
        start -= 1
    count = 1
    while width >= _MIN_WIDTH and _again(said, start, width, count):
        count += 1
    again = [order[start + width * place] for place in range(1, count)]
    edges = [0, *(again or _behind_gaps(order, [order[place] for place in names])), None]
    return [
        Block(replace(heading, parts=_between(heading.parts, left or 0, right)), left or 0, right)
        for left, right in pairwise(edges)
    ]


def _said(parts: tuple[str, ...]) -> tuple[str | None, str]:
    read = meaning.read(parts)
    return read.field if read else None, meaning.bare(parts[-1])


def _behind_gaps(order: Sequence[int], names: Sequence[int]) -> list[int]:
    """Where another list begins behind an empty column: both say 姓名, whatever else they say."""
    gaps = [right for left, right in pairwise(order) if right - left > 1]
    ends = [*gaps[1:], order[-1] + 1] if gaps else []
    return [
        left
        for left, right in zip(gaps, ends, strict=True)
        if names and names[0] < left and any(left <= name < right for name in names)
    ]


def _again(said: Sequence[object], start: int, width: int, count: int) -> bool:
    """Whether the headings of the first list stand there once more, at their place behind `count` lists."""
    behind = start + width * count
    return said[behind : behind + width] == said[start : start + width]


def _between(
    parts: Mapping[int, tuple[str, ...]], left: int, right: int | None
) -> dict[int, tuple[str, ...]]:
    return {
        column: texts
        for column, texts in parts.items()
        if left <= column and (right is None or column < right)
    }


@dataclass(frozen=True)
class Section:
    """A heading that was found: rows `first` to `last` of the sheet (from 0), and what stands below it.

    `says` are the fields of its columns, whatever an officer said of them. Without readers it is no list of people.
    """

    first: int
    last: int
    blocks: tuple[Block, ...]
    says: dict[str, str]
    readers: tuple[RowReader, ...] = ()

    @property
    def columns(self) -> list[Column]:
        return [column for block in self.blocks for column in block.columns]

    @property
    def key(self) -> str:
        """What tells this heading from another: its words and where they stand, nothing of the people below."""
        return key_of(self.blocks)

    def repeats(self, cells: Cells) -> bool:
        """Whether the row holds nothing but words of this heading, where they stand in it."""
        words = {column: texts for block in self.blocks for column, texts in block.heading.parts.items()}
        filled = ((column, headings.heading_text(cell)) for column, cell in enumerate(cells) if cell != "")
        return all(text in words.get(column, ()) for column, text in filled)


def key_of(blocks: Sequence[Block]) -> str:
    """See `Section.key`."""
    words = (f"{it.letter} {it.heading}" for block in blocks for it in block.columns if it.heading)
    return sha256("\n".join(words).encode()).hexdigest()[:8].upper()


@dataclass(frozen=True)
class Window:
    """The rows around a heading that was found among them. `start` is the row of the sheet where they begin."""

    top: Sequence[Cells]
    heading: Heading
    start: int = 0

    @property
    def title(self) -> str:
        return "".join(headings.heading_text(cell) for row in self.top[: self.heading.first] for cell in row)

    def of(self, block: Block) -> "Window":
        """The same rows as far as they belong to one of the lists side by side."""
        return replace(self, top=[block.cells(row) for row in self.top], heading=block.heading)

    def reason(self, cells: Cells, *, before_first: bool) -> str | None:
        """Why this row is no person, as far as the heading alone tells."""
        return lines.reason(
            cells,
            headings=self.heading.parts,
            name_column=self.heading.name_column,
            unit_column=None,
            before_first=before_first,
        )

    def sample(self) -> list[Cells]:
        """The first rows that may be persons."""
        found: list[Cells] = []
        for cells in self.top[self.heading.last + 1 :]:
            reason = self.reason(cells, before_first=not found)
            if reason is None and sum(1 for cell in cells if cell != "") > 1:
                found.append(cells)
        return found[:SAMPLE]

    def unit_above(self) -> str | None:
        """The unit named right above the heading, where the blocks below are headed by units as well."""
        above = self.top[self.heading.first - 1] if self.heading.first else ()
        texts = {headings.heading_text(cell) for cell in above if cell not in ("", None)}
        if len(texts) != 1 or not evidence.is_unit(text := texts.pop()):
            return None
        below = self.top[self.heading.last + 1 :]
        is_blocks = any(self.reason(cells, before_first=False) == "unit" for cells in below)
        return lines.unit_of(text) if is_blocks else None


def find_columns(window: Window, today: date) -> list[Block]:
    """The lists under a heading, with their columns."""
    way = assigning.way(window.title, window.heading.parts)
    found = []
    for block in blocks(window.heading):
        part = window.of(block)
        sample = part.sample()
        parts = part.heading.parts
        width = max([len(cells) for cells in sample] + [max(parts, default=0) + 1])
        # A column without a heading counts when most rows fill it; a few stray cells beside the table do not.
        witness = {
            column: seen
            for column, seen in _witness(range(width), sample).items()
            if column in parts or len(seen.cells) * 2 > len(sample)
        }
        columns = turned(assigning.assign(parts, witness, today=today, way=way), witness)
        columns = unit_lists.turned(columns)
        found.append(replace(block, columns=tuple(columns)))
    return found


def _witness(columns: Sequence[int], sample: Sequence[Cells]) -> dict[int, Evidence]:
    return {
        column: evidence.gather(cells[column] for cells in sample if column < len(cells))
        for column in columns
    }


def section(
    window: Window,
    found: Sequence[Block],
    around: Surroundings,
    corrections: Mapping[str, str | None] | None = None,
) -> Section:
    """The table under a heading. It has readers where every list in it names people, or the sheet has no other."""
    says = {it.letter: it.field for block in found for it in block.columns if it.field}
    blocks = _corrected(found, corrections) if corrections else found
    readers = [_reader(window.of(block), block, around) for block in blocks]
    first, last = window.start + window.heading.first, window.start + window.heading.last
    return Section(first, last, tuple(blocks), says, tuple(readers))


def by_table(fields: Mapping[str, str | None]) -> dict[str, dict[str, str | None]]:
    """Corrections by the key of their table: `C` is of the first, `8F0A93BC:C` of one below."""
    found: dict[str, dict[str, str | None]] = {}
    for name, key in fields.items():
        if key is not None and key not in ANY_FIELD:
            raise RosterError("unknown_field", _("没有“%(field)s”这个字段。") % {"field": key})
        table, _colon, letter = name.strip().upper().rpartition(":")
        found.setdefault(table, {})[letter] = key
    return found


def _corrected(found: Sequence[Block], wanted: Mapping[str, str | None]) -> list[Block]:
    """What the officer says goes first; a field she gives to one column is taken from any other."""
    missing = set(wanted) - {it.letter for block in found for it in block.columns}
    if missing:
        raise RosterError("unknown_column", _("表里没有 %(column)s 列。") % {"column": min(missing)})
    return [
        replace(block, columns=tuple(_as_said(it, wanted, block.columns) for it in block.columns))
        for block in found
    ]


def _as_said(column: Column, wanted: Mapping[str, str | None], beside: Sequence[Column]) -> Column:
    if column.letter in wanted:
        return replace(column, field=wanted[column.letter], confidence=1.0, chosen=None)
    given = {wanted[it.letter] for it in beside if it.letter in wanted}
    return replace(column, field=None, chosen=None) if column.field in given else column


def _reader(window: Window, block: Block, around: Surroundings) -> RowReader:
    sample = window.sample()
    last = window.start + window.heading.last
    fields = {column_index(it.letter): it.field for it in block.columns if it.field is not None}
    witness = _witness(list(fields), sample)
    return RowReader(
        heading=window.heading,
        fields=fields,
        chosen={column_index(it.letter): it.chosen for it in block.columns if it.chosen is not None},
        habits={column: seen.habit for column, seen in witness.items()},
        own_codes=around.own_codes,
        merging=Merging(
            (region for region in around.regions if region[0] > last),
            _carried_down(fields, sample, knows_merges=around.table.knows_merges),
        ),
        titles=frozenset(
            text
            for row in window.top[: window.heading.first]
            for cell in row
            if (text := headings.heading_text(cell))
        ),
        unit_above=window.unit_above(),
        today=around.today,
        units=around.units,
        several=any(key == "name" and names_several(witness[column]) for column, key in fields.items()),
    )


def _carried_down(
    fields: Mapping[int, str], sample: Sequence[Cells], *, knows_merges: bool
) -> frozenset[int]:
    """Unit columns that were written once above many empty cells, without merging them."""
    found = set()
    for column, key in fields.items():
        if key not in ("unit", "group"):
            continue
        texts = [headings.heading_text(cells[column]) if column < len(cells) else "" for cells in sample]
        if _is_written_once(texts, knows_merges=knows_merges):
            found.add(column)
    return frozenset(found)


def _is_written_once(texts: Sequence[str], *, knows_merges: bool) -> bool:
    filled = [text for text in texts if text]
    if not filled or not texts[0] or len(set(filled)) != len(filled):
        return False
    if not knows_merges:
        return len(filled) <= 0.7 * len(texts)
    gaps = [len(gap) for gap in "".join("x" if text else " " for text in texts).split("x")]
    return len(filled) <= _MOSTLY_EMPTY * len(texts) and max(gaps) >= _LONG_GAP
