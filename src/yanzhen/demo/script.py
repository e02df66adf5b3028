"""The parts of those whom visitors meet first: 陆芳's list shows one of each kind of thing that can be due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from yanzhen.demo import places, talk
from yanzhen.demo.calendar import between
from yanzhen.demo.people import Townsman
from yanzhen.demo.plan import Planner, Trip
from yanzhen.demo.steps import AddedAgain, Arrived, Assigned, Decided, Departed
from yanzhen.demo.town import BRANCHES, KEEPER, MEMBER, SECRETARY
from yanzhen.kernel.partial import add_months
from yanzhen.people.columns import Value


def _long_away(planner: Planner, who: Townsman, place: str, work: str, since: int) -> Trip:
    """Away since before the roster, in good order, assigned soon after it."""
    going = places.at(places.named(place), planner.rng, work=work)
    trip = Trip(who, going, add_months(planner.calendar.opened, -since), planner.calendar.imported, KEEPER)
    trip.steps.append(Assigned(trip.known_on + timedelta(days=5), who.number, SECRETARY, keeper=KEEPER))
    return trip


def _newly_away(planner: Planner, who: Townsman, place: str, work: str, left: date) -> Trip:
    """Left on a day that the branch knew of at once."""
    going = places.at(places.named(place), planner.rng, work=work)
    trip = Trip(who, going, left, left, KEEPER)
    trip.steps.append(Departed(left, who.number, SECRETARY, going=going))
    trip.steps.append(Assigned(left, who.number, SECRETARY, keeper=KEEPER))
    return trip


def _reached(planner: Planner, trip: Trip, *, this_quarter: bool) -> None:
    """One contact in each quarter since, in the present one only where told."""
    *before, (begun, _end) = planner.calendar.quarters()
    for start, end in before:
        if end > trip.known_on:
            on = between(planner.rng, max(start, trip.known_on) + timedelta(days=7), end - timedelta(days=10))
            trip.steps.append(planner.call(trip, min(on, end), reached=True))
    yesterday = planner.calendar.ago(1)
    if this_quarter and yesterday >= max(begun, trip.known_on):
        trip.steps.append(
            planner.call(trip, between(planner.rng, max(begun, trip.known_on), yesterday), reached=True)
        )


def _wei(planner: Planner, who: Townsman) -> Trip:
    """韦志强 has an account of his own and reported a move himself; this quarter's contact is open."""
    trip = _long_away(planner, who, "浙江省杭州市", "软件公司", since=40)
    trip.steps.append(
        Arrived(
            planner.calendar.ago(200), who.number, MEMBER, going=trip.going, phone=str(who.values["phone"])
        )
    )
    _reached(planner, trip, this_quarter=False)
    trip.steps.append(_certificate(planner, who, review_in=70))
    return trip


def _lu(planner: Planner, who: Townsman) -> Trip:
    """陆建国 left 23 days ago and has not reported where he lives: eight days late."""
    trip = _newly_away(planner, who, "福建省泉州市", "鞋厂", planner.calendar.ago(23))
    trip.steps.append(planner.call(trip, trip.known_on, reached=True, note=talk.REACHED_AT_HOME[0]))
    return trip


def _qin(planner: Planner, who: Townsman) -> Trip:
    """覃小燕 has been away for six months and three days, and nobody has decided."""
    trip = _newly_away(planner, who, "广东省深圳市", "快递", add_months(planner.calendar.ago(3), -6))
    arrived = trip.known_on + timedelta(days=9)
    trip.steps.append(
        Arrived(arrived, who.number, SECRETARY, going=trip.going, phone=str(who.values["phone"]))
    )
    _reached(planner, trip, this_quarter=True)
    return trip


def _huang(planner: Planner, who: Townsman) -> Trip:
    """黄秀兰 did not answer twice this quarter."""
    trip = _long_away(planner, who, "上海市浦东新区", "餐饮", since=16)
    _reached(planner, trip, this_quarter=False)
    for days in (9, 4):
        if planner.calendar.ago(days) >= planner.calendar.quarters()[-1][0]:
            trip.steps.append(
                planner.call(trip, planner.calendar.ago(days), reached=False, note=talk.NOT_REACHED[0])
            )
    trip.steps.append(_certificate(planner, who, review_in=26))
    return trip


