"""The days that figures count by."""

from datetime import date, timedelta

import pytest

from yanzhen.kernel.partial import add_months
from yanzhen.oversight.rules import Quarter, began_by, last_quarters


def test_a_quarter_and_its_key() -> None:
    quarter = Quarter.of(date(2026, 11, 23))
    assert (quarter.key, quarter.start, quarter.end) == ("2026Q4", date(2026, 10, 1), date(2026, 12, 31))
    assert Quarter.parse("2026Q4") == quarter


@pytest.mark.parametrize("key", ["", "2026", "2026Q5", "2026Q0", "26Q1", "abcdQ1", "0000Q1"])
def test_what_is_no_quarter_raises(key: str) -> None:
    with pytest.raises(ValueError, match="no quarter"):
        Quarter.parse(key)


def test_the_last_quarters_end_with_the_present_one() -> None:
    assert [quarter.key for quarter in last_quarters(date(2026, 2, 1), 3)] == ["2025Q3", "2025Q4", "2026Q1"]


@pytest.mark.parametrize(
    ("today", "since"),
    [
        ("2026-11-23", "2026-05-23"),
        ("2026-02-28", "2025-08-31"),  # half a year after 29, 30 and 31 August too
        ("2028-02-28", "2027-08-28"),
        ("2026-08-31", "2026-02-28"),
    ],
)
def test_away_for_half_a_year(today: str, since: str) -> None:
    now, last = date.fromisoformat(today), date.fromisoformat(since)
    assert began_by(now, 6) == last
    assert add_months(last, 6) <= now < add_months(last + timedelta(days=1), 6)
