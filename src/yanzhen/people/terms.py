"""The terms a member is searched by, and how they are stored: many at once, past the ORM's cost per row."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from yanzhen.access.rows import key, write
from yanzhen.people.models import Member, SearchTerm
from yanzhen.people.readings import plain, readings, surname_length
from yanzhen.vault.sealed import blind_index

TAIL = 4  # last characters of a number that a search may give
_BLIND = "#"  # before a blind index, so that no pinyin meets it


def terms_for(name: str, phone: str, id_number: str) -> set[str]:
    """Every tail of the name, its pinyin with and without the surname, its initials; blind tails of the numbers."""
    name = plain(name)
    found = {name[start:] for start in range(len(name))}
    given = surname_length(name)
    for syllables in readings(name):
        found.add("".join(syllables))
        found.add("".join(syllable[0] for syllable in syllables))
        if len(name) > given:
            found.add("".join(syllables[given:]))
    found |= {number_term(phone, use="phone.tail"), number_term(id_number, use="id_number.tail")}
    found.discard("")
    return found


def number_term(number: str, *, use: str) -> str:
    """The term for the last four characters of a phone or ID number; "" for a shorter one."""
    return _BLIND + blind_index(number[-TAIL:], use=use)[:16] if len(number) >= TAIL else ""


def store(terms: Iterable[tuple[Member, set[str]]]) -> None:
    """Keep the terms of members that have none yet."""
    keyed = ((key(member.id), member.path, own) for member, own in terms)
    rows = [(member_id, term, path) for member_id, path, own in keyed for term in own]
    if rows:
        write(SearchTerm._meta.db_table, ("member_id", "term", "path"), rows)


def forget(member_ids: Iterable[UUID]) -> None:
    """Take the terms of these members away."""
    SearchTerm.objects.filter(member_id__in=list(member_ids)).delete()
