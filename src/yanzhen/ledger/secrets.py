"""Personal values in facts: each member has a key; destroying it redacts every fact about that member at once.

Facts are never changed, so erasing cannot edit them. The seals cover the sealed text and stay whole.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from typing import TypedDict
from uuid import UUID

from yanzhen.ledger.joining import part_of, registrations
from yanzhen.ledger.models import MemberKey
from yanzhen.vault import sealed

_PLACE = "ledger_memberkey.sealed"


class Lent(TypedDict):
    """A value that is others' too, sealed under the key of each of them: it is gone as soon as one of them is."""

    of: list[str]
    sealed: str


class KeyRing:
    """The members' keys that one act or one page needs, read in one query."""

    def __init__(self) -> None:
        self._keys: dict[UUID, bytes | None] = {}
        self._new: list[MemberKey] = []

    def fetch(self, member_ids: Iterable[UUID]) -> None:
        """Read the keys of these members, to be asked for later without a query each."""
        wanted = {member_id for member_id in member_ids if member_id not in self._keys}
        if not wanted:
            return
        self._keys.update(dict.fromkeys(wanted))
        for kept in MemberKey.objects.filter(member_id__in=wanted):
            opened = sealed.unseal(kept.sealed, place=_PLACE, row=kept.member_id)
            self._keys[kept.member_id] = bytes.fromhex(opened)

    def expect_new(self, member_ids: Iterable[UUID]) -> None:
        """Say that these members are being added now: they have no key to look for."""
        self._keys.update(dict.fromkeys(member_ids))

    def seal(self, value: str, *, member_id: UUID, fact_id: UUID) -> str:
        """`value` under the member's key, which is made at first need and stored by `store`."""
        self.fetch([member_id])
        key = self._keys[member_id]
        if key is None:
            key = self._keys[member_id] = os.urandom(16)
            wrapped = sealed.seal(key.hex(), place=_PLACE, row=member_id)
            self._new.append(MemberKey(member_id=member_id, sealed=wrapped))
        return sealed.encrypt(value, key=key, bound_to=str(fact_id))

    def unseal(self, value: str, *, member_id: UUID, fact_id: UUID) -> str | None:
        """The value again; None where the member's values were redacted."""
        self.fetch([member_id])
        key = self._keys[member_id]
        return sealed.decrypt(value, key=key, bound_to=str(fact_id)) if key else None

    def lend(self, value: str, *, of: Collection[UUID], fact_id: UUID) -> Lent:
        """`value` under the keys of all these members."""
        whose = sorted(of)
        for member_id in whose:
            value = self.seal(value, member_id=member_id, fact_id=fact_id)
        return {"of": [str(it) for it in whose], "sealed": value}

    def unseal_lent(self, lent: Lent, *, fact_id: UUID) -> str | None:
        """The value again; None where one of those whose it was had his values redacted."""
        value: str | None = lent["sealed"]
        whose = [UUID(it) for it in lent["of"]]
        self.fetch(whose)
        for member_id in reversed(whose):
            value = value and self.unseal(value, member_id=member_id, fact_id=fact_id)
        return value

    def store(self) -> None:
        """Keep the keys made since the last call."""
        MemberKey.objects.bulk_create(self._new, batch_size=2000)
        self._new = []


def redact(member_id: UUID) -> None:
    """Make every personal value in this member's facts unreadable for good, in those of every registration that was
    made one with his, and what others' facts took over from them. Only an act of erasure calls this."""
    MemberKey.objects.filter(member_id__in=registrations(part_of(member_id))).delete()
