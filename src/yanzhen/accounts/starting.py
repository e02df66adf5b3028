"""Letting somebody in: a code on paper, good once and for 14 days, and a password of his own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from yanzhen.access.checks import require
from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES
from yanzhen.accounts.models import Account, StartCode
from yanzhen.accounts.queries import account_for, appointment_for
from yanzhen.accounts.services import (
    appoint,
    hand_over,
    new_account,
    require_may_give_roles_of,
    set_password,
)
from yanzhen.contact.queries import person_for
from yanzhen.contact.services import link_account_to_person
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, Door, system
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.people.queries import member_for
from yanzhen.people.readings import plain, readings
from yanzhen.people.services import link_account

DAYS = 14  # how long a code is good: local default, a secretary meets his members within two weeks
# Without characters that are mistaken for each other when they are copied from paper; 12 of 31 are 59 bits.
_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 12


@dataclass(frozen=True)
class Invitation:
    """What is written on the paper; the code is nowhere else."""

    account: Account
    code: str
    expires_on: date

    @property
    def groups(self) -> list[str]:
        """The code in groups of four, as it is copied."""
        return [self.code[at : at + 4] for at in range(0, _LENGTH, 4)]


@act("accounts.invite", facts=("accounts.account.created", "accounts.code.issued"))
def invite_member(*, actor: Actor, member_id: UUID, username: str = "") -> Invitation:
    """Give a member a code to sign in with, and an account of his own where he has none yet.

    Without a user name it is his name in pinyin. NotPermitted where his account holds roles that the actor could not
    give; DomainError with its `field` for a user name that will not do.
    """
    member = member_for(actor=actor, permission="accounts.invite", member_id=member_id)
    if member.account_id is not None:
        return _issue(Account.objects.get(pk=member.account_id), actor=actor)
    account = _open(username=username or free_username(member.name), name=member.name, path=member.path)
    link_account(actor=actor, member_id=member.id, account_id=account.id)
    record("accounts.account.created", member=member, subject_id=account.id)
    return _issue(account, actor=actor)


@act("accounts.invite", facts=("accounts.account.created", "accounts.code.issued", "accounts.appointed"))
def invite_contact_person(*, actor: Actor, person_id: UUID, username: str = "") -> Invitation:
    """Give a contact person a code to sign in with, and an account with that role where he has none yet."""
    person = person_for(actor=actor, permission="accounts.invite", person_id=person_id)
    if person.account_id is not None:
        return _issue(Account.objects.get(pk=person.account_id), actor=actor)
    account = _open(username=username or free_username(person.name), name=person.name, path=person.path)
    record("accounts.account.created", unit=person, subject_id=account.id)
    invitation = _issue(account, actor=actor)
    link_account_to_person(actor=actor, person_id=person.id, account_id=account.id)
    unit, today = Unit.objects.get(path=person.path), clock.today()
    Appointment.objects.create(
        account=account, role="contact_person", unit_id=unit.id, path=unit.path, starts_on=today
    )
    record(
        "accounts.appointed",
        unit=unit,
        subject_id=account.id,
        role="contact_person",
        role_name=str(ROLES["contact_person"].label),
        unit_name=unit.name,
        starts_on=today.isoformat(),
    )
    return invitation


@act("accounts.appoint", facts=("accounts.account.created", "accounts.code.issued"))
def engage(
    *, actor: Actor, unit_id: UUID, role: str, name: str, username: str = "", starts_on: date | None = None
) -> Invitation:
    """Open an account for somebody, appoint him and give him a code to sign in with: all or nothing.

    Without a user name it is his name in pinyin; Conflict where somebody of that name holds the role there already,
    for it was sent twice.
    """
    unit = unit_for(actor=actor, permission="accounts.appoint", unit_id=unit_id)
    same = Appointment.objects.filter(unit_id=unit.id, role=role, ends_on=None, account__name=name.strip())
    if not username and same.exists():
        told = {"name": name.strip(), "unit": unit.name}
        raise Conflict(
            _("%(name)s在“%(unit)s”已经有这个职务。是同名的另一位，请写一个用户名。") % told, field="username"
        )
    account = _open(username=username or free_username(name), name=name, path=unit.path)
    record("accounts.account.created", unit=unit, subject_id=account.id)
    invitation = _issue(account, actor=actor)
    appoint(actor=actor, account_id=account.id, unit_id=unit_id, role=role, starts_on=starts_on)
    return invitation


@act("accounts.appoint", facts=())
def hand_over_to_member(
    *, actor: Actor, appointment_id: UUID, member_id: UUID, on: date | None = None
) -> Invitation:
    """Let a member who cannot sign in yet take over a role: he gets an account of his own and a code for it.

    DomainError where he is called like the one who holds it: whose record that is, nothing says.
    """
    held = appointment_for(actor=actor, permission="accounts.appoint", appointment_id=appointment_id)
    member = member_for(actor=actor, permission="accounts.invite", member_id=member_id)
    if member.name == held.account.name:
        raise DomainError(
            _("%(name)s现在就担任着，不能交接给本人。是同名的另一位，请先在他的党员页面开通账号。")
            % {"name": member.name},
            field="successor",
        )
    invitation = invite_member(actor=actor, member_id=member_id)
    hand_over(actor=actor, appointment_id=appointment_id, account_id=invitation.account.id, on=on)
    return invitation


@act("accounts.create", facts=("accounts.password.reset", "accounts.code.issued"))
def reset_password(*, actor: Actor, account_id: UUID) -> Invitation:
    """Void the password that somebody forgot, or that others know, and give him a code to set another.

    NotFound or NotPermitted where the account also holds a role that the actor could not give: who can sign in has
    the roles.
    """
    account = account_for(actor=actor, permission="accounts.create", account_id=account_id)
    invitation = _issue(account, actor=actor)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    record("accounts.password.reset", unit=account, subject_id=account.id)
    return invitation


@act("accounts.invite", facts=("accounts.code.used",))
def start(*, actor: Actor, account: Account, password: str) -> Account:
    """Use a code that was found good (`accounts.backends.CodeBackend`): it is gone, and the password is the account's.

    DomainError with its `field` for a password that will not do, or where the code was used a moment ago.
    """
    require(actor, "accounts.invite", unit=account)
    if not StartCode.objects.filter(account=account).delete()[0]:
        raise DomainError(_("这个验证码已经用过了。"), field="code")
    set_password(account, password)
    account.save(update_fields=["password"])
    record("accounts.code.used", unit=account, subject_id=account.id)
    return account


def starter() -> Actor:
    """Who acts while somebody is not signed in yet."""
    return system("sign-in", door=Door.PAGE)


def account_by_code(username: str, code: str) -> Account | None:
    """The account to which the code is good today; as slow for a wrong user name as for a wrong code."""
    found = StartCode.objects.filter(
        account__username=username.strip().lower(), expires_on__gte=clock.today()
    )
    kept = found.select_related("account").filter(account__is_active=True).first()
    if kept is None:
        make_password(code)
        return None
    return kept.account if check_password("".join(code.split()).lower(), kept.hashed) else None


def free_username(name: str) -> str:
    """The name in pinyin, with a number behind it where that is taken."""
    wanted = "".join(next(readings(plain(name)), ())) or "u"
    taken = set(Account.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    number, found = 1, wanted
    while found in taken or len(found) < 2:
        number += 1
        found = f"{wanted}{number}"
    return found


def _open(*, username: str, name: str, path: str) -> Account:
    """A new account, which only a code opens."""
    account = new_account(username=username, name=name, path=path)
    account.set_unusable_password()
    account.save(force_insert=True)
    return account


def _issue(account: Account, *, actor: Actor) -> Invitation:
    """A new code, which voids the one before; a password that he has is good until it is used."""
    require_may_give_roles_of(account, actor=actor)
    require(actor, "accounts.invite", unit=account)
    code, expires_on = get_random_string(_LENGTH, _CHARACTERS), clock.today() + timedelta(days=DAYS)
    StartCode.objects.update_or_create(
        account=account, defaults={"hashed": make_password(code), "expires_on": expires_on}
    )
    record("accounts.code.issued", unit=account, subject_id=account.id)
    return Invitation(account, code, expires_on)
