"""Parameters as the rooms declare them: every number that a regulation gives, with its source and its date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yanzhen.kernel.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Version:
    """A value in force from a day on. `text` is the clause in plain words, `source` where it stands."""

    effective_from: date
    value: str
    text: str | _StrPromise
    source: str | _StrPromise


@dataclass(frozen=True)
class Parameter:
    """A number of a regulation. `unit` is what it counts: days, months, yuan, a share.

    `by_category`: a committee may set it for one category of its members; of several categories the smallest holds.
    """

    key: str
    label: str | _StrPromise
    unit: str | _StrPromise
    versions: tuple[Version, ...]
    by_category: bool = False

    def on(self, day: date) -> Version:
        """The version in force on `day`: the last that began by then, the first for days before all of them."""
        begun = [version for version in self.versions if version.effective_from <= day]
        return begun[-1] if begun else self.versions[0]


PARAMETERS: Registry[Parameter] = Registry("parameter")
