"""Two registrations of one person made one, and made two again: 合并重复登记; or said to be two people.

The other row leaves the roster; its absences, contacts and contact person go to the member who stays. What splitting
needs is kept sealed in the facts, each registration's half under its own key, what one took over from the other under
both. What duties read of the two is joined once, and the fact carries the result: standing follows it like any other
fact.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from django.core import serializers
from django.utils.translation import gettext as _

from yanzhen.access.checks import require
from yanzhen.accounts.models import Account
from yanzhen.contact.models import Assignment, Contact
from yanzhen.duties.history import History, joined
from yanzhen.duties.projection import histories
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.paths import WIDTH
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import Lending, record
from yanzhen.ledger.joining import registrations
from yanzhen.ledger.wording import own_words
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.people import terms
from yanzhen.people.categories import categorize
from yanzhen.people.columns import COLUMNS, OWN, Value
from yanzhen.people.groups import called_today
from yanzhen.people.models import Member, MemberCategory
from yanzhen.people.photos import hand_over
from yanzhen.people.queries import member_for
from yanzhen.people.services import change_member
from yanzhen.people.timeline import APART, AWAY, MERGED, NOT_APART, SPLIT
from yanzhen.people.values import value_of
from yanzhen.reorganization.rules import absence_from_other
from yanzhen.reorganization.twins import PERMISSION, pair_for, said_apart
from yanzhen.reorganization.twofold import obstacle, way_back
from yanzhen.sheets import snapshot


@act(PERMISSION, facts=(MERGED, AWAY, "people.member.changed"))
def merge_members(*, actor: Actor, keep_id: UUID, other_id: UUID, take: Collection[str] = ()) -> Member:
    """Make two registrations one: `keep_id` stays, with the values of the other in the columns `take`.

    Where both are away, the absence whose whereabouts are known stays, else that of the member who stays; where both
    have a contact person, that of the member who stays. DomainError for the same member twice or two ID numbers,
    Conflict where both have accounts or photos of their own, the other has a correction that waits, somebody said that
    they are two people, or one of them was merged a moment ago.
    """
    _lock(keep_id, other_id)
    keep, other = pair_for(actor=actor, keep_id=keep_id, other_id=other_id)
    before = histories([keep_id, other_id])
    if refusal := obstacle(keep, other, before[other_id]):
        raise refusal
    taken = {column.key: value_of(other, column.key) for column in OWN if column.key in take}
    rows, photo = snapshot.take([keep, other]), hand_over(source=other, to=keep)
    after = _carry(keep, other, before[keep_id], before[other_id])
    # Who belongs to another unit than his account keeps it there.
    moved = other.account_id is not None and bool(
        Account.objects.filter(pk=other.account_id, path=other.path).update(path=keep.path)
    )
    undo = {
        "row": json.loads(serializers.serialize("json", [other]))[0],
        "rows": rows[other_id],
        "moved": moved,
        "photo": photo,
    }
    ours, theirs = registrations(keep_id), registrations(other_id)
    lent = {"name": ours, "undo": theirs}
    record(AWAY, member=other, subject_id=keep.id, into=str(keep.id), name=keep.name, undo=undo, lent=lent)
    current().flush()
    Member.objects.filter(pk=other.pk).delete()
    if other.account_id:
        Member.objects.filter(pk=keep.pk).update(account_id=other.account_id)
    snapshot.keep_keepers([keep.id])
    own = {key: value_of(keep, key) for key in taken}
    _change(actor, keep, taken, {"before": ours, "after": theirs})
    record(
        MERGED,
        member=keep,
        subject_id=other.id,
        other=str(other.id),
        history=after.as_data(),
        before={str(key): history.as_data() for key, history in before.items()},
        what=own_words(*(COLUMNS[key].label for key in taken)),
        unit_name=other.unit.name,
        name=other.name,
        undo={"values": own, "rows": rows[keep_id], "account": str(keep.account_id or "")},
        lent={"name": theirs, "undo": ours},
    )
    return keep


@act(PERMISSION, facts=(SPLIT, "people.member.changed"))
def split_members(*, actor: Actor, member_id: UUID) -> Member:
    """Take the last merge of a member back: both registrations are what they were. Returns the one that came back.

    Conflict where nothing was merged, or something stands in the way (`twofold.WayBack.obstacle`).
    """
    _lock(member_id)
    keep = member_for(actor=actor, permission=PERMISSION, member_id=member_id)
    back = way_back(actor=actor, member_id=member_id)
    if back.obstacle is not None:
        raise back.obstacle
    other = back.other
    require(actor, PERMISSION, unit=other.unit)
    require(actor, PERMISSION, member=other)
    theirs = registrations(other.id)
    lent = {"before": theirs, "after": registrations(keep.id) - theirs}
    _change(actor, keep, back.kept["values"], lent)
    Member.objects.filter(pk=keep.pk).update(account_id=back.kept["account"] or None)
    other.group = called_today(other.unit_id, other.group)
    other.save(force_insert=True)
    if other.account_id and back.away["moved"]:
        Account.objects.filter(pk=other.account_id).update(path=other.path)
    searched = (str(value_of(other, key)) for key in ("name", "phone", "id_number"))
    terms.store([(other, terms.terms_for(*searched))])
    snapshot.put_back({keep.id: back.kept["rows"], other.id: back.away["rows"]})
    if back.away["photo"]:
        hand_over(source=keep, to=other)
    for one in (keep, other):
        record(
            SPLIT,
            member=one,
            subject_id=other.id,
            other=str(other.id),
            undoes=str(back.merged.fact.act_id),
            history=back.merged.fact.data["before"][str(one.id)],
        )
    _leave_retired(actor, other)
    return other


@act(PERMISSION, facts=(APART,))
def tell_apart(*, actor: Actor, one_id: UUID, other_id: UUID) -> None:
    """Say that two registrations are two people: they are not listed as twins any more, and cannot be merged."""
    _tell(actor, one_id, other_id, APART)


@act(PERMISSION, facts=(NOT_APART,))
def take_back_apart(*, actor: Actor, one_id: UUID, other_id: UUID) -> None:
    """Take back what `tell_apart` said; nothing where it was not said."""
    _tell(actor, one_id, other_id, NOT_APART)


def _tell(actor: Actor, one_id: UUID, other_id: UUID, kind: str) -> None:
    _lock(one_id, other_id)
    both = pair_for(actor=actor, keep_id=one_id, other_id=other_id)
    if one_id == other_id:
        raise DomainError(_("请选两条登记。"))
    if bool(said_apart(one_id, [other_id])) is (kind == APART):
        return
    for one, other in (both, both[::-1]):
        record(kind, member=one, subject_id=other.id, other=str(other.id), unit_name=other.unit.name)


def _leave_retired(actor: Actor, member: Member) -> None:
    """Take a registration that came back out of the categories that were retired while it was away."""
    held = dict(MemberCategory.objects.filter(member=member).values_list("category_id", "category__ended_on"))
    current().flush()
    if any(held.values()):
        categorize(actor=actor, wanted={member.id: [key for key, ended_on in held.items() if not ended_on]})


def _lock(*member_ids: UUID) -> None:
    """Whoever does something with these members at the same time waits, also who writes a row of theirs; in one order
    for everybody, so that two do not wait for each other. An import of their committee goes before or after
    (`sheets.services`): it would write rows of a member whom it read and who is gone."""
    roots = {path[:WIDTH] for path in Member.objects.filter(pk__in=member_ids).values_list("path", flat=True)}
    list(Unit.objects.filter(path__in=roots).order_by("path").select_for_update(no_key=True))
    list(Member.objects.filter(pk__in=member_ids).order_by("pk").select_for_update())


def _carry(keep: Member, other: Member, history: History, others: History) -> History:
    """Give the other's rows to the member who stays; of two that may be there once, one goes."""
    absences = {it.member_id: it for it in Absence.objects.filter(member__in=[keep, other], is_open=True)}
    told = [
        (absences[it].arrived_on, True) if it in absences else (None, False) for it in (keep.id, other.id)
    ]
    from_other = absence_from_other(*told)
    if len(absences) == 2:
        absences[keep.id if from_other else other.id].delete()
    held = Assignment.objects.filter(ends_on__isnull=True)
    if held.filter(member=keep).exists():
        held.filter(member=other).delete()
    for table in (Absence, Assignment, Contact):
        cast(Any, table).objects.filter(member=other).update(member=keep, path=keep.path)
    return joined(history, others, away_from_other=from_other)


def _change(actor: Actor, keep: Member, wanted: dict[str, Value | None], lent: Lending) -> None:
    given = {key: "" if value is None else value for key, value in wanted.items()}
    if given:
        change_member(actor=actor, member_id=keep.id, values=given, lent=lent)
