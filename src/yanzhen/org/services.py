"""Acts on the tree."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.access.checks import require
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError, NotPermitted
from yanzhen.kernel.paths import segment
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record
from yanzhen.ledger.wording import own_words
from yanzhen.org import rules
from yanzhen.org.models import FormerName, Unit, UnitKind
from yanzhen.org.queries import unit_for


@act("org.change", facts=("org.unit.founded",))
def found_root(*, actor: Actor, name: str, code: str = "") -> Unit:
    """Found a committee that stands under none: the start of an installation. Only a command does this."""
    if not actor.is_system:
        raise NotPermitted(_("新建党委要用命令 yanzhen init。"))
    number = Unit.objects.filter(parent__isnull=True).count() + 1
    unit = Unit(
        path=segment(number),
        code=code or f"{number:03d}",
        name=_clean_name(name),
        kind=UnitKind.COMMITTEE,
        started_on=clock.today(),
    )
    require(actor, "org.change", unit=unit)
    unit.save(force_insert=True)
    kind_words = own_words(UnitKind(unit.kind).label)
    record("org.unit.founded", unit=unit, subject_id=unit.id, name=unit.name, kind=kind_words)
    return unit


@act("org.change", facts=("org.unit.founded",))
def found_unit(*, actor: Actor, parent_id: UUID, name: str, kind: str, code: str = "") -> Unit:
    """Found a unit below another. Its code is the parent's with the next number where none is given."""
    parent = unit_for(actor=actor, permission="org.change", unit_id=parent_id)
    parent = Unit.objects.select_for_update().get(pk=parent.pk)
    if parent.ended_on is not None:
        raise DomainError(_("“%(name)s”已经撤销，请选别的党组织。") % {"name": parent.name})
    refuse_taken(parent, _clean_name(name))
    if kind not in UnitKind.values:
        raise DomainError(_("请选择党组织的类别。"), field="kind")
    if code and Unit.objects.filter(code=code).exists():
        raise DomainError(_("代码“%(code)s”已经有党组织在用。") % {"code": code}, field="code")
    if not rules.fits(kind, below=parent.kind):
        raise DomainError(str(rules.MISFIT), field="kind")
    unit = Unit(
        parent=parent,
        path=parent.path + segment(parent.next_child),
        code=code or f"{parent.code}.{parent.next_child:02d}",
        name=_clean_name(name),
        kind=UnitKind(kind),
        started_on=clock.today(),
    )
    unit.save(force_insert=True)
    parent.next_child += 1
    parent.save(update_fields=["next_child"])
    kind_words = own_words(UnitKind(unit.kind).label)
    record("org.unit.founded", unit=unit, subject_id=unit.id, name=unit.name, kind=kind_words)
    return unit


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
        above = parent.name if parent else _("最上级")
        raise DomainError(
            _("“%(parent)s”下面已经有“%(name)s”。") % {"parent": above, "name": name}, field="name"
        )


def _clean_name(name: str) -> str:
    clean = name.strip()
    if not clean:
        raise DomainError(_("请填写党组织名称。"), field="name")
    return clean
