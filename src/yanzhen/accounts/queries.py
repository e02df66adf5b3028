"""The only way to fetch accounts and appointments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.checks import require, visible
from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES
from yanzhen.accounts.models import Account
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.kernel.paths import ancestors
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for, units


def accounts(*, actor: Actor) -> QuerySet[Account]:
    """The accounts that a unit of the actor's looks after, and those that hold a role there, by user name."""
    holders = appointments(actor=actor).values("account_id")
    ours = visible(actor, "accounts.see", member=None)
    return Account.objects.filter(ours | Q(pk__in=holders)).order_by("username")


def appointments(*, actor: Actor) -> QuerySet[Appointment]:
    """The roles held today or later within what the actor may see, unit by unit, secretaries before contact persons."""
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gt=clock.today())
    seen = visible(actor, "accounts.see", member=None)
    return (
        Appointment.objects.filter(in_force, seen).select_related("account").order_by("path", "-role", "id")
    )


def account_for(*, actor: Actor, permission: str, account_id: UUID) -> Account:
    """One account, where `actor` holds `permission` on the unit that looks after it."""
    found = Account.objects.filter(pk=account_id).first()
    if found is None:
        raise NotFound(_("没有这个账号，或者不在您管理的范围内。"))
    require(actor, permission, unit=found)
    return found


def appointment_for(*, actor: Actor, permission: str, appointment_id: UUID) -> Appointment:
    """One appointment, where `actor` holds `permission` on its unit."""
    found = Appointment.objects.select_related("account").filter(pk=appointment_id).first()
    if found is None:
        raise NotFound(_("没有这项任职，或者不在您管理的范围内。"))
    require(actor, permission, unit=found)
    return found


def home_unit(actor: Actor, permission: str) -> Unit:
    """The topmost unit on which `actor` holds `permission`; NotFound where there is none."""
    found = units(actor=actor, permission=permission).order_by("path").first()
    if found is None:
        raise NotFound(_("没有找到您可以办这件事的党组织。"))
    return found


def grounds(actor: Actor, permission: str) -> list[Unit]:
    """The units on which `actor` holds `permission`, of those below each other the topmost only. NotFound for none."""
    held = {tree.low for tree in actor.subtrees(permission)}
    tops = {path for path in held if held.isdisjoint(ancestors(path)[:-1])}
    found = list(units(actor=actor, permission=permission).filter(path__in=tops).order_by("path"))
    if not found:
        raise NotFound(_("没有找到您可以办这件事的党组织。"))
    return found


LEADERS = ("secretary", "deputy_secretary")


def terms_of_leaders(*, actor: Actor, unit_id: UUID) -> list[Appointment]:
    """Who was secretary or deputy of a unit since when and until when: the present and coming ones first."""
    unit = unit_for(actor=actor, permission="org.see", unit_id=unit_id)
    held = Appointment.objects.filter(unit_id=unit.id, role__in=LEADERS).select_related("account")
    return list(held.order_by(F("ends_on").desc(nulls_first=True), "-role", "-starts_on", "id"))


@dataclass(frozen=True)
class UnitStaff:
    """A unit with the roles held on it."""

    unit: Unit
    appointments: list[Appointment]


def staff(*, actor: Actor, text: str = "", role: str = "") -> QuerySet[Appointment]:
    """`appointments`, each with whether its holder has a second factor; of one role, and where every word of `text` is
    in his name, begins his user name, or is in the name of the unit or of the role."""
    second = Authenticator.objects.filter(user=OuterRef("account_id"))
    found = appointments(actor=actor).annotate(has_factor=Exists(second))
    for word in text.split():
        found = found.filter(
            called(word, "account__")
            | Q(
                unit_id__in=units(actor=actor, permission="accounts.see")
                .filter(name__contains=word)
                .values("pk")
            )
            | Q(role__in=[one.key for one in ROLES if word.lower() in str(one.label).lower()])
        )
    return found.filter(role=role) if role else found


def by_unit(held: Iterable[Appointment]) -> list[UnitStaff]:
    """These roles, which are in the order of the tree, unit by unit; one query."""
    found: dict[UUID, list[Appointment]] = {}
    for appointment in held:
        found.setdefault(appointment.unit_id, []).append(appointment)
    units_of = Unit.objects.in_bulk(found)
    return [UnitStaff(unit=units_of[key], appointments=those) for key, those in found.items()]


def others_with_factor(*, actor: Actor, text: str = "") -> QuerySet[Account]:
    """The accounts that hold no role and have a second factor, members mostly; narrowed as `staff` by who they are."""
    holders = appointments(actor=actor).values("account_id")
    second = Authenticator.objects.filter(user=OuterRef("pk"))
    found = accounts(actor=actor).filter(Exists(second)).exclude(pk__in=holders)
    for word in text.split():
        found = found.filter(called(word))
    return found


def called(word: str, account: str = "") -> Q:
    """Accounts with this word in the name, or at the beginning of the user name; `account` is the lookup prefix."""
    return Q(**{f"{account}name__contains": word}) | Q(**{f"{account}username__startswith": word.lower()})
