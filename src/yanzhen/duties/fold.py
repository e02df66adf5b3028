"""From facts to a member's History: pure, in the facts' order, the same for one act and for a rebuild of everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from yanzhen.duties.history import History
from yanzhen.kernel.partial import first_day, last_day


@dataclass(frozen=True, slots=True)
class Told:
    """As much of a fact as duties read: its kind, its day, the day it was written down, its values in clear."""

    kind: str
    on: date
    written_on: date
    data: dict[str, Any]


def counted_day(written: str, *, written_on: date) -> date:
    """The day from which a date at its written precision counts.

    A whole date is that day. A month or a year counts from its last day, so that nothing is called overdue too early,
    but it is not carried past the day on which it was written down ("2026", written in March 2026, is no later than
    that day) unless all of it still lay ahead. Nothing written counts as the day of writing.
    """
    if not written:
        return written_on
    latest = last_day(written)
    if len(written) == len("2026-01-01") or latest <= written_on:
        return latest
    return max(first_day(written), written_on)


def fold(facts: Iterable[Told]) -> History:
    """The history that these facts of one member leave behind. Kinds that duties do not read are passed over."""
    history = History()
    for fact in facts:
        if step := STEPS.get(fact.kind):
            step(history, fact)
    return history


def _departed(history: History, fact: Told) -> None:
    """A new absence: what was decided and reported about an earlier one is over."""
    history.away_since = _day(fact, "departed_on")
    history.known_on = fact.written_on
    history.arrived_on = history.decided_on = None
    history.decision = ""


def _recorded(history: History, fact: Told) -> None:
    """An absence that a roster names: a new one, or more about the present one. One already over changes nothing."""
    if fact.data.get("returned_on"):
        return
    if history.away_since is None:
        _departed(history, fact)
    elif fact.data.get("departed_on"):
        history.away_since = _day(fact, "departed_on")
    if fact.data.get("arrived_on"):
        _arrived(history, fact)
    if fact.data.get("outcome"):
        _decided(history, fact)


def _arrived(history: History, fact: Told) -> None:
    history.arrived_on = _day(fact, "arrived_on")


def _decided(history: History, fact: Told) -> None:
    history.decision = fact.data["outcome"]
    history.decided_on = _day(fact, "decided_on")


def _returned(history: History, fact: Told) -> None:
    history.away_since = history.known_on = history.arrived_on = history.decided_on = None
    history.decision = ""


def _contacted(history: History, fact: Told) -> None:
    """Only a contact that reached the member counts, and the latest day, in whatever order they were written down.

    A roster may give the month only; its last day is not carried past the day on which it was written down.
    """
    if fact.data.get("reached"):
        day = min(fact.on, fact.written_on)
        history.last_contact_on = max(history.last_contact_on or day, day)


def _assigned(history: History, fact: Told) -> None:
    history.has_contact_person = True


def _released(history: History, fact: Told) -> None:
    history.has_contact_person = False
    history.without_person_since = fact.on


def _corrected(history: History, fact: Told) -> None:
    """Adding to a correction that waits already does not put the day off."""
    history.correction_since = history.correction_since or fact.on


def _correction_decided(history: History, fact: Told) -> None:
    history.correction_since = None


def _sorted(history: History, fact: Told) -> None:
    """Into these categories from the fact's day on; in those that he was in before he stays since he came."""
    since = fact.on.isoformat()
    history.categories = {key: history.categories.get(key, since) for key in fact.data["categories"]}


def _joined(history: History, fact: Told) -> None:
    """Two registrations became one, or two again: the fact carries what is known since then."""
    history.set_from(fact.data["history"])


def _day(fact: Told, key: str) -> date:
    """The day that the fact gives under `key`; the fact's own day where it gives none."""
    written = fact.data.get(key) or fact.on.isoformat()
    return counted_day(written, written_on=fact.written_on)


Step = Callable[[History, Told], None]

STEPS: dict[str, Step] = {
    "mobility.departure.reported": _departed,
    "mobility.absence.recorded": _recorded,
    "mobility.arrival.reported": _arrived,
    "mobility.return.recorded": _returned,
    "mobility.decided": _decided,
    "contact.logged": _contacted,
    "contact.person.assigned": _assigned,
    "contact.person.released": _released,
    "people.categories.set": _sorted,
    "people.categories.cleared": _sorted,
    "people.members.merged": _joined,
    "people.members.split": _joined,
    "people.correction.proposed": _corrected,
    "people.correction.accepted": _correction_decided,
    "people.correction.declined": _correction_decided,
}
OPENING = frozenset(
    {
        "mobility.departure.reported",
        "mobility.absence.recorded",
        "people.correction.proposed",
        "people.members.merged",
    }
)
"""The kinds that something can become due by: who has none of them has no duties."""
