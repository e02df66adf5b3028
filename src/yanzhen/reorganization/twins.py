"""疑似重复登记: pairs of registrations that may be of one person, and two registrations beside each other.

SQL finds, with one pass over a unit's members and one look into an index for each reason, who has anybody that shares
what `rules.keys` name; the rule itself says which of those are pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Greatest, Length, Substr
from django.utils.translation import gettext as _

from yanzhen.access.fields import inside
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, NotFound
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.queries import unit_for, units
from yanzhen.people.models import Member, Month
from yanzhen.people.queries import member_for, members, survivor
from yanzhen.people.timeline import APART, NOT_APART
from yanzhen.reorganization.rules import Registration, Why, keys, reasons

PERMISSION = "people.merge"
MOST = 300
"""Pairs that one look lists; after them comes more when these are dealt with."""
WITHIN = 20_000
"""Members that one look goes through: a city chooses a unit first. A page's wait, see `docs/adr/0008`."""
_CHUNK = 100  # members whose partners are fetched at a time: SQLite nests no more than 1000 conditions
_PAST_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Pair:
    """Two registrations, `one` rather to stay than the other, and what speaks for one person. `apart`: somebody said
    that these are two people."""

    one: Member
    other: Member
    reasons: tuple[Why, ...]
    apart: bool


@dataclass(frozen=True)
class Alike:
    """Somebody who is registered, and what speaks for him being the one who is asked about."""

    member: Member
    reasons: tuple[Why, ...]


@dataclass
class Pairs:
    """What one look found. `is_whole` is false where there may be more, `is_too_wide` where it did not look at all."""

    rows: list[Pair] = field(default_factory=list)
    is_whole: bool = True
    is_too_wide: bool = False


def pairs(*, actor: Actor, unit_id: UUID | None = None, why: Why | None = None, apart: bool = False) -> Pairs:
    """The pairs of which one is in the unit, or anywhere, and both within what `actor` may merge, by unit and name.

    `why` keeps to one reason; `apart` gives those of whom somebody said that they are two people, in place of the rest.
    """
    seen = members(actor=actor, permission=PERMISSION).select_related("unit")
    looked_at = seen
    if unit_id is not None:
        unit = unit_for(actor=actor, permission=PERMISSION, unit_id=unit_id)
        looked_at = seen.filter(inside(unit.path))
    if looked_at[: WITHIN + 1].count() > WITHIN:
        return Pairs(is_too_wide=True)
    if apart:
        looked_at = looked_at.filter(Exists(Fact.objects.filter(member_id=OuterRef("pk"), kind=APART)))
    found, met = Pairs(), set[frozenset[UUID]]()
    looking = looked_at.filter(_has_partner(seen, [why] if why else list(Why))).order_by(
        "path", "name_key", "id"
    )
    some = looking.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(some, _CHUNK)):
        fresh = [it for it in _pairs_of(chunk, seen, why) if frozenset((it.one.id, it.other.id)) not in met]
        met.update(frozenset((it.one.id, it.other.id)) for it in fresh)
        found.rows += [it for it in fresh if it.apart is apart]
        if len(found.rows) >= MOST:
            found.rows, found.is_whole = found.rows[:MOST], False
            break
    return found


def twins_of(*, actor: Actor, member_id: UUID) -> list[Pair]:
    """The pairs that one member is of, but for those said to be two people."""
    member = member_for(actor=actor, permission=PERMISSION, member_id=member_id)
    seen = members(actor=actor, permission=PERMISSION).select_related("unit")
    return [it for it in _pairs_of([member], seen, None) if not it.apart]


def alike(one: Member, *, among: QuerySet[Member]) -> list[Alike]:
    """Those `among` the members whom the actor may see who may be `one`, a registration that is not stored yet."""
    found = _pairs_of([one], among, None)
    return [Alike(it.other if it.one is one else it.one, it.reasons) for it in found]


def units_to_choose(*, actor: Actor) -> QuerySet[Unit]:
    """The units that the list can be narrowed to."""
    found = units(actor=actor, permission=PERMISSION)
    return found.filter(ended_on__isnull=True).exclude(kind=UnitKind.GROUP)


def pair_for(*, actor: Actor, keep_id: UUID, other_id: UUID) -> tuple[Member, Member]:
    """Two registrations that `actor` may make one. Conflict where somebody did so just now, NotFound outside."""
    try:
        keep = member_for(actor=actor, permission=PERMISSION, member_id=keep_id)
        other = member_for(actor=actor, permission=PERMISSION, member_id=other_id)
    except NotFound:
        gone = survivor(actor=actor, member_id=keep_id) or survivor(actor=actor, member_id=other_id)
        if gone is None:
            raise
        raise Conflict(
            _("其中一条登记已经并入%(unit)s的“%(name)s”，请看那一条。")
            % {"unit": gone.unit.name, "name": gone.name}
        ) from None
    return keep, other


