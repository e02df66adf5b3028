"""Members out as .xlsx: all their columns under the headings that the import knows, or an official layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.fields import inside
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.paths import WIDTH, ancestors
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import Entry, record, tell
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.queries import unit_for, units_for
from yanzhen.people.category_lists import names_of
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for, members
from yanzhen.sheets.layouts import Layout, Person
from yanzhen.sheets.listing import layout_of
from yanzhen.sheets.plan import CHUNK
from yanzhen.sheets.progress import Report
from yanzhen.sheets.records import records
from yanzhen.sheets.unit_names import told_apart
from yanzhen.sheets.workbooks import list_xlsx

LISTS = 5
"""Exports that a member's page names."""
Chosen = QuerySet[Member] | Sequence[UUID]
"""The members of a list, in its order."""
_KEY = 16  # bytes


@dataclass(frozen=True)
class Going:
    """Who goes out: the keys in their order, one behind the other, so that a million members are 16 MB; and how many
    they are on the ground of each unit."""

    keys: bytes
    people: Mapping[UUID, int]

    def __len__(self) -> int:
        return len(self.keys) // _KEY


def members_xlsx(
    *,
    actor: Actor,
    unit_id: UUID,
    reason: str,
    chosen: Chosen | None = None,
    described: str = "",
    layout: str = "",
) -> bytes:
    """The members of a unit and below as a workbook, sealed values in full.

    `chosen` narrows and orders the list (of members that the actor may see), `described` says how in a few words,
    `layout` is the key of one (see `layout_of`). DomainError without a reason.
    """
    unit = unit_for(actor=actor, permission="sheets.export", unit_id=unit_id)
    found = members_to_export(actor=actor, grounds=[unit], chosen=chosen, layout=layout)
    export(actor=actor, people={unit_id: len(found)}, reason=reason, described=described)
    return workbook(layout_of(layout), found.keys, unit=unit.name)


def members_to_export(
    *, actor: Actor, grounds: Sequence[Unit], chosen: Chosen | None = None, layout: str = ""
) -> Going:
    """Of `chosen` those of the grounds whom the actor may export and whom the layout is about."""
    here = Q(*(inside(unit.path) for unit in grounds), _connector=Q.OR)
    shape = layout_of(layout)
    allowed = members(actor=actor, permission="sheets.export").filter(shape.who, here)
    if chosen is None or (shape.by_unit and isinstance(chosen, QuerySet)):
        chosen = (Member.objects if chosen is None else chosen).order_by("path", "name_key", "pk")
    rows: Iterable[tuple[UUID, str]]
    if isinstance(chosen, QuerySet):
        wanted = chosen.filter(pk__in=allowed.values("pk"))
        rows = wanted.values_list("pk", "path").iterator(chunk_size=CHUNK)
    else:
        may = dict(allowed.values_list("pk", "path").iterator(chunk_size=CHUNK))
        rows = ((key, may[key]) for key in chosen if key in may)
    keys, people = bytearray(), Counter[UUID]()
    for key, path in rows:
        keys += key.bytes
        people.update(unit.id for unit in grounds if path.startswith(unit.path))
    return Going(bytes(keys), people)


@act("sheets.export", facts=("sheets.exported",))
def export(*, actor: Actor, people: Mapping[UUID, int], reason: str, described: str = "") -> list[Fact]:
    """Write down that a list goes out, of how many `people` of each of these units and below, and what it is for: a
    fact on the ground of each unit.

    DomainError without a reason.
    """
    grounds = units_for(actor=actor, permission="sheets.export", unit_ids=people.keys())
    if not reason.strip():
        raise DomainError(_("请写明导出的用途。"), field="reason")
    return [
        record(
            "sheets.exported",
            unit=unit,
            subject_id=unit.id,
            count=people[unit.id],
            filter=described or unit.name,
            reason=reason.strip(),
        )
        for unit in grounds.values()
    ]


def lists_around(*, actor: Actor, member_id: UUID) -> list[Entry]:
    """The latest exports of lists in which the member may stand: of the units above him, since he is registered. Their
    reasons are not for him to read: they may name others."""
    member = member_for(actor=actor, permission="people.see", member_id=member_id)
    facts = Fact.objects.filter(
        kind="sheets.exported", member_id__isnull=True, path__in=ancestors(member.path), pk__gt=member.id
    )
    return tell(facts.order_by("-id")[:LISTS])


def workbook(layout: Layout, keys: bytes, *, unit: str, report: Report | None = None) -> bytes:
    """The members of these keys (`Going.keys`) in a layout. `report` hears how many are written; it may stop it by
    raising."""
    return list_xlsx(layout.form(unit), layout.columns, layout.lines(_people(keys, report)))


def name_of(layout: Layout, unit: str) -> str:
    """What the workbook of a unit's members is called, without the day."""
    return f"{layout.form(unit).sheet}-{unit}"


def _people(keys: bytes, report: Report | None) -> Iterator[Person]:
    """The members with all that is known of them, a few queries a thousand; who is gone meanwhile is left out."""
    number, names = 0, dict[str, str]()
    for first in range(0, len(keys), CHUNK * _KEY):
        part = keys[first : first + CHUNK * _KEY]
        chunk = [UUID(bytes=part[at : at + _KEY]) for at in range(0, len(part), _KEY)]
        found = Member.objects.select_related("unit").in_bulk(chunk)
        known, sorted_into = records(found.values()), names_of(chunk)
        for root in {member.path[:WIDTH] for member in found.values()} - names.keys():
            names |= _unit_names(root)
        for key in chunk:
            if key in known:
                number += 1
                unit = names.get(found[key].path, found[key].unit.name)
                yield Person(number, known[key] | {"unit": unit}, "、".join(sorted_into[key]))
        if report:
            report(number)


def _unit_names(root: str) -> dict[str, str]:
    """By their paths the names of a committee's units, each as the import finds it again."""
    units = Unit.objects.filter(inside(root), ended_on__isnull=True)
    units = units.exclude(kind=UnitKind.GROUP)
    return told_apart(dict(units.values_list("path", "name")))
