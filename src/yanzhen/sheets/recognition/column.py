"""A column as it was recognized."""

from dataclasses import dataclass

from .outcome import Value


@dataclass(frozen=True)
class Column:
    """One column: its letter, its whole heading, its field or None, and how sure that is (0 to 1).

    `chosen` is the value that a tick in it stands for (女 under 性别), None for all other columns. `cells` are the
    first different cells below it, as they are written.
    """

    letter: str
    heading: str
    field: str | None
    confidence: float
    chosen: Value | None = None
    cells: tuple[str, ...] = ()
