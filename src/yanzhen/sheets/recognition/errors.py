"""The one exception of this package: a file that cannot be read as a roster, said in one sentence for people."""

from collections.abc import Sequence


class RosterError(Exception):
    """Nothing was read. `str()` is one clear sentence; `code` is stable for doors and tests.

    Codes: empty, damaged, password, format, too_big, no_heading, no_rows, several_sheets, unknown_sheet,
    unknown_field, unknown_column. With several_sheets, `candidates` are the sheets to choose from.
    """

    def __init__(self, code: str, message: str, *, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.candidates = tuple(candidates)
