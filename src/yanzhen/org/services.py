"""Acts on the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.access.checks import require
from yanzhen.access.rows import insert
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError, NotPermitted
from yanzhen.kernel.paths import segment
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record
from yanzhen.ledger.wording import own_words
from yanzhen.org import rules
from yanzhen.org.models import CODE_WIDTH, FormerName, Unit, UnitKind
from yanzhen.org.queries import unit_for, units_for


@act("org.change", facts=("org.unit.founded",))
def found_root(*, actor: Actor, name: str, code: str = "") -> Unit:
    """Found a committee that stands under none: the start of an installation. Only a command does this."""
    if not actor.is_system:
        raise NotPermitted(_("新建党委要用命令 yanzhen init。"))
    number = Unit.objects.filter(parent__isnull=True).count() + 1
    free = (it for it in map("{:03d}".format, count(number)) if not Unit.objects.filter(code=it).exists())
    unit = Unit(
        path=segment(number),
        code=code or next(free),
        name=_clean_name(name),
        kind=UnitKind.COMMITTEE,
        started_on=clock.today(),
    )
    require(actor, "org.change", unit=unit)
    unit.save(force_insert=True)
    kind_words = own_words(UnitKind(unit.kind).label)
    record("org.unit.founded", unit=unit, subject_id=unit.id, name=unit.name, kind=kind_words)
    return unit


@dataclass(frozen=True)
class NewUnit:
    """A unit to be founded below another. Its code is the parent's with the next free number where none is given."""

    parent_id: UUID
    name: str
    kind: str
    code: str = ""


@act("org.change", facts=("org.unit.founded",))
def found_unit(*, actor: Actor, parent_id: UUID, name: str, kind: str, code: str = "") -> Unit:
    """Found a unit below another (see `NewUnit`). DomainError where the parent has ended, the name or the code is
    taken, or a unit of this kind does not stand there."""
    return found_units(actor=actor, wanted=[NewUnit(parent_id, name, kind, code)])[0]


@act("org.change", facts=("org.unit.founded",))
def found_units(*, actor: Actor, wanted: Sequence[NewUnit], reserved: Collection[str] = ()) -> list[Unit]:
    """Found many units, in the order of `wanted`; their parents are there already. Refusals as in `found_unit`. A few
    queries however many there are. `reserved` are codes that others are to be given later."""
    parents = _parents(actor, wanted)
    taken = _Taken(wanted, parents, reserved)
    founded = []
    for it in wanted:
        parent, name = parents[it.parent_id], _clean_name(it.name)
        if parent.ended_on is not None:
            raise DomainError(_("“%(name)s”已经撤销，请选别的党组织。") % {"name": parent.name})
        taken.take_name(parent, name)
        if it.kind not in UnitKind.values:
            raise DomainError(_("请选择党组织的类别。"), field="kind")
        taken.take_code(it.code)
        if not rules.fits(it.kind, below=parent.kind):
            raise DomainError(str(rules.MISFIT), field="kind")
        code = it.code or taken.number(parent, name)
        unit = Unit(
            parent=parent,
            path=parent.path + segment(parent.next_child),
            code=code,
            name=name,
            kind=UnitKind(it.kind),
            started_on=clock.today(),
        )
        parent.next_child += 1
        founded.append(unit)
        kind_words = own_words(UnitKind(unit.kind).label)
        record("org.unit.founded", unit=unit, subject_id=unit.id, name=unit.name, kind=kind_words)
    insert(founded)
    Unit.objects.bulk_update(parents.values(), ["next_child"], batch_size=500)
    return founded


def _parents(actor: Actor, wanted: Sequence[NewUnit]) -> dict[UUID, Unit]:
    """What the new units are to stand below, by key: whoever founds something there meanwhile waits."""
    keys = {it.parent_id for it in wanted}
    units_for(actor=actor, permission="org.change", unit_ids=keys)
    return {it.id: it for it in Unit.objects.filter(pk__in=keys).order_by("pk").select_for_update()}