def said_apart(one: UUID, others: Collection[UUID]) -> set[UUID]:
    """Those of the others of whom it was said, and not taken back, that they are not the same person as `one`."""
    return {other for _one, other in _apart([one]) if other in others}


def _apart(members_ids: Iterable[UUID]) -> set[tuple[UUID | None, UUID]]:
    apart: set[tuple[UUID | None, UUID]] = set()
    facts = Fact.objects.filter(member_id__in=list(members_ids), kind__in=(APART, NOT_APART)).order_by("id")
    for member_id, kind, data in facts.values_list("member_id", "kind", "data"):
        (apart.add if kind == APART else apart.discard)((member_id, UUID(data["other"])))
    return apart


def _has_partner(seen: QuerySet[Member], wanted: Iterable[Why]) -> Q:
    """Somebody else, who may be seen too, shares what the reason asks for; at least one of the two has no ID number."""
    other = (
        seen.exclude(pk=OuterRef("pk"))
        .annotate(own_number=ExpressionWrapper(OuterRef("id_number_index"), output_field=CharField()))
        .filter(Q(id_number_index="") | Q(own_number=""))
    )
    # Pinyin stands before the name in `name_key`; a dot inside a name only makes the beginning shorter.
    length = Greatest(0, Length(OuterRef("name_key")) - Length(OuterRef("name")))
    reading = Substr(OuterRef("name_key"), 1, length)
    alike = other.filter(
        path=OuterRef("path"), name_key__gte=reading, name_key__lt=Concat(reading, Value(_PAST_LAST))
    )
    shares = {
        Why.BIRTH: _same_month(other, "birth_on"),
        Why.JOINED: _same_month(other, "joined_on"),
        Why.PHONE: Q(~Q(phone_index=""), Exists(other.filter(phone_index=OuterRef("phone_index")))),
        Why.READING: Q(Exists(alike)),
    }
    return Q(*(shares[why] for why in wanted), _connector=Q.OR)


def _same_month(other: QuerySet[Member], date: str) -> Q:
    namesakes = other.annotate(month=Month(date)).filter(name=OuterRef("name"), month=Month(OuterRef(date)))
    return Q(Exists(namesakes), **{f"{date}__contains": "-"})


def _pairs_of(some: list[Member], seen: QuerySet[Member], why: Why | None) -> Iterator[Pair]:
    """The pairs of these members with anybody who may be seen, each once; two queries however many they are."""
    wanted = [why] if why else list(Why)
    own = {it.id: keys(_registration(it)) for it in some}
    looked_up = {key for found in own.values() for key in found.items() if key[0] in wanted}
    if not looked_up:
        return
    by_key: dict[tuple[Why, Hashable], list[Member]] = defaultdict(list)
    months = seen.annotate(born=Month("birth_on"), joined=Month("joined_on"))
    for partner in months.filter(Q(*map(_having, sorted(looked_up, key=str)), _connector=Q.OR)):
        for key in keys(_registration(partner)).items():
            by_key[key].append(partner)
    met: set[frozenset[UUID]] = set()
    apart = _apart(own)
    for one in some:
        for key in own[one.id].items():
            for other in by_key[key]:
                both = frozenset((one.id, other.id))
                if len(both) == 2 and both not in met:
                    met.add(both)
                    found = reasons(_registration(one), _registration(other))
                    if found and (why is None or why in found):
                        first, second = sorted((one, other), key=_stays)
                        yield Pair(first, second, found, (one.id, other.id) in apart)


def _stays(member: Member) -> tuple[bool, bool, UUID]:
    """Which of two is proposed to stay: with an account, with an ID number, registered first."""
    return member.account_id is None, not member.id_number_index, member.id


def _having(key: tuple[Why, Any]) -> Q:
    """The condition to have such a key (`rules.keys`)."""
    why, told = key
    match why:
        case Why.BIRTH:
            return Q(name=told[0], born=told[1])
        case Why.JOINED:
            return Q(name=told[0], joined=told[1])
        case Why.PHONE:
            return Q(phone_index=told)
        case Why.READING:
            unit_id, reading = told
            return Q(unit_id=unit_id, name_key__gte=reading + " ", name_key__lt=reading + " " + _PAST_LAST)


def _registration(member: Member) -> Registration:
    return Registration(
        name=member.name,
        reading=member.name_key.rpartition(" ")[0],
        unit_id=member.unit_id,
        number=member.id_number_index,
        phone=member.phone_index,
        birth_on=member.birth_on,
        joined_on=member.joined_on,
        gender=member.gender,
    )
