"""Cells merged down the rows: the value stands in the first row and is meant for all of them."""

from collections.abc import Iterable

from .tables import Cells, Region


class Merging:
    """The regions of a sheet below its heading, and columns to carry down in files that cannot say what was merged."""

    def __init__(self, regions: Iterable[Region], carried_down: frozenset[int] = frozenset()) -> None:
        self._starts: dict[int, list[Region]] = {}
        for region in regions:
            if region[2] > region[0]:
                self._starts.setdefault(region[0], []).append(region)
        self._carried_down = carried_down

    def start(self) -> "Filling | None":
        """A fresh walk from the top; None when there is nothing to fill."""
        return Filling(self._starts, self._carried_down) if self._starts or self._carried_down else None


class Filling:
    """One walk down the rows."""

    def __init__(self, starts: dict[int, list[Region]], carried_down: frozenset[int]) -> None:
        self._starts = starts
        self._carried_down = carried_down
        # Column to last row, first row and value of the region that is open there.
        self._open: dict[int, tuple[int, int, object]] = {}
        self._above: dict[int, object] = {}

    def fill(self, number: int, cells: Cells) -> Cells:
        """The row with the values of the regions that it continues."""
        filled: list[object] | None = None
        for column in [column for column, (last, _first, _value) in self._open.items() if number > last]:
            del self._open[column]
        for column, (_last, _first, value) in self._open.items():
            if value != "" and (column >= len(cells) or cells[column] == ""):
                filled = _widened(filled if filled is not None else cells, column)
                filled[column] = value
        for top, left, bottom, right in self._starts.get(number, ()):
            value = cells[left] if left < len(cells) else ""
            for column in range(left, min(right, left + 50) + 1):
                self._open[column] = (bottom, top, value if column == left else "")
        for column in self._carried_down:
            cell = cells[column] if column < len(cells) else ""
            if cell != "":
                self._above[column] = cell
            elif column in self._above:
                filled = _widened(filled if filled is not None else cells, column)
                filled[column] = self._above[column]
        return filled if filled is not None else cells

    def continues(self, number: int, name_column: int | None) -> bool:
        """Whether this row only goes on with the person above: the name itself is merged down to here."""
        opened = self._open.get(name_column) if name_column is not None else None
        return opened is not None and opened[1] < number


def _widened(cells: Cells | list[object], column: int) -> list[object]:
    widened = cells if isinstance(cells, list) else list(cells)
    if widened is cells:
        widened = list(cells)
    widened.extend("" for _missing in range(column + 1 - len(widened)))
    return widened
