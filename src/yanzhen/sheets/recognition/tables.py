"""What every kind of file becomes: named tables whose rows can be walked again and again without holding copies."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

# A merged region: first row, first column, last row, last column, all from 0.
Region = tuple[int, int, int, int]
Cells = Sequence[object]


@dataclass
class Table:
    """One sheet. Rows come from the first row of the sheet and the first column, whatever is empty there.

    `knows_merges` is False for files that cannot say which cells were merged. `precision` maps a row number (from
    1) to the columns whose date shows no day, with the length of the ISO date that is shown (7 or 4).
    """

    name: str | None
    walk: Callable[[], Iterator[Cells]]
    merged: Callable[[], Sequence[Region]] = tuple
    visible: bool = True
    knows_merges: bool = True
    precision: dict[int, dict[int, int]] = field(default_factory=dict)

    def rows(self, limit: int | None = None) -> Iterator[Cells]:
        """The rows from the top; at most `limit` of them."""
        for number, cells in enumerate(self.walk()):
            if limit is not None and number >= limit:
                return
            yield cells


def column_letter(index: int) -> str:
    """A for 0, as Excel names columns."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for A. Raises ValueError for anything that is no column name."""
    number = 0
    for letter in letters.strip().upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - ord("A") + 1
    if number == 0:
        raise ValueError(letters)
    return number - 1
