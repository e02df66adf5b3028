"""What reading a cell can end in besides a value: nothing there (None), or something that cannot be taken."""

from dataclasses import dataclass

Value = str | bool | int


@dataclass(frozen=True)
class Bad:
    """A cell that cannot be normalized: a problem code of the contract, and a detail for the sentence."""

    code: str
    detail: str = ""


Outcome = Value | Bad | None
