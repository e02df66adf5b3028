"""Where the heading of a table is, and what stands over each column, upper headings first."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import zip_longest

from . import choices, meaning, unit_lists
from .evidence import is_person, is_unit
from .lines import SERIALS
from .pairs import IMPLIED
from .tables import Cells, Region
from .text import clean, compact

# No roster seen has its heading lower than this, and none has more heading rows.
LOOK_AT = 60
MAX_HEADING_ROWS = 4
# A heading with fewer known columns is no roster's.
MIN_KNOWN = 2
_MAX_LENGTH = 60
# Of a heading cut in two: the longest half, and how much better it must read together than alone.
_MAX_HALF, _MIN_SPLIT = 4, 2.5
_NUMBERED = re.compile(
    r"^[一二三四五六七八九十]{1,3}、"
)  # a note; an upper heading beside others: 一、个人身份
_NOT_HEADING = re.compile(rf"[:：]|填报|填表|制表|盖章|附件|附表|\d{{4}}年|[。；]|{_NUMBERED.pattern}")
_INVISIBLE_OR_BLANK = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
# What a row is a heading of a table by, above another that reads better: names, another column, people below.
_A_TABLE, _PEOPLE = 4.0, 2
# A merged cell over this share of the columns is a title, not an upper heading.
_TITLE_SHARE = 0.8


@dataclass(frozen=True)
class Heading:
    """Rows `first` to `last` (from 0), and for each column with a heading its parts, the upper one first."""

    first: int
    last: int
    parts: dict[int, tuple[str, ...]]
    known: int

    @property
    def name_column(self) -> int | None:
        read = ((meaning.read(parts), column) for column, parts in self.parts.items())
        named = [(it.score, -column) for it, column in read if it is not None and it.field == "name"]
        return -max(named)[1] if named else None


NO_HEADING = Heading(0, 0, {}, 0)


def heading_text(cell: object) -> str:
    """The text of a heading cell with blanks, line breaks and invisible characters taken out."""
    return _INVISIBLE_OR_BLANK.sub("", cell) if isinstance(cell, str) else ""


def _known(cells: Cells) -> dict[str, int]:
    """The fields that the cells of a row name, with their columns; "" counts the headings known to be no field."""
    found: dict[str, int] = {}
    nothing = 0
    for column, cell in enumerate(cells):
        text = heading_text(cell)
        if not text or len(text) > _MAX_LENGTH:
            continue
        read = meaning.read((text,))
        if read is None or read.score < IMPLIED:
            continue
        if read.field is None:
            nothing += 1
        else:
            found.setdefault(read.field, column)
    if nothing:
        found[""] = nothing
    return found


def _score(cells: Sequence[object]) -> float:
    """How much a row reads like a heading; 0 for one that does not."""
    known = _known(cells)
    nothing = known.pop("", 0)
    if not known or len(known) + nothing < MIN_KNOWN:
        return 0.0
    return len(known) + 0.5 * min(nothing, 6) + (2.0 if "name" in known else 0.0)


def _halves(rows: Sequence[Cells]) -> list[str]:
    """Two rows of words read as one, each heading cut in two (姓 over 名); empty where they are anything else.

    Not where words of the lower row stand below nothing: an upper heading reaches over them.
    """
    if len(rows) < 2 or any(not isinstance(cell, str) and cell is not None for row in rows for cell in row):
        return []
    texts = [[heading_text(cell) for cell in row] for row in rows]
    if any(len(text) > _MAX_HALF for row in texts for text in row):
        return []
    pairs = list(zip_longest(*texts, fillvalue=""))
    if 2 * sum(1 for upper, lower in pairs if lower and not upper) > sum(map(bool, texts[0])):
        return []
    return [upper + lower for upper, lower in pairs]


def _is_merged(row: int, regions: Sequence[Region]) -> bool:
    """Whether cells of this row are merged: what stands below them is no other half of theirs."""
    return any(top <= row <= bottom for top, _left, bottom, _right in regions)


def find(rows: Sequence[Cells], regions: Sequence[Region]) -> Heading | None:
    """The heading among the first rows of a table, or None when nothing there reads like one."""
    scores = [_score(cells) for cells in rows[:LOOK_AT]]
    split_scores = [
        split
        if not _is_merged(number, regions)
        and (split := _score(_halves(rows[number : number + 2]))) > max(around) + _MIN_SPLIT
        else 0.0
        for number, around in enumerate(zip_longest(scores, scores[1:], fillvalue=0.0))
    ]
    best = max([*scores, *split_scores], default=0.0)
    if best == 0:
        return None
    split = best in split_scores
    first = (split_scores if split else scores).index(best)
    if split:
        last = first + 1
        parts: dict[int, tuple[str, ...]] = {
            column: (text,) for column, text in enumerate(_halves(rows[first : last + 1])) if text
        }
    else:
        first, last = _block(_uppermost(first, rows, scores), rows, regions)
        parts = _parts(first, last, rows, regions)
    fields = {read.field for read in map(meaning.read, parts.values()) if read is not None and read.field}
    if len(fields) < MIN_KNOWN and not _is_enough(
        fields, [meaning.bare(texts[-1]) for texts in parts.values()]
    ):
        return None
    return Heading(first, last, parts, len(fields))


def _uppermost(best: int, rows: Sequence[Cells], scores: Sequence[float]) -> int:
    """The row of the first heading: one above the best, where people stand between them in its column of names."""
    for row in range(best):
        name = _known(rows[row]).get("name") if scores[row] >= _A_TABLE else None
        if name is None:
            continue
        cells = [_cell(rows, below, name) for below in range(row + 1, best)]
        people = [cell for cell in cells if is_person(cell) and heading_text(cell) not in meaning.known()]
        if len(people) >= _PEOPLE:
            return row
    return best


def _is_enough(fields: Set[str | None], leaves: Sequence[str]) -> bool:
    """Whether one known column makes a heading: names that are counted, or units with what only units have."""
    counted = any(leaf in SERIALS for leaf in leaves)
    if fields == {"unit"}:
        return any(map(unit_lists.says, leaves)) or (
            counted and any(leaf.endswith("名称") for leaf in leaves)
        )
    return fields == {"name"} and counted


def _block(row: int, rows: Sequence[Cells], regions: Sequence[Region]) -> tuple[int, int]:
    first = last = row
    while last - first + 1 < MAX_HEADING_ROWS and last + 1 < len(rows):
        merged_down = any(
            top <= last < bottom
            and top >= first
            and heading_text(_cell(rows, top, left))
            and bottom - first < MAX_HEADING_ROWS
            for top, left, bottom, _right in regions
        )
        if not (merged_down or _is_lower_row(rows[first : last + 1], rows[last + 1])):
            break
        last += 1
    around = rows[max(0, row - MAX_HEADING_ROWS) : last + 1]
    width = max(column + 1 for cells in around for column, cell in enumerate(cells) if heading_text(cell))
    while (
        last - first + 1 < MAX_HEADING_ROWS and first > 0 and _is_upper_row(first - 1, rows, regions, width)
    ):
        first -= 1
    return first, last


def _cell(rows: Sequence[Cells], row: int, column: int) -> object:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _is_lower_row(above: Sequence[Cells], lower: Cells) -> bool:
    """Whether the row below goes on with the heading: only words, under upper headings, where the name has none.

    One word alone, or one merged over the table, names a branch or is a total: a heading row has two or more.
    """
    upper = above[-1]
    filled = [
        (column, heading_text(cell), cell)
        for column, cell in enumerate(lower)
        if cell != "" and cell is not None
    ]
    texts = [(column, text) for column, text, _cell_value in filled if text]
    words = {text for _column, text in texts}
    if len(words) < 2 or len(texts) < len(filled):
        return False
    chosen = choices.beside_each_other(list(words))
    if chosen and words <= chosen | {"是", "否", "有", "无"}:
        return True
    names = {
        column
        for cells in above
        for field, column in _known(cells).items()
        if field in ("name", "id_number", "gender")
    }
    names |= {
        column
        for cells in above
        for column, cell in enumerate(cells)
        if meaning.bare(heading_text(cell)) in SERIALS
    }
    is_name = (is_unit(text) and meaning.bare(text) not in meaning.known() for _column, text in texts)
    if any(column in names for column, _text in texts) or any(is_name):
        return False
    known = sum(
        1
        for column, text in texts
        if _reads(heading_text(upper[column]) if column < len(upper) else "", text)
    )
    return known * 2 >= len(texts) and not any(_NOT_HEADING.search(text) for _column, text in texts)


def _reads(upper: str, text: str) -> bool:
    read = meaning.read((upper, text)) if upper else meaning.read((text,))
    return read is not None


def _is_upper_row(row: int, rows: Sequence[Cells], regions: Sequence[Region], width: int) -> bool:
    filled = [(column, heading_text(cell)) for column, cell in enumerate(rows[row]) if heading_text(cell)]
    texts = [_NUMBERED.sub("", text) if len(filled) > 1 else text for _column, text in filled]
    if not filled or any(_NOT_HEADING.search(text) or len(text) > _MAX_LENGTH for text in texts):
        return False
    if any(isinstance(cell, float) for cell in rows[row]):
        return False
    spans = {(left, right) for top, left, bottom, right in regions if top == row and right > left}
    # A merge over nearly everything is a title, unless a label beside it (序号) reaches down into the heading.
    reaches_down = any(
        top == row < bottom and heading_text(_cell(rows, top, left)) for top, left, bottom, _right in regions
    )
    if not reaches_down and any(right - left + 1 >= _TITLE_SHARE * width for left, right in spans):
        return False
    if spans or any(top <= row < bottom for top, _left, bottom, _right in regions):
        return True
    if len(filled) >= 2:
        return any(
            text.endswith(("情况", "信息")) or meaning.read((text,)) is not None for _column, text in filled
        )
    column, text = filled[0]
    return (
        column > 0
        and len(text) <= 12
        and (text.endswith(("情况", "信息")) or meaning.read((text,)) is not None)
    )


def _parts(
    first: int, last: int, rows: Sequence[Cells], regions: Sequence[Region]
) -> dict[int, tuple[str, ...]]:
    width = max((len(rows[row]) for row in range(first, last + 1)), default=0)
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in regions:
        if top <= last and bottom >= first:
            for row in range(max(top, first), min(bottom, last) + 1):
                for column in range(left, min(right, width - 1) + 1):
                    origin[row, column] = (top, left)
    _carry_right(first, last, width, rows, origin)
    found: dict[int, tuple[str, ...]] = {}
    for column in range(width):
        if _is_covered(column, last, rows, regions):
            continue
        texts: list[str] = []
        seen: set[tuple[int, int]] = set()
        for row in range(first, last + 1):
            source = origin.get((row, column), (row, column))
            text = heading_text(_cell(rows, *source))
            if text and source not in seen and text not in texts[-1:]:
                texts.append(text)
            seen.add(source)
        if texts:
            found[column] = tuple(texts)
    return found


def _is_covered(column: int, last: int, rows: Sequence[Cells], regions: Sequence[Region]) -> bool:
    """Whether a label merged sideways hides this column: it belongs to its leftmost one, and nothing stands below."""
    return any(
        top <= last <= bottom and left < column <= right for top, left, bottom, right in regions
    ) and not any(_cell(rows, row, column) not in ("", None) for row in range(last + 1, len(rows)))


def _carry_right(
    first: int, last: int, width: int, rows: Sequence[Cells], origin: dict[tuple[int, int], tuple[int, int]]
) -> None:
    """Upper headings of files that do not say what was merged reach right, as long as only the row below is filled."""
    for row in range(first, last):
        parent: int | None = None
        for column in range(width):
            below = any(heading_text(_cell(rows, lower, column)) for lower in range(row + 1, last + 1))
            if (row, column) in origin:
                parent = None
            elif heading_text(_cell(rows, row, column)):
                parent = column if below else None
            elif below and parent is not None:
                origin[row, column] = (row, parent)
            else:
                parent = None


def line_reason(cells: Cells, *, first: bool) -> str | None:
    """What a row above the heading is: title, unit, note; None for an empty row."""
    texts = [
        clean(cell) if isinstance(cell, str) else str(cell)
        for cell in cells
        if cell != "" and cell is not None
    ]
    joined = compact("".join(texts))
    if not joined:
        return None
    if re.search(r"[:：]|盖章|填报单位|填表|单位\b", joined) and not first:
        return (
            "note"
            if joined.startswith(("注", "说明", "备注", "填表说明", "填写说明")) or len(joined) > 80
            else "unit"
        )
    return "title" if len(joined) <= 60 else "note"
