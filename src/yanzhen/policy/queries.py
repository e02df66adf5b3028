"""The parameters in force, for a unit, on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yanzhen.access.checks import visible
from yanzhen.kernel.actor import Actor
from yanzhen.policy.models import Override
from yanzhen.policy.registry import PARAMETERS, Parameter

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class InForce:
    """A parameter's value with the clause that gives it."""

    value: str
    text: str | _StrPromise
    source: str | _StrPromise

    @property
    def number(self) -> int:
        return int(self.value)


class Parameters:
    """All parameters for any unit on any day; the overrides are read once."""

    def __init__(self) -> None:
        self._overrides = list(Override.objects.order_by("path", "effective_from"))

    @property
    def differ_by_category(self) -> bool:
        """Whether any committee has set a number for one category of its members."""
        return any(override.applies_to for override in self._overrides)

    def get(self, key: str, *, path: str, on: date, categories: Collection[str] = ()) -> InForce:
        """The value of `key` for the unit at `path` on `on`; LookupError for an undeclared key.

        With `categories`, of somebody who is in them: the smallest of their own values where they have any.
        """
        shipped = PARAMETERS[key].on(on)
        found = InForce(value=shipped.value, text=shipped.text, source=shipped.source)
        own: dict[str, InForce] = {}
        for override in self._overrides:
            if override.key != key or not path.startswith(override.path) or override.effective_from > on:
                continue
            value = InForce(value=override.value, text=override.reason, source=shipped.source)
            if not override.applies_to:
                found = value
            elif override.applies_to in categories:
                own[override.applies_to] = value
        return min((it for it in own.values() if it.value), key=lambda it: it.number, default=found)

    def set_around(self, key: str, *, path: str) -> list[Override]:
        """What was set of `key` for the unit at `path`, above it and below: of those that reach a member the last."""
        on_ground = (it for it in self._overrides if it.path.startswith(path) or path.startswith(it.path))
        return [it for it in on_ground if it.key == key]


@dataclass(frozen=True)
class Clause:
    """A parameter and what holds for one's own unit."""

    parameter: Parameter
    in_force: InForce


def clauses(*, actor: Actor, on: date) -> list[Clause]:
    """Every parameter as it holds on `on` where the actor stands: for the lowest unit that he was given a role on."""
    visible(actor, "policy.see", member=None)
    path = max((grant.path for grant in actor.grants_for("policy.see")), default="", key=len)
    parameters = Parameters()
    return [Clause(one, parameters.get(one.key, path=path, on=on)) for one in PARAMETERS]
