"""A member's own first page."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.http import HttpResponse

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.contact.queries import present_person
from yanzhen.contact.roster import PHONE
from yanzhen.duties.queries import worklist
from yanzhen.kernel import clock
from yanzhen.ledger.facts import Entry
from yanzhen.mobility.queries import open_absence
from yanzhen.people.queries import member_for
from yanzhen.people.timeline import timeline
from yanzhen.vault.sealed import unseal
from yanzhen.web.pages import show
from yanzhen.web.views.shell import own_member_id

_LOOKS = frozenset({"people.member.seen", "people.field.unmasked"})
_DAYS = 30


def own_home(request: ActedRequest) -> HttpResponse:
    """What is his to do, his contact person, where he is, and who looked at his record lately."""
    actor, key = request.actor, own_member_id(request)
    entries = timeline(actor=actor, member_id=key)
    keeper = present_person(actor=actor, member_id=key)
    return show(
        request,
        "own_home.html",
        member=member_for(actor=actor, permission="people.see", member_id=key),
        work=worklist(actor=actor),
        absence=open_absence(actor=actor, member_id=key),
        keeper=keeper,
        keeper_phone=unseal(keeper.phone_sealed, place=PHONE, row=keeper.id) if keeper else "",
        looks=_looks(entries),
        here=request.path,
    )


def _looks(entries: list[Entry]) -> list[tuple[str, int]]:
    """Who looked in the last 30 days, and how often."""
    since = clock.today() - timedelta(days=_DAYS)
    seen = (entry.actor for entry in entries if entry.fact.kind in _LOOKS and entry.fact.on >= since)
    return Counter(seen).most_common()
