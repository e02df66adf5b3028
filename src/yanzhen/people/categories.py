"""Acts of 个性化分类管理 (M43): the categories that a committee keeps, and which of them a member is in.

A unit's categories can be given to everybody on its ground. What a category changes is a parameter of its own
(`policy.services.set_parameter`): the contact duty reads it for a step that began after the member came into it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.kernel.paths import ancestors
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import record
from yanzhen.ledger.wording import own_words
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.people.category_lists import DEFINE, SORT, category_for, in_force, unit_of
from yanzhen.people.models import Category, Member, MemberCategory
from yanzhen.people.queries import members_for
from yanzhen.policy.models import Override
from yanzhen.policy.services import set_parameter

SORTED, CLEARED = "people.categories.set", "people.categories.cleared"
SHIPPED = {
    "work": gettext_lazy("务工"),
    "business": gettext_lazy("经商"),
    "graduate": gettext_lazy("高校毕业生"),
    "retired": gettext_lazy("退休随迁"),
    "army": gettext_lazy("随军随迁"),
    "other": gettext_lazy("其他"),
}
"""What a committee is offered to begin with; the words are its own from then on."""
MOST = 3  # categories of one member: more say nothing particular of him any more
CHUNK = 1000  # members that are written of at a time


@act(DEFINE, facts=("people.category.added",))
def begin_categories(*, actor: Actor, unit_id: UUID) -> list[Category]:
    """Take the shipped categories over, where a unit and those above it have none yet."""
    unit = unit_for(actor=actor, permission=DEFINE, unit_id=unit_id)
    if in_force(unit.path).exists():
        return []
    return [_add(unit, own_words(name), place, key) for place, (key, name) in enumerate(SHIPPED.items())]


@act(DEFINE, facts=("people.category.added",))
def add_category(*, actor: Actor, unit_id: UUID, name: str) -> Category:
    """Add a category to a unit's own, behind the others. DomainError for a name that is missing or there already."""
    unit = unit_for(actor=actor, permission=DEFINE, unit_id=unit_id)
    return _add(unit, _free_name(unit.path, name), Category.objects.filter(path=unit.path).count(), "")


@act(DEFINE, facts=("people.category.changed",))
def change_category(*, actor: Actor, category_id: UUID, name: str, place: int) -> Category:
    """Rename a category, or put it at another place (from 1) of its unit's list. The same again writes nothing."""
    category = category_for(actor=actor, category_id=category_id)
    name = _free_name(category.path, name, but=category)
    others = list(Category.objects.filter(path=category.path, ended_on=None).exclude(pk=category.pk))
    others.sort(key=lambda one: one.place)
    others.insert(max(0, place - 1), category)
    before = (category.name, [one.pk for one in sorted(others, key=lambda one: one.place)])
    if before == (name, [one.pk for one in others]):
        return category
    old, category.name = category.name, name
    for at, one in enumerate(others):
        one.place = at
    Category.objects.bulk_update(others, ["name", "place"])
    unit = unit_of(category)
    record("people.category.changed", unit=unit, subject_id=category.id, old=old, name=name)
    return category


