"""党员联络信息卡: what one needs to reach a member, on a small card. That a card was made is a look that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yanzhen.access.checks import permits, require
from yanzhen.contact.models import Assignment, ContactPerson
from yanzhen.contact.roster import PHONE
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError, NotPermitted
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import record
from yanzhen.ledger.wording import own_words
from yanzhen.mobility.models import Absence
from yanzhen.people.columns import COLUMNS
from yanzhen.people.models import Member
from yanzhen.people.photos import with_photo
from yanzhen.people.queries import members_for
from yanzhen.people.values import value_of
from yanzhen.vault.masking import mask_phone
from yanzhen.vault.sealed import unseal

MOST = 500
"""Cards made at a time: fifty sheets of paper, and one page that a browser still prints."""


@dataclass(frozen=True)
class Card:
    """One card. Where the phones are masked, `in_full` is False and no telephone can take the card."""

    member: Member
    phone: str
    in_full: bool
    place: str
    person: str
    person_phone: str
    has_photo: bool


@act("people.see", facts=("people.field.unmasked",))
def make_cards(*, actor: Actor, member_ids: Sequence[UUID]) -> list[Card]:
    """The cards of these members, in their order. A few queries, however many they are.

    Phones are in full for who holds `people.unmask`, each kept as a look with its reason, and for the member himself;
    masked for others. NotFound outside what the actor may see, DomainError for nobody or for more than `MOST`.
    """
    if not 0 < len(member_ids) <= MOST:
        raise DomainError(_("一次可以做 1 到 %(most)d 张联络卡，请先筛选名单。") % {"most": MOST})
    found = members_for(actor=actor, permission="people.see", member_ids=member_ids)
    current().ring.fetch(found)
    absences = {it.member_id: it for it in Absence.objects.filter(member_id__in=list(found), is_open=True)}
    held = Assignment.objects.filter(member_id__in=list(found), ends_on__isnull=True)
    persons = {it.member_id: it.person for it in held.select_related("person")}
    pictured = with_photo(actor=actor, member_ids=list(found))
    return [
        _card(actor, found[key], absences.get(key), persons.get(key), has_photo=key in pictured)
        for key in member_ids
    ]


@act("people.see", facts=("people.field.unmasked",))
def phone_contact(*, actor: Actor, member_id: UUID) -> Card:
    """One card for the contacts of a telephone: with the number in full, or NotPermitted."""
    (card,) = make_cards(actor=actor, member_ids=[member_id])
    if not card.in_full:
        require(actor, "people.unmask", member=card.member)
        raise NotPermitted(_("没有登记手机号码，不能存到手机通讯录。"))
    return card


def _card(
    actor: Actor, member: Member, absence: Absence | None, person: ContactPerson | None, *, has_photo: bool
) -> Card:
    phone = str(value_of(member, "phone"))
    person_phone = unseal(person.phone_sealed, place=PHONE, row=person.id) if person else ""
    own = member.account_id is not None and member.account_id == actor.id
    may = own or permits(actor, "people.unmask", member=member)
    if may and phone and not own:
        record(
            "people.field.unmasked",
            member=member,
            field="phone",
            what=own_words(COLUMNS["phone"].label),
            reason=gettext_noop("做联络卡"),
        )
    return Card(
        member=member,
        phone=phone if may else mask_phone(phone),
        in_full=may and bool(phone),
        place=absence.destination if absence else "",
        person=person.name if person else "",
        person_phone=person_phone if may else mask_phone(person_phone),
        has_photo=has_photo,
    )
