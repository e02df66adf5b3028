"""What roster rows say about being away, and what that makes of the absences that are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any
from uuid import UUID

from yanzhen.access.rows import insert
from yanzhen.kernel import clock
from yanzhen.kernel.partial import first_day, last_day
from yanzhen.mobility.models import Absence, Outcome
from yanzhen.mobility.places import province_of
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.vault.sealed import seal, unseal

PLAIN = {
    "direction": "direction",
    "departed_on": "departed_on",
    "departure_reason": "reason",
    "destination": "destination",
    "host_employer": "host_employer",
    "host_unit": "host_unit",
    "host_contact": "host_contact",
    "home_unit": "home_unit",
    "has_certificate": "has_certificate",
    "certificate_number": "certificate_number",
    "certificate_issued_on": "certificate_issued_on",
    "expected_return_on": "expected_return_on",
    "returned_on": "returned_on",
}
"""The roster's keys and the columns they are kept in."""
SEALED = {
    "destination_address": "address",
    "host_contact_phone": "host_contact_phone",
    "home_unit_phone": "home_unit_phone",
}
"""The same for columns that are stored sealed, without the `_sealed` of their name."""

ADDRESS = "mobility_absence.address"

# Whoever has one of these is away; a home unit's phone stands beside everybody.
_SIGNS = (
    "direction",
    "departed_on",
    "departure_reason",
    "destination",
    "destination_address",
    "host_employer",
    "host_unit",
    "expected_return_on",
)


class Says(Enum):
    """What a row says about a member's being away."""

    NOTHING = auto()
    AT_HOME = auto()
    AWAY = auto()
    BACK = auto()  # he was away and returned


def says(values: Mapping[str, Value]) -> Says:
    """What a row says. Away without counting as 流动党员 (`is_mobile` false, under six months) is away all the same."""
    if values.get("returned_on"):
        return Says.BACK
    if values.get("is_mobile") is True or values.get("has_certificate") is True:
        return Says.AWAY
    if any(values.get(key) for key in _SIGNS):
        return Says.AWAY
    return Says.AT_HOME if values.get("is_mobile") is False else Says.NOTHING


@dataclass(frozen=True)
class Told:
    """One fact that a row makes true."""

    kind: str
    member: Member
    absence: Absence
    on: date
    values: dict[str, Any]


