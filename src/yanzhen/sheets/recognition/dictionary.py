"""Sheets of a workbook that explain its own codes: a column of codes beside a column of names."""

import re
from collections.abc import Sequence

from .tables import Table
from .text import cell_text, compact

_LOOK_AT = 400
_MIN_ENTRIES = 3
_CODE = re.compile(r"[0-9A-Za-z]{1,6}")
# Which field a list of codes is for, by the words above it or in the sheet's name.
_SUBJECTS = (
    ("学历", "education"),
    ("文化程度", "education"),
    ("学位", "degree"),
    ("岗位", "position"),
    ("职务", "position"),
)


def collect(tables: Sequence[Table]) -> dict[str, dict[str, str]]:
    """Code to name for the fields education, degree and position, from every sheet that is a list of codes."""
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        rows = [[compact(cell_text(cell)) for cell in cells[:40]] for cells in table.rows(_LOOK_AT)]
        width = max((len(row) for row in rows), default=0)
        for column in range(width - 1):
            pairs = {}
            above = compact(table.name or "")
            field = ""
            for row in rows:
                code = row[column] if column < len(row) else ""
                name = row[column + 1] if column + 1 < len(row) else ""
                if (
                    _CODE.fullmatch(code)
                    and any(character.isdigit() for character in code)
                    and name
                    and not name.isascii()
                ):
                    pairs[code] = name
                elif not pairs:
                    above += code + name
            if len(pairs) < _MIN_ENTRIES:
                continue
            field = next((key for word, key in reversed(_SUBJECTS) if word in above), "")
            if field:
                found.setdefault(field, {}).update(pairs)
    return found
