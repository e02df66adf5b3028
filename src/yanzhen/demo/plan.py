"""Two years of a town as planned steps. Pure: from a seed, a day and a size come the same steps again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from yanzhen.demo import places, talk
from yanzhen.demo.calendar import Calendar, between
from yanzhen.demo.people import Townsman
from yanzhen.demo.places import Going
from yanzhen.demo.steps import Added, Arrived, Assigned, Called, Changed, Decided, Departed, Returned, Step
from yanzhen.demo.town import KEEPER, OFFICER, Branch, Person
from yanzhen.kernel.partial import add_months, last_day
from yanzhen.people.columns import Value

_AWAY_AT_START = 0.62  # of those away today; the others left since
_MEANS = ("phone",) * 14 + ("wechat",) * 5 + ("visit",)
_REVIEW_MONTHS = 6  # how often the town's branches look again at a certificate, as the shipped rule says


@dataclass
class Trip:
    """One absence as it is planned. `neglected` names what is left undone about it, for a list with something on it."""

    who: Townsman
    going: Going
    departed_on: date
    known_on: date  # the roster's day, or the day of the report
    keeper: Person
    returned_on: date | None = None
    neglected: frozenset[str] = frozenset()
    known_at_once: bool = True  # the roster gave the address away from home
    steps: list[Step] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)  # what he has not told yet: nobody repeats himself

    @property
    def from_roster(self) -> bool:
        return self.known_on > self.departed_on


def keepers(branch: Branch) -> tuple[Person, ...]:
    """Who keeps in touch for a branch; its secretary where it named nobody else."""
    return branch.keepers or (branch.secretary,)


def keeper_of(branch: Branch, place: int) -> Person:
    """Who keeps in touch with the `place`-th: turn about, but 陆芳 with nobody beside the eight of her part."""
    others = [person for person in keepers(branch) if person != KEEPER]
    return others[place % len(others)]


class Planner:
    """Plans trips one after the other, with one source of chance."""

    def __init__(self, rng: Random, calendar: Calendar) -> None:
        self.rng = rng
        self.calendar = calendar
        self._deck: list[Going] = []

    def trip(self, who: Townsman, place: int, neglected: frozenset[str]) -> Trip:
        """The trip of the `place`-th of his branch who is away today: begun before the roster, or since."""
        rng, days = self.rng, self.calendar
        keeper = keeper_of(who.branch, place)
        self._deck = self._deck or places.deck(rng)
        going = self._deck.pop()
        if "decision" in neglected:
            left = add_months(days.today, -6) - timedelta(days=rng.randint(4, 16))
        elif "fresh" in neglected:
            left = days.ago(rng.randint(2, 11))
        elif "keeper" in neglected or "arrival" in neglected:
            left = days.ago(rng.randint(25, 44))
        elif rng.random() < _AWAY_AT_START or "contact" in neglected:
            left = between(rng, add_months(days.opened, -60), add_months(days.opened, -2))
            return Trip(who, going, left, days.imported, keeper, neglected=neglected)
        else:
            left = between(rng, days.imported + timedelta(days=10), days.ago(5))
        return Trip(who, going, left, left, keeper, neglected=neglected)

    def homecoming(self, who: Townsman, place: int) -> Trip:
        """The trip of somebody who is at home again today."""
        rng, days = self.rng, self.calendar
        keeper = keeper_of(who.branch, place)
        left = between(rng, add_months(days.opened, -30), days.ago(250))
        known = max(left, days.imported)
        back = between(rng, max(known, days.imported) + timedelta(days=70), days.ago(3))
        return Trip(who, places.somewhere(rng), left, known, keeper, returned_on=back)

    def live(self, trip: Trip) -> None:
        """Fill in what happens on the trip."""
        branch, number = trip.who.branch, trip.who.number
        if not trip.from_roster:
            trip.steps.append(Departed(trip.departed_on, number, branch.secretary, going=trip.going))
        if "keeper" not in trip.neglected:
            lag = self.rng.randint(3, 18) if trip.from_roster else self.rng.randint(1, 6)
            assigned = min(trip.known_on + timedelta(days=lag), self.calendar.today)
            trip.steps.append(Assigned(assigned, number, branch.secretary, keeper=trip.keeper))
        trip.steps += self._arrival(trip)
        trip.steps += self._calls(trip)
        trip.steps += self.decisions(trip)
        if trip.returned_on:
            trip.steps.append(Returned(trip.returned_on, number, branch.secretary))

    def _arrival(self, trip: Trip) -> Iterator[Step]:
        if trip.neglected & {"arrival", "fresh"}:
            return
        if trip.from_roster and self.rng.random() < 0.85:
            return
        trip.known_at_once = False
        late = self.rng.random() < 0.15
        on = trip.known_on + timedelta(days=self.rng.randint(16, 30) if late else self.rng.randint(2, 13))
        if on < self._until(trip):
            phone = str(trip.who.values["phone"])
            yield Arrived(on, trip.who.number, trip.who.branch.secretary, going=trip.going, phone=phone)

    def _calls(self, trip: Trip) -> Iterator[Step]:
        reached: list[date] = []
        quarters = self.calendar.quarters()
        for (start, end), share in zip(quarters, trip.who.branch.kept, strict=True):
            first = max(start, trip.known_on + timedelta(days=1))
            last = min(end, self._until(trip) - timedelta(days=1))
            if first > last or ("contact" in trip.neglected and start >= quarters[-2][0]):
                continue
            passed = (last - start).days / (end - start).days if last < end else 1.0
            on = between(self.rng, first, last)
            if self.rng.random() < share * passed:
                reached.append(on)
                yield self.call(trip, on, reached=True)
                if self.rng.random() < 0.12 and on > first:
                    yield self.call(trip, on - timedelta(days=1), reached=False)
            elif self.rng.random() < 0.3:
                yield self.call(trip, on, reached=False)
        # Nobody is left alone for longer than his quarter but those who are meant to be, and they not for much longer.
        start, end = quarters[-3] if "contact" in trip.neglected else quarters[-2]
        first = max(start, trip.known_on + timedelta(days=1))
        if not trip.returned_on and first < end and max(reached, default=date.min) < start:
            yield self.call(trip, between(self.rng, max(first, end - timedelta(days=25)), end), reached=True)

    def call(self, trip: Trip, on: date, *, reached: bool, note: str = "") -> Called:
        """One call by whoever keeps in touch on that day: the secretary until somebody is named."""
        named = [step.on for step in trip.steps if isinstance(step, Assigned)]
        by = trip.keeper if named and named[0] <= on else trip.who.branch.secretary
        means = self.rng.choice(_MEANS)
        if not trip.unsaid:
            trip.unsaid = self.rng.sample(talk.REACHED, len(talk.REACHED))
        if not note and reached:
            note = talk.REACHED_AT_HOME[1] if means == "visit" else trip.unsaid.pop()
        note = note or self.rng.choice(talk.NOT_REACHED)
        return Called(
            on, trip.who.number, by, means=means if reached else "phone", reached=reached, note=note
        )

    def decisions(self, trip: Trip) -> Iterator[Step]:
        """The decision when six months are over, and each review after it."""
        due = add_months(trip.departed_on, _REVIEW_MONTHS)
        if due <= trip.known_on:
            # The roster brought years of undecided absences; the branches took months to work through them.
            due = trip.known_on + timedelta(days=self.rng.randint(20, 180))
        while "decision" not in trip.neglected:
            on = max(due - timedelta(days=self.rng.randint(1, 18)), trip.known_on + timedelta(days=1))
            if on >= self._until(trip):
                return
            outcome = "transfer" if self.rng.random() < 0.06 else "certificate"
            why = self.rng.choice(talk.TRANSFER if outcome == "transfer" else talk.CERTIFICATE)
            yield Decided(on, trip.who.number, trip.who.branch.secretary, outcome=outcome, reason=why)
            if outcome == "transfer":
                return
            due = add_months(on, _REVIEW_MONTHS)

    def _until(self, trip: Trip) -> date:
        return trip.returned_on or self.calendar.today

    def at_home(self, who: Townsman) -> Iterator[Step]:
        """What happens to a member who stays: some are admitted later, some change work."""
        if who.comes_late:
            on = between(self.rng, self.calendar.imported, self.calendar.ago(20))
            who.values |= {"stage": "probationary", "joined_on": on.isoformat(), "converted_on": ""}
            yield Added(on, who.number, OFFICER)
        elif self.rng.random() < 0.08:
            on = between(self.rng, self.calendar.imported, self.calendar.ago(2))
            changed = self.rng.choice(
                ({"occupation": "个体经营"}, {"position": "村民小组长"}, {"education": "大专"})
            )
            yield Changed(on, who.number, who.branch.secretary, values=dict(changed))

    def conversion(self, who: Townsman) -> Iterator[Step]:
        """A probationary member becomes a full one a year after joining (发展党员工作细则), where that day has come."""
        if who.values["stage"] == "probationary":
            on = add_months(last_day(str(who.values["joined_on"])), 12)
            if on < self.calendar.today:
                full: dict[str, Value] = {"stage": "full", "converted_on": on.isoformat()}
                yield Changed(max(on, self.calendar.imported), who.number, OFFICER, values=full)
