"""How often members are to be contacted (`contact.quarters`), in SQL: as shipped, as committees set it for everybody or
for one category, each from its day on. The same look-up as `policy.queries.Parameters.get`, for many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Exists, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from yanzhen.access.fields import inside
from yanzhen.people.models import MemberCategory
from yanzhen.policy.models import Override
from yanzhen.policy.queries import Parameters
from yanzhen.policy.registry import PARAMETERS

QUARTERS = "contact.quarters"
_LONGEST = 400  # quarters: nobody is away for a hundred years


@dataclass(frozen=True)
class _Set:
    """A number set for a path from a day on; None where a category has no number of its own from then on."""

    path: str
    since: date
    number: int | None

    def reaches(self, day: str) -> Q:
        """On a row with a path and a written day: it was in force there then. A month counts as its last day."""
        since = self.since.isoformat()
        begun = Q(**{f"{day}__gte": since}) | Q(**{f"{day}__in": [since[:4], since[:7]]})
        return inside(self.path) & begun


@dataclass(frozen=True)
class Intervals:
    """What may hold for the members at and below a unit, each list with the one that goes before the others first."""

    usual: tuple[_Set, ...]
    of_category: dict[str, tuple[_Set, ...]]

    @classmethod
    def around(cls, path: str, parameters: Parameters) -> Intervals:
        """For the unit at `path`."""
        shipped = [_Set("", it.effective_from, _number(it.value)) for it in PARAMETERS[QUARTERS].versions]
        usual, own = shipped, dict[str, list[_Set]]()
        for one in parameters.set_around(QUARTERS, path=path):
            (own.setdefault(one.applies_to, []) if one.applies_to else usual).append(_set(one))
        numbered = {key: tuple(reversed(them)) for key, them in own.items() if any(it.number for it in them)}
        return cls(tuple(reversed(usual)), numbered)

    @property
    def numbers(self) -> list[int]:
        """The numbers of quarters that may hold, the smallest first."""
        found = {it.number for them in (self.usual, *self.of_category.values()) for it in them}
        return sorted(number for number in found if number is not None)

    def is_(self, number: int, day: str) -> Q:
        """On a row of a member: `number` is what held for him on the row's written `day`."""
        if len(self.numbers) == 1:
            return Q()
        own = [
            When(Q(*(self._is_own(key, it, day) for key in keys), _connector=Q.OR), then=Value(it))
            for it in self.numbers
            if (keys := [key for key, them in self.of_category.items() if it in {one.number for one in them}])
        ]
        held = Case(*own, default=_first(self.usual, day), output_field=IntegerField())
        return Q(Exact(held, number))

    def _is_own(self, category: str, number: int, day: str) -> Q:
        """The member was in the category on that day, and its own number was this one."""
        member = MemberCategory.objects.alias(since_written=Cast("since", CharField()))
        inside = member.filter(
            Q(since_written__lte=OuterRef(day)) | Q(since_written__startswith=OuterRef(day)),
            member_id=OuterRef("member_id"),
            category_id=category,
        )
        return Q(Exists(inside)) & Q(Exact(_first(self.of_category[category], day), number))


def _first(them: Sequence[_Set], day: str) -> Case:
    """The number of the first that reaches the row."""
    whens = [When(it.reaches(day), then=Value(it.number)) for it in them]
    shipped = them[-1].number if them[-1].path == "" else None
    return Case(*whens, default=Value(shipped), output_field=IntegerField())


def _set(override: Override) -> _Set:
    return _Set(override.path, override.effective_from, _number(override.value) if override.value else None)


def _number(value: str) -> int:
    return min(max(int(value), 1), _LONGEST)
