"""Finding members as Chinese people search: a name or a part of it, pinyin, initials, the last digits of a number.

Each text is one range (a name) or one point (a number) of the index over `SearchTerm`, within what the actor may see.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from yanzhen.access.checks import visible
from yanzhen.kernel.actor import Actor
from yanzhen.org.models import Unit
from yanzhen.org.queries import called
from yanzhen.people.models import Member, SearchTerm
from yanzhen.people.queries import members
from yanzhen.people.readings import plain
from yanzhen.people.terms import TAIL, number_term, terms_for
from yanzhen.people.values import digits, value_of
from yanzhen.vault.sealed import blind_index

__all__ = ["search", "terms_for"]

_PAST_LAST = "\U0010ffff"  # sorts behind every character that a term can have
_NUMBER = re.compile(r"\d{3,}[\dx]")
_ID_NUMBER = re.compile(r"\d{17}[\dX]")


def search(*, actor: Actor, text: str) -> QuerySet[Member]:
    """The members that `text` means among those the actor may see: whole matches first, then beginnings,
    then by name. No text finds nobody.

    Upper case, full-width letters, and blanks inside the text do not matter. Four or more digits are the end of a phone
    or ID number, or the whole of one; they are compared blindly, and no number is stored in clear to be found.
    """
    text = _tidy(text)
    if not text:
        return members(actor=actor).none()
    if _NUMBER.fullmatch(text):
        return members(actor=actor).filter(_numbered(actor, text.upper())).order_by("name_key", "id")
    return members(actor=actor).filter(_named(actor, text)).order_by(_rank(text), "name_key", "id")


def _rank(text: str) -> Case:
    """0 where `text` is the whole name, pinyin or initials; 1 where the name begins so; 2 where it is inside."""
    begins = Q(name_key__startswith=text[0]) if text[0].isascii() else Q(name__startswith=text)
    return Case(
        When(Exists(SearchTerm.objects.filter(member=OuterRef("pk"), term=text)) & begins, then=Value(0)),
        When(begins, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _tidy(text: str) -> str:
    half_width = unicodedata.normalize("NFKC", text)
    return plain("".join(half_width.split())).replace("ü", "v").lstrip("#")


def _named(actor: Actor, text: str) -> Q:
    found = _terms(actor).filter(term__gte=text, term__lt=text + _PAST_LAST)
    named = Q(pk__in=found.values("member_id"))
    # Asked for apart: members of a unit are one range of another index, and most texts name no unit.
    units = list(Unit.objects.filter(called(text), ended_on__isnull=True).values_list("pk", flat=True)[:50])
    return named | Q(unit__in=units) if units else named


def _numbered(actor: Actor, number: str) -> Q:
    if _ID_NUMBER.fullmatch(number):
        return Q(id_number_index=blind_index(number, use="id_number"))
    tails = [number_term(number, use=use) for use in ("phone.tail", "id_number.tail")]
    ending = _terms(actor).filter(term__in=tails).values("member_id")
    return Q(pk__in=ending) if len(number) == TAIL else Q(pk__in=_with_longer_end(ending, number))


def _with_longer_end(ending: QuerySet[SearchTerm, Any], number: str) -> list[UUID]:
    """Those whose phone or ID number ends in all of `number`: few share the last four digits, and they are opened."""
    return [
        member.id
        for member in Member.objects.filter(pk__in=ending)
        if digits(str(value_of(member, "phone"))).endswith(number)
        or str(value_of(member, "id_number")).endswith(number)
    ]


def _terms(actor: Actor) -> QuerySet[SearchTerm]:
    return SearchTerm.objects.filter(visible(actor, "people.see", member="member__"))
