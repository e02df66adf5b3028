"""The second factor: a code from an app on the telephone, or a passkey; codes on paper for when both are lost.

allauth keeps them (`allauth.mfa`). They come and go inside acts only (`ledger.guard` sees to it).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from yanzhen.access.checks import require
from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.mfa import secrets_of
from yanzhen.accounts.models import Account
from yanzhen.accounts.queries import account_for
from yanzhen.accounts.services import require_may_give_roles_of
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, Grant, Reach
from yanzhen.kernel.errors import Conflict, DomainError, NotFound
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record, tell
from yanzhen.ledger.models import Fact
from yanzhen.policy.queries import Parameters
from yanzhen.vault.sealed import seal, unseal

OWN = "accounts.factor.own"
ASKED = "factor.asked"  # in the session: nothing else is open until there is one
_PENDING = "factor.pending"  # in the session, sealed: the key that the app is about to take
_USED = 5  # codes that may be used while one is good: a code is for three half minutes, its neighbours for some of them
# From which level of the parameter on a role must have one; all other roles from 3 on.
_LEVELS = {"officer": 1, "inspector": 1, "secretary": 2, "deputy_secretary": 2}
_Type = Authenticator.Type


def digits(code: str) -> str:
    """A code as it is counted: typed with blanks, dashes or full-width figures it is the same."""
    return "".join(one for one in unicodedata.normalize("NFKC", code) if one.isascii() and one.isdigit())


def oneself(account: Account) -> Actor:
    """Whoever has proved to be this account: he may look after its second factor, whatever roles he holds."""
    own = Grant(role="", permissions=frozenset({OWN}), reach=Reach.SUBTREE, path=account.path)
    return Actor(name=account.name, id=account.id, grants=(own,))


@dataclass
class Factors:
    """What an account has."""

    app: Authenticator | None = None
    passkeys: list[WebAuthn] = field(default_factory=list)
    codes_left: int = 0

    @property
    def any(self) -> bool:
        return self.app is not None or bool(self.passkeys)


def factors(*, account: Account) -> Factors:
    """The second factors of this account."""
    found = Factors()
    with secrets_of(account):
        for one in Authenticator.objects.filter(user=account).order_by("id"):
            if one.type == _Type.TOTP:
                found.app = one
            elif one.type == _Type.WEBAUTHN:
                found.passkeys.append(WebAuthn(one))
            else:
                found.codes_left = len(RecoveryCodes(one).get_unused_codes())
    return found


def recovery_codes(*, account: Account) -> list[str]:
    """The codes that are still good, in groups of four; none where there is no second factor."""
    kept = Authenticator.objects.filter(user=account, type=_Type.RECOVERY_CODES).first()
    if kept is None:
        return []
    with secrets_of(account):
        return [f"{code[:4]} {code[4:]}" for code in RecoveryCodes(kept).get_unused_codes()]


def pending_secret(session: SessionBase, *, account: Account) -> str:
    """The key for an app that is being set up: the same until it is, however often the page is opened."""
    place: dict[str, Any] = {"place": "session.factor", "row": account.id}
    if kept := session.get(_PENDING):
        return unseal(kept, **place)
    secret = str(generate_totp_secret())
    session[_PENDING] = seal(secret, **place)
    return secret


def forget_pending(session: SessionBase) -> None:
    """The app has been set up."""
    session.pop(_PENDING, None)


@act(OWN, facts=("accounts.factor.added", "accounts.recovery_codes.made"))
def add_app(*, actor: Actor, account: Account, secret: str, code: str) -> None:
    """Ask for a code of this app from now on, once it has shown that it counts as we do.

    DomainError with its `field` for a wrong code; Conflict where there is an app already.
    """
    account = _locked(account, actor=actor)
    if Authenticator.objects.filter(user=account, type=_Type.TOTP).exists():
        raise Conflict(_("已经有一个手机验证器了。要换一个，请先停用原来的。"))
    if not validate_totp_code(secret, digits(code)):
        raise DomainError(
            _("验证码不对。请看手机上现在显示的六位数字；一直不对，请把手机的时间设成自动。"), field="code"
        )
    with secrets_of(account):
        app = TOTP.activate(account, secret).instance
    _use(app, digits(code))
    _added(account, _Type.TOTP)


@act(OWN, facts=("accounts.factor.added", "accounts.recovery_codes.made"))
def add_passkey(*, actor: Actor, account: Account, name: str, credential: dict[str, Any]) -> None:
    """Take a passkey that the browser made and allauth's form has checked."""
    account = _locked(account, actor=actor)
    WebAuthn.add(account, name, credential)
    _added(account, _Type.WEBAUTHN)


