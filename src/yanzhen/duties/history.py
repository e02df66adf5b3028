"""What the facts say about one member, as far as duties ask: the state that duties are pure functions of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass
class History:
    """One member's present absence, contact and open correction, folded from facts in their order (`duties.fold`).

    Days are real days here: a date written as a month or a year counts from its last day, see `fold.counted_day`.
    """

    away_since: date | None = None  # None: at home
    known_on: date | None = None  # the day on which the present absence was written down
    arrived_on: date | None = None  # whereabouts reported
    decision: str = ""
    decided_on: date | None = None
    last_contact_on: date | None = None  # the latest contact that reached the member
    has_contact_person: bool = False
    correction_since: date | None = (
        None  # the day since which a correction by the member waits for the branch
    )
    without_person_since: date | None = None  # the day the last contact person was released
