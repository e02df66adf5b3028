"""The town's whole history, planned: its people, their absences, and every step in the order of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from yanzhen.demo import script, town
from yanzhen.demo.calendar import Calendar
from yanzhen.demo.invented import Invention
from yanzhen.demo.people import Townsman, everybody
from yanzhen.demo.plan import Planner, Trip
from yanzhen.demo.steps import (
    Added,
    AddedAgain,
    Arrived,
    Assigned,
    Called,
    Changed,
    Decided,
    Departed,
    Returned,
    Step,
)

SEED = 20260701
_ORDER = (
    Added,
    AddedAgain,
    Departed,
    Assigned,
    Arrived,
    Called,
    Decided,
    Changed,
    Returned,
)  # on one and the same day


@dataclass(frozen=True)
class History:
    """What is to be lived through."""

    calendar: Calendar
    people: list[Townsman]
    trips: list[Trip]
    steps: list[Step]


def planned(*, today: date, members: int = town.MEMBERS, seed: int = SEED) -> History:
    """The history of a town of `members` that is built on `today`; the same arguments, the same history."""
    rng, calendar = Random(seed), Calendar(today)
    people = everybody(Invention(rng, calendar.imported), members)
    planner = Planner(rng, calendar)
    trips: list[Trip] = []
    steps: list[Step] = []
    by_branch: dict[str, list[Townsman]] = {}
    for who in people:
        by_branch.setdefault(who.branch.name, []).append(who)
    for townsmen in by_branch.values():
        away = [who for who in townsmen if who.goes_away]
        for place, who in enumerate(away):
            if who.part:
                trips.append(script.trip_of(planner, who))
            else:
                trips.append(planner.trip(who, place, script.neglected(who, place)))
                planner.live(trips[-1])
        at_home = [who for who in townsmen if not who.goes_away]
        back = [who for who in at_home[3:] if not who.comes_late][: len(away) // 5]
        for place, who in enumerate(back):
            trips.append(planner.homecoming(who, place))
            planner.live(trips[-1])
        for who in at_home:
            steps += planner.at_home(who)
        for who in townsmen:
            steps += planner.conversion(who)
    for trip in trips:
        if not trip.returned_on:
            trip.who.values["occupation"] = trip.going.occupation
    steps += [step for trip in trips for step in trip.steps]
    steps += script.registered_again(people, planner)
    steps.sort(key=lambda step: (step.on, _ORDER.index(type(step))))
    return History(calendar, people, trips, steps)
