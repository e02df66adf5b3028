"""Each duty to the calendar day."""

from datetime import date

import pytest

from yanzhen.duties.history import History
from yanzhen.duties.registry import Due
from yanzhen.duties.rules import (
    arrival_report,
    contact_person_missing,
    contact_quarterly,
    correction_check,
    decision,
)

DEFAULTS = {
    "contact.quarters": 1,
    "contact.assign.days": 15,
    "mobility.arrival.days": 15,
    "mobility.mobile.months": 6,
    "mobility.review.months": 6,
    "people.correction.days": 15,
}


def limit(key: str, on: date) -> int:
    return DEFAULTS[key]


def away(since: str, **more: date | str | bool | None) -> History:
    """Away since a day on which it was also written down."""
    history = History(away_since=date.fromisoformat(since), known_on=date.fromisoformat(since))
    for name, value in more.items():
        setattr(history, name, value)
    return history


def test_nobody_at_home_has_a_duty() -> None:
    home = History(last_contact_on=date(2026, 8, 12), has_contact_person=False)
    rules = (contact_quarterly, contact_person_missing, arrival_report, decision, correction_check)
    assert [rule(home, limit) for rule in rules] == [None] * 5


def test_a_correction_is_checked_within_fifteen_days_at_home_too() -> None:
    waiting = History(correction_since=date(2026, 11, 20))
    assert correction_check(waiting, limit) == Due(date(2026, 11, 20), date(2026, 12, 5))


@pytest.mark.parametrize(
    ("departed", "due_on"),
    [
        ("2026-07-01", "2026-09-30"),
        ("2026-09-15", "2026-09-30"),  # 15 days to report, 15 days left
        ("2026-09-16", "2026-12-31"),  # 14 days left: his number is not due before the quarter ends
        ("2026-12-31", "2027-03-31"),
    ],
)
def test_the_first_contact_is_due_at_the_end_of_the_quarter(departed: str, due_on: str) -> None:
    since = date.fromisoformat(departed)
    assert contact_quarterly(away(departed), limit) == Due(since, date.fromisoformat(due_on))


@pytest.mark.parametrize(
    ("last", "due_on"),
    [
        ("2026-07-01", "2026-12-31"),  # the first day of the quarter of departure does that quarter
        ("2026-08-12", "2026-12-31"),
        ("2026-09-30", "2026-12-31"),
        ("2026-10-01", "2027-03-31"),  # a day late for the third quarter, in time for the fourth
        ("2026-12-31", "2027-03-31"),
    ],
)
def test_a_contact_does_its_own_quarter(last: str, due_on: str) -> None:
    contacted = date.fromisoformat(last)
    expected = Due(date(2026, 7, 20), date.fromisoformat(due_on), contacted)
    assert contact_quarterly(away("2026-07-20", last_contact_on=contacted), limit) == expected


def test_a_contact_of_an_earlier_quarter_at_home_does_not_count() -> None:
    found = contact_quarterly(away("2026-07-20", last_contact_on=date(2026, 6, 30)), limit)
    assert found == Due(date(2026, 7, 20), date(2026, 9, 30))


def test_a_committee_may_ask_for_contact_once_in_a_half_year() -> None:
    def halves(key: str, on: date) -> int:
        return 2 if key == "contact.quarters" else limit(key, on)

    first = contact_quarterly(away("2026-07-20"), halves)
    again = contact_quarterly(away("2026-07-20", last_contact_on=date(2026, 11, 2)), halves)
    assert first is not None
    assert again is not None
    assert (first.due_on, again.due_on) == (date(2026, 12, 31), date(2027, 6, 30))


def test_what_was_not_known_was_not_missed() -> None:
    """A roster of November names somebody away since 2023: his duties begin in November."""
    history = away("2023-02-28", known_on=date(2026, 11, 23))
    since = date(2023, 2, 28)
    known = date(2026, 11, 23)
    assert contact_quarterly(history, limit) == Due(since, date(2026, 12, 31))
    assert contact_person_missing(history, limit) == Due(known, date(2026, 12, 8))
    assert arrival_report(history, limit) == Due(known, date(2026, 12, 8))
    assert decision(history, limit) == Due(since, known)


def test_what_the_roster_says_of_the_last_contact_counts_as_it_is() -> None:
    history = away("2023-02-28", known_on=date(2026, 11, 23), last_contact_on=date(2025, 5, 31))
    assert contact_quarterly(history, limit) == Due(date(2023, 2, 28), date(2025, 9, 30), date(2025, 5, 31))


def test_a_contact_person_is_missed_from_the_day_the_last_one_was_released() -> None:
    history = away("2026-03-01", without_person_since=date(2026, 11, 1))
    assert contact_person_missing(history, limit) == Due(date(2026, 11, 1), date(2026, 11, 16))
    history.has_contact_person = True
    assert contact_person_missing(history, limit) is None


def test_one_released_before_the_departure_is_missed_from_the_departure() -> None:
    history = away("2026-03-01", without_person_since=date(2025, 1, 1))
    assert contact_person_missing(history, limit) == Due(date(2026, 3, 1), date(2026, 3, 16))


def test_the_arrival_is_reported_once() -> None:
    assert arrival_report(away("2026-10-31"), limit) == Due(date(2026, 10, 31), date(2026, 11, 15))
    assert arrival_report(away("2026-10-31", arrived_on=date(2026, 11, 20)), limit) is None


@pytest.mark.parametrize(
    ("departed", "due_on"),
    [
        ("2026-05-20", "2026-11-20"),
        ("2026-08-31", "2027-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2026-12-30", "2027-06-30"),
    ],
)
def test_the_decision_is_due_when_the_absence_reaches_six_months(departed: str, due_on: str) -> None:
    found = decision(away(departed), limit)
    assert found == Due(date.fromisoformat(departed), date.fromisoformat(due_on))


def test_a_certificate_is_reviewed_each_half_year() -> None:
    decided = date(2026, 11, 23)
    history = away("2026-05-20", decision="certificate", decided_on=decided)
    assert decision(history, limit) == Due(decided, date(2027, 5, 23), decided)


def test_a_transfer_settles_it() -> None:
    assert decision(away("2026-05-20", decision="transfer", decided_on=date(2026, 11, 23)), limit) is None


def test_a_note_serves_short_absences_only() -> None:
    early = away("2026-05-20", decision="note", decided_on=date(2026, 6, 1))
    assert decision(early, limit) == Due(date(2026, 5, 20), date(2026, 11, 20))
    late = away("2026-05-20", decision="note", decided_on=date(2026, 11, 20))
    assert decision(late, limit) == Due(date(2026, 11, 20), date(2027, 5, 20), date(2026, 11, 20))


def test_each_step_runs_by_the_version_of_its_first_day() -> None:
    asked: dict[str, date] = {}

    def noting(key: str, on: date) -> int:
        asked[key] = on
        return limit(key, on)

    history = away(
        "2026-03-01", known_on=date(2026, 3, 10), decision="certificate", decided_on=date(2026, 9, 1)
    )
    history.last_contact_on = date(2026, 8, 12)
    for rule in (contact_quarterly, contact_person_missing, arrival_report, decision):
        due = rule(history, noting)
        assert due is not None
        assert (due.last_done_on or due.since) in asked.values()
    assert asked["contact.quarters"] == date(2026, 8, 12)
    assert asked["mobility.arrival.days"] == date(2026, 3, 10)
    assert asked["mobility.review.months"] == date(2026, 9, 1)