class Books:
    """What some rows make of what is known: the absences to add, to change, and the facts to tell."""

    def __init__(self, rows: Sequence[tuple[Member, Mapping[str, Value]]]) -> None:
        self.told: list[Told] = []
        self._today = clock.today()
        self._new: list[Absence] = []
        self._changed: dict[frozenset[str], list[Absence]] = defaultdict(list)
        said = [(member, values, it) for member, values in rows if (it := says(values)) is not Says.NOTHING]
        self._known: dict[UUID, list[Absence]] = defaultdict(list)
        for absence in Absence.objects.filter(member_id__in=[member.id for member, _values, _it in said]):
            self._known[absence.member_id].append(absence)
        for member, values, it in said:
            if it is Says.AT_HOME:
                self._come_home(member)
            else:
                self._write(member, values)

    def store(self) -> None:
        """Write the absences: one insert, one update for each set of columns."""
        insert(self._new)
        for columns, absences in self._changed.items():
            Absence.objects.bulk_update(absences, sorted(columns), batch_size=200)

    def _come_home(self, member: Member) -> None:
        if absence := self._present(member):
            absence.returned_on, absence.is_open = self._today.isoformat(), False
            self._changed[frozenset({"returned_on", "is_open"})].append(absence)
            self._tell_return(member, absence)

    def _write(self, member: Member, values: Mapping[str, Value]) -> None:
        """Write an absence that a row names: the present one, a past one, or a new one."""
        over = bool(values.get("returned_on"))
        absence = self._past(member, values) or self._present(member)
        if absence and over and _is_earlier(str(values["returned_on"]), absence):
            absence = None
        if absence is not None and not absence.is_open and not over:
            return
        is_new = absence is None
        absence = absence or Absence(member=member, path=member.path, is_open=not over)
        changed = put(absence, values, has_phone=bool(member.phone_sealed), today=self._today)
        comes_back = over and absence.is_open
        if comes_back:
            absence.is_open = False
            changed.add("is_open")
        if is_new:
            self._new.append(absence)
        elif changed:
            self._changed[frozenset(changed)].append(absence)
        if comes_back:
            self._tell_return(member, absence)
        elif changed or is_new:
            self._tell(member, absence, changed)

    def _present(self, member: Member) -> Absence | None:
        return next((it for it in self._known[member.id] if it.is_open), None)

    def _past(self, member: Member, values: Mapping[str, Value]) -> Absence | None:
        """The absence, already over, that began on the day the row gives, or ended on it."""
        for key in ("departed_on", "returned_on"):
            for it in self._known[member.id]:
                if values.get(key) and not it.is_open and getattr(it, key) == values[key]:
                    return it
        return None

    def _tell_return(self, member: Member, absence: Absence) -> None:
        on = min(last_day(absence.returned_on), self._today)
        told = {"returned_on": absence.returned_on}
        self.told.append(Told("mobility.return.recorded", member, absence, on, told))

    def _tell(self, member: Member, absence: Absence, changed: set[str]) -> None:
        """Tell what is new: what the fact does not name has not changed."""
        told = {
            "departed_on": absence.departed_on,
            "returned_on": absence.returned_on,
            "reason": absence.reason,
            "destination": absence.destination,
            "host_employer": absence.host_employer,
        }
        told = {key: value for key, value in told.items() if key in changed}
        if (
            not absence.is_open
        ):  # that it is over, every time: who reads the fact alone must not take him for away
            told["returned_on"] = absence.returned_on
        if "address_sealed" in changed:
            told["address"] = unseal(absence.address_sealed, place=ADDRESS, row=absence.id)
        if "arrived_on" in changed and absence.arrived_on:
            told["arrived_on"] = absence.arrived_on.isoformat()
        if "decision" in changed and absence.decided_on:
            told |= {"outcome": absence.decision, "decided_on": absence.decided_on.isoformat()}
        self.told.append(Told("mobility.absence.recorded", member, absence, self._today, told))


def _is_earlier(returned_on: str, absence: Absence) -> bool:
    """Whether this return was before the absence began: then the row speaks of one before it."""
    return bool(absence.departed_on) and last_day(returned_on) < first_day(absence.departed_on)


def put(absence: Absence, values: Mapping[str, Value], *, has_phone: bool, today: date) -> set[str]:
    """Take a row's values over into the absence; the columns that changed. What the row leaves out stays.

    With an address, and a phone in the member's record, the whereabouts are known: since the departure, as nobody
    wrote the arrival. Who holds a certificate was decided about, as far as the books go, on the day they say so.
    """
    new = {column: values[key] for key, column in PLAIN.items() if _is_new(absence, column, values.get(key))}
    for column, value in new.items():
        setattr(absence, column, value)
    changed = set(new)
    for key, column in SEALED.items():
        place, sealed = f"mobility_absence.{column}", f"{column}_sealed"
        value = str(values.get(key) or "")
        if value and value != unseal(getattr(absence, sealed), place=place, row=absence.id):
            setattr(absence, sealed, seal(value, place=place, row=absence.id))
            changed.add(sealed)
    if "destination" in changed:
        absence.province = province_of(absence.destination)
        changed.add("province")
    if absence.arrived_on is None and absence.address_sealed and has_phone:
        departed_on = last_day(absence.departed_on) if absence.departed_on else today
        absence.arrived_on = min(departed_on, today)
        changed.add("arrived_on")
    if not absence.decision and absence.has_certificate:
        absence.decision, absence.decided_on = Outcome.CERTIFICATE, today
        changed |= {"decision", "decided_on"}
    return changed


def _is_new(absence: Absence, column: str, value: Value | None) -> bool:
    return value is not None and value != "" and value != getattr(absence, column)
