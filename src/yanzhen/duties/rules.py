"""When each duty is due, to the calendar day: pure functions of a member's history and the parameters in force.

No rule looks at today, so what stands stays true while days pass. A parameter counts as it was in force on the day
on which the step began (regulations: a case runs by the version in force when its step began).

The periods of an absence count from the later of two days: its beginning, and the day on which it was written down.
A roster that names somebody away since 2023 opens his duties; it does not make his branch three years late.
"""

from __future__ import annotations

from datetime import date, timedelta

from yanzhen.duties.history import History
from yanzhen.duties.registry import Due, Limit
from yanzhen.kernel.partial import add_months, quarter_end, quarter_start

MONTHS_A_QUARTER = 3


def contact_quarterly(history: History, limit: Limit) -> Due | None:
    """联系人每季度联系一次 (source document): due on the last day of a calendar quarter.

    A contact does its own quarter, however early or late in it; the next is due at the end of the quarter after. A
    contact in the quarter of departure counts, before the departure too. Without one, the first is due at the end of
    the quarter in which the absence began, or of the following one where fewer days remain than a member has to
    report his arrival: nobody can be called before his number is due.
    """
    if history.away_since is None:
        return None
    away_since, last = history.away_since, history.last_contact_on
    if last is not None and last >= quarter_start(away_since):
        return Due(away_since, _quarters_later(last, limit("contact.quarters", last)), last)
    began = _counted_from(history)
    due_on = _quarters_later(began, limit("contact.quarters", away_since) - 1)
    if began + timedelta(days=limit("mobility.arrival.days", away_since)) > due_on:
        due_on = _quarters_later(due_on, 1)
    return Due(away_since, due_on)


def contact_person_missing(history: History, limit: Limit) -> Due | None:
    """每名流动党员有一名联系人 (2024 意见): to be named within `contact.assign.days` of going without."""
    if history.away_since is None or history.has_contact_person:
        return None
    since = max(_counted_from(history), history.without_person_since or date.min)
    return Due(since, since + timedelta(days=limit("contact.assign.days", since)))


def arrival_report(history: History, limit: Limit) -> Due | None:
    """到达后报告住址和电话: within `mobility.arrival.days`, done once for each absence.

    Nobody knows the day of arrival before it is reported, so the days count from the departure.
    """
    if history.away_since is None or history.arrived_on is not None:
        return None
    since = _counted_from(history)
    return Due(since, since + timedelta(days=limit("mobility.arrival.days", since)))


def decision(history: History, limit: Limit) -> Due | None:
    """接转还是持证: due on the day on which the absence has lasted `mobility.mobile.months` (2024 意见: 6 months).

    A certificate is reviewed each `mobility.review.months` after its decision (source document). A note serves short
    absences only: the decision falls due at the same day as without it, or, where the note was given later than that,
    at the review. A transfer settles it.
    """
    away_since, decided_on = history.away_since, history.decided_on
    if away_since is None or history.decision == "transfer":
        return None
    lasted = add_months(away_since, limit("mobility.mobile.months", away_since))
    if decided_on is None:
        return Due(away_since, max(lasted, _counted_from(history)))
    if history.decision == "note" and decided_on < lasted:
        return Due(away_since, lasted)
    return Due(decided_on, add_months(decided_on, limit("mobility.review.months", decided_on)), decided_on)


def correction_check(history: History, limit: Limit) -> Due | None:
    """核对本人更正: within `people.correction.days` of the day on which the member first proposed it."""
    since = history.correction_since
    return Due(since, since + timedelta(days=limit("people.correction.days", since))) if since else None


def _counted_from(history: History) -> date:
    return max(history.away_since or date.min, history.known_on or date.min)


def _quarters_later(day: date, quarters: int) -> date:
    """The last day of the quarter that comes `quarters` after the one that `day` lies in."""
    return quarter_end(add_months(quarter_start(day), MONTHS_A_QUARTER * quarters))
