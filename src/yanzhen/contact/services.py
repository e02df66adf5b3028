"""Acts of keeping in touch."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.contact.models import Contact, Means
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record
from yanzhen.people.queries import member_for
from yanzhen.vault.sealed import seal


@act("contact.log", facts=("contact.logged",))
def log_contact(
    *, actor: Actor, member_id: UUID, on: date, means: str, reached: bool = True, note: str = ""
) -> Contact:
    """Log one contact with a member, or one attempt (`reached=False`), on a day not after today."""
    member = member_for(actor=actor, permission="contact.log", member_id=member_id)
    if on > clock.today():
        raise DomainError(_("联系日期不能晚于今天。"), field="on")
    contact = Contact(
        member=member, path=member.path, on=on.isoformat(), means=Means(means), reached=reached, by_name=actor.name
    )
    contact.note_sealed = seal(note.strip(), place="contact_contact.note", row=contact.id)
    contact.save(force_insert=True)
    record(
        "contact.logged",
        member=member,
        subject_id=contact.id,
        on=on,
        means=contact.get_means_display(),
        reached=reached,
        note=note.strip(),
    )
    return contact
