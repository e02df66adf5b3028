"""The only way to fetch contact persons and what they did."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.checks import require, visible
from yanzhen.contact.models import Assignment, Contact, ContactPerson
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.kernel.paths import ancestors
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for


def persons(*, actor: Actor, permission: str = "contact.see") -> QuerySet[ContactPerson]:
    """The contact persons of the units that `actor` may see."""
    return ContactPerson.objects.filter(visible(actor, permission, member=None))


def person_for(*, actor: Actor, permission: str, person_id: UUID) -> ContactPerson:
    """One contact person of a unit on which `actor` holds `permission`; NotFound outside."""
    found = ContactPerson.objects.filter(pk=person_id).first()
    if found is None:
        raise NotFound(_("没有这位联系人，或者不在您管理的范围内。"))
    require(actor, permission, unit=found)
    return found


def persons_for_member(*, actor: Actor, member: Member) -> QuerySet[ContactPerson]:
    """Who may become this member's contact person: those of units above him, and all whom `actor` may assign."""
    above = Q(path__in=ancestors(member.path))
    return ContactPerson.objects.filter(above | visible(actor, "contact.assign", member=None))


def present_person(*, actor: Actor, member_id: UUID) -> ContactPerson | None:
    """Who keeps in touch with a member now."""
    member = member_for(actor=actor, permission="contact.see", member_id=member_id)
    held = Assignment.objects.filter(member=member, ends_on__isnull=True).select_related("person").first()
    return held.person if held else None


def contacts(*, actor: Actor) -> QuerySet[Contact]:
    """The contacts with members that `actor` may see, attempts included."""
    return Contact.objects.filter(visible(actor, "contact.see", member="member__"))
