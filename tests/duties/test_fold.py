"""What facts leave behind, in their order."""

from datetime import date
from typing import Any

import pytest

from yanzhen.duties.fold import Told, counted_day, fold
from yanzhen.duties.history import History

DEPARTED, RECORDED = "mobility.departure.reported", "mobility.absence.recorded"
ARRIVED, RETURNED, DECIDED = "mobility.arrival.reported", "mobility.return.recorded", "mobility.decided"
LOGGED, ASSIGNED, RELEASED = "contact.logged", "contact.person.assigned", "contact.person.released"


def told(kind: str, on: str, *, written: str = "", **data: Any) -> Told:
    return Told(kind, date.fromisoformat(on), date.fromisoformat(written or on), data)


@pytest.mark.parametrize(
    ("written", "counts_from"),
    [
        ("2025", "2025-12-31"),
        ("2026-02", "2026-02-28"),
        ("2024-02", "2024-02-29"),
        ("2026-03-09", "2026-03-09"),
        ("2026", "2026-03-10"),  # this year: no later than the day of writing
        ("2026-03", "2026-03-10"),
        ("2026-05-01", "2026-05-01"),  # a whole date ahead: the departure is planned
        ("2026-05", "2026-05-01"),  # a month ahead: not before it
        ("", "2026-03-10"),
    ],
)
def test_a_date_counts_at_the_precision_it_was_written(written: str, counts_from: str) -> None:
    assert counted_day(written, written_on=date(2026, 3, 10)) == date.fromisoformat(counts_from)


def test_a_whole_absence() -> None:
    facts = [
        told(DEPARTED, "2026-03-01", departed_on="2026-03-05"),
        told(ASSIGNED, "2026-03-02"),
        told(ARRIVED, "2026-03-20", arrived_on="2026-03-07"),
        told(LOGGED, "2026-04-02", reached=True),
        told(DECIDED, "2026-09-05", outcome="certificate", decided_on="2026-09-05"),
    ]
    assert fold(facts) == History(
        away_since=date(2026, 3, 5),
        known_on=date(2026, 3, 1),
        arrived_on=date(2026, 3, 7),
        decision="certificate",
        decided_on=date(2026, 9, 5),
        last_contact_on=date(2026, 4, 2),
        has_contact_person=True,
    )


def test_a_return_ends_it_and_the_next_absence_starts_afresh() -> None:
    first = [
        told(DEPARTED, "2025-03-01", departed_on="2025-03-01"),
        told(ARRIVED, "2025-03-09", arrived_on="2025-03-09"),
        told(DECIDED, "2025-09-01", outcome="transfer"),
        told(LOGGED, "2025-09-02", reached=True),
        told(RETURNED, "2026-01-10", returned_on="2026-01-10"),
    ]
    home = fold(first)
    assert home == History(last_contact_on=date(2025, 9, 2))
    again = fold([*first, told(DEPARTED, "2026-03-01", departed_on="2026-03-01")])
    assert (again.away_since, again.arrived_on, again.decision, again.decided_on) == (
        date(2026, 3, 1),
        None,
        "",
        None,
    )


def test_only_contacts_that_reached_him_count_and_the_latest_of_them() -> None:
    facts = [
        told(LOGGED, "2026-08-12", reached=True),
        told(LOGGED, "2026-09-01", reached=False),
        told(LOGGED, "2026-07-01", written="2026-09-02", reached=True),  # written down late
    ]
    assert fold(facts).last_contact_on == date(2026, 8, 12)


def test_a_contact_of_a_month_counts_by_its_last_day_but_not_in_the_future() -> None:
    in_time = told(LOGGED, "2026-08-31", written="2026-11-23", reached=True)
    this_month = told(LOGGED, "2026-11-30", written="2026-11-23", reached=True)
    assert fold([in_time]).last_contact_on == date(2026, 8, 31)
    assert fold([this_month]).last_contact_on == date(2026, 11, 23)


def test_a_roster_opens_an_absence_with_all_it_knows() -> None:
    row = told(
        RECORDED,
        "2026-11-23",
        departed_on="2024",
        arrived_on="2024-05-02",
        outcome="certificate",
        decided_on="2024-06",
    )
    history = fold([row])
    assert (history.away_since, history.known_on) == (date(2024, 12, 31), date(2026, 11, 23))
    assert (history.arrived_on, history.decision, history.decided_on) == (
        date(2024, 5, 2),
        "certificate",
        date(2024, 6, 30),
    )


def test_a_second_roster_adds_to_the_open_absence_and_forgets_nothing() -> None:
    facts = [
        told(DEPARTED, "2026-03-01", departed_on="2026-03-01"),
        told(ARRIVED, "2026-03-09", arrived_on="2026-03-09"),
        told(RECORDED, "2026-11-23", departed_on="2026-02", arrived_on=""),
    ]
    history = fold(facts)
    assert (history.away_since, history.known_on) == (date(2026, 2, 28), date(2026, 3, 1))
    assert history.arrived_on == date(2026, 3, 9)


def test_a_roster_row_of_somebody_back_home_opens_nothing() -> None:
    assert fold([told(RECORDED, "2026-11-23", departed_on="2024", returned_on="2025-01")]) == History()


def test_releasing_the_contact_person_leaves_the_day() -> None:
    history = fold([told(ASSIGNED, "2026-03-02"), told(RELEASED, "2026-11-01")])
    assert (history.has_contact_person, history.without_person_since) == (False, date(2026, 11, 1))


def test_other_kinds_are_passed_over() -> None:
    assert fold([told("people.field.unmasked", "2026-03-01", field="phone")]) == History()
