"""Two registrations of one person made one, and made two again: 合并重复登记.

The other row leaves the roster; its absences, contacts and contact person go to the member who stays. What splitting
needs is kept sealed in the fact. What duties read of the two is joined once, and the fact carries the result: standing
follows it like any other fact.
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
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import record, values
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import KeyRing
from yanzhen.ledger.wording import own_words
from yanzhen.mobility.models import Absence
from yanzhen.people import terms
from yanzhen.people.columns import COLUMNS, OWN, Value
from yanzhen.people.models import Member
from yanzhen.people.photos import hand_over, with_photo
from yanzhen.people.queries import member_for, members_for
from yanzhen.people.services import change_member
from yanzhen.people.timeline import LOOKS, MERGED, SPLIT
from yanzhen.people.values import value_of
from yanzhen.sheets import snapshot

AWAY = "people.member.merged_away"
_PERMISSION = "people.merge"


@act(_PERMISSION, facts=(MERGED, AWAY, "people.member.changed"))
def merge_members(*, actor: Actor, keep_id: UUID, other_id: UUID, take: Collection[str] = ()) -> Member:
    """Make two registrations one: `keep_id` stays, with the values of the other in the columns `take`.

    Where both are away, the absence whose whereabouts are known stays, else that of the member who stays; where both
    have a contact person, that of the member who stays. DomainError for the same member twice or two ID numbers,
    Conflict where both have accounts or photos of their own or the other has a correction that waits.
    """
    both = members_for(actor=actor, permission=_PERMISSION, member_ids=[keep_id, other_id])
    if len(both) < 2:
        raise DomainError(_("请选两条登记。"))
    list(Member.objects.filter(pk__in=list(both)).order_by("pk").select_for_update(no_key=True))
    keep, other = both[keep_id], both[other_id]
    before = histories(list(both))
    _refuse(keep, other, before[other_id])
    if len(with_photo(actor=actor, member_ids=list(both))) == 2:
        raise Conflict(_("两条登记都有照片，请先去掉一张。"))
    taken = {column.key: value_of(other, column.key) for column in OWN if column.key in take}
    undo = {
        "rows": {str(key): rows for key, rows in snapshot.take([keep, other]).items()},
        "other": json.loads(serializers.serialize("json", [other]))[0],
        "values": {key: value_of(keep, key) for key in taken},
        "account": str(keep.account_id or ""),
        "photo": hand_over(source=other, to=keep),
    }
    after = _carry(keep, other, before[keep_id], before[other_id])
    record(AWAY, member=other, subject_id=keep.id, into=str(keep.id), name=keep.name)
    current().flush()
    Member.objects.filter(pk=other.pk).delete()
    if other.account_id:
        Member.objects.filter(pk=keep.pk).update(account_id=other.account_id)
        Account.objects.filter(pk=other.account_id).update(path=keep.path)
    snapshot.keep_keepers([keep.id])
    _change(actor, keep, taken)
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
        undo=undo,
    )
    return keep


@act(_PERMISSION, facts=(SPLIT, "people.member.changed"))
def split_members(*, actor: Actor, member_id: UUID) -> Member:
    """Take the last merge of a member back: both registrations are what they were. Returns the one that came back.

    Conflict where nothing was merged, or anything but looks was written of the member since.
    """
    keep = member_for(actor=actor, permission=_PERMISSION, member_id=member_id)
    merged = last_merge(keep)
    if merged is None:
        raise Conflict(_("没有可以拆开的合并：没有合并过，或者合并以后又办了别的事。"))
    told, redacted = values(merged, KeyRing())
    if redacted:
        raise Conflict(_("合并前的内容已依法删除，不能拆开。"))
    undo = told["undo"]
    (loaded,) = serializers.deserialize("json", json.dumps([undo["other"]]))
    other = cast(Member, loaded.object)
    if other.unit.ended_on is not None:
        raise Conflict(_("“%(unit)s”已经撤销，不能拆回去。") % {"unit": other.unit.name})
    other.path = other.unit.path
    require(actor, _PERMISSION, unit=other.unit)
    require(actor, _PERMISSION, member=other)
    _change(actor, keep, undo["values"])
    Member.objects.filter(pk=keep.pk).update(account_id=undo["account"] or None)
    other.save(force_insert=True)
    if other.account_id:
        Account.objects.filter(pk=other.account_id).update(path=other.path)
    searched = (str(value_of(other, key)) for key in ("name", "phone", "id_number"))
    terms.store([(other, terms.terms_for(*searched))])
    snapshot.put_back({UUID(key): rows for key, rows in undo["rows"].items()})
    if undo.get("photo"):
        hand_over(source=keep, to=other)
    for one in (keep, other):
        record(
            SPLIT,
            member=one,
            subject_id=other.id,
            other=str(other.id),
            history=merged.data["before"][str(one.id)],
        )
    return other


def last_merge(member: Member) -> Fact | None:
    """The merge that can be taken back: the last thing written of the member, but for looks."""
    last = Fact.objects.filter(member_id=member.id).exclude(kind__in=LOOKS).order_by("-id").first()
    return last if last is not None and last.kind == MERGED else None


def _refuse(keep: Member, other: Member, history: History) -> None:
    if keep.id_number_index and other.id_number_index:
        raise DomainError(_("两条登记的公民身份号码不同，不是同一个人。"))
    if keep.account_id and other.account_id:
        raise Conflict(_("两条登记都有本人账号，不能合并。"))
    if history.correction_since is not None:
        raise Conflict(_("本人在另一条登记上提出的更正还没有核对，请先核对。"))


def _carry(keep: Member, other: Member, history: History, others: History) -> History:
    """Give the other's rows to the member who stays; of two that may be there once, one goes."""
    absences = {it.member_id: it for it in Absence.objects.filter(member__in=[keep, other], is_open=True)}
    from_other = keep.id not in absences or (
        other.id in absences
        and absences[keep.id].arrived_on is None
        and absences[other.id].arrived_on is not None
    )
    if len(absences) == 2:
        absences[keep.id if from_other else other.id].delete()
    held = Assignment.objects.filter(ends_on__isnull=True)
    if held.filter(member=keep).exists():
        held.filter(member=other).delete()
    for table in (Absence, Assignment, Contact):
        cast(Any, table).objects.filter(member=other).update(member=keep, path=keep.path)
    return joined(history, others, away_from_other=from_other)


def _change(actor: Actor, keep: Member, wanted: dict[str, Value | None]) -> None:
    given = {key: "" if value is None else value for key, value in wanted.items()}
    if given:
        change_member(actor=actor, member_id=keep.id, values=given)
