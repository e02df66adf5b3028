"""Names of Party units as people shorten them, matched against the names that are known."""

import re
from collections.abc import Collection

from .text import compact

_PREFIX = re.compile(r"^(?:中国共产党|中共)")
_SUFFIX = re.compile(
    r"(?:总支部委员会|支部委员会|总支委员会|党支部|党总支部?|总支部?|委员会|支部|党委|党组织)$"
)


def _forms(name: str) -> list[str]:
    """The forms of a unit's name from the fullest to the shortest: as written, without 中共, without its kind."""
    whole = compact(name)
    bare = _PREFIX.sub("", whole)
    shorter = _SUFFIX.sub("", bare)
    return [whole, bare, shorter]


class UnitNames:
    """Known unit names. `find` answers whether a written name means exactly one of them."""

    def __init__(self, names: Collection[str]) -> None:
        self._full = {compact(name): name for name in names}
        self._short: dict[str, set[str]] = {}
        for name in names:
            for form in _forms(name):
                if form:
                    self._short.setdefault(form, set()).add(name)

    def find(self, written: str) -> tuple[str, ...]:
        """The known names it can mean: one when it is clear, none when it is unknown, several when it is ambiguous.

        A full name goes first; then the same name without 中共 and without the kind of unit; then the one known
        name that ends with it or that it ends with (a town's name in front: 青禾镇青石村党支部).
        """
        forms = _forms(written)
        if forms[0] in self._full:
            return (self._full[forms[0]],)
        for form in forms:
            if found := self._short.get(form):
                return tuple(sorted(found))
        short = forms[-1]
        if len(short) < 2:
            return ()
        near = {
            name
            for form, names in self._short.items()
            if len(form) >= 2 and (form.endswith(short) or short.endswith(form))
            for name in names
        }
        return tuple(sorted(near))