@act(OWN, facts=("accounts.factor.removed",))
def remove_factor(*, actor: Actor, account: Account, factor_id: int) -> None:
    """Ask for this app or passkey no longer. With the last of them the codes on paper go as well.

    NotFound where the account has no such factor.
    """
    account = _locked(account, actor=actor)
    kept = Authenticator.objects.filter(user=account).exclude(type=_Type.RECOVERY_CODES)
    found = kept.filter(pk=factor_id).first()
    if found is None:
        raise NotFound(_("没有找到，可能已经停用了。"))
    found.delete()
    if not kept.exists():
        Authenticator.objects.filter(user=account).delete()
    record("accounts.factor.removed", unit=account, subject_id=account.id, factor=found.type)


@act(OWN, facts=("accounts.recovery_codes.made",))
def make_recovery_codes(*, actor: Actor, account: Account) -> None:
    """Ten new codes; those before are void. DomainError where there is no second factor that they could stand for."""
    account = _locked(account, actor=actor)
    if not Authenticator.objects.filter(user=account).exists():
        raise DomainError(_("请先设置手机验证器或通行密钥。"))
    Authenticator.objects.filter(user=account, type=_Type.RECOVERY_CODES).delete()
    _make_codes(account)


@act(OWN, facts=("accounts.recovery_codes.used",))
def use_code(*, actor: Actor, account: Account, code: str) -> bool:
    """Whether a code of the app or one from paper is good: each is so once."""
    account, code = _locked(account, actor=actor), digits(code)
    kept = {one.type: one for one in Authenticator.objects.filter(user=account)}
    app, paper = kept.get(_Type.TOTP), kept.get(_Type.RECOVERY_CODES)
    with secrets_of(account):
        if app is not None and _fits(app, code):
            return True
        if paper is None or not RecoveryCodes(paper).validate_code(code):
            return False
        left = len(RecoveryCodes(Authenticator.objects.get(pk=paper.pk)).get_unused_codes())
    paper.record_usage()
    record("accounts.recovery_codes.used", unit=account, subject_id=account.id, left=left)
    return True


@act("accounts.create", facts=("accounts.factor.taken_away",))
def take_factors_away(*, actor: Actor, account_id: UUID, reason: str) -> Account:
    """Take a lost second factor from somebody whom one has met, and sign him out everywhere: his telephone may be in
    other hands. Without one nothing changes. He is told at his next sign-in.

    DomainError for a missing reason, and for one's own; NotFound or NotPermitted where the account also holds a role
    that the actor could not give.
    """
    account = account_for(actor=actor, permission="accounts.create", account_id=account_id)
    require_may_give_roles_of(account, actor=actor)
    reason = reason.strip()
    if account.id == actor.id:
        raise DomainError(_("自己的请在“登录与安全”里停用；手机丢了，请找另一位组织干事，或者管服务器的人。"))
    if not reason:
        raise DomainError(_("请写明理由，例如：手机丢了，本人来过办公室。"), field="reason")
    kept = Authenticator.objects.filter(user=account)
    if not kept.exists():
        return account
    kept.delete()
    for session in UserSession.objects.filter(user=account):
        session.end()
    record("accounts.factor.taken_away", unit=account, subject_id=account.id, reason=reason)
    return account


def taken_away(*, account: Account, since: datetime | None) -> Iterator[str]:
    """What officers did to this account's second factor since it signed in last, in sentences."""
    found = Fact.objects.filter(
        kind="accounts.factor.taken_away", member_id__isnull=True, subject_id=account.id
    )
    words = _("%(what)s。不是您要求的，请马上告诉组织干事。")
    for entry in tell(found.filter(at__gt=since) if since else found):
        yield words % {"what": entry.sentence}


def ask_for_factor(session: SessionBase, *, account: Account) -> None:
    """Note in the session whether the account must set up a second factor before anything else."""
    if _must_have_one(account) and not factors(account=account).any:
        session[ASKED] = True
    else:
        session.pop(ASKED, None)


def _must_have_one(account: Account) -> bool:
    parameters, today = Parameters(), clock.today()
    return any(
        parameters.get("accounts.factor.level", path=grant.path, on=today).number
        >= _LEVELS.get(grant.role, 3)
        for grant in actor_for(account).grants
    )


def _locked(account: Account, *, actor: Actor) -> Account:
    """The account, with permission asked; two requests at a time wait for each other."""
    require(actor, OWN, unit=account)
    return Account.objects.select_for_update().get(pk=account.pk)


def _added(account: Account, kind: str) -> None:
    record("accounts.factor.added", unit=account, subject_id=account.id, factor=kind)
    if not Authenticator.objects.filter(user=account, type=_Type.RECOVERY_CODES).exists():
        _make_codes(account)


def _make_codes(account: Account) -> None:
    with secrets_of(account):
        RecoveryCodes.activate(account)
    record("accounts.recovery_codes.made", unit=account, subject_id=account.id)


def _fits(app: Authenticator, code: str) -> bool:
    """Whether the app shows this code now, and it is new: allauth remembers those used in one process only."""
    if code in app.data.get("used", []) or not TOTP(app).validate_code(code):
        return False
    _use(app, code)
    return True


def _use(app: Authenticator, code: str) -> None:
    app.data["used"] = [code, *app.data.get("used", [])][:_USED]
    app.save(update_fields=["data"])
    app.record_usage()
