"""The only way to fetch contact persons and what they did."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from yanzhen.access.checks import require, visible
from yanzhen.access.fields import inside
from yanzhen.contact.models import Assignment, ContactPerson
from yanzhen.contact.rules import Candidate, Match, Waiting, spread
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.kernel.paths import ancestors
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for
from yanzhen.policy.queries import Parameters

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Held(TypedDict):
        held: int

    Holding = WithAnnotations[ContactPerson, _Held]


def person_for(*, actor: Actor, permission: str, person_id: UUID) -> ContactPerson:
    """One contact person of a unit on which `actor` holds `permission`; NotFound outside."""
    found = ContactPerson.objects.filter(pk=person_id).first()
    if found is None:
        raise NotFound(_("没有这位联系人，或者不在您管理的范围内。"))
    require(actor, permission, unit=found)
    return found


def persons_without_account(*, actor: Actor, unit_id: UUID) -> list[ContactPerson]:
    """The contact persons of the unit itself, within what `actor` may see, who cannot sign in yet."""
    seen = visible(actor, "contact.see", member=None)
    unit = Unit.objects.filter(pk=unit_id).values("path")
    return list(
        ContactPerson.objects.filter(seen, path__in=unit, account_id__isnull=True).order_by("name", "id")
    )


def persons_for_member(*, actor: Actor, member: Member) -> QuerySet[ContactPerson]:
    """Who may become this member's contact person: those of units above him, and all whom `actor` may assign."""
    above = Q(path__in=ancestors(member.path))
    return ContactPerson.objects.filter(above | visible(actor, "contact.assign", member=None))


def present_person(*, actor: Actor, member_id: UUID) -> ContactPerson | None:
    """Who keeps in touch with a member now."""
    member = member_for(actor=actor, permission="contact.see", member_id=member_id)
    held = Assignment.objects.filter(member=member, ends_on__isnull=True).select_related("person").first()
    return held.person if held else None


@dataclass(frozen=True)
class Suggestion:
    """Who might keep in touch with a member, and why."""

    member: Member
    person: ContactPerson
    reason: str


@dataclass(frozen=True)
class Suggestions:
    """The suggestions for a unit and everything below it, and the members for whom nobody has room: the first ones of
    each, and how many there are of them."""

    pairs: tuple[Suggestion, ...]
    left: tuple[Member, ...]
    paired: int
    unpaired: int


def suggest(*, actor: Actor, unit_id: UUID, first: int | None = None) -> Suggestions:
    """A contact person for each member of the unit's subtree who is away and has none, spread evenly.

    Persons of the member's own unit come first, then those of the units above; nobody gets more than `contact.load`.
    All of them are spread, the `first` of each sort fetched (None: everybody), with names only. Six queries, however
    many members there are. What is suggested changes nothing: `services.assign_suggested` does.
    """
    unit = unit_for(actor=actor, permission="contact.assign", unit_id=unit_id)
    alone = without_person(path=unit.path).values_list("id", "path", "account_id")
    waiting = [Waiting(*it) for it in alone.iterator()]
    persons = {it.id: it for it in persons_around(unit.path)}
    names = dict(
        Unit.objects.filter(path__in={it.path for it in persons.values()}).values_list("path", "name")
    )
    parameters, today = Parameters(), clock.today()
    most = {path: parameters.get("contact.load", path=path, on=today).number for path in names}
    free = [Candidate(it.id, it.path, it.held, most[it.path], it.account_id) for it in persons.values()]
    found = {match.member_id: match for match in spread(waiting, free)}
    left = [it.member_id for it in waiting if it.member_id not in found]
    shown = [*islice(found, first), *left[:first]]
    members = Member.objects.select_related("unit").only("name", "path", "unit__name").in_bulk(shown)
    pairs = []
    for match in islice(found.values(), first):
        person = persons[match.person_id]
        why = _why(person, names[person.path], match, most[person.path])
        pairs.append(Suggestion(members[match.member_id], person, why))
    nobody = tuple(members[it] for it in left[:first])
    return Suggestions(tuple(pairs), nobody, paired=len(found), unpaired=len(left))


def without_person(*, path: str) -> QuerySet[Member]:
    """The members of a subtree who are away and have no contact person, by unit and name."""
    away = Absence.objects.filter(inside(path), is_open=True).values("member_id")
    looked_after = Assignment.objects.filter(inside(path), ends_on__isnull=True)
    members = Member.objects.filter(pk__in=away).exclude(pk__in=looked_after.values("member_id"))
    return members.order_by("path", "name_key", "id")


def persons_around(path: str) -> QuerySet[Holding]:
    """The contact persons of a subtree and of the units above it, each with how many members are held."""
    held = Count("assignments", filter=Q(assignments__ends_on__isnull=True))
    return (
        ContactPerson.objects.filter(inside(path) | Q(path__in=ancestors(path)))
        .annotate(held=held)
        .order_by("id")
    )


def persons_to_choose(*, actor: Actor, member: Member) -> QuerySet[Holding]:
    """`persons_around` a member whom `actor` may make his contact person, but for the one he has; the nearest first."""
    now = present_person(actor=actor, member_id=member.id)
    may = persons_for_member(actor=actor, member=member)
    found = persons_around(member.path).filter(pk__in=may.values("pk"))
    return found.exclude(pk__in=[now.id] if now else []).order_by(-Length("path"), "id")


def _why(person: ContactPerson, unit: str, match: Match, most: int) -> str:
    told = {"name": person.name, "unit": unit, "holds": match.holds, "most": most}
    return _("%(name)s是%(unit)s的联系人，加上这位共联系 %(holds)d 人，不超过 %(most)d 人。") % told
