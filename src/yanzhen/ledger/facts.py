"""Writing facts inside an act, and reading them as sentences."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from yanzhen.access.checks import Kept, Scoped
from yanzhen.ledger.acts import current
from yanzhen.ledger.models import Fact
from yanzhen.ledger.registry import FACT_KINDS
from yanzhen.ledger.secrets import KeyRing
from yanzhen.ledger.wording import sentence

Lending = Mapping[str, Collection[UUID]]
"""By the names of personal values: the members whose they are, besides the one whom the fact is about."""
_LENT = "lent"


def record(
    kind: str,
    /,
    *,
    member: Kept | None = None,
    unit: Scoped | None = None,
    subject_id: UUID | None = None,
    on: date | None = None,
    lent: Lending | None = None,
    **values: Any,
) -> Fact:
    """Write a fact of `kind` about `member`, or about `unit` where it is about no member.

    `values` must be JSON. Those that the kind declares personal are stored under the member's own key. `lent` says
    whose some of those are besides: erasing one of them takes the value from this fact too. `on` is the day it
    happened, today where none is given. Raises UndeclaredFact, FactOffGround; LookupError outside an act.
    """
    doing = current()
    ground = member or unit
    if ground is None:
        raise TypeError("name the member or the unit that the fact is about")
    declared = FACT_KINDS[kind]
    secret = {
        key: values.pop(key) for key in declared.personal & values.keys() if values[key] not in ("", None)
    }
    for key in declared.personal & values.keys():
        del values[key]
    fact = Fact(
        act_id=doing.id,
        kind=kind,
        path=ground.path,
        member_id=member.id if member else None,
        subject_id=subject_id,
        actor_id=doing.actor.id,
        system_name=doing.actor.name if doing.actor.is_system else "",
        door=doing.actor.door,
        on=on or doing.at.date(),
        at=doing.at,
        data=values,
        batch_id=doing.batch_id,
    )
    if secret:
        if member is None:
            raise TypeError("personal values belong to a fact about a member")
        for key in (lent or {}).keys() & secret.keys():
            if of := set((lent or {})[key]) - {member.id}:
                told = json.dumps(secret.pop(key), ensure_ascii=False)
                secret.setdefault(_LENT, {})[key] = doing.ring.lend(told, of=of, fact_id=fact.id)
        fact.secret = doing.ring.seal(
            json.dumps(secret, ensure_ascii=False), member_id=member.id, fact_id=fact.id
        )
    doing.add(fact)
    return fact


@dataclass(frozen=True)
class Entry:
    """A fact as a timeline shows it."""

    fact: Fact
    actor: str
    sentence: str
    redacted: bool


def values(fact: Fact, ring: KeyRing) -> tuple[dict[str, Any], bool]:
    """All values of a fact, and whether some of them were redacted."""
    if not fact.secret or fact.member_id is None:
        return dict(fact.data), False
    opened = ring.unseal(fact.secret, member_id=fact.member_id, fact_id=fact.id)
    if opened is None:
        return dict(fact.data), True
    told = {**fact.data, **json.loads(opened)}
    borrowed = {key: ring.unseal_lent(lent, fact_id=fact.id) for key, lent in told.pop(_LENT, {}).items()}
    told |= {key: json.loads(value) for key, value in borrowed.items() if value is not None}
    return told, None in borrowed.values()


def tell(facts: Iterable[Fact]) -> list[Entry]:
    """The facts in the words that their kinds declare; two queries however many there are."""
    facts = list(facts)
    ring = KeyRing()
    ring.fetch(fact.member_id for fact in facts if fact.secret and fact.member_id)
    names = _names(fact.actor_id for fact in facts if fact.actor_id)
    entries = []
    for fact in facts:
        told, redacted = values(fact, ring)
        actor = names.get(fact.actor_id, "—") if fact.actor_id else fact.system_name
        said = sentence(str(FACT_KINDS[fact.kind].sentence), {**told, "actor": actor})
        entries.append(Entry(fact=fact, actor=actor, sentence=said, redacted=redacted))
    return entries


def _names(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """The present names of these accounts: facts keep the key only, so that no name outlives its account."""
    found = get_user_model().objects.filter(pk__in=set(accounts))
    return {account.pk: account.name for account in found}
