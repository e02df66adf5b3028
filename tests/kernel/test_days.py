"""Dates as they are written, and the clock that says which day it is."""

from datetime import date

import pytest

from tests.cast import TODAY
from yanzhen.kernel import clock
from yanzhen.kernel.partial import add_months, first_day, last_day, quarter_end, quarter_start


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2010", date(2010, 1, 1), date(2010, 12, 31)),
        ("2010-07", date(2010, 7, 1), date(2010, 7, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2010-07-03", date(2010, 7, 3), date(2010, 7, 3)),
    ],
)
def test_a_date_means_all_the_days_that_it_can_mean(written: str, first: date, last: date) -> None:
    assert (first_day(written), last_day(written)) == (first, last)


@pytest.mark.parametrize("written", ["", "2010-13", "2010-02-30", "im Juli"])
def test_what_is_no_date_raises(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        first_day(written)


def test_months_end_where_they_end() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert add_months(date(2026, 11, 23), 3) == date(2027, 2, 23)


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 11, 23), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarters(day: date, start: date, end: date) -> None:
    assert (quarter_start(day), quarter_end(day)) == (start, end)


def test_the_clock_can_be_set() -> None:
    assert clock.today() == TODAY == clock.now().date()
    with clock.set_to(date(2025, 2, 1)):
        assert clock.today() == clock.now().date() == date(2025, 2, 1)
        with clock.set_to(date(2024, 2, 29)):
            assert clock.today() == date(2024, 2, 29)
        assert clock.today() == date(2025, 2, 1)
    assert clock.today() == TODAY


def test_without_being_told_it_is_today_in_china(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YANZHEN_TODAY")
    assert str(clock.now().tzinfo) == "Asia/Shanghai"
    assert clock.now().date() - clock.today() == clock.today() - clock.today()
