"""The only way to fetch categories (M43), who is in them and what holds for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.checks import require, visible
from yanzhen.access.fields import inside
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.kernel.paths import ancestors
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.people.models import Category, Member, MemberCategory
from yanzhen.people.queries import member_for
from yanzhen.policy.queries import Parameters

DEFINE, SORT = "people.category.define", "people.categorize"


@dataclass(frozen=True)
class Line:
    """One category as a unit's list shows it: whose it is, how many of the unit's members are in it, and the number
    of one parameter that holds for them, beside the one that holds for everybody."""

    category: Category
    unit: Unit
    is_own: bool
    count: int
    number: int
    usual: int


def category_list(*, actor: Actor, unit_id: UUID, key: str) -> list[Line]:
    """The categories that can be given in a unit, with what the parameter `key` is for each today; four queries."""
    unit = unit_for(actor=actor, permission=SORT, unit_id=unit_id)
    found, parameters, today = list(in_force(unit.path)), Parameters(), clock.today()
    above = {one.path: one for one in Unit.objects.filter(path__in={one.path for one in found})}
    rows = MemberCategory.objects.filter(inside(unit.path), category__in=found)
    counts = dict(rows.values_list("category_id").annotate(n=Count("id")))
    usual = parameters.get(key, path=unit.path, on=today).number
    return [
        Line(
            category=one,
            unit=above[one.path],
            is_own=one.path == unit.path,
            count=counts.get(one.id, 0),
            number=parameters.get(key, path=unit.path, on=today, categories=[one.id.hex]).number,
            usual=usual,
        )
        for one in found
    ]


def category_for(*, actor: Actor, category_id: UUID, permission: str = DEFINE) -> Category:
    """One category in force, where `actor` holds `permission` on its unit."""
    category = Category.objects.filter(pk=category_id, ended_on=None).first()
    if category is None:
        raise NotFound(_("没有这一类，或者已经停用。"))
    require(actor, permission, unit=category)
    return category


def in_force(path: str) -> QuerySet[Category]:
    """The categories that can be given to members at `path`: those of the units above first, each in its order."""
    return Category.objects.filter(path__in=ancestors(path), ended_on=None).order_by("path", "place", "id")


def categories_of(*, actor: Actor, member_id: UUID) -> list[Category]:
    """The categories that a member is in."""
    member = member_for(actor=actor, permission="people.see", member_id=member_id)
    return list(Category.objects.filter(members_in__member=member).order_by("path", "place", "id"))


def unit_of(category: Category) -> Unit:
    """The unit that keeps a category."""
    return Unit.objects.get(path=category.path)


def count_in(category: Category) -> int:
    """How many members are in a category."""
    return MemberCategory.objects.filter(category=category).count()


def names_in_use(*, actor: Actor) -> dict[str, bool]:
    """What the categories are called that members on the actor's ground can be in, a name that two units use once; and
    whether any member whom the actor may see is."""
    borne = MemberCategory.objects.filter(
        visible(actor, "people.see", member="member__"), category=OuterRef("pk")
    )
    found: dict[str, bool] = {}
    for category in (
        Category.objects.filter(ended_on=None)
        .order_by("path", "place", "id")
        .annotate(is_borne=Exists(borne))
    ):
        if any(
            grant.path.startswith(category.path) or category.path.startswith(grant.path)
            for grant in actor.grants_for("people.see")
        ):
            found[category.name] = found.get(category.name, False) or category.is_borne
    return found


def in_category(found: QuerySet[Member], name: str) -> QuerySet[Member]:
    """Those of `found` who are in a category of this name; "-" asks for those who are in none."""
    held = MemberCategory.objects.all()
    if name == "-":
        return found.exclude(pk__in=held.values("member_id"))
    return found.filter(pk__in=held.filter(category__name=name).values("member_id"))


def names_of(member_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """What the categories of these members are called; one query. Whoever asks has the members already."""
    rows = MemberCategory.objects.filter(member_id__in=member_ids).order_by(
        "category__path", "category__place"
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for member_id, name in rows.values_list("member_id", "category__name"):
        found[member_id].append(name)
    return found


def since_of(member_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """The categories of these members by their keys, each with the day since when, as duties know them; one query."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows = MemberCategory.objects.filter(member_id__in=member_ids)
    for member_id, category_id, since in rows.values_list("member_id", "category_id", "since"):
        found[member_id][category_id.hex] = since.isoformat()
    return found
