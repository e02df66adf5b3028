"""Recognizing a large roster, against calamine's bare read of the same file into Python values."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from yanzhen.kernel import clock
from yanzhen.measure.timing import turn_about
from yanzhen.sheets.recognition import open_roster

_TIMES = 3


def measure(file: Path) -> dict[str, float]:
    """Read every row of `file` both ways."""
    data = file.read_bytes()

    def check() -> int:
        return sum(1 for _row in open_roster(data, file.name, today=clock.today()).rows())

    def bare() -> int:
        return len(CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python())

    seconds, floor = turn_about(check, bare, times=_TIMES)
    return {"seconds": seconds, "floor_seconds": floor}
