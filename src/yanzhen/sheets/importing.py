"""Carrying a roster into the base, chunk by chunk, inside the act that `services.apply` is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.access.fields import inside
from yanzhen.access.rows import insert
from yanzhen.contact.models import ContactPerson
from yanzhen.contact.services import assign_members, log_contacts
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.paths import WIDTH
from yanzhen.ledger.acts import current
from yanzhen.ledger.secrets import KeyRing
from yanzhen.mobility.services import record_absences
from yanzhen.org.services import NewUnit, found_units
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.services import add_members, change_members
from yanzhen.sheets import snapshot
from yanzhen.sheets.comparing import CONTACT_PERSON, OWN, of_absence
from yanzhen.sheets.missing import Roll
from yanzhen.sheets.models import Added, Batch, BatchAddition, BatchMember
from yanzhen.sheets.outcome import Outcome, RowReport
from yanzhen.sheets.plan import CHUNK, Does, Planned, Planner
from yanzhen.sheets.progress import Report
from yanzhen.sheets.recognition import Roster
from yanzhen.sheets.unit_names import kind_of

COUNTED = {Does.ADDS: "added", Does.CHANGES: "changed", Does.NOTHING: "same", Does.STAYS_OUT: "left_out"}


class Import:
    """One roster on its way into one unit and what is below it."""

    def __init__(self, *, actor: Actor, batch: Batch, roster: Roster, today: date) -> None:
        self._actor = actor
        self._batch = batch
        self._roster = roster
        self._planner = Planner(batch, today=today, since=current().id)
        self._roll = Roll()
        self._counts: Counter[str] = Counter(dict.fromkeys(("rows", *COUNTED.values(), "problems"), 0))
        self._left_out: list[RowReport] = []
        self._with_problems: list[RowReport] = []

    def refuse_new_units(self) -> None:
        """Refuse where the roster names units that are not in the tree."""
        rows = self._roster.rows()
        while chunk := list(islice(rows, CHUNK)):
            self._planner.locate(self._planner.of_unknown_units(chunk))
        questions = {it.written: f"（{it.question}）" for it in self._planner.doubts if it.near}
        if unknown := [it.name + questions.get(it.name, "") for it in self._planner.new_places]:
            raise DomainError(
                _("花名册里有 %(count)d 个党组织还没有建立：%(names)s。")
                % {"count": len(unknown), "names": "、".join(unknown)},
                code="unknown_unit",
                field="unit",
            )

    def run(self, report: Report | None) -> Outcome:
        """Carry all rows in. `report` hears how far it is, and may stop it by raising."""
        persons = self._contact_persons()
        rows = self._roster.rows()
        while chunk := list(islice(rows, CHUNK)):
            self._carry(self._planner.plan(chunk))
            if report:
                report(self._counts["rows"])
        self._remember(Added.CONTACT_PERSON, self._contact_persons() - persons)
        self._roll.keep(self._actor, self._batch)
        return Outcome(
            batch_id=self._batch.id,
            counts=dict(self._counts),
            new_units=tuple(place.name for place in self._planner.new_places),
            left_out=tuple(self._left_out),
            with_problems=tuple(self._with_problems),
            notes=self._planner.notes,
        )

    def _carry(self, planned: list[Planned]) -> None:
        self._found_units()
        adding = [one for one in planned if one.does is Does.ADDS]
        changing = [one for one in planned if one.does is Does.CHANGES]
        before = snapshot.take([_member(one) for one in changing])
        current().ring.fetch(before)
        self._add(adding)
        self._change(changing)
        self._follow(adding + changing)
        insert([self._entry(one, before) for one in adding + changing])
        current().flush()
        # No later row speaks of these members, and the keys of 100,000 would be 20 MB.
        current().ring = KeyRing()
        self._roll.call(planned)
        self._count(planned)

    def _found_units(self) -> None:
        """Found the units that were named for the first time."""
        new = [place for place in self._planner.new_places if place.unit is None]
        if not new:
            return
        wanted = [NewUnit(self._batch.unit_id, place.name, kind_of(place.name)) for place in new]
        for place, unit in zip(new, found_units(actor=self._actor, wanted=wanted), strict=True):
            place.unit = unit
        self._remember(Added.UNIT, [place.unit.id for place in new if place.unit])

    def _add(self, adding: list[Planned]) -> None:
        if not adding:
            return
        rows = [(one.place.unit.id, _own(one.values)) for one in adding if one.place and one.place.unit]
        members = add_members(actor=self._actor, rows=rows)
        for one, member in zip(adding, members, strict=True):
            one.member = member

    def _change(self, changing: list[Planned]) -> None:
        changes = [(one.member.id, own) for one in changing if one.member and (own := _own(one.changes))]
        if not changes:
            return
        changed = {it.id: it for it in change_members(actor=self._actor, changes=changes)}
        for one in changing:
            one.member = changed.get(_member(one).id, one.member)

    def _follow(self, planned: list[Planned]) -> None:
        """What other rooms keep of these members: absences, contact persons, contacts."""
        absences = [(_member(one), told) for one in planned if (told := of_absence(_news(one)))]
        if absences:
            record_absences(actor=self._actor, rows=absences)
        named = [(_member(one), one.values) for one in planned if not CONTACT_PERSON.isdisjoint(_news(one))]
        if named:
            assign_members(actor=self._actor, rows=named)
        reached = [(_member(one), one.values) for one in planned if "last_contact_on" in _news(one)]
        if reached:
            log_contacts(actor=self._actor, rows=reached)

    def _entry(self, one: Planned, before: dict[UUID, snapshot.Rows]) -> BatchMember:
        member = _member(one)
        entry = BatchMember(
            batch_id=self._batch.id, member_id=member.id, row=one.row.key, added=one.does is Does.ADDS
        )
        if not entry.added:
            told = {"values": _own(one.before), "rows": before[member.id]}
            entry.before_sealed = current().ring.seal(
                json.dumps(told, ensure_ascii=False), member_id=member.id, fact_id=entry.id
            )
        return entry

    def _count(self, planned: list[Planned]) -> None:
        for one in planned:
            self._counts["rows"] += 1
            self._counts[COUNTED[one.does]] += 1
            if not one.problems:
                continue
            report = RowReport(one.row.row, str(one.values.get("name", "")), tuple(one.problems))
            if one.does is Does.STAYS_OUT:
                self._left_out.append(report)
            else:
                self._counts["problems"] += 1
                self._with_problems.append(report)

    def _contact_persons(self) -> set[UUID]:
        found = ContactPerson.objects.filter(inside(self._batch.unit.path[:WIDTH]))
        return set(found.values_list("id", flat=True))

    def _remember(self, what: Added, ids: Iterable[UUID]) -> None:
        BatchAddition.objects.bulk_create(
            [BatchAddition(batch=self._batch, what=what, row_id=row_id) for row_id in ids]
        )


def _news(one: Planned) -> dict[str, Value]:
    """What the base does not know yet: all of a new member's values."""
    return one.values if one.does is Does.ADDS else one.changes


def _own(values: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if key in OWN}


def _member(one: Planned) -> Member:
    if one.member is None:
        raise LookupError(f"row {one.row.row} has no member")
    return one.member
