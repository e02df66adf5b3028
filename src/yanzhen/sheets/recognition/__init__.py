"""Roster recognition (名册识别): from the bytes of any sheet to persons, their values, the problems.

Pure: no database, no settings; `today` comes from the caller. `open_roster` is the way in.
"""

from .column import Column
from .errors import RosterError
from .fields import ANY_FIELD, FIELD_BY_KEY, FIELDS, UNIT_FIELDS, Field
from .reading import Problem, Row, Skipped
from .roster import Roster, open_roster
from .units import UnitNames

__all__ = [
    "ANY_FIELD",
    "FIELDS",
    "FIELD_BY_KEY",
    "UNIT_FIELDS",
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
