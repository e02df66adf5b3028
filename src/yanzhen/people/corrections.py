"""更正: a member says what is wrong in his own record; his branch takes it over or not. All of it is facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record, values
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import KeyRing
from yanzhen.ledger.wording import own_words
from yanzhen.people.columns import COLUMNS, OWN, Column, Value
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for
from yanzhen.people.services import change_member
from yanzhen.people.values import cleaned, value_of

PROPOSED = "people.correction.proposed"
ACCEPTED = "people.correction.accepted"
DECLINED = "people.correction.declined"

# What the branch says of a member is not his to propose.
_OF_THE_BRANCH = frozenset(
    {"stage", "membership_status", "is_lost", "lost_on", "dues_paid_to", "thought_note", "note"}
)
CORRECTABLE = tuple(column for column in OWN if column.key not in _OF_THE_BRANCH)


@dataclass(frozen=True)
class Correction:
    """The last correction that a member proposed. `outcome` is "", accepted or declined; `reason` the branch's word."""

    id: UUID
    proposed_on: date
    values: Mapping[str, Value | None]
    outcome: str
    reason: str

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def columns(self) -> list[Column]:
        return [COLUMNS[key] for key in self.values]


@act("people.correction.propose", facts=(PROPOSED,))
def propose_correction(*, actor: Actor, member_id: UUID, values: Mapping[str, Value | None]) -> Correction:
    """Propose values for one's own record; the branch decides. What was proposed before and is not decided yet stays
    part of it.

    DomainError with its `field` for a value that cannot be kept, or where nothing differs from what is registered.
    """
    member = member_for(actor=actor, permission="people.correction.propose", member_id=member_id)
    own = {column.key for column in CORRECTABLE}
    given = cleaned({key: value for key, value in values.items() if key in own})
    if given.get("name", member.name) == "":
        raise DomainError(_("请填写姓名。"), field="name")
    before = _last(member)
    pending = before if before is not None and before.is_open else None
    wanted = {**(pending.values if pending else {}), **given}
    wanted = {key: value for key, value in wanted.items() if value != value_of(member, key)}
    if pending is not None and wanted == pending.values:
        return pending
    if not wanted:
        raise DomainError(_("没有和登记不同的地方。请先改您要更正的那一项。"))
    what = own_words(*(COLUMNS[key].label for key in wanted))
    fact = record(PROPOSED, member=member, fields=sorted(wanted), what=what, values=wanted)
    return Correction(fact.id, fact.on, wanted, "", "")


@act("people.correction.decide", facts=(ACCEPTED, DECLINED))
def decide_correction(
    *, actor: Actor, member_id: UUID, proposal_id: UUID, accepted: bool, reason: str = ""
) -> Correction:
    """Take the proposed values over, or decline with a sentence that the member reads.

    Conflict where nothing is open or something else was proposed meanwhile, DomainError for one's own correction or
    for declining without a sentence, and whatever `change_member` refuses.
    """
    member = member_for(actor=actor, permission="people.correction.decide", member_id=member_id)
    if actor.id is not None and member.account_id == actor.id:
        raise DomainError(_("自己提出的更正，要请别人核对。"))
    proposed = _last(member)
    if proposed is None or not proposed.is_open:
        raise Conflict(_("没有要核对的更正，可能已经有人办了。"))
    if proposed.id != proposal_id:
        raise Conflict(_("本人又改了要更正的内容，请看过再定。"))
    if not accepted and not reason.strip():
        raise DomainError(_("不采纳要写一句为什么，本人可以看到。"), field="reason")
    if accepted:
        change_member(
            actor=actor,
            member_id=member_id,
            values={k: "" if v is None else v for k, v in proposed.values.items()},
        )
    record(
        ACCEPTED if accepted else DECLINED,
        member=member,
        subject_id=proposed.id,
        what=own_words(*(column.label for column in proposed.columns)),
        reason=reason.strip(),
    )
    return Correction(
        proposed.id,
        proposed.proposed_on,
        proposed.values,
        "accepted" if accepted else "declined",
        reason.strip(),
    )


def last_correction(*, actor: Actor, member_id: UUID) -> Correction | None:
    """The last correction that the member proposed, with what became of it; None where he never did."""
    return _last(member_for(actor=actor, permission="people.see", member_id=member_id))


def _last(member: Member) -> Correction | None:
    facts = Fact.objects.filter(member_id=member.id)
    proposed = facts.filter(kind=PROPOSED).order_by("-id").first()
    if proposed is None:
        return None
    decided = facts.filter(kind__in=(ACCEPTED, DECLINED), id__gt=proposed.id).order_by("-id").first()
    ring = KeyRing()
    told, _redacted = values(proposed, ring)
    said = values(decided, ring)[0] if decided else {}
    outcome = decided.kind.rpartition(".")[2] if decided else ""
    return Correction(
        proposed.id, proposed.on, told.get("values", {}), outcome, str(said.get("reason") or "")
    )
