"""归谁管: the one unit that is responsible for a member is the one he stands under; why, by what basis and since when.

谁有利谁负责: along the employer (条) or the residence (块), whichever serves him and the work better (M1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record, values
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import KeyRing
from yanzhen.ledger.wording import own_words
from yanzhen.people.models import Basis, Member
from yanzhen.people.queries import member_for

SET = "people.responsible.set"
_TELL = (SET, "people.member.moved")


@dataclass(frozen=True)
class Responsible:
    """By what basis a member's unit is responsible for him. `reason` is "" where none was given or it was redacted."""

    basis: Basis
    on: date | None
    reason: str


def responsible(*, actor: Actor, member_id: UUID) -> Responsible:
    """Why the member's unit is the one that is responsible for him."""
    member = member_for(actor=actor, permission="people.see", member_id=member_id)
    facts = Fact.objects.filter(member_id=member.id, kind__in=_TELL, data__has_key="basis")
    last = facts.order_by("-id").first()
    told = values(last, KeyRing())[0] if last else {}
    return Responsible(Basis(member.responsible_basis), member.responsible_on, str(told.get("reason", "")))


@act("people.responsible.set", facts=(SET,))
def set_responsible(
    *, actor: Actor, member_id: UUID, basis: str, reason: str = "", on: date | None = None
) -> Member:
    """Say by what basis, why and since when the member's unit is responsible for him; where it is, a move decides.

    DomainError as in `checked`, and for a day ahead.
    """
    member = member_for(actor=actor, permission="people.responsible.set", member_id=member_id)
    known, reason, on = checked(basis, reason), reason.strip(), on or clock.today()
    if on > clock.today():
        raise DomainError(_("日期不能晚于今天。"), field="on")
    told = responsible(actor=actor, member_id=member_id)
    if (told.basis, told.on) == (known, on) and reason in ("", told.reason):
        return member
    member.responsible_basis, member.responsible_on = known, on
    member.save(update_fields=["responsible_basis", "responsible_on"])
    record(
        SET,
        member=member,
        on=on,
        basis=known.value,
        what=own_words(known.label),
        unit_name=member.unit.name,
        since_on=on.isoformat(),
        reason=reason,
    )
    return member


def checked(basis: str, reason: str) -> Basis:
    """The basis; DomainError for none, and where it is not the affiliation itself and nobody says why."""
    if basis not in Basis.values:
        raise DomainError(_("请选由这里管的依据。"), field="basis")
    if basis != Basis.RELATION and not reason.strip():
        raise DomainError(_("请写明为什么由这里管，党员本人可以看到。"), field="reason")
    return Basis(basis)
