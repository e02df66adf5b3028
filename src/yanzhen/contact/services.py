"""Acts of keeping in touch: who looks after whom, and each contact."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from yanzhen.contact.models import Assignment, Contact, ContactPerson, Means
from yanzhen.contact.queries import person_for, persons_for_member
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, DomainError, NotFound
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record
from yanzhen.org.queries import unit_for
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for
from yanzhen.people.values import cleaned, digits
from yanzhen.vault.sealed import blind_index, seal, unseal

NOTE = "contact_contact.note"
PHONE = "contact_person.phone"


@act("contact.log", facts=("contact.logged",))
def log_contact(
    *, actor: Actor, member_id: UUID, on: date, means: str, reached: bool = True, note: str = ""
) -> Contact:
    """Log one contact with a member, or one attempt (`reached=False`), on a day not after today.

    The same contact logged again changes nothing. DomainError with its `field` for a day ahead or no such means.
    """
    member = member_for(actor=actor, permission="contact.log", member_id=member_id)
    if on > clock.today():
        raise DomainError(_("联系日期不能晚于今天。"), field="on")
    if means not in Means:
        raise DomainError(_("请选联系方式。"), field="means")
    contact = Contact(
        member=member,
        path=member.path,
        on=on.isoformat(),
        means=means,
        reached=reached,
        by_name=actor.name,
    )
    note = note.strip()
    if logged := _logged_already(contact, note):
        return logged
    contact.note_sealed = seal(note, place=NOTE, row=contact.id)
    contact.save(force_insert=True)
    record(
        "contact.logged",
        member=member,
        subject_id=contact.id,
        on=on,
        means=contact.means,
        reached=reached,
        what=said(contact),
        note=note,
    )
    return contact


@act("contact.assign", facts=("contact.person.named",))
def name_contact_person(
    *, actor: Actor, unit_id: UUID, name: str, phone: str = "", account_id: UUID | None = None
) -> ContactPerson:
    """Name somebody of a unit as a contact person. Somebody of that name and phone who is there already is taken.

    DomainError with its `field` for a missing name, an impossible phone or an unknown account.
    """
    unit = unit_for(actor=actor, permission="contact.assign", unit_id=unit_id)
    name = name.strip()
    if not name or len(name) > 60:
        raise DomainError(_("请填写联系人姓名，最多 60 个字。"), field="name")
    phone = str(cleaned({"phone": phone})["phone"])
    person = ContactPerson(path=unit.path, name=name)
    person.phone_sealed = seal(phone, place=PHONE, row=person.id)
    person.phone_index = blind_index(digits(phone), use="phone")
    known = ContactPerson.objects.filter(path=unit.path, name=name, phone_index=person.phone_index).first()
    if known is None:
        person.save(force_insert=True)
        record("contact.person.named", unit=unit, subject_id=person.id)
    if account_id is not None:
        return link_account_to_person(actor=actor, person_id=(known or person).id, account_id=account_id)
    return known or person


@act("contact.assign", facts=("contact.person.linked",))
def link_account_to_person(*, actor: Actor, person_id: UUID, account_id: UUID) -> ContactPerson:
    """Give a contact person an account: with it he sees the members he looks after, from now on and all at once.

    Conflict where he has another account; DomainError where there is no such account.
    """
    person = person_for(actor=actor, permission="contact.assign", person_id=person_id)
    if person.account_id == account_id:
        return person
    if person.account_id is not None:
        raise Conflict(_("这位联系人已经有账号了。"), field="account_id")
    if not get_user_model().objects.filter(pk=account_id).exists():
        raise DomainError(_("没有这个账号。"), field="account_id")
    person.account_id = account_id
    person.save(update_fields=["account_id"])
    held = Assignment.objects.filter(person=person, ends_on__isnull=True)
    Member.objects.filter(pk__in=held.values("member_id")).update(keeper_id=account_id)
    record("contact.person.linked", unit=person, subject_id=person.id)
    return person


@act("contact.assign", facts=("contact.person.assigned", "contact.person.released"))
def assign(*, actor: Actor, member_id: UUID, person_id: UUID) -> Assignment:
    """Make somebody the one contact person of a member (一人一挂钩); whoever it was before is released.

    By hand anybody may be given more than `contact.load` members. The same person again changes nothing. NotFound
    for a person whom the actor may not assign, DomainError for the member himself.
    """
    member = member_for(actor=actor, permission="contact.assign", member_id=member_id)
    person = persons_for_member(actor=actor, member=member).filter(pk=person_id).first()
    if person is None:
        raise NotFound(_("没有这位联系人，或者不在您管理的范围内。"), field="person_id")
    if person.account_id is not None and person.account_id == member.account_id:
        raise DomainError(_("不能做自己的联系人，请另选一位。"), field="person_id")
    held = _held(member)
    if held and held.person_id == person.id:
        return held
    if held:
        _end(held, member, reason="")
    assignment = Assignment(member=member, path=member.path, person=person, starts_on=clock.today())
    assignment.save(force_insert=True)
    Member.objects.filter(pk=member.pk).update(keeper_id=person.account_id)
    record("contact.person.assigned", member=member, subject_id=person.id, person=person.name)
    return assignment


@act("contact.assign", facts=("contact.person.released",))
def release(*, actor: Actor, member_id: UUID, reason: str = "") -> Assignment | None:
    """End a member's having a contact person; None where he has none."""
    member = member_for(actor=actor, permission="contact.assign", member_id=member_id)
    held = _held(member)
    if held is None:
        return None
    _end(held, member, reason=reason.strip())
    Member.objects.filter(pk=member.pk).update(keeper_id=None)
    return held


def said(contact: Contact) -> str:
    """A contact in words, for the sentence of its fact."""
    how = {
        Means.PHONE: _("打电话"),
        Means.WECHAT: _("发微信"),
        Means.VISIT: _("当面"),
        Means.LETTER: _("写信"),
        Means.OTHER: _("用其他方式"),
    }[Means(contact.means)]
    told = _("%(how)s联系上了本人") if contact.reached else _("%(how)s联系，没有联系上")
    return told % {"how": how}


def _logged_already(contact: Contact, note: str) -> Contact | None:
    same = Contact.objects.filter(
        member_id=contact.member_id,
        on=contact.on,
        means=contact.means,
        reached=contact.reached,
        by_name=contact.by_name,
    )
    return next((one for one in same if unseal(one.note_sealed, place=NOTE, row=one.id) == note), None)


def _held(member: Member) -> Assignment | None:
    """The member's present assignment; his row is locked first, so that two people assign one after the other."""
    Member.objects.select_for_update().filter(pk=member.pk).values_list("pk", flat=True).first()
    held = Assignment.objects.filter(member=member, ends_on__isnull=True)
    return held.select_related("person").first()


def _end(held: Assignment, member: Member, *, reason: str) -> None:
    held.ends_on = clock.today()
    held.save(update_fields=["ends_on"])
    record(
        "contact.person.released",
        member=member,
        subject_id=held.person_id,
        person=held.person.name,
        reason=reason,
    )
