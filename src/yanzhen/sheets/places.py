"""The units that the rows of a roster may name: those of the tree, and those that would have to be founded."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from yanzhen.kernel.ids import uuid7
from yanzhen.kernel.paths import ancestors
from yanzhen.org.models import Unit, UnitKind
from yanzhen.sheets.unit_names import UnitNames, shortened, told_apart


@dataclass(eq=False)
class Place:
    """A unit that rows name: one of the tree, or one that would have to be founded (`unit` is None)."""

    name: str
    unit: Unit | None
    id: UUID


class Places:
    """The units of one unit's ground, found by what rows call them. `groups` says whether rows may name groups: to a
    member a group is nobody's unit, whoever is in it belongs to its branch."""

    def __init__(self, unit: Unit, *, groups: bool = False) -> None:
        root = Q(path__gte=unit.path[:4], path__lt=unit.path[:4] + "~")
        tree = Unit.objects.filter(root, ended_on__isnull=True)
        if not groups:
            tree = tree.exclude(~Q(pk=unit.pk), kind=UnitKind.GROUP)
        names = dict(tree.values_list("path", "name"))
        below = tree.filter(path__gte=unit.path, path__lt=unit.path + "~")
        known = [Place(it.name, it, it.id) for it in below]
        self.home = next(it for it in known if it.id == unit.id)
        self.new: list[Place] = []
        above = [names[path] for path in ancestors(unit.path) if path in names]
        self._names: UnitNames[Place] = UnitNames(((it.name, it) for it in known), above=above)
        for name in shortened(unit.name):
            self._names.add(name, self.home)
        whole = told_apart(names)
        for place in known:
            if place.unit and whole[place.unit.path] != place.name:
                self._names.add(whole[place.unit.path], place)

    def find(self, written: str) -> set[Place]:
        """The units that it can mean (`UnitNames.find`)."""
        return self._names.find(written)

    def add(self, name: str) -> Place:
        """One that would have to be founded; later rows find it too."""
        place = Place(name, None, uuid7())
        self._names.add(name, place)
        self.new.append(place)
        return place
