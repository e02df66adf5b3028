"""Finding members as Chinese people search: a name or a part of it, pinyin, initials, the last digits of a number.

Each text is one range (a name) or one point (a number) of the index over `SearchTerm`, within what the actor may see.
What is found costs no more where a hundred thousand people bear the surname: the ranges are read in their own order,
the whole name before its continuations, and only so far as somebody would read on.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from enum import IntEnum
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from yanzhen.access.checks import permits, visible
from yanzhen.access.fields import inside
from yanzhen.kernel.actor import Actor, Reach
from yanzhen.org.models import Unit
from yanzhen.org.queries import called
from yanzhen.people.models import Member, SearchTerm
from yanzhen.people.queries import members
from yanzhen.people.readings import plain
from yanzhen.people.terms import TAIL, Place, number_term
from yanzhen.people.values import digits, value_of
from yanzhen.vault.sealed import blind_index

MOST = 500
"""Members that a name finds at most, the nearest ones: ten pages, more than anybody reads on."""
_PAST_LAST = "\U0010ffff"  # sorts behind every character that a term can have
_NUMBER = re.compile(r"\d{3,}[\dx]")
_ID_NUMBER = re.compile(r"\d{17}[\dX]")
_SMALL = 2000  # members that are faster looked through one by one
_UNITS = 50  # units that a text may name; one that names more says nothing about units


class Rank(IntEnum):
    """How near a member is: `text` is the whole name, pinyin or initials; the name begins so; it is inside."""

    WHOLE = 0
    BEGINNING = 1
    INSIDE = 2


def search(*, actor: Actor, text: str, among: QuerySet[Member] | None = None) -> QuerySet[Member]:
    """The members that `text` means among those the actor may see: whole matches first, then beginnings,
    then by name; the nearest `MOST` of those whom a name finds. No text finds nobody.

    `among` narrows before that: members under a filter. Upper case, full-width letters, and blanks inside the text do
    not matter. Four or more digits are the end of a phone or ID number, or the whole of one; they are compared
    blindly, and no number is stored in clear to be found. More than four of the end find it for who may see it whole.
    """
    wide = _tidy(text)
    text = plain(wide).replace("ü", "v").lstrip("#")
    everybody = members(actor=actor)
    if not text:
        return everybody.none()
    if _NUMBER.fullmatch(text):
        numbered = everybody.filter(_numbered(actor, text.upper()))
        if among is not None:
            numbered = numbered.filter(pk__in=among.values("pk"))
        return numbered.order_by("name_key", "id")
    named = _named(actor, text, among)
    units = () if len(named) >= MOST else _of_units(everybody if among is None else everybody & among, wide)
    nearest = {**named, **{key: Rank.INSIDE for key in units if key not in named}}
    nearest = dict(islice(nearest.items(), MOST))
    return Member.objects.filter(pk__in=nearest).order_by(*_rank(nearest), "name_key", "id")


def _rank(nearest: dict[UUID, Rank]) -> list[Case]:
    """The order by rank, none where all are equally near. It is told by keys: asked of each row, SQLite would go
    through the whole range of the text for it."""
    keys: dict[Rank, list[UUID]] = defaultdict(list)
    for key, rank in nearest.items():
        keys[rank].append(key)
    commonest = max(keys, key=lambda rank: len(keys[rank]), default=Rank.INSIDE)  # needs no keys
    others = [When(pk__in=own, then=Value(rank.value)) for rank, own in keys.items() if rank != commonest]
    if not others:
        return []
    return [Case(*others, default=Value(commonest.value), output_field=IntegerField())]


def _tidy(text: str) -> str:
    half_width = unicodedata.normalize("NFKC", text)
    return "".join(half_width.split())


def _beginning(text: str) -> Q:
    return Q(term__gte=text, term__lt=text + _PAST_LAST)


def _named(actor: Actor, text: str, among: QuerySet[Member] | None) -> dict[UUID, Rank]:
    """The keys of the nearest members and how near they are, the nearest first."""
    wanted = _beginning(text)
    if among is not None:
        wanted &= Q(Exists(among.filter(pk=OuterRef("member_id"))))
    found: dict[UUID, Rank] = {}
    for terms in _ways(actor, wanted):
        # Twice as many: pinyin and initials, or two readings, may both begin so.
        rows = terms.order_by("place", "term", "path").values_list("member_id", "place", "term")[: 2 * MOST]
        for key, place, term in rows:
            found.setdefault(key, Rank.INSIDE if place else Rank.BEGINNING if term != text else Rank.WHOLE)
        if len(found) >= MOST:
            break
    return found


def _of_units(among: QuerySet[Member], name: str) -> QuerySet[Member, UUID]:
    """The members of units called so: one range of another index, and most texts name no unit."""
    units = list(
        Unit.objects.filter(called(name), ended_on__isnull=True).values_list("pk", flat=True)[:_UNITS]
    )
    return among.filter(unit__in=units).order_by("path", "name_key").values_list("pk", flat=True)[:MOST]


def _numbered(actor: Actor, number: str) -> Q:
    if _ID_NUMBER.fullmatch(number):
        return Q(id_number_index=blind_index(number, use="id_number"))
    tails = [number_term(number, use=use) for use in ("phone.tail", "id_number.tail")]
    ending = _terms(actor).filter(term__in=tails, place=Place.BEGINNING).values("member_id")
    return Q(pk__in=ending) if len(number) == TAIL else Q(pk__in=_with_longer_end(actor, ending, number))


def _with_longer_end(actor: Actor, ending: QuerySet[SearchTerm, Any], number: str) -> list[UUID]:
    """Those whose phone or ID number ends in all of `number`: few share the last four digits, and they are opened.

    Who may not see a number in full finds it by all of it only: by longer and longer ends he would read it.
    """
    found = []
    for member in Member.objects.filter(pk__in=ending):
        known = (digits(str(value_of(member, "phone"))), str(value_of(member, "id_number")))
        may_read = permits(actor, "people.unmask", member=member)
        if any(it.endswith(number) if may_read else it == number for it in known):
            found.append(member.id)
    return found


def _ways(actor: Actor, wanted: Q) -> list[QuerySet[SearchTerm]]:
    """The terms to look through, one after the other until there are enough: a small ground member by member, and a
    large one by the index that begins with the place."""
    everybody = members(actor=actor)
    if not everybody.order_by()[_SMALL : _SMALL + 1].exists():
        return [SearchTerm.objects.filter(wanted, member__in=everybody)]
    return [_terms(actor).filter(wanted, place=place) for place in Place]


def _terms(actor: Actor) -> QuerySet[SearchTerm]:
    """The terms within what the actor may see. Keys of members, not a join: those one looks after are few, and the
    terms in a range many."""
    visible(actor, "people.see")  # asked for here; said below in the way that the index takes
    if actor.is_system:
        return SearchTerm.objects.all()
    within = Q(member_id__in=[])
    for grant in actor.grants_for("people.see"):
        if grant.reach is Reach.SUBTREE:
            within |= inside(grant.path)
        elif actor.id is not None:
            own = {"keeper_id" if grant.reach is Reach.ASSIGNED else "account_id": actor.id}
            within |= Q(member_id__in=Member.objects.filter(**own).values("pk"))
    return SearchTerm.objects.filter(within)
