"""Charts that the server draws: the places of their parts and how deep their colour is. Each stands beside a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from yanzhen.oversight.queries import Cell, Strip

# A tile a province, about where it lies: no boundary is drawn. Row, column, code (GB/T 2260), short name.
_TILES = (
    (0, 8, "23", _("黑")), (1, 0, "65", _("新")), (1, 5, "15", _("内蒙")), (1, 7, "21", _("辽")), (1, 8, "22", _("吉")),
    (2, 0, "54", _("藏")), (2, 1, "63", _("青")), (2, 2, "62", _("甘")), (2, 3, "64", _("宁")), (2, 4, "14", _("晋")),
    (2, 5, "13", _("冀")), (2, 6, "11", _("京")), (2, 7, "12", _("津")), (3, 2, "51", _("川")), (3, 3, "61", _("陕")),
    (3, 4, "41", _("豫")), (3, 5, "37", _("鲁")), (4, 2, "50", _("渝")), (4, 3, "42", _("鄂")), (4, 4, "34", _("皖")),
    (4, 5, "32", _("苏")), (4, 6, "31", _("沪")), (5, 1, "53", _("云")), (5, 2, "52", _("黔")), (5, 3, "43", _("湘")),
    (5, 4, "36", _("赣")), (5, 5, "33", _("浙")), (6, 2, "45", _("桂")), (6, 3, "44", _("粤")), (6, 4, "35", _("闽")),
    (6, 6, "71", _("台")), (7, 3, "82", _("澳")), (7, 4, "81", _("港")), (8, 2, "46", _("琼")),
)  # fmt: skip
_STEP, _SIDE = 46, 42
_PALEST, _DEEPEST = 14, 92  # hundredths of the full colour, for one member and for the most
_DARK = 58  # from here on the tile's words are white
_CELL, _GAP = 26, 3


@dataclass(frozen=True)
class Tile:
    """One province: where its tile lies, how many are there, how deep it is coloured (hundredths)."""

    x: int
    y: int
    code: str
    name: str
    count: int
    depth: int

    @property
    def is_dark(self) -> bool:
        return self.depth >= _DARK

    @property
    def opacity(self) -> str:
        return f"{self.depth / 100:.2f}"


def tiles(counts: Mapping[str, int]) -> list[Tile]:
    """The country as tiles, coloured by how many are away in each province."""
    most = max((counts.get(code, 0) for _row, _column, code, _name in _TILES), default=0)
    return [
        Tile(
            column * _STEP,
            row * _STEP,
            code,
            str(name),
            counts.get(code, 0),
            _depth(counts.get(code, 0), most),
        )
        for row, column, code, name in _TILES
    ]


def _depth(count: int, most: int) -> int:
    return _PALEST + (_DEEPEST - _PALEST) * count // most if count else 0


@dataclass(frozen=True)
class StripCell:
    """One quarter of a strip; `opacity` says the share that was contacted."""

    x: int
    cell: Cell
    opacity: str

    @property
    def percent(self) -> int | None:
        share = self.cell.share
        return None if share is None else round(share * 100)


def strip_cells(strip: Strip) -> list[StripCell]:
    """A unit's quarters from left to right; never so pale that a quarter looks empty."""
    return [StripCell(at * (_CELL + _GAP), cell, _share_opacity(cell)) for at, cell in enumerate(strip.cells)]


def _share_opacity(cell: Cell) -> str:
    return f"{0.15 + 0.85 * (cell.share or 0):.2f}"


def strip_width(strips: Sequence[Strip]) -> int:
    """How wide the longest strip is."""
    return max((len(strip.cells) for strip in strips), default=0) * (_CELL + _GAP)
