"""What a row must agree on with itself: identity number with birth date and sex, and dates with each other.

Pure, and quick: it runs for every row of 100,000. Dates are ISO texts of different precision; two of them are
compared at the coarser one, so 2010 and 2010-07 never contradict.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from .outcome import Value

# Earlier field, later field: a later one that lies before is named.
_ORDER = (
    ("birth_on", "joined_on"),
    ("birth_on", "converted_on"),
    ("birth_on", "started_work_on"),
    ("joined_on", "converted_on"),
    ("departed_on", "returned_on"),
    ("departed_on", "expected_return_on"),
    ("birth_on", "departed_on"),
    ("joined_on", "lost_on"),
    ("birth_on", "lost_on"),
)
# Fields that report what has happened: no day after today. A planned departure may be noted ahead, and so may dues.
_PAST = (
    "birth_on", "joined_on", "converted_on", "started_work_on", "lost_on", "returned_on", "last_contact_on",
    "certificate_issued_on",
)  # fmt: skip
_PLANNED_AHEAD = timedelta(days=62)
_PAID_AHEAD = timedelta(days=731)
# Members admitted in these years had no probation: joining and full membership on one day are right
# (发展党员 practice between the Ninth and the Eleventh Congress: 1969-04-01 to 1977-08-11).
_NO_PROBATION = ("1969-04-01", "1977-08-11")


class Rules:
    """The checks of one roster: only those whose columns it has."""

    def __init__(self, fields: frozenset[str], today: date) -> None:
        has = fields | {"birth_on"} if "id_number" in fields else fields
        self._order = [pair for pair in _ORDER if has.issuperset(pair)]
        limits = dict.fromkeys(_PAST, today)
        # Whoever is on a list of those who came here has come.
        limits["departed_on"] = today if "home_unit" in fields else today + _PLANNED_AHEAD
        limits["dues_paid_to"] = today + _PAID_AHEAD
        self._limits = [(field, limit.isoformat()) for field, limit in limits.items() if field in fields]
        self._converted = {"joined_on", "converted_on"} <= fields

    def future(self, values: Mapping[str, Value]) -> Iterator[str]:
        """Fields whose date cannot lie ahead, and does."""
        for field, limit in self._limits:
            value = values.get(field)
            if value is not None and str(value) > limit[: len(str(value))]:
                yield field

    def contradictions(self, values: Mapping[str, Value]) -> Iterator[tuple[str, str, str]]:
        """Field, code and the other field of every contradiction."""
        number = values.get("id_number")
        born: Value | None = values.get("birth_on")
        if isinstance(number, str):
            # A valid number outweighs a birth date written beside it: later dates are held against the number.
            inside = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
            if isinstance(born, str) and inside[: len(born)] != born:
                yield "birth_on", "conflict", "id_number"
            born = inside
            gender = values.get("gender")
            if gender is not None and (gender == "male") != (number[16] in "13579"):
                yield "gender", "conflict", "id_number"
        named: set[str] = set()
        for earlier, later in self._order:
            first, second = born if earlier == "birth_on" else values.get(earlier), values.get(later)
            if first is None or second is None or later in named:
                continue
            if _before(str(second), str(first)):
                named.add(later)
                yield later, "order", earlier
        if self._converted and "converted_on" not in named and _no_probation_outside(values):
            yield "converted_on", "order", "joined_on"


def _before(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _no_probation_outside(values: Mapping[str, Value]) -> bool:
    joined, converted = str(values.get("joined_on", "")), str(values.get("converted_on", ""))
    if joined != converted or len(joined) < len("2010-07"):
        return False
    size = len(joined)
    return not _NO_PROBATION[0][:size] <= joined <= _NO_PROBATION[1][:size]
