"""What the facts say about one member, as far as duties ask: the state that duties are pure functions of."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any


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
    categories: dict[str, str] = field(default_factory=dict)  # by key: since which day, written

    def categories_on(self, day: date) -> list[str]:
        """The categories of somebody whose step began on `day`: those that he was in by then."""
        return [key for key, since in self.categories.items() if since <= day.isoformat()]

    def as_data(self) -> dict[str, Any]:
        """As JSON: what `set_from` reads."""
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in asdict(self).items()
        }

    def set_from(self, data: dict[str, Any]) -> None:
        """Become what `as_data` told."""
        for key, value in data.items():
            is_day = key.endswith(("_on", "_since")) and value
            setattr(self, key, date.fromisoformat(value) if is_day else value)


def joined(kept: History, other: History, *, away_from_other: bool) -> History:
    """Two histories of one person as one: the absence of one of them, the contacts of both, the rest of `kept`."""
    absence = other if away_from_other else kept
    days = [day for day in (kept.last_contact_on, other.last_contact_on) if day]
    released = [day for day in (kept.without_person_since, other.without_person_since) if day]
    return replace(
        absence,
        last_contact_on=max(days, default=None),
        has_contact_person=kept.has_contact_person or other.has_contact_person,
        without_person_since=max(released, default=None),
        correction_since=kept.correction_since,
        categories=kept.categories,
    )
