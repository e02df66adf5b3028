"""Acts of keeping in touch: who looks after whom, and each contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yanzhen.access.checks import require
from yanzhen.access.rows import insert
from yanzhen.contact.models import Assignment, Contact, ContactPerson, Means
from yanzhen.contact.queries import person_for, persons_around, persons_for_member, without_person
from yanzhen.contact.roster import PHONE, Named, Persons
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, DomainError, NotFound
from yanzhen.kernel.partial import last_day
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import record
from yanzhen.org.queries import unit_for
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for
from yanzhen.people.values import cleaned, digits
from yanzhen.vault.sealed import blind_index, seal, unseal

NOTE = "contact_contact.note"
Values = Mapping[str, Value]


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


@act("contact.assign", facts=("contact.person.assigned", "contact.person.released"))
def assign_suggested(*, actor: Actor, unit_id: UUID, pairs: Sequence[tuple[UUID, UUID]]) -> int:
    """Assign what `queries.suggest` proposed and somebody agreed to: pairs of member and contact person; how many.

    Members of the unit's subtree who have got a contact person meanwhile, or came home, are passed over. NotFound for
    a person who is neither in the subtree nor above it.
    """
    unit = unit_for(actor=actor, permission="contact.assign", unit_id=unit_id)
    persons = {it.id: it for it in persons_around(unit.path)}
    if any(person_id not in persons for _member_id, person_id in pairs):
        raise NotFound(_("没有这位联系人，或者不在您管理的范围内。"), field="person_id")
    agreed_on = [member_id for member_id, _person_id in pairs]
    waiting = without_person(path=unit.path).select_related("unit").in_bulk(agreed_on)
    agreed = [
        (waiting[member_id], persons[person_id]) for member_id, person_id in pairs if member_id in waiting
    ]
    _assign_many(agreed, held={})
    return len(agreed)


@act("contact.assign", facts=("contact.person.assigned", "contact.person.released", "contact.person.named"))
def assign_members(*, actor: Actor, rows: Sequence[tuple[Member, Values]]) -> None:
    """Assign the contact persons that roster rows name: each a member, at most once, and all values of the row.

    Persons are found by name and phone in the member's unit, else above it, and named there where there is none.
    Three queries and the writes, however many rows there are; the facts wait for a flush.
    """
    for member in {member.path: member for member, _values in rows}.values():
        require(actor, "contact.assign", unit=member)
    named = [(member, it) for member, values in rows if (it := Named.by(member.path, values))]
    if not named:
        return
    persons = Persons(it for _member, it in named)
    for person in persons.added:
        record("contact.person.named", unit=person, subject_id=person.id)
    wanted = [(member, found) for member, it in named if (found := persons.find(it))]
    present = Assignment.objects.filter(
        member_id__in=[member.id for member, _found in wanted], ends_on__isnull=True
    )
    held = {it.member_id: it for it in present.select_related("person")}
    _assign_many(wanted, held=held)


@act("contact.log", facts=("contact.logged",))
def log_contacts(*, actor: Actor, rows: Sequence[tuple[Member, Values]]) -> None:
    """Log the last contacts that roster rows give: each a member, at most once, and all values of the row.

    A day that is not later than a contact already known changes nothing. One query and the writes, however many rows
    there are; the facts wait for a flush.
    """
    for member in {member.path: member for member, _values in rows}.values():
        require(actor, "contact.log", unit=member)
    given = [(member, values) for member, values in rows if values.get("last_contact_on")]
    reached = Contact.objects.filter(member_id__in=[member.id for member, _values in given], reached=True)
    last = dict(reached.values_list("member_id").annotate(Max("on")))
    new = []
    for member, values in given:
        on = str(values["last_contact_on"])
        if on > last.get(member.id, ""):
            by_name = str(values.get("contact_person") or "")
            contact = Contact(
                member=member, path=member.path, on=on, means=Means.OTHER, reached=True, by_name=by_name
            )
            new.append((member, contact))
    insert([contact for _member, contact in new])
    for member, contact in new:
        record(
            "contact.logged",
            member=member,
            subject_id=contact.id,
            on=min(last_day(contact.on), clock.today()),
            means=contact.means,
            reached=True,
            what=gettext_noop("按名册登记：联系上了本人"),
        )


def said(contact: Contact) -> str:
    """A contact in words, as its fact keeps them."""
    reached, missed = {
        Means.PHONE: (gettext_noop("打电话联系上了本人"), gettext_noop("打电话联系，没有联系上")),
        Means.WECHAT: (gettext_noop("发微信联系上了本人"), gettext_noop("发微信联系，没有联系上")),
        Means.VISIT: (gettext_noop("当面联系上了本人"), gettext_noop("当面联系，没有联系上")),
        Means.LETTER: (gettext_noop("写信联系上了本人"), gettext_noop("写信联系，没有联系上")),
        Means.OTHER: (gettext_noop("用其他方式联系上了本人"), gettext_noop("用其他方式联系，没有联系上")),
    }[Means(contact.means)]
    return reached if contact.reached else missed


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


def _assign_many(wanted: Sequence[tuple[Member, ContactPerson]], *, held: Mapping[UUID, Assignment]) -> None:
    """Make each person the contact person of the member; `held` are the members' present assignments."""
    today = clock.today()
    current().ring.fetch(member.id for member, _person in wanted)
    new, ended, kept = [], [], []
    for member, person in wanted:
        before = held.get(member.id)
        if before and before.person_id == person.id:
            continue
        if before:
            ended.append(before.id)
            _tell_released(before, member, reason="")
        new.append(Assignment(member=member, path=member.path, person=person, starts_on=today))
        record("contact.person.assigned", member=member, subject_id=person.id, person=person.name)
        if member.keeper_id != person.account_id:
            member.keeper_id = person.account_id
            kept.append(member)
    Assignment.objects.filter(pk__in=ended).update(ends_on=today)
    insert(new)
    Member.objects.bulk_update(kept, ["keeper_id"], batch_size=500)


def _end(held: Assignment, member: Member, *, reason: str) -> None:
    held.ends_on = clock.today()
    held.save(update_fields=["ends_on"])
    _tell_released(held, member, reason=reason)


def _tell_released(held: Assignment, member: Member, *, reason: str) -> None:
    record(
        "contact.person.released",
        member=member,
        subject_id=held.person_id,
        person=held.person.name,
        reason=reason,
    )
