"""The planned town: pure, the same again from the same seed, and never outside its own two years."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from tests.cast import TODAY
from yanzhen.demo.history import History, planned
from yanzhen.demo.invented import COUNTY, Invention
from yanzhen.demo.steps import Arrived, Assigned, Called, Decided, Departed, Returned
from yanzhen.demo.town import BRANCHES, GENERAL_BRANCHES, shares
from yanzhen.kernel.partial import last_day
from yanzhen.mobility.places import divisions, province_of
from yanzhen.people import id_number

DAYS = [TODAY, date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 3), date(2028, 2, 29), date(2026, 8, 31)]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def history(request: pytest.FixtureRequest) -> History:
    return planned(today=request.param)


def test_it_is_the_town_that_was_promised() -> None:
    history = planned(today=TODAY)
    away = [trip for trip in history.trips if not trip.returned_on]
    assert (len(BRANCHES), len(GENERAL_BRANCHES), len(history.people), len(away)) == (12, 2, 600, 120)
    assert len({trip.going.destination for trip in away}) == 30


def test_the_same_seed_gives_the_same_history() -> None:
    assert planned(today=TODAY).steps == planned(today=TODAY).steps
    assert planned(today=TODAY).steps != planned(today=TODAY, seed=1).steps


def test_every_step_lies_between_the_first_day_and_today(history: History) -> None:
    days = [step.on for step in history.steps]
    assert days == sorted(days)
    assert history.calendar.opened <= days[0]
    assert days[-1] <= history.calendar.today
    assert history.calendar.today - history.calendar.opened >= timedelta(days=730)


def test_nobody_is_called_away_or_back_out_of_order(history: History) -> None:
    for trip in history.trips:
        days = {
            kind: [step.on for step in trip.steps if isinstance(step, kind)] for kind in (Departed, Returned)
        }
        assert len(days[Departed]) == (0 if trip.from_roster else 1)
        assert len(days[Returned]) == (1 if trip.returned_on else 0)
        for step in trip.steps:
            assert trip.known_on <= step.on <= (trip.returned_on or history.calendar.today), (
                trip.who.name,
                step,
            )


def test_a_handful_is_overdue_and_no_more(history: History) -> None:
    """What is left undone is what `script.NEGLECTED` and the known parts say: everybody else is in good order."""
    quarter = history.calendar.quarters()[-2]
    late: Counter[str] = Counter()
    for trip in history.trips:
        reached = [step.on for step in trip.steps if isinstance(step, Called) and step.reached]
        kinds = {type(step) for step in trip.steps}
        if not trip.returned_on:
            late["contact"] += trip.known_on < quarter[0] and max(reached) < quarter[0]
            late["keeper"] += Assigned not in kinds
            late["arrival"] += Arrived not in kinds and not (trip.from_roster and trip.known_at_once)
            late["decision"] += Decided not in kinds and trip.departed_on < history.calendar.ago(190)
    assert late["contact"] == 5
    assert late["keeper"] == 1
    assert 3 <= late["arrival"] <= 9  # with those who left only days ago
    assert late["decision"] <= 3


@pytest.mark.parametrize("members", [100, 101, 250, 600, 1999])
def test_a_town_of_another_size_keeps_its_proportions(members: int) -> None:
    parts = shares(members).values()
    assert sum(count for count, _away in parts) == members
    assert sum(away for _count, away in parts) == members // 5
    assert len(planned(today=TODAY, members=members).people) == members


def test_people_are_invented_and_could_not_be_real(history: History) -> None:
    people = [who.values for who in history.people]
    numbers = [str(one["id_number"]) for one in people]
    assert len({*numbers}) == len(people)
    assert len({one["phone"] for one in people}) == len(people)
    assert {str(one["phone"])[:7] for one in people} == {"1990000"}
    assert {number[:6] for number in numbers} == {COUNTY}
    assert COUNTY not in divisions()
    for one, number in zip(people, numbers, strict=True):
        read = id_number.read(number)
        assert (read.born_on.isoformat(), read.gender) == (one["birth_on"], one["gender"])


def test_dates_of_a_life_are_in_order() -> None:
    invention = Invention(Random(3), TODAY)  # noqa: S311 - chance that can be repeated
    for _one in range(500):
        person = invention.person()
        born, joined = (last_day(str(person[key])) for key in ("birth_on", "joined_on"))
        assert joined.year - born.year >= 18
        assert joined <= TODAY
        assert (person["stage"] == "full") == ("converted_on" in person)


def test_destinations_are_places_that_the_program_knows() -> None:
    destinations = {trip.going.destination for trip in planned(today=TODAY).trips}
    assert {it for it in destinations if not province_of(it)} == set()