@act(DEFINE, facts=("people.category.ended", SORTED, CLEARED))
def end_category(*, actor: Actor, category_id: UUID) -> int:
    """Retire a category: it is offered no more, and taken off whoever is in it; how many those were."""
    category = category_for(actor=actor, category_id=category_id)
    unit = unit_of(category)
    keys = list(MemberCategory.objects.filter(category=category).values_list("member_id", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = members_for(actor=actor, permission=DEFINE, member_ids=keys[start : start + CHUNK])
        _sort(chunk, {key: held - {category.id} for key, held in _held(chunk).items()})
    category.ended_on = clock.today()
    category.save(update_fields=["ended_on"])
    record("people.category.ended", unit=unit, subject_id=category.id, name=category.name, count=len(keys))
    return len(keys)


@act("policy.change", facts=("policy.parameter.set",))
def set_for_category(
    *, actor: Actor, category_id: UUID, key: str, value: str, effective_from: date, reason: str
) -> Override:
    """Set a parameter for the members of one category; "" gives them what holds for everybody again."""
    category = category_for(actor=actor, category_id=category_id)
    return set_parameter(
        actor=actor,
        unit=unit_of(category),
        key=key,
        value=value,
        effective_from=effective_from,
        reason=reason,
        applies_to=category.id.hex,
        whom=category.name,
    )


@act(SORT, facts=(SORTED, CLEARED))
def categorize(*, actor: Actor, wanted: Mapping[UUID, Collection[UUID]]) -> int:
    """Put each of these members into exactly these categories; how many it changed.

    DomainError for more than `MOST`, or for a category that is not one of the member's ground.
    """
    found = members_for(actor=actor, permission=SORT, member_ids=wanted)
    held = _held(found)
    known = {
        one.id: one for one in Category.objects.filter(pk__in={it for keys in wanted.values() for it in keys})
    }
    for member_id, keys in wanted.items():
        member = found[member_id]
        if len(keys) > MOST:
            raise DomainError(
                _("%(name)s已经在 %(most)d 类里了，最多 %(most)d 类。") % {"name": member.name, "most": MOST},
                field="categories",
            )
        for key in set(keys) - held[member_id]:
            if key not in known or known[key].ended_on or not member.path.startswith(known[key].path):
                raise DomainError(
                    _("%(name)s所在的党组织没有这一类。") % {"name": member.name}, field="categories"
                )
    return _sort(found, {key: set(keys) for key, keys in wanted.items()})


@act(SORT, facts=(SORTED, CLEARED))
def sort_each(*, actor: Actor, pairs: Collection[tuple[UUID, UUID]], out: bool = False) -> int:
    """Put each member (first of a pair) into a category (second) beside those he is in, or take him `out` of it; how
    many it changed. Refusals as in `categorize`."""
    found = members_for(
        actor=actor, permission=SORT, member_ids={member_id for member_id, _category in pairs}
    )
    wanted = _held(found)
    for member_id, category_id in pairs:
        (wanted[member_id].discard if out else wanted[member_id].add)(category_id)
    return categorize(actor=actor, wanted=wanted)


@act(SORT, facts=(SORTED, CLEARED))
def sort_into(*, actor: Actor, member_ids: Collection[UUID], name: str, out: bool = False) -> int:
    """`sort_each` with the category that is called `name` where each member is: two units may use a name for two.

    DomainError where nobody is given, or one of them has no such category.
    """
    found = members_for(actor=actor, permission=SORT, member_ids=member_ids)
    if not found:
        raise DomainError(_("请先勾选党员。"), field="member")
    paths = {path for member in found.values() for path in ancestors(member.path)}
    named = {one.path: one.id for one in Category.objects.filter(name=name, path__in=paths, ended_on=None)}
    pairs = []
    for member in found.values():
        fitting = next((named[path] for path in reversed(ancestors(member.path)) if path in named), None)
        if fitting is None:
            raise DomainError(_("%(name)s所在的党组织没有这一类。") % {"name": member.name}, field="category")
        pairs.append((member.id, fitting))
    return sort_each(actor=actor, pairs=pairs, out=out)


def _add(unit: Unit, name: str, place: int, key: str) -> Category:
    category = Category.objects.create(path=unit.path, name=name, place=place, key=key)
    record("people.category.added", unit=unit, subject_id=category.id, name=name)
    return category


def _free_name(path: str, name: str, *, but: Category | None = None) -> str:
    name = name.strip()
    if not name:
        raise DomainError(_("请写分类的名称。"), field="name")
    same = in_force(path).filter(name=name)
    if any(one != but for one in same):
        raise Conflict(_("已经有“%(name)s”这一类了。") % {"name": name}, field="name")
    return name


def _held(member_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    held: dict[UUID, set[UUID]] = {key: set() for key in member_ids}
    for row in MemberCategory.objects.filter(member_id__in=member_ids):
        held[row.member_id].add(row.category_id)
    return held


def _sort(found: Mapping[UUID, Member], wanted: Mapping[UUID, set[UUID]]) -> int:
    """The members into exactly these categories, which are theirs to be in; a fact for each that it changes."""
    held, today = _held(found), clock.today()
    names = {
        one.id: one for one in Category.objects.filter(pk__in={it for keys in wanted.values() for it in keys})
    }
    changed = [key for key in wanted if wanted[key] != held[key]]
    current().ring.fetch(changed)
    for key in changed:
        MemberCategory.objects.filter(member_id=key, category_id__in=held[key] - wanted[key]).delete()
    MemberCategory.objects.bulk_create(
        [
            MemberCategory(member=found[key], path=found[key].path, category_id=it, since=today)
            for key in changed
            for it in wanted[key] - held[key]
        ]
    )
    for key in changed:
        ordered = sorted((names[it] for it in wanted[key]), key=lambda one: (one.path, one.place))
        told: dict[str, Any] = {"member": found[key], "categories": [one.id.hex for one in ordered]}
        if ordered:
            record(SORTED, names="、".join(one.name for one in ordered), **told)
        else:
            record(CLEARED, **told)
    current().flush()
    return len(changed)
