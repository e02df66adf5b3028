"""Acts on accounts and appointments."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from yanzhen.access.checks import require
from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES, Role
from yanzhen.accounts.models import Account
from yanzhen.accounts.queries import account_for, appointment_for, home_unit
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, Reach
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record
from yanzhen.ledger.wording import own_words
from yanzhen.org.queries import unit_for

_USERNAME = re.compile(r"[\w.@+-]{2,60}")


@act("accounts.create", facts=("accounts.account.created",))
def create_account(
    *, actor: Actor, username: str, name: str, password: str, unit_id: UUID | None = None
) -> Account:
    """Open an account that a unit looks after: the actor's own unit where none is named. It may do nothing yet.

    DomainError with its `field` for a user name, a name or a password that will not do; Conflict for a taken user name.
    """
    permission = "accounts.create"
    unit = unit_for(actor=actor, permission=permission, unit_id=unit_id or home_unit(actor, permission).id)
    account = new_account(username=username, name=name, path=unit.path)
    set_password(account, password)
    account.save(force_insert=True)
    record("accounts.account.created", unit=unit, subject_id=account.id)
    return account


def new_account(*, username: str, name: str, path: str) -> Account:
    """An account that is not stored yet and has no password; refusals as in `create_account`."""
    username, name = username.strip().lower(), name.strip()
    if not _USERNAME.fullmatch(username):
        raise DomainError(_("用户名请用 2 到 60 个字母、数字或汉字，中间不留空格。"), field="username")
    if not 0 < len(name) <= 60:
        raise DomainError(_("请填写姓名，最多 60 个字。"), field="name")
    if Account.objects.filter(username=username).exists():
        raise Conflict(
            _("用户名“%(username)s”已经有人用了，请换一个。") % {"username": username}, field="username"
        )
    return Account(username=username, name=name, path=path)


def require_may_give_roles_of(account: Account, *, actor: Actor) -> None:
    """Refuse where the account holds a role that `actor` could not give: who can sign in has the roles."""
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gt=clock.today())
    for held in Appointment.objects.filter(in_force, account=account):
        gives = "accounts.invite" if held.role == "contact_person" else "accounts.appoint"
        require(actor, gives, unit=held)


def set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field="password") from error
    account.set_password(password)


@act("accounts.appoint", facts=("accounts.appointed",))
def appoint(
    *, actor: Actor, account_id: UUID, unit_id: UUID, role: str, starts_on: date | None = None
) -> Appointment:
    """Give an account a role on a unit from a day on, today where none is named.

    Only within the actor's own subtree, for both the account and the unit. DomainError for a role that is not declared
    or that nobody is appointed to; Conflict where the account holds it there already.
    """
    account = account_for(actor=actor, permission="accounts.appoint", account_id=account_id)
    unit = unit_for(actor=actor, permission="accounts.appoint", unit_id=unit_id)
    declared = _appointable(role)
    held = Appointment.objects.filter(account=account, role=role, unit_id=unit.id, ends_on__isnull=True)
    if held.exists():
        raise Conflict(
            _("%(name)s已经是%(unit)s的%(role)s。")
            % {"name": account.name, "unit": unit.name, "role": declared.label}
        )
    appointment = Appointment.objects.create(
        account=account, role=role, unit_id=unit.id, path=unit.path, starts_on=starts_on or clock.today()
    )
    record(
        "accounts.appointed",
        unit=unit,
        subject_id=account.id,
        role=role,
        role_name=own_words(declared.label),
        unit_name=unit.name,
        starts_on=appointment.starts_on.isoformat(),
    )
    return appointment


def _appointable(role: str) -> Role:
    if role not in ROLES or ROLES[role].reach is Reach.SELF:
        raise DomainError(_("没有“%(role)s”这个职务。") % {"role": role}, field="role")
    return ROLES[role]


@act("accounts.appoint", facts=("accounts.appointment.ended",))
def end_appointment(*, actor: Actor, appointment_id: UUID) -> Appointment:
    """End an appointment today; from this moment it gives nothing. One that has ended stays as it is.

    Nobody ends his own: a committee would be left without anybody who can let him in again.
    """
    appointment = appointment_for(actor=actor, permission="accounts.appoint", appointment_id=appointment_id)
    if appointment.ends_on is not None and appointment.ends_on <= clock.today():
        return appointment
    if appointment.account_id == actor.id:
        raise DomainError(_("自己的职务请由上级党组织解除。"))
    unit = unit_for(actor=actor, permission="accounts.appoint", unit_id=appointment.unit_id)
    appointment.ends_on = clock.today()
    appointment.save(update_fields=["ends_on"])
    record(
        "accounts.appointment.ended",
        unit=unit,
        subject_id=appointment.account_id,
        role=appointment.role,
        role_name=own_words(ROLES[appointment.role].label),
        unit_name=unit.name,
        ends_on=appointment.ends_on.isoformat(),
    )
    return appointment


@act("accounts.appoint", facts=("accounts.appointment.handed_over",))
def hand_over(*, actor: Actor, appointment_id: UUID, account_id: UUID, on: date | None = None) -> Appointment:
    """Let somebody take over a role on its unit: from `on` (today where none is named, also a day ahead) it is his,
    and no longer the other's. Returns the successor's appointment.

    Conflict where the role has an end already or the successor holds it there; DomainError for a day before it began.
    """
    held = appointment_for(actor=actor, permission="accounts.appoint", appointment_id=appointment_id)
    held = Appointment.objects.select_for_update(of=("self",)).select_related("account").get(pk=held.pk)
    successor = account_for(actor=actor, permission="accounts.appoint", account_id=account_id)
    unit, on = unit_for(actor=actor, permission="accounts.appoint", unit_id=held.unit_id), on or clock.today()
    if held.ends_on is not None:
        raise Conflict(_("这项任职已经定了结束的日期。"))
    if on < held.starts_on:
        raise DomainError(_("交接不能早于任职开始的那一天。"), field="on")
    same = Appointment.objects.filter(
        account=successor, role=held.role, unit_id=unit.id, ends_on__isnull=True
    )
    if same.exists():
        told = {"name": successor.name, "unit": unit.name, "role": ROLES[held.role].label}
        raise Conflict(_("%(name)s已经是%(unit)s的%(role)s。") % told, field="successor")
    held.ends_on = on
    held.save(update_fields=["ends_on"])
    begun = Appointment.objects.create(
        account=successor, role=held.role, unit_id=unit.id, path=unit.path, starts_on=on
    )
    record(
        "accounts.appointment.handed_over",
        unit=unit,
        subject_id=successor.id,
        before=str(held.account_id),
        role=held.role,
        role_name=own_words(ROLES[held.role].label),
        unit_name=unit.name,
        starts_on=on.isoformat(),
    )
    return begun
