"""Unit names as rosters write them: which unit a name means, and what kind of unit a new name stands for. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from yanzhen.kernel.paths import WIDTH
from yanzhen.people.readings import syllables
from yanzhen.sheets.recognition.text import compact

T = TypeVar("T")

_PARTY = re.compile(r"^(?:中国共产党|中共)")
# 支部委员会 goes before 委员会: a branch has a committee of its own, and is no committee.
_KIND = re.compile(
    r"(?:(?P<general_branch>总支部委员会|总支委员会|党总支部?|总支部?)"
    r"|(?P<branch>支部委员会|党支部|支委会|支部)"
    r"|(?P<group>党小组|小组)"
    r"|(?P<committee>委员会|党委|党工委|工委))$"
)
# How a name of that kind mostly ends; by these, slips of the hand are looked for.
_ENDINGS = {
    "branch": ("党支部", "支部"),
    "general_branch": ("党总支", "总支"),
    "committee": ("党委",),
    "group": ("党小组",),
}
# 第一党支部 and 第二党支部, 上坪村 and 下坪村 are two: one of these signs in another's place is no slip.
_TELLS_APART = frozenset("〇零一二三四五六七八九十百0123456789甲乙丙丁上中下东南西北大小前后新老内外总")
_DIVISION = re.compile(r"[^省市县区旗镇乡]+(?:省|自治区|市|自治县|县|区|旗|街道|镇|乡)")


def kind_of(name: str) -> str:
    """The kind of unit (`org.models.UnitKind`) that a name stands for; a branch where it does not say."""
    name = compact(name)
    if "流动党员" in name:
        return "mobile_unit"
    if "临时" in name:
        return "temporary_branch"
    if re.search(r"联合(?:党)?支部", name):
        return "joint_branch"
    found = _KIND.search(name)
    return (found.lastgroup if found else None) or "branch"


def shortened(name: str) -> list[str]:
    """The name without the divisions that it is in: 青禾镇党委 for 云岭县青禾镇党委."""
    bare = _PARTY.sub("", compact(name))
    return [bare[found.start() :] for found in _DIVISION.finditer(_KIND.sub("", bare)) if found.start()]


def told_apart(units: Mapping[str, str]) -> dict[str, str]:
    """By their paths, the names that mean one unit each: where several of a tree bear a name, as every general branch
    has its 第一党支部, the names of those above go in front until they differ."""
    names = dict(units)
    above = {path: path[:-WIDTH] for path in units}
    while True:
        bearers = Counter(names.values())
        alike = [path for path, name in names.items() if bearers[name] > 1 and above[path] in units]
        if not alike:
            return names
        for path in alike:
            names[path] = units[above[path]] + names[path]
            above[path] = above[path][:-WIDTH]


class UnitNames(Generic[T]):
    """Known units by their names; `find` tells which one a written name means.

    `above` are the names of the units they stand below: rosters put them in front or leave them out
    (中共云岭县青禾镇青石村支部委员会, 青禾镇青石村党支部 and 青石村党支部 are one).
    """

    def __init__(self, known: Iterable[tuple[str, T]], *, above: Iterable[str] = ()) -> None:
        self._fronts = sorted(_fronts(above), key=len, reverse=True)
        self._whole: dict[str, set[T]] = {}
        self._by_kind: dict[tuple[str, str], set[T]] = {}
        self._by_core: dict[str, set[T]] = {}
        self._all: list[tuple[str, T]] = []
        self._slips: dict[str, list[tuple[int, str, T]]] = {}
        for name, unit in known:
            self.add(name, unit)

    def add(self, name: str, unit: T) -> None:
        """Know one more unit."""
        core = self._core(name)
        self._whole.setdefault(compact(name), set()).add(unit)
        self._by_kind.setdefault((core, _plain_kind(name)), set()).add(unit)
        self._by_core.setdefault(core, set()).add(unit)
        self._all.append((name, unit))

    def find(self, written: str) -> set[T]:
        """The units it can mean: none is unknown, several are ambiguous.

        The whole name goes first, then the name without its front and of the same kind. A writing that names no kind
        (青石村) is a branch, or else whatever bears the name.
        """
        core, kind = self._core(written), _plain_kind(written)
        found = self._whole.get(compact(written)) or self._by_kind.get((core, kind))
        if not found and not _KIND.search(compact(written)):
            found = self._by_core.get(core)
        return found or set()

    def near(self, written: str) -> list[T]:
        """The units whose names are one slip away from a name that `find` does not know: one sign wrong, missing, too
        much or in another place; those first whose wrong sign sounds like the right one. A look-up costs the same
        however many units are known."""
        for name, unit in self._all:
            for form in self._forms(name):
                for rest, at, sign in _without_one(form):
                    self._slips.setdefault(rest, []).append((at, sign, unit))
        self._all.clear()
        found: dict[T, bool] = {}
        for form in self._forms(written):
            for rest, at, sign in _without_one(form):
                for there, right, unit in self._slips.get(rest, ()):
                    if _is_slip(sign, right, moved=at != there):
                        found[unit] = found.get(unit, False) or _sounds_alike(sign, right)
        return sorted(found, key=lambda unit: not found[unit])

    def _forms(self, name: str) -> set[str]:
        """The ways in which a name is mostly written, without its front."""
        core = self._core(name)
        forms = {core + ending for ending in _ENDINGS[_plain_kind(name)]}
        return forms if _KIND.search(compact(name)) else {core, *forms}

    def _core(self, name: str) -> str:
        bare = _PARTY.sub("", compact(name))
        core = _KIND.sub("", bare)
        front = next((it for it in self._fronts if core.startswith(it) and core != it), "")
        return core[len(front) :]


def _plain_kind(name: str) -> str:
    """The kind with the sorts of branch taken together."""
    kind = kind_of(name)
    return "branch" if kind in ("joint_branch", "temporary_branch", "mobile_unit") else kind


def _without_one(form: str) -> Iterator[tuple[str, int, str]]:
    """The name, and the name without each of its signs, as far as something is left that means one unit."""
    yield form, -1, ""
    for at, sign in enumerate(form):
        rest = form[:at] + form[at + 1 :]
        if len(_KIND.sub("", rest)) > 1:
            yield rest, at, sign


def _is_slip(sign: str, right: str, *, moved: bool) -> bool:
    """Whether two names that are the same but for these signs are one name, mistyped."""
    if sign and right and moved:
        return sign == right
    return not _TELLS_APART.issuperset(sign + right) or sign == right


def _sounds_alike(sign: str, right: str) -> bool:
    return bool(sign and right) and not set(syllables(sign)[0]).isdisjoint(syllables(right)[0])


def _fronts(above: Iterable[str]) -> set[str]:
    """What may stand in front: each upper unit's bare name, and its end from any division on (云岭县青禾镇, 青禾镇)."""
    fronts = set()
    for name in above:
        bare = _KIND.sub("", _PARTY.sub("", compact(name)))
        fronts.add(bare)
        fronts.update(bare[found.start() :] for found in _DIVISION.finditer(bare))
    return fronts - {""}
