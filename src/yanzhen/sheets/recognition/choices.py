"""Choices laid out as columns: 男 and 女 under 性别, 是 and 否 under 是否持证, with a tick where it holds."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from . import meaning, values
from .evidence import Evidence
from .fields import FIELD_BY_KEY
from .outcome import Bad, Outcome, Value
from .text import NOTHING, cell_text, fold
from .values import Reader

_TICK = re.compile(r"[√✓✔☑✅●○◯■▲△★☆vVyY1对是]")
_NO = frozenset(["×", "✗", "✘", "x", "X", "0", "否", "□", "☐"])
# Fields that are chosen among a few words. Those of the first kind take only words that they know.
_CLOSED = frozenset(["gender", "ethnicity", "education", "degree", "stage", "yes_no"])
_OPEN = frozenset(["direction", "departure_reason", "membership_status", "occupation"])
# What words are choices of where nothing stands above them.
_ALONE = ("gender", "stage", "direction")
_FLOWS = frozenset(["流出", "流入", "省内", "省外", "境外", "国内", "国外"])


def ticked(cell: object) -> bool | None:
    """Whether the cell says that the choice holds; None for anything but a tick and its contrary."""
    text = fold(cell_text(cell)) if cell is not None else ""
    if text in NOTHING or text in _NO:
        return False
    return True if _TICK.fullmatch(text) else None


def reader(value: Value) -> Reader:
    """Reads a column of ticks that stands for this value."""

    def read(cell: object) -> Outcome:
        said = ticked(cell)
        return Bad("unknown_value") if said is None else value if said else None

    return read


def find(
    parts: Mapping[int, tuple[str, ...]], evidence: Mapping[int, Evidence], today: date
) -> dict[int, tuple[str, Value]]:
    """The columns that are choices of one field, two or more side by side: the field, and what a tick says."""
    found: dict[int, tuple[str, Value]] = {}
    for upper, together in groupby(sorted(parts), key=lambda column: parts[column][:-1]):
        columns = list(together)
        for field in _fields(upper):
            chosen = {
                column: value
                for column in columns
                if _is_marked(evidence.get(column))
                and (value := _value(field, meaning.bare(parts[column][-1]), today)) is not None
            }
            side_by_side = len(set(chosen.values())) == len(chosen) > 1
            if side_by_side and any(evidence[column].cells for column in chosen):
                found |= {column: (field, value) for column, value in chosen.items()}
    return found


def beside_each_other(words: Sequence[str]) -> set[str]:
    """Those of the words that are choices of one field beside each other: 男 with 女, 正式 with 预备."""
    found: set[str] = set()
    for field in _ALONE:
        chosen = {word: value for word in words if (value := _value(field, word, date.min)) is not None}
        if len(set(chosen.values())) > 1:
            found |= chosen.keys()
    return found


def _is_marked(seen: Evidence | None) -> bool:
    return seen is not None and all(ticked(cell) is not None for cell in seen.cells)


def _fields(upper: Sequence[str]) -> tuple[str, ...]:
    read = meaning.read(tuple(upper)) if upper else None
    return (read.field,) if read is not None and read.field else _ALONE


def _value(field: str, word: str, today: date) -> Value | None:
    """What a tick below this word says of the field; None where it is no choice of it."""
    of = FIELD_BY_KEY[field]
    if of.kind in _CLOSED:
        read = values.reader(of, values.Setting(today))(word)
        return None if isinstance(read, Bad) or word.isdecimal() else read
    known = meaning.read((word,))
    if field == "direction":
        return word if word in _FLOWS else None
    return word if field in _OPEN and (known is None or known.field in (None, field)) else None
