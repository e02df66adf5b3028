"""The act wrapper: one transaction in which permission is asked, state changes, facts are written and sealed.

    @act("contact.log", facts=("contact.logged",))
    def log_contact(*, actor: Actor, member_id: UUID, …) -> Contact:
        member = people.member_for(actor, "contact.log", member_id)   # asks permission
        contact = Contact.objects.create(…)                           # changes state
        record("contact.logged", member=member, on=on, …)             # writes the fact
        return contact

An act that is called inside another joins it: one transaction, one seal. Acts that change nothing write nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, transaction

from yanzhen.access.checks import Clearances, collecting
from yanzhen.access.errors import PermissionUnchecked
from yanzhen.access.registry import PERMISSIONS
from yanzhen.access.rows import insert
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.ids import uuid7
from yanzhen.ledger import sealing
from yanzhen.ledger.errors import ChangeWithoutFact, FactOffGround, GroundNotHeld, NoActor, UndeclaredFact
from yanzhen.ledger.guard import watching
from yanzhen.ledger.models import Fact
from yanzhen.ledger.registry import FACT_KINDS, PROJECTIONS
from yanzhen.ledger.secrets import KeyRing

_GROUND = 0x79616E  # this program's one advisory lock: "yan"
P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class ActInProgress:
    """What the act has done so far: its facts not yet stored, and the running seal over those that are."""

    actor: Actor
    clearances: Clearances
    kinds: frozenset[str]
    alone: bool = False
    batch_id: UUID | None = None
    id: UUID = field(default_factory=uuid7)
    at: datetime = field(default_factory=clock.now)  # one moment for all that the act writes
    waiting: list[Fact] = field(default_factory=list)
    ring: KeyRing = field(default_factory=KeyRing)
    seal: sealing.ActSeal | None = None

    def add(self, fact: Fact) -> None:
        """Take a fact in; refused where its kind or its ground is not the act's."""
        if fact.kind not in self.kinds:
            raise UndeclaredFact(f"the act does not declare the fact {fact.kind!r}")
        if not self.clearances.cover(fact.path, fact.member_id) and not self.actor.is_system:
            raise FactOffGround(f"{fact.kind} at {fact.path}: no permission was asked for this ground")
        self.waiting.append(fact)

    def flush(self) -> None:
        """Store the waiting facts, extend the seal over them and bring every projection up to them."""
        if not self.waiting:
            return
        facts, self.waiting = self.waiting, []
        self.ring.store()
        insert(facts)
        self.seal = self.seal or sealing.ActSeal(chain=facts[0].path[:4], act_id=self.id)
        self.seal.extend(facts)
        for projection in PROJECTIONS:
            if concerned := [fact for fact in facts if fact.kind in projection.kinds]:
                projection.apply(concerned)


_current: ContextVar[ActInProgress | None] = ContextVar("act", default=None)


def current() -> ActInProgress:
    """The act in progress; LookupError outside of one."""
    found = _current.get()
    if found is None:
        raise LookupError("no act is in progress")
    return found


def is_running() -> bool:
    """Whether an act is in progress: what it reads it is about to change."""
    return _current.get() is not None


def act(
    permission: str, *, facts: tuple[str, ...], alone: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an act under `permission` that may write facts of the kinds `facts`.

    An act that runs `alone` moves the ground that others stand on: it waits for the acts under way, and later ones
    wait for it, so that no row is left behind with the path of a unit that has gone.

    Raises NoActor, PermissionUnchecked, ChangeWithoutFact, FactOffGround, UndeclaredFact; LookupError where the
    permission or a fact kind is not declared. Whatever is raised, nothing stays behind.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs.get("actor")
            if args or not isinstance(actor, Actor):
                raise NoActor(f"{function.__name__} needs actor= and keyword arguments only")
            PERMISSIONS[permission]
            for kind in facts:
                FACT_KINDS[kind]
            with _entered(actor, permission, frozenset(facts), alone=alone):
                return function(*args, **kwargs)

        return wrapper

    return decorate


@contextmanager
def _entered(actor: Actor, permission: str, kinds: frozenset[str], *, alone: bool) -> Iterator[None]:
    outer = _current.get()
    if outer is not None:
        if alone and not outer.alone:
            raise GroundNotHeld(f"{permission} runs alone: so must the act that calls it")
        with _joined(outer, permission, kinds):
            yield
        return
    with transaction.atomic(), collecting() as clearances, watching(connection) as writes:
        _hold_ground(alone=alone)
        doing = ActInProgress(actor=actor, clearances=clearances, kinds=kinds, alone=alone)
        token = _current.set(doing)
        try:
            yield
            if permission not in clearances.permissions:
                raise PermissionUnchecked(f"the act never asked for {permission}")
            doing.flush()
        finally:
            _current.reset(token)
        if doing.seal is None:
            if writes.tables:
                raise ChangeWithoutFact(f"{permission} changed {sorted(writes.tables)} and wrote no fact")
            return
        doing.seal.close()


def _hold_ground(*, alone: bool) -> None:
    """Until the transaction ends. SQLite lets one act write at a time anyway."""
    if connection.vendor == "postgresql":
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(%s)", [_GROUND])


@contextmanager
def _joined(outer: ActInProgress, permission: str, kinds: frozenset[str]) -> Iterator[None]:
    """An act inside an act: it widens the kinds and the ground for its own duration, under the outer transaction."""
    kept_kinds, kept_ground = outer.kinds, outer.clearances
    with collecting() as clearances:
        outer.kinds, outer.clearances = kinds, clearances
        try:
            yield
            if permission not in clearances.permissions:
                raise PermissionUnchecked(f"the act never asked for {permission}")
        finally:
            outer.kinds, outer.clearances = kept_kinds, kept_ground
