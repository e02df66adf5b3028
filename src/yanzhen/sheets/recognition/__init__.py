"""Roster recognition (名册识别): from the bytes of any sheet to persons, their values, the problems.

Pure: no database, no settings; `today` comes from the caller. `open_roster` is the way in.
"""

from .columns import Column
from .errors import RosterError
from .fields import FIELD_BY_KEY, FIELDS, Field
from .reading import Problem, Row, Skipped
from .roster import Roster, open_roster
from .units import UnitNames

__all__ = [
    "FIELDS",
    "FIELD_BY_KEY",
    "Column",
    "Field",
    "Problem",
    "Roster",
    "RosterError",
    "Row",
    "Skipped",
    "UnitNames",
    "open_roster",
]
