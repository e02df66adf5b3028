"""Two registrations before they are made one, and one before it is made two again: what comes along, what stands in
the way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.core import serializers
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yanzhen.contact.models import Assignment, Contact, ContactPerson
from yanzhen.duties.history import History
from yanzhen.duties.models import Standing
from yanzhen.duties.projection import histories
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.ledger.facts import Entry, tell, values
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import KeyRing
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.people.columns import COLUMNS, Column
from yanzhen.people.models import Member, MemberCategory, Photo
from yanzhen.people.queries import member_for
from yanzhen.people.timeline import APART, AWAY, LOOKS, MERGED, NOT_APART, taken_back
from yanzhen.reorganization.rules import absence_from_other
from yanzhen.reorganization.twins import PERMISSION, pair_for, said_apart
from yanzhen.sheets.undoing import not_undone

_TOLD = 20  # of what stands in the way


@dataclass(frozen=True)
class Side:
    """What hangs on one of two registrations besides its own columns."""

    member: Member
    absence: Absence | None
    keeper: ContactPerson | None
    categories: list[str]
    contacts: int
    duties: int
    facts: int


@dataclass(frozen=True)
class Together:
    """Two registrations beside each other, and what stays of what there may be once."""

    keep: Side
    other: Side
    absence: Absence | None
    keeper: ContactPerson | None
    obstacle: DomainError | None

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.keep, self.other


def together(*, actor: Actor, keep_id: UUID, other_id: UUID) -> Together:
    """What making the two one would bring along, `keep_id` staying. Raises as `twins.pair_for`."""
    keep, other = pair_for(actor=actor, keep_id=keep_id, other_id=other_id)
    ours, theirs = _side(keep), _side(other)
    told = [(it.arrived_on, True) if it else (None, False) for it in (ours.absence, theirs.absence)]
    return Together(
        keep=ours,
        other=theirs,
        absence=theirs.absence if absence_from_other(*told) else ours.absence,
        keeper=ours.keeper or theirs.keeper,
        obstacle=obstacle(keep, other, histories([other_id])[other_id]),
    )


def obstacle(keep: Member, other: Member, history: History) -> DomainError | None:
    """Why the two cannot be made one; `history` is the other's."""
    if keep.id == other.id:
        return DomainError(_("请选两条登记。"))
    if keep.id_number_index and other.id_number_index:
        return DomainError(_("两条登记的公民身份号码不同，不是同一个人。"))
    if keep.account_id and other.account_id:
        return Conflict(_("两条登记都有本人账号，不能合并。"))
    if Photo.objects.filter(member__in=[keep, other]).count() > 1:
        return Conflict(_("两条登记都有照片，请先去掉一张。"))
    if history.correction_since is not None:
        return Conflict(_("本人在另一条登记上提出的更正还没有核对，请先核对。"))
    if said_apart(keep.id, [other.id]):
        return Conflict(_("已经确认这是两个人。如果弄错了，请先收回这个确认。"))
    return None


def _side(member: Member) -> Side:
    held = Assignment.objects.filter(member=member, ends_on__isnull=True).select_related("person").first()
    return Side(
        member=member,
        absence=Absence.objects.filter(member=member, is_open=True).first(),
        keeper=held.person if held else None,
        categories=list(
            MemberCategory.objects.filter(member=member).values_list("category__name", flat=True)
        ),
        contacts=Contact.objects.filter(member=member).count(),
        duties=Standing.objects.filter(member=member).count(),
        facts=Fact.objects.filter(member_id=member.id).exclude(kind__in=LOOKS).count(),
    )


@dataclass(frozen=True)
class WayBack:
    """The last merge of a member that was not taken back, and what taking it back would do.

    `other` is the registration that would come back, not stored; `kept` and `away` are the halves of what was kept for
    it (`merging.merge_members`). `since` tells what was written of the member after the merge, the first of `count`.
    """

    merged: Entry
    other: Member
    kept: dict[str, Any]
    away: dict[str, Any]
    since: list[Entry]
    count: int
    obstacle: DomainError | None

    @property
    def columns(self) -> list[Column]:
        """The columns in which the member would have his own value again."""
        return [COLUMNS[key] for key in self.kept["values"]]

    @property
    def absences(self) -> int:
        """How many absences would be the other's again."""
        return self._returning("mobility.absence")

    @property
    def contacts(self) -> int:
        """How many contacts would be the other's again."""
        return self._returning("contact.contact")

    @property
    def more(self) -> int:
        """How many facts there are besides those that are told."""
        return self.count - len(self.since)

    def _returning(self, model: str) -> int:
        return sum(row["model"] == model for row in self.away["rows"])


def way_back(*, actor: Actor, member_id: UUID) -> WayBack:
    """What splitting a member would do, and what stands in its way. Conflict where no merge is left to be taken back,
    or what it needs was erased."""
    keep = member_for(actor=actor, permission=PERMISSION, member_id=member_id)
    standing = _standing(keep.id)
    merged = standing.filter(kind=MERGED).order_by("-id").first()
    if merged is None:
        raise Conflict(_("这条登记没有可以拆开的合并。"))
    away = Fact.objects.get(act_id=merged.act_id, kind=AWAY, member_id=UUID(merged.data["other"]))
    ring = KeyRing()
    (kept, kept_redacted), (gone, gone_redacted) = values(merged, ring), values(away, ring)
    if kept_redacted or gone_redacted:
        raise Conflict(_("合并前的内容已依法删除，不能拆开。"))
    (loaded,) = serializers.deserialize("json", json.dumps([gone["undo"]["row"]]))
    other = cast(Member, loaded.object)
    since = standing.filter(id__gt=merged.id).order_by("id")
    unit = Unit.objects.filter(pk=other.unit_id, ended_on__isnull=True).first()
    if unit is not None:
        other.unit, other.path = unit, unit.path
    count = since.count()
    return WayBack(
        merged=tell([merged])[0],
        other=other,
        kept=kept["undo"],
        away=gone["undo"],
        since=tell(since[:_TOLD]),
        count=count,
        obstacle=_in_the_way(keep, other, unit, count, [*kept["undo"]["rows"], *gone["undo"]["rows"]]),
    )


def _standing(member_id: UUID) -> QuerySet[Fact]:
    """The facts of a member that count for splitting: but for looks, and for what was taken back already, merges and
    imports."""
    own = Fact.objects.filter(not_undone(), member_id=member_id)
    return own.exclude(kind__in=(*LOOKS, APART, NOT_APART)).exclude(act_id__in=taken_back(own))


def _in_the_way(
    keep: Member, other: Member, unit: Unit | None, since: int, rows: list[dict[str, Any]]
) -> DomainError | None:
    """Why the two cannot be made two again, by what happened since."""
    if since:
        return Conflict(_("合并以后又办了 %(n)d 件事，拆开会丢掉它们。") % {"n": since})
    if unit is None:
        return Conflict(_("那条登记原来的党组织已经撤销，不能拆回去。"))
    number = other.id_number_index
    if number and Member.objects.filter(id_number_index=number).exclude(pk=keep.id).exists():
        return Conflict(_("那条登记的公民身份号码，合并以后又登记给了别人，不能拆开。"))
    persons = {row["fields"]["person"] for row in rows if "person" in row["fields"]}
    if ContactPerson.objects.filter(pk__in=persons).count() < len(persons):
        return Conflict(_("合并前的联系人已经不在了，不能拆开。"))
    return None
