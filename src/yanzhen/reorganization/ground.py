"""Which rows lie on a unit's ground, and carrying them to other ground: one statement a table, however many rows.

Facts stay where they happened: the ledger is not rewritten. A test holds this list against the models.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

from django.db.models import Case, CharField, Model, Q, Value, When
from django.db.models.functions import Concat, Substr

from yanzhen.access.fields import inside
from yanzhen.access.models import Appointment
from yanzhen.accounts.models import Account
from yanzhen.contact.models import Assignment, Contact, ContactPerson
from yanzhen.duties.models import Standing
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.people.models import Category, Member, MemberCategory, Photo, SearchTerm
from yanzhen.policy.models import Override
from yanzhen.sheets.models import Batch, KnownLayout, KnownUnitName

OF_UNITS: tuple[type[Model], ...] = (
    Unit,
    Appointment,
    Override,
    Category,
    ContactPerson,
    Batch,
    KnownLayout,
    KnownUnitName,
    Account,
)
"""What goes with a whole unit, besides its members' rows."""

OF_MEMBERS: tuple[type[Model], ...] = (
    SearchTerm,
    Photo,
    MemberCategory,
    Absence,
    Assignment,
    Contact,
    Standing,
)
"""What goes with a member; found by `member`."""

STAYS = ("ledger.Fact",)
"""What keeps the path at which it happened."""

_PLACES = 200  # prefixes that one statement tells apart: far below every database's limit
CHUNK = 2000  # members that are carried, and written of, at a time


def carry_units(moves: Mapping[str, str]) -> None:
    """Give everything below the old paths its place below the new ones. Old paths are siblings, new ones are free."""
    pairs = iter(moves.items())
    while some := list(islice(pairs, _PLACES)):
        ground = below(old for old, _new in some)
        length = len(some[0][0])
        begins = Substr("path", 1, length)
        front = Case(*(When(Q(_begins=old), then=Value(new)) for old, new in some), output_field=CharField())
        tables: tuple[type[Model], ...] = (*OF_UNITS, Member, *OF_MEMBERS)
        for table in tables:
            rows = table._default_manager.annotate(_begins=begins).filter(ground)
            rows.update(path=Concat(front, Substr("path", length + 1)))


def carry_members(members: Sequence[Member], to: Unit, *, groups: Collection[str] = ()) -> None:
    """Give these members (at most `CHUNK`), and the rows that are theirs, the unit `to`; their own accounts as well.

    They leave their groups, but for those that came to `to` before them.
    """
    keys = [member.id for member in members]
    Member.objects.filter(pk__in=keys).update(unit=to, path=to.path)
    Member.objects.filter(pk__in=keys).exclude(group__in=["", *groups]).update(group="")
    for table in OF_MEMBERS:
        table._default_manager.filter(member_id__in=keys).update(path=to.path)
    own = [member.account_id for member in members if member.account_id]
    Account.objects.filter(pk__in=own).update(path=to.path)
    for member in members:
        member.unit, member.path = to, to.path


def carry_people_of(source: Unit, to: Unit) -> None:
    """What a merged unit leaves to the other besides its members: its contact persons, and the accounts it opened."""
    for table in (ContactPerson, Account):
        table._default_manager.filter(path=source.path).update(path=to.path)


def below(paths: Iterable[str]) -> Q:
    """The rows on the ground of these units."""
    found = Q(pk__in=[])
    for path in paths:
        found |= inside(path)
    return found