class _Taken:
    """The names and codes that new units cannot have: those of others, and of each other."""

    def __init__(
        self, wanted: Sequence[NewUnit], parents: Mapping[UUID, Unit], reserved: Collection[str]
    ) -> None:
        there = Unit.objects.filter(
            parent__in={it.parent_id for it in wanted},
            name__in={it.name.strip() for it in wanted},
            ended_on__isnull=True,
        )
        self._names = set(there.values_list("parent_id", "name"))
        given = {it.code for it in wanted if it.code}
        self._given = given.union(reserved)
        below = Counter(it.parent_id for it in wanted).items()
        numbered = {_numbered(parents[key], further) for key, many in below for further in range(many)}
        self._looked_at = given | numbered
        self._codes = set(Unit.objects.filter(code__in=self._looked_at).values_list("code", flat=True))

    def take_name(self, parent: Unit, name: str) -> None:
        if (parent.id, name) in self._names:
            raise _name_taken(parent, name)
        self._names.add((parent.id, name))

    def take_code(self, code: str) -> None:
        if code in self._codes:
            raise DomainError(_("代码“%(code)s”已经有党组织在用。") % {"code": code}, field="code")
        if code:
            self._codes.add(code)

    def number(self, parent: Unit, name: str) -> str:
        """The code of the next unit below `parent`, which gets a later number where somebody gave the code by hand."""
        while self._is_taken(code := _numbered(parent)):
            parent.next_child += 1
        if len(code) > CODE_WIDTH:
            sentence = _("“%(parent)s”的代码太长，请用党组织名册给“%(name)s”写明代码。")
            raise DomainError(sentence % {"parent": parent.name, "name": name}, field="code")
        return code

    def _is_taken(self, code: str) -> bool:
        if code in self._given or code in self._codes:
            return True
        return code not in self._looked_at and Unit.objects.filter(code=code).exists()


def _numbered(parent: Unit, further: int = 0) -> str:
    """The code with the number of the next unit below, or of one further on."""
    return f"{parent.code}.{parent.next_child + further:02d}"


@act("org.change", facts=("org.unit.renamed",))
def rename_unit(*, actor: Actor, unit_id: UUID, name: str) -> Unit:
    """Give a unit another name; under the former one it is still found."""
    unit = unit_for(actor=actor, permission="org.change", unit_id=unit_id)
    name, former = _clean_name(name), unit.name
    if name == former:
        return unit
    refuse_taken(unit.parent, name)
    unit.name = name
    unit.save(update_fields=["name"])
    keep_former_name(unit, former, until=clock.today())
    record("org.unit.renamed", unit=unit, subject_id=unit.id, name=name, former=former)
    return unit


@act("org.change", facts=("org.unit.ended",), alone=True)
def end_unit(*, actor: Actor, unit_id: UUID, on: date | None = None, reason: str = "") -> Unit:
    """End a unit that has no members and no unit below it any more; its path, code and facts stay.

    The members of a group belong to its branch: they are in none afterwards (`people.groups`)."""
    unit = unit_for(actor=actor, permission="org.change", unit_id=unit_id)
    if unit.ended_on is not None:
        return unit
    if unit.children.filter(ended_on__isnull=True).exists():
        raise DomainError(_("“%(name)s”下面还有党组织，请先撤销或者移走它们。") % {"name": unit.name})
    if unit.members.exists():
        raise DomainError(_("“%(name)s”还有党员，请先转走他们。") % {"name": unit.name})
    unit.ended_on = on or clock.today()
    unit.save(update_fields=["ended_on"])
    record("org.unit.ended", unit=unit, subject_id=unit.id, on=on, name=unit.name, reason=reason)
    return unit


def keep_former_name(unit: Unit, name: str, *, until: date) -> None:
    """Let the unit be found under a name that it, or one merged into it, bore until a day."""
    FormerName.objects.update_or_create(unit=unit, name=name, defaults={"until": until})


def refuse_taken(parent: Unit | None, name: str) -> None:
    """Refuse a name that another unit below `parent` bears today."""
    if Unit.objects.filter(parent=parent, name=name, ended_on__isnull=True).exists():
        raise _name_taken(parent, name)


def _name_taken(parent: Unit | None, name: str) -> DomainError:
    above = parent.name if parent else _("最上级")
    return DomainError(
        _("“%(parent)s”下面已经有“%(name)s”。") % {"parent": above, "name": name}, field="name"
    )


def _clean_name(name: str) -> str:
    clean = name.strip()
    if not clean:
        raise DomainError(_("请填写党组织名称。"), field="name")
    return clean
