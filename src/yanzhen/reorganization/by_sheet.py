"""按表格转移党员: whoever a sheet names with another unit than his moves there, all of them in one act.

The sheet is handed in like any roster and read by the same eyes (`sheets.plan`). Importing it never changes a unit, and
undoing an import never takes a move back: members are moved back by another move.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import UUID

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.ledger.acts import act
from yanzhen.org.models import Unit
from yanzhen.people.columns import COLUMNS
from yanzhen.people.models import Basis, Member
from yanzhen.reorganization.services import move_members
from yanzhen.sheets.against import walk
from yanzhen.sheets.models import BatchState
from yanzhen.sheets.places import Doubt, Renamed
from yanzhen.sheets.plan import LOOKED_AT, Does, Planned, Planner
from yanzhen.sheets.queries import batch_for

COLUMNS_NEEDED = ("name", "id_number", "phone", "unit")
"""What the sheet needs: who, by ID number or phone, and to which unit."""


@dataclass(frozen=True)
class Move:
    """One row: who goes where from the unit that he is in."""

    row: int
    member: Member
    to: Unit


@dataclass(frozen=True)
class Left:
    """A row that moves nobody, and why."""

    row: int
    name: str
    why: str


@dataclass(frozen=True)
class Moves:
    """What a sheet would move; `there` is how many are in the unit already that it names."""

    moves: list[Move]
    left: list[Left]
    there: int
    doubts: tuple[Doubt, ...]
    renamed: tuple[Renamed, ...]


def moves(*, actor: Actor, batch_id: UUID) -> Moves:
    """Who moves where by a sheet that was handed in, and which rows move nobody; nothing is changed.

    DomainError for one that is too long to be looked at, Conflict for one that was dropped; Unrecognized.
    """
    batch = batch_for(actor=actor, batch_id=batch_id)
    if batch.state in (BatchState.UNDONE, BatchState.DISCARDED):
        raise Conflict(_("这份表已经放弃或者撤销，请重新上传。"))
    going, left, there = [], [], 0
    planner = Planner(batch, today=clock.today())
    for seen, one in enumerate(walk(batch, planner), start=1):
        if seen > LOOKED_AT:
            raise DomainError(_("一次最多转 %(n)d 行，请分成几份。") % {"n": LOOKED_AT})
        if why := _why_not(one):
            left.append(Left(one.row.row, str(one.values.get("name", "")), why))
        elif one.member and one.place and one.place.unit:
            if one.place.unit.id == one.member.unit_id:
                there += 1
            else:
                going.append(Move(one.row.row, one.member, one.place.unit))
    return Moves(going, left, there, planner.doubts, planner.renamed)


@act("org.change", facts=("people.member.moved",), alone=True)
def move_by_sheet(
    *,
    actor: Actor,
    batch_id: UUID,
    expected: int,
    on: date | None = None,
    reason: str = "",
    basis: str = Basis.RELATION,
) -> int:
    """Move everybody whom the sheet names with another unit; how many. Refusals as in `move_members`.

    Conflict where that is not the number `expected`, which somebody looked at.
    """
    found = moves(actor=actor, batch_id=batch_id).moves
    if len(found) != expected:
        raise Conflict(_("名册在这期间变了，请再看一遍谁要转。"))
    if not found:
        raise DomainError(_("这份表里没有要转的党员。"))
    by_unit: dict[UUID, list[UUID]] = defaultdict(list)
    for one in found:
        by_unit[one.to.id].append(one.member.id)
    return sum(
        move_members(actor=actor, member_ids=members, to_id=to_id, on=on, reason=reason, basis=basis)
        for to_id, members in by_unit.items()
    )


def template() -> bytes:
    """An empty sheet with the columns that are needed, to be filled in."""
    target = BytesIO()
    with Workbook(target) as book:
        sheet = book.add_worksheet(_("转移党员"))
        sheet.set_column(0, len(COLUMNS_NEEDED), 24)
        for place, key in enumerate(COLUMNS_NEEDED):
            sheet.write_string(0, place, str(COLUMNS[key].label), book.add_format({"bold": True}))
    return target.getvalue()


def _why_not(one: Planned) -> str:
    """Why a row moves nobody, "" where it may."""
    if not one.values.get("unit"):
        return _("没有写转到哪个党支部。")
    if one.does is Does.STAYS_OUT:
        return "".join(dict.fromkeys(it.message for it in one.problems))
    if one.doubt and not one.doubt.taken:
        return one.told[-1].message
    if one.member is None:
        return _("在册的党员里没有找到，请核对姓名，补上公民身份号码或者手机号码。")
    if one.place is None or one.place.unit is None:
        return _("还没有“%(unit)s”，请先设立，或者写它现在的名称。") % {"unit": one.values["unit"]}
    return ""
