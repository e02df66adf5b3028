"""The chain: every act's facts are sealed together with the link before them, one chain a committee.

Whoever changes, removes or slips in a fact later would have to make every following link anew, with a key that is
not in the database. `verify` finds the first place where the chain and the facts disagree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from yanzhen.kernel import clock
from yanzhen.ledger.models import ChainHead, Fact, Seal
from yanzhen.vault.sealed import chain_digest

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


@dataclass
class ActSeal:
    """The seal of one act while its facts are still coming in."""

    chain: str
    act_id: UUID
    running: str = ""
    count: int = 0

    def extend(self, facts: Sequence[Fact]) -> None:
        """Cover these facts too, in this order."""
        for fact in facts:
            self.running = chain_digest(self.running, content(fact))
        self.count += len(facts)

    def close(self) -> None:
        """Add the act to its chain. The chain's head is locked until the act commits."""
        ChainHead.objects.get_or_create(chain=self.chain)
        head = ChainHead.objects.select_for_update().get(chain=self.chain)
        head.number += 1
        head.digest = chain_digest(head.digest, f"{head.number}\n{self.count}\n{self.running}".encode())
        Seal.objects.create(
            chain=self.chain, number=head.number, act_id=self.act_id, facts=self.count, digest=head.digest
        )
        head.save()


def content(fact: Fact) -> bytes:
    """What the seal covers: every column of the fact, in one form on every database."""
    return _ENCODER.encode(
        [
            str(fact.id),
            str(fact.act_id),
            fact.kind,
            fact.path,
            str(fact.member_id),
            str(fact.subject_id),
            str(fact.actor_id),
            fact.system_name,
            str(fact.door),
            fact.on.isoformat(),
            fact.at.astimezone(clock.ZONE).isoformat(timespec="microseconds"),
            fact.data,
            fact.secret,
            str(fact.batch_id),
        ]
    ).encode()


@dataclass(frozen=True)
class Break:
    """The first place where a chain is broken, in words for the person who asked."""

    chain: str
    number: int
    what: str


@dataclass(frozen=True)
class Verified:
    """A whole chain: its last link can be written down elsewhere, which makes cutting its end visible too."""

    chain: str
    number: int
    facts: int
    digest: str


def verify() -> Iterator[Verified | Break]:
    """Go through every chain from its start; one answer each, and one for facts that no seal covers."""
    heads = {head.chain: head for head in ChainHead.objects.all()}
    chains = set(heads) | set(Seal.objects.values_list("chain", flat=True).distinct())
    for chain in sorted(chains):
        yield _verify_chain(chain, heads.get(chain))
    loose = (
        Fact.objects.exclude(act_id__in=Seal.objects.values("act_id")).values("path").annotate(n=Count("id"))
    )
    for row in loose[:1]:
        yield Break(
            chain=row["path"][:4],
            number=0,
            what=_("%(path)s 有 %(count)d 条事实没有封印") % {"path": row["path"], "count": row["n"]},
        )


def _verify_chain(chain: str, head: ChainHead | None) -> Verified | Break:
    digest, number, facts = "", 0, 0
    for seals in _batched(Seal.objects.filter(chain=chain).order_by("number").iterator(chunk_size=500), 500):
        by_act: dict[UUID, list[Fact]] = {seal.act_id: [] for seal in seals}
        for fact in Fact.objects.filter(act_id__in=list(by_act)).order_by("id").iterator(chunk_size=2000):
            by_act[fact.act_id].append(fact)
        for seal in seals:
            number += 1
            running = ActSeal(chain=chain, act_id=seal.act_id)
            running.extend(by_act[seal.act_id])
            digest = chain_digest(digest, f"{number}\n{running.count}\n{running.running}".encode())
            if seal.number != number or seal.facts != running.count or seal.digest != digest:
                return Break(chain=chain, number=number, what=_("办理 %s 的事实和封存时不一样") % seal.act_id)
            facts += running.count
    if head is None or head.number != number or head.digest != digest:
        return Break(chain=chain, number=number, what=_("链的末尾不见了"))
    return Verified(chain=chain, number=number, facts=facts, digest=digest)


def _batched(seals: Iterator[Seal], size: int) -> Iterator[list[Seal]]:
    batch: list[Seal] = []
    for seal in seals:
        batch.append(seal)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
