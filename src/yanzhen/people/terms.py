"""The terms a member is searched by, and how they are stored: many at once, past the ORM's cost per row."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from yanzhen.access.rows import key, write
from yanzhen.people.models import Member, SearchTerm
from yanzhen.people.readings import plain, readings
from yanzhen.vault.sealed import blind_index

TAIL = 4  # last characters of a number that a search may give
_BLIND = "#"  # before a blind index, so that no pinyin meets it
Place = SearchTerm.Place
Terms = dict[str, Place]


def terms_for(name: str, phone: str, id_number: str) -> Terms:
    """Every tail of the name and of its pinyin, its initials, blind tails of the numbers; each with its place."""
    name = plain(name)
    found = {name[start:]: _place(start) for start in reversed(range(len(name)))}
    for syllables in readings(name):
        for start in reversed(range(len(syllables))):
            found["".join(syllables[start:])] = _place(start)
        found["".join(syllable[0] for syllable in syllables)] = Place.BEGINNING
    found[number_term(phone, use="phone.tail")] = Place.BEGINNING
    found[number_term(id_number, use="id_number.tail")] = Place.BEGINNING
    found.pop("", None)
    return found


def _place(start: int) -> Place:
    return Place.INSIDE if start else Place.BEGINNING


def number_term(number: str, *, use: str) -> str:
    """The term for the last four characters of a phone or ID number; "" for a shorter one."""
    return _BLIND + blind_index(number[-TAIL:], use=use)[:16] if len(number) >= TAIL else ""


def store(terms: Iterable[tuple[Member, Terms]]) -> None:
    """Keep the terms of members that have none yet."""
    keyed = ((key(member.id), member.path, own) for member, own in terms)
    rows = [
        (member_id, place.value, term, path) for member_id, path, own in keyed for term, place in own.items()
    ]
    if rows:
        write(SearchTerm._meta.db_table, ("member_id", "place", "term", "path"), rows)


def forget(member_ids: Iterable[UUID]) -> None:
    """Take the terms of these members away."""
    SearchTerm.objects.filter(member_id__in=list(member_ids)).delete()
