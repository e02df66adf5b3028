"""Fact kinds and projections, as the rooms declare them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yanzhen.kernel.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from yanzhen.ledger.models import Fact


@dataclass(frozen=True)
class FactKind:
    """What a kind of fact says on a timeline, where it leads, and what erasing the member takes from it.

    `sentence` is a template over the fact's data and its personal values (see `wording`). `personal` names the
    values that are stored sealed under the member's own key: destroying that key is the redaction
    (`ledger.secrets.redact`). `page` is the name of a URL that takes the member's key. `joins` says that
    the registration `other` is one with the member's from now on (True) or on its own again (False), `leaves` that the
    member's own became part of the one `into`: see `ledger.joining`.
    """

    key: str
    sentence: str | _StrPromise
    personal: frozenset[str] = frozenset()
    page: str = "member"
    shown_to_member: bool = True
    joins: bool | None = None
    leaves: bool = False


@dataclass(frozen=True)
class Projection:
    """State derived from facts, kept up in the transaction that writes them. `apply` gets facts in their order."""

    key: str
    kinds: frozenset[str]
    apply: Callable[[Sequence[Fact]], None] = field(compare=False)


FACT_KINDS: Registry[FactKind] = Registry("fact kind")
PROJECTIONS: Registry[Projection] = Registry("projection")