def _shi(planner: Planner, who: Townsman) -> Trip:
    """石明 is to be called this quarter."""
    trip = _long_away(planner, who, "湖南省长沙市", "建筑施工", since=9)
    _reached(planner, trip, this_quarter=False)
    trip.steps.append(_certificate(planner, who, review_in=12))
    return trip


def _certificate(planner: Planner, who: Townsman, *, review_in: int) -> Decided:
    """Decided so that the review falls due in some days: 石磊's list is not empty."""
    on = add_months(planner.calendar.today + timedelta(days=review_in), -6)
    return Decided(on, who.number, SECRETARY, outcome="certificate", reason=talk.CERTIFICATE[1])


def _others(planner: Planner, who: Townsman) -> Trip:
    """The other three are in good order."""
    trip = _long_away(
        planner, who, planner.rng.choice(places.PLACES).name, "", since=planner.rng.randint(3, 50)
    )
    _reached(planner, trip, this_quarter=True)
    trip.steps += planner.decisions(trip)
    return trip


_PARTS: dict[str, Callable[[Planner, Townsman], Trip]] = {
    "韦志强": _wei,
    "陆建国": _lu,
    "覃小燕": _qin,
    "黄秀兰": _huang,
    "石明": _shi,
}


def trip_of(planner: Planner, who: Townsman) -> Trip:
    """The trip that his part tells."""
    return _PARTS.get(who.part, _others)(planner, who)


# Who was registered again: of which branch, by which other, and what that wrote otherwise than the roster.
_AGAIN: tuple[tuple[str, str, tuple[str, ...], dict[str, Value]], ...] = (
    (
        "白果村党支部",
        "青禾茶业公司党支部",
        ("birth_on", "phone"),
        {"employer": "青禾茶业公司", "position": "制茶车间班长"},
    ),
    ("大湾村党支部", "兴隆企业联合党支部", ("joined_on",), {"employer": "兴隆家具厂", "occupation": "木工"}),
    (
        "桐木社区党支部",
        "镇机关党支部",
        ("birth_on", "joined_on", "native_place"),
        {"employer": "镇农业服务中心"},
    ),
)


def registered_again(people: list[Townsman], planner: Planner) -> Iterator[AddedAgain]:
    """Three members of working age whom the branch at their work registered as well: 疑似重复登记 has them."""
    days = planner.calendar
    for place, (home, by, same, other) in enumerate(_AGAIN):
        branch = next(one for one in BRANCHES if one.name == by)
        of_age = (
            who
            for who in reversed(people)  # each branch's own leaders come first
            if who.branch.name == home
            and not (who.goes_away or who.comes_late)
            and "1970" < str(who.values["birth_on"]) < "2000"
        )
        if who := next(of_age, None):
            values = {key: who.values[key] for key in ("name", "gender", "stage", *same)}
            for key in {"birth_on", "joined_on"} & values.keys():
                values[key] = str(values[key])[: len("1985-03")]
            yield AddedAgain(
                days.ago(90 - 20 * place), who.number, branch.secretary, branch=by, values=values | other
            )


# What is left undone in which branch, by the place of the member in it: a handful of things overdue, and no more.
NEGLECTED: dict[str, tuple[str, ...]] = {
    "大湾村党支部": ("contact", "contact", "contact", "decision", "arrival"),
    "兴隆企业联合党支部": ("contact", "keeper", "arrival"),
    "石板村党支部": ("contact",),
    "柳河村党支部": ("fresh",),
    "白果村党支部": ("fresh",),
}


def neglected(who: Townsman, place: int) -> frozenset[str]:
    """What is left undone about the `place`-th of his branch who is away."""
    undone = NEGLECTED.get(who.branch.name, ())
    return frozenset({undone[place]}) if place < len(undone) else frozenset()
