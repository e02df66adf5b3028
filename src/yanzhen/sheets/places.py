"""The units that the rows of a roster may name: those of the tree, and those that would have to be founded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from yanzhen.access.fields import inside
from yanzhen.kernel.ids import uuid7
from yanzhen.kernel.paths import WIDTH, ancestors
from yanzhen.org.models import FormerName, Unit, UnitKind
from yanzhen.sheets.unit_names import UnitNames, shortened, told_apart

_NEAR = 3  # units that are named at most: a question with more is none


@dataclass(eq=False)
class Place:
    """A unit that rows name: one of the tree, or one that would have to be founded (`unit` is None)."""

    name: str
    unit: Unit | None
    id: UUID


@dataclass
class Doubt:
    """A name that no unit bears and that may be a slip of the hand. `near` are the units whose names are almost that,
    by what they are called; `taken` is the one that the officer said it is, of this roster or (`is_recalled`) of one
    before, and `called` its name; `rows` how many bear it so far."""

    written: str
    near: Mapping[Place, str]
    taken: Place | None
    called: str = ""
    is_recalled: bool = False
    rows: int = 0

    @property
    def question(self) -> str:
        """Which units it may be, as a question."""
        return _("是不是%(which)s？") % {"which": _("还是").join(f"“{it}”" for it in self.near.values())}

    @property
    def recalled(self) -> str:
        """What was said of it when an earlier roster was imported, and how many rows go by that."""
        told = {"name": self.written, "called": self.called, "n": self.rows}
        return _("上次说过，“%(name)s”就是“%(called)s”，照办（%(n)d 行）。") % told


@dataclass
class Renamed:
    """A name that a unit bore before and is found by; `called` is what it is called now, `rows` how many bear it so
    far."""

    written: str
    called: str
    rows: int = 0

    @property
    def sentence(self) -> str:
        """That the name is taken for the unit's."""
        told = {"name": self.written, "called": self.called, "n": self.rows}
        return _("“%(name)s”现在叫“%(called)s”，按“%(called)s”办（%(n)d 行）。") % told


class Places:
    """The units of one unit's ground, found by what rows call them. `groups` says whether rows may name groups: to a
    member a group is nobody's unit, whoever is in it belongs to its branch."""

    def __init__(self, unit: Unit, *, groups: bool = False) -> None:
        tree = Unit.objects.filter(inside(unit.path[:WIDTH]), ended_on__isnull=True)
        if not groups:
            tree = tree.exclude(~Q(pk=unit.pk), kind=UnitKind.GROUP)
        names = dict(tree.values_list("path", "name"))
        below = tree.filter(inside(unit.path))
        known = [Place(it.name, it, it.id) for it in below]
        self.home = next(it for it in known if it.id == unit.id)
        self.new: list[Place] = []
        above = [names[path] for path in ancestors(unit.path) if path in names]
        self._names: UnitNames[Place] = UnitNames(((it.name, it) for it in known), above=above)
        for name in shortened(unit.name):
            self._names.add(name, self.home)
        self._by_id = {place.id: place for place in known}
        self._whole = told_apart(names)
        for place in known:
            if place.unit and self._whole[place.unit.path] != place.name:
                self._names.add(self._whole[place.unit.path], place)
        former = FormerName.objects.filter(inside(unit.path, "unit__path"))
        bore = former.values_list("name", "unit_id")
        self._former: UnitNames[Place] = UnitNames(
            ((name, self._by_id[unit_id]) for name, unit_id in bore if unit_id in self._by_id), above=above
        )

    def bearers(self, written: str) -> set[Place]:
        """The units that bear the name today."""
        return self._names.find(written)

    def find(self, written: str) -> set[Place]:
        """The units that it can mean (`UnitNames.find`): those that bear the name, else those that bore it."""
        return self.bearers(written) or self._former.find(written)

    def renamed(self, written: str, found: set[Place]) -> str:
        """What the one unit is called now that was found by a former name; "" where it was not one."""
        unit = next(iter(found)).unit if len(found) == 1 else None
        return self.called(unit) if unit and not self.bearers(written) else ""

    def called(self, unit: Unit) -> str:
        """The name that means this unit alone."""
        return self._whole[unit.path]

    def above(self, unit: Unit) -> str:
        """What the unit right above is called."""
        return self._whole[unit.path[:-WIDTH]]

    def doubt(self, written: str, said: UUID | None, known: UUID | None) -> Doubt | None:
        """What such a name may stand for that no unit bears; `said` is the unit that somebody said it is, of this
        roster, `known` of one before. A unit that is not there any more is neither."""
        found = [it for it in self._names.near(written) if it.unit][:_NEAR]
        near = {it: self.called(it.unit) for it in found if it.unit}
        here, before = (self._by_id.get(key) if key else None for key in (said, known))
        taken = here or before
        if not near and not taken:
            return None
        called = self.called(taken.unit) if taken and taken.unit else ""
        return Doubt(written, near, taken, called, is_recalled=here is None and before is not None)

    def add(self, name: str) -> Place:
        """One that would have to be founded; later rows find it too."""
        place = Place(name, None, uuid7())
        self._names.add(name, place)
        self.new.append(place)
        return place
