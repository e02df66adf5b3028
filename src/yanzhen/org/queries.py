"""The only way to fetch units."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.checks import require, visible
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.kernel.paths import ancestors
from yanzhen.org.models import FormerName, Unit


def units(*, actor: Actor, permission: str = "org.see") -> QuerySet[Unit]:
    """The units that `actor` may see."""
    return Unit.objects.filter(visible(actor, permission, member=None))


def unit_for(*, actor: Actor, permission: str, unit_id: UUID) -> Unit:
    """One unit, where `actor` holds `permission` on it; NotFound outside what the actor may see."""
    return _granted(actor, permission, Unit.objects.filter(pk=unit_id).first())


def units_for(*, actor: Actor, permission: str, unit_ids: Collection[UUID]) -> dict[UUID, Unit]:
    """Many units by their keys, each asked for as in `unit_for`."""
    found = {unit.id: unit for unit in Unit.objects.filter(pk__in=unit_ids)}
    if not unit_ids:
        visible(actor, permission, member=None)  # asked, about no unit
    return {unit_id: _granted(actor, permission, found.get(unit_id)) for unit_id in unit_ids}


def unit_by_code(*, actor: Actor, permission: str, code: str) -> Unit:
    """The unit with `code`; its name does as well where only one unit bears it, then a former name likewise."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        named = list(Unit.objects.filter(name=code, ended_on__isnull=True)[:2])
        if not named:
            named = list(Unit.objects.filter(former_names__name=code, ended_on__isnull=True)[:2])
        found = named[0] if len(named) == 1 else None
    return _granted(actor, permission, found)


def named(text: str) -> Q:
    """Units that a text looks for: by a part of the name or of a former one, or by the beginning of the code."""
    return called(text) | Q(code__startswith=text)


def called(text: str) -> Q:
    """Units whose name, or a former one, has `text` in it."""
    return Q(name__contains=text) | Q(pk__in=FormerName.objects.filter(name__contains=text).values("unit_id"))


def former_names(*, actor: Actor, unit_id: UUID) -> list[FormerName]:
    """What a unit was called before, the latest first."""
    unit = unit_for(actor=actor, permission="org.see", unit_id=unit_id)
    return list(FormerName.objects.filter(unit=unit).order_by("-until", "-id"))


def _granted(actor: Actor, permission: str, found: Unit | None) -> Unit:
    if found is None:
        raise NotFound(_("没有这个党组织，或者不在您管理的范围内。"))
    require(actor, permission, unit=found)
    return found


def trail(*, actor: Actor, unit: Unit) -> list[Unit]:
    """The units from the topmost one that the actor may see down to `unit`: where a page stands."""
    seen = units(actor=actor).filter(path__in=ancestors(unit.path)).order_by("path")
    return list(seen)
